// What a hand-over costs beside its time: the detour of both, the hand-over and the lender's waiting (docs/plan.md, "Loans").
import type { Problem, ProblemEngineer, ProblemShift } from "../model/problem.ts";
import { costOfScore, half } from "./verdict.ts";

/** A hand-over in the route of one of the two. */
export interface Side {
  readonly engineer: ProblemEngineer;
  readonly shift: ProblemShift;
  /** Travel rows of the route's stops; undefined: where the stop before is. */
  readonly rows: readonly (number | undefined)[];
  /** Stops that are hand-overs. */
  readonly isLoan: (index: number) => boolean;
  /** Its stop. */
  readonly index: number;
}

/** Ticks by which the way between the neighbours is longer through the hand-over. */
export function extraTravel(problem: Problem, { engineer, shift, rows, isLoan, index }: Side): number {
  const here = rows[index]!;
  // Other hand-overs here, and breaks on the spot, are no neighbours.
  const others = rows.map((row, at) => (row === here && isLoan(at) ? undefined : row));
  const before = others.slice(0, index).findLast((row) => row !== undefined) ?? shift.startRow;
  const after = others.slice(index + 1).find((row) => row !== undefined) ?? shift.endRow;
  const way = (from: number, to: number | undefined) =>
    to === undefined ? 0 : Math.max(0, problem.travel.duration(engineer.mode, from, to));
  return Math.max(0, way(before, here) + way(here, after) - way(before, after));
}

/** Seconds of detour; `ticks` are those of the hand-over and the lender's waiting. */
export function detourSeconds(problem: Problem, lender: Side, borrower: Side, ticks: number): number {
  const extra = extraTravel(problem, lender) + extraTravel(problem, borrower);
  return Math.max(0, Math.floor((extra + ticks) / problem.ticksPerSecond));
}

/** Score and ticks of soft cost of a detour. */
export function detourCost({ policy, ticksPerSecond }: Problem, seconds: number): { score: number; ticks: number } {
  const { params, weightS } = policy.criteria.get("parts_borrowable")!;
  const score = half(seconds, params.half_s!);
  return { score, ticks: costOfScore(weightS, score, ticksPerSecond) };
}
