// The bound of an answer, and the dual that certifies a matching.
import { type AssignmentDual, type Bound, Bound_Proof } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import type { PlanCost } from "./cost.ts";
import type { Facts } from "./facts.ts";
import type { Report } from "./finding.ts";
import { priceCost } from "./policy.ts";

/** Doubles of the gap may differ in their last bits. */
const GAP_TOLERANCE = 1e-9;

/** Reports a bound above the plan, a gap that is not theirs, and a dual that certifies nothing. */
export function checkBound(facts: Facts, cost: PlanCost, bound: Bound, report: Report): void {
  const { levels } = cost;
  const first = levels.findIndex((value, index) => value !== bound.levels[index]);
  if (bound.levels.length !== levels.length || (first >= 0 && bound.levels[first]! > levels[first]!))
    report("BOUND_LEVELS", {}, `at most ${levels.join()}`, bound.levels.join());
  else {
    const low = bound.levels[first] ?? 0n;
    const gap = first < 0 ? 0 : Number(levels[first]! - low) / Math.max(1, Number(low));
    if (!(Math.abs(bound.gap - gap) <= GAP_TOLERANCE * Math.max(1, gap))) report("BOUND_GAP", {}, gap, bound.gap);
    if (bound.provenOptimal !== first < 0) report("BOUND_OPTIMAL", {}, first < 0, bound.provenOptimal);
  }
  const match = facts.request.search?.mode === SearchOptions_Mode.MATCH;
  const proofs = match ? [Bound_Proof.ASSIGNMENT] : [Bound_Proof.PRICED_OUT, Bound_Proof.LAGRANGIAN];
  if (!proofs.includes(bound.proof))
    report("BOUND_PROOF", {}, proofs.map((proof) => Bound_Proof[proof]).join(" or "), Bound_Proof[bound.proof]);
  if (bound.dual) checkDual(facts, bound.dual, report);
}

function checkDual(facts: Facts, dual: AssignmentDual, report: Report): void {
  const orderDuals = new Map(dual.orders.map(({ id, value }) => [id, value]));
  const engineerDuals = new Map(dual.engineers.map(({ id, value }) => [id, value]));
  const rows = (name: string, ids: string[], known: ReadonlyMap<string, unknown>) => {
    const bad = ids.find((id, index) => !known.has(id) || ids.indexOf(id) !== index);
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
  if (dual.pairs.length !== dual.orders.length)
    report("DUAL_ROWS", {}, `a pair for each of ${dual.orders.length} orders`, dual.pairs.length);

  for (const [engineerId, value] of engineerDuals) {
    if (value > 0n) report("DUAL_SIGN", { engineerId }, "0 or less", value);
    if (value !== 0n && !used.includes(engineerId)) report("DUAL_SIGN", { engineerId }, "0 when unused", value);
  }
  for (const { orderId, engineerId, cost } of dual.pairs) {
    const at = engineerId ? { orderId, engineerId } : { orderId };
    const duals = (orderDuals.get(orderId) ?? 0n) + (engineerDuals.get(engineerId) ?? 0n);
    if (cost !== duals) report("DUAL_SLACK", at, duals, cost);
    checkLeftOut(facts, dual, { orderId, engineerId, cost }, orderDuals.get(orderId) ?? 0n, report);
  }
  const sum = (values: bigint[]) => values.reduce((total, value) => total + value, 0n);
  const duals = sum([...orderDuals.values(), ...engineerDuals.values()]);
  const chosen = sum(dual.pairs.map((pair) => pair.cost));
  if (chosen !== duals) report("DUAL_SUM", {}, duals, chosen);
}

function checkLeftOut(
  facts: Facts,
  dual: AssignmentDual,
  { orderId, engineerId, cost }: { orderId: string; engineerId: string; cost: bigint },
  orderDual: bigint,
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
  if (engineerId === "" && cost !== leftOut) report("DUAL_LEFT_OUT", { orderId }, leftOut, cost);
  if (orderDual > leftOut) report("DUAL_LEFT_OUT", { orderId }, `a dual of at most ${leftOut}`, orderDual);
}
