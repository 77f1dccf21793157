// Proved bounds as messages: of any plan, and of a MATCH round with the dual that certifies it.
import { create } from "@bufbuild/protobuf";
import {
  type AssignmentDual,
  type Bound,
  Bound_Proof,
  BoundSchema,
  type DualValue,
  type MatchedPair,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Problem } from "../../solver/model/problem.ts";
import type { MatchDual, MatchProof } from "../../solver/solution.ts";

/** A proved bound beside the levels of the plan. */
export function boundToProto(plan: readonly bigint[], levels: bigint[], proof: Bound_Proof): Bound {
  const differing = plan.findIndex((value, level) => value !== levels[level]);
  const gap =
    differing < 0 ? 0 : Number(plan[differing]! - levels[differing]!) / Math.max(1, Number(levels[differing]!));
  return create(BoundSchema, { levels, gap, provenOptimal: differing < 0, proof });
}

/** The bound that a MATCH round proves; undefined where the objective is not unassigned first and one level after it. */
export function matchBoundToProto(
  problem: Problem,
  plan: readonly bigint[],
  { base, dual }: MatchProof,
): Bound | undefined {
  if (!hasMatchLevels(problem)) return undefined;
  if (!dual) return boundToProto(plan, [headcount(problem), 0n], Bound_Proof.HEADCOUNT);
  const bound = boundToProto(plan, dualLevels(dual, base), Bound_Proof.ASSIGNMENT);
  bound.dual = dualToProto(problem, dual);
  return bound;
}

function hasMatchLevels({ levels: [first, second, ...rest] }: Problem): boolean {
  return (
    first !== undefined &&
    second !== undefined &&
    rest.length === 0 &&
    first.every((weight, i) => (i === 0 ? weight === 1 : weight === 0)) &&
    second[0] === 0 &&
    // The core's cost of an engineer is not the level's: it is larger than any detour.
    second[1] === 0
  );
}

/** UNASSIGNED when the weightiest orders have an engineer each. Engineers under way may have more than one, so that nothing is known there. */
function headcount({ orders, engineers }: Problem): bigint {
  const shifts = engineers.flatMap((engineer) => engineer.shifts);
  if (shifts.some(({ head }) => head)) return 0n;
  const weights = orders.map(({ unassignedWeight }) => unassignedWeight).sort((a, b) => b - a);
  return BigInt(weights.slice(engineers.length).reduce((sum, weight) => sum + weight, 0));
}

/** Levels of a scalar cost: docs/matching.md. */
function dualLevels({ orderDual, engineerDual, unassignedUnit: unit }: MatchDual, base: BigInt64Array): bigint[] {
  const sum = [...orderDual, ...engineerDual].reduce((total, value) => total + value, 0n);
  const rounded = sum + unit / 2n;
  // No level is ever negative, which is more than duals far below the optimum say.
  if (rounded < 0n) return [0n, 0n];
  const unassigned = rounded / unit;
  const rest = base[1]! + sum - unassigned * unit;
  return [base[0]! + unassigned, rest < 0n ? 0n : rest];
}

// Written out, as there is one for every order and engineer.
const dualValue = (id: string, value: bigint): DualValue => ({ $typeName: "shanpai.dispatch.v1.DualValue", id, value });
const matchedPair = (orderId: string, engineerId: string, cost: bigint): MatchedPair => ({
  $typeName: "shanpai.dispatch.v1.MatchedPair",
  orderId,
  engineerId,
  cost,
});

function dualToProto(problem: Problem, dual: MatchDual): AssignmentDual {
  const pairs = problem.orders.flatMap((order, row) => {
    const engineer = dual.engineerOf[row]!;
    const duals = dual.orderDual[row]! + (dual.engineerDual[engineer] ?? 0n);
    const cost = dual.costs[row]!;
    const engineerId = problem.engineers[engineer]?.id ?? "";
    return cost === duals ? [matchedPair(order.id, engineerId, cost)] : [];
  });
  return {
    $typeName: "shanpai.dispatch.v1.AssignmentDual",
    unassignedCost: dual.unassignedUnit,
    orders: problem.orders.map(({ id }, row) => dualValue(id, dual.orderDual[row]!)),
    engineers: problem.engineers.map(({ id }, row) => dualValue(id, dual.engineerDual[row]!)),
    pairs,
    complete: dual.complete,
  };
}
