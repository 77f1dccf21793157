// The dual that certifies a matching, against pair costs made again from the request: no pair costs less than its duals.
import type { AssignmentDual } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { costAlone } from "./alone.ts";
import type { Facts } from "./facts.ts";
import type { Report } from "./finding.ts";

/** Pairs that are recomputed at most; of larger rounds every k-th order by its row, with all engineers, and every chosen pair. */
export const MOST_PAIRS = 40_000;

/** Reports pairs that cost less than their duals, chosen pairs at another cost than theirs, and a scale on which pairs outweigh orders. */
export function checkDualPairs(facts: Facts, dual: AssignmentDual, report: Report): void {
  const engineers = [...facts.engineers.values()];
  const duals = new Map(dual.engineers.map(({ id, value }) => [id, value]));
  const every = Math.ceil((dual.orders.length * engineers.length) / MOST_PAIRS);
  let largest = 0n;
  for (const [row, { id: orderId, value }] of dual.orders.entries()) {
    const order = facts.orders.get(orderId);
    if (!order || row % every !== 0) continue;
    for (const engineer of engineers) {
      const { cost, exact } = costAlone(facts, order, engineer);
      if (cost === undefined) continue;
      // The cheapest way may be one that is not told here, and a plan can become fairer by more than the order costs.
      const size = cost < 0n ? -cost : cost;
      if (exact && size > largest) largest = size;
      const both = value + (duals.get(engineer.id) ?? 0n);
      if (cost < both) report("DUAL_REDUCED", { orderId, engineerId: engineer.id }, `duals of at most ${cost}`, both);
    }
  }
  for (const { orderId, engineerId, cost } of dual.pairs) {
    const order = facts.orders.get(orderId);
    const engineer = facts.engineers.get(engineerId);
    if (!order || !engineer) continue;
    const alone = costAlone(facts, order, engineer);
    if (alone.exact && alone.cost !== cost)
      report("DUAL_COST", { orderId, engineerId }, alone.cost ?? "no such pair", cost);
  }
  const least = 2n * BigInt(dual.orders.length + 1) * (largest + 1n);
  if (dual.unassignedCost < least) report("DUAL_UNIT", {}, `at least ${least}`, dual.unassignedCost);
}
