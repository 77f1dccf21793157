// The bound of an answer: never above the plan, its gap theirs, and proved in a way of its mode.
import { type Bound, Bound_Proof } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Plan } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { invalidOrderIds } from "./bookkeeping.ts";
import type { PlanCost } from "./cost.ts";
import { checkDual, checkDualBound } from "./dual.ts";
import { checkDualPairs } from "./dual-pairs.ts";
import type { Facts } from "./facts.ts";
import type { Report } from "./finding.ts";

/** Doubles of the gap may differ in their last bits. */
const GAP_TOLERANCE = 1e-9;

/** Reports a bound above the plan, a gap that is not theirs, and a proof that proves nothing. */
export function checkBound(facts: Facts, plan: Plan, cost: PlanCost, bound: Bound, report: Report): void {
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
  const proofs = match
    ? [Bound_Proof.ASSIGNMENT, Bound_Proof.HEADCOUNT]
    : [Bound_Proof.PRICED_OUT, Bound_Proof.LAGRANGIAN];
  if (!proofs.includes(bound.proof))
    report("BOUND_PROOF", {}, proofs.map((proof) => Bound_Proof[proof]).join(" or "), Bound_Proof[bound.proof]);
  const { dual } = bound;
  if (dual) checkDual(facts, dual, report);
  if (!match) return;
  if (bound.proof === Bound_Proof.ASSIGNMENT && !dual) report("BOUND_PROOF", {}, "the dual", "none");
  if (bound.proof === Bound_Proof.HEADCOUNT) checkHeadcount(facts, plan, bound, report);
  if (!dual) return;
  checkDualBound(facts, bound, dual, report);
  checkDualPairs(facts, dual, report);
}

/** An engineer takes one order at most: where there are too few of them, at best the lightest orders are left out. */
function checkHeadcount(facts: Facts, plan: Plan, bound: Bound, report: Report): void {
  const invalid = invalidOrderIds(plan);
  const weights = [...facts.orders.values()]
    .filter(({ id }) => !invalid.has(id))
    .map(({ priority, priceMinor }) => (priceMinor === undefined ? 1 + priority : 0))
    .sort((a, b) => b - a);
  const least = BigInt(weights.slice(facts.engineers.size).reduce((sum, weight) => sum + weight, 0));
  const [unassigned = 0n, ...rest] = bound.levels;
  if (unassigned > least || rest.some((level) => level > 0n))
    report("BOUND_HEADCOUNT", {}, `at most ${least}, and 0 behind it`, bound.levels.join());
}
