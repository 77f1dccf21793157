// The dual that certifies a matching, by its own numbers: rows, signs, complementary slackness, sums.
import type { AssignmentDual, Bound } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { levelsOf } from "./cost.ts";
import type { Facts } from "./facts.ts";
import type { Report } from "./finding.ts";
import { priceCost } from "./policy.ts";
import { fairnessCost } from "./terms.ts";

/** Reports rows that are not the request's, signs, pairs that do not meet their duals, and a sum that is not the pairs'. */
export function checkDual(facts: Facts, dual: AssignmentDual, report: Report): void {
  const orderDuals = new Map(dual.orders.map(({ id, value }) => [id, value]));
  const engineerDuals = new Map(dual.engineers.map(({ id, value }) => [id, value]));
  const rows = (name: string, ids: string[], known: ReadonlyMap<string, unknown>) => {
    const seen = new Set<string>();
    const bad = ids.find((id) => !known.has(id) || seen.size === seen.add(id).size);
    if (bad !== undefined) report("DUAL_ROWS", {}, `known ${name}, each once`, bad);
  };
  const used = dual.pairs.map((pair) => pair.engineerId).filter((id) => id !== "");
  rows(
    "orders",
    dual.orders.map(({ id }) => id),
    facts.orders,
  );
  rows(
    "engineers",
    dual.engineers.map(({ id }) => id),
    facts.engineers,
  );
  rows(
    "orders in pairs",
    dual.pairs.map((pair) => pair.orderId),
    orderDuals,
  );
  rows("engineers in pairs", used, engineerDuals);
  if (dual.complete && dual.pairs.length !== dual.orders.length)
    report("DUAL_ROWS", {}, `a pair for each of ${dual.orders.length} orders`, dual.pairs.length);

  const taken = new Set(used);
  for (const [engineerId, value] of engineerDuals) {
    if (value > 0n) report("DUAL_SIGN", { engineerId }, "0 or less", value);
    if (dual.complete && value !== 0n && !taken.has(engineerId))
      report("DUAL_SIGN", { engineerId }, "0 when unused", value);
  }
  for (const { orderId, engineerId, cost } of dual.pairs) {
    const at = engineerId ? { orderId, engineerId } : { orderId };
    const duals = (orderDuals.get(orderId) ?? 0n) + (engineerDuals.get(engineerId) ?? 0n);
    if (cost !== duals) report("DUAL_SLACK", at, duals, cost);
  }
  const leftOut = new Map(dual.pairs.filter((pair) => pair.engineerId === "").map((pair) => [pair.orderId, pair.cost]));
  for (const [orderId, value] of orderDuals) checkLeftOut(facts, dual, orderId, value, leftOut.get(orderId), report);
  const duals = sumOf(dual);
  const chosen = dual.pairs.reduce((total, pair) => total + pair.cost, 0n);
  if (dual.complete && chosen !== duals) report("DUAL_SUM", {}, duals, chosen);
}

/** Reports a bound that is not what the duals add up to, on the scale of docs/matching.md. */
export function checkDualBound(facts: Facts, bound: Bound, dual: AssignmentDual, report: Report): void {
  // What is under way is in the bound and not in the duals.
  if (facts.request.currentPlan?.routes.length) return;
  const sum = sumOf(dual);
  const unit = dual.unassignedCost;
  // Not a scale; the finding is checkDualPairs's.
  if (unit <= 0n) return;
  let unassigned = sum / unit;
  let rest = sum % unit;
  if (rest >= unit / 2n) {
    unassigned++;
    rest -= unit;
  } else if (rest < -unit / 2n) {
    unassigned--;
    rest += unit;
  }
  rest += idleLevel(facts);
  // No measure is negative.
  const expected = unassigned < 0n ? [0n, 0n] : [unassigned, rest < 0n ? 0n : rest];
  if (bound.levels.join() !== expected.join()) report("DUAL_BOUND", {}, expected.join(), bound.levels.join());
}

/** Level 2 of a plan in which nobody works. */
function idleLevel(facts: Facts): bigint {
  const softCost = BigInt(fairnessCost(facts, new Map()));
  const idle = { unassigned: 0n, engineersUsed: 0n, distance: 0n, travelTime: 0n, workingTime: 0n, softCost };
  return levelsOf(facts.request, idle)[1] ?? 0n;
}

function sumOf({ orders, engineers }: AssignmentDual): bigint {
  return [...orders, ...engineers].reduce((total, { value }) => total + value, 0n);
}

/** `cost`: what the dual says that leaving the order out costs, if it does. */
function checkLeftOut(
  facts: Facts,
  dual: AssignmentDual,
  orderId: string,
  value: bigint,
  cost: bigint | undefined,
  report: Report,
): void {
  const order = facts.orders.get(orderId);
  if (!order) return;
  const optional = order.priceMinor !== undefined;
  // Other objectives scale prices; only the default one charges them as they are.
  if (optional && (facts.request.objective?.levels ?? []).length > 0) return;
  const leftOut = optional
    ? BigInt(priceCost(order.priceMinor!, facts.policy, facts.clock.ticksPerSecond))
    : dual.unassignedCost * BigInt(1 + order.priority);
  if (cost !== undefined && cost !== leftOut) report("DUAL_LEFT_OUT", { orderId }, leftOut, cost);
  if (value > leftOut) report("DUAL_LEFT_OUT", { orderId }, `a dual of at most ${leftOut}`, value);
}
