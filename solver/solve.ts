// One solve, from problem to solution: encode, drive the core in slices, say why orders are left out.
import { type Core, CoreError } from "./core.ts";
import { type EncodedProblem, encodeProblem } from "./encode.ts";
import type { Problem } from "./model/problem.ts";
import { writeDistances } from "./plan-distances.ts";
import type { MatchDual, Reason, Solution } from "./solution.ts";

/** How a solve is stopped and watched. */
export interface SolveControl {
  /** From 0; the seed differs by it. */
  readonly workerIndex: number;
  /** Moment of `performance.now()` in this thread when the solution must be there; Infinity: none. */
  readonly deadlineMs: number;
  /** Cheap question: has the caller gone? */
  stopped(): boolean;
  readonly onProgress?: (progress: SolveProgress) => void;
  /** Shortest time between two calls of onProgress. */
  readonly progressIntervalMs?: number;
}

export interface SolveProgress {
  readonly elapsedMs: number;
  readonly iterations: bigint;
  readonly levels: bigint[];
  readonly unassigned: number;
  readonly engineersUsed: number;
  /** 0..1. */
  readonly fraction: number;
}

/** The locked stops at the head of an engineer's route cannot be served in time. */
export class LocksInfeasibleError extends Error {
  override readonly name = "LocksInfeasibleError";
  readonly engineerId: string;
  readonly shiftIndex: number;

  constructor(engineerId: string, shiftIndex: number) {
    super(`the locked stops of engineer ${engineerId}, shift ${shiftIndex}, cannot be served in time`);
    this.engineerId = engineerId;
    this.shiftIndex = shiftIndex;
  }
}

/** The caller has gone: nobody waits for an answer. */
export class StoppedError extends Error {
  override readonly name = "StoppedError";
}

function throwIfStopped(control: SolveControl): void {
  if (control.stopped()) throw new StoppedError("the caller has gone");
}

/** Iterations between looks at the clock: adapted so that a slice takes about this long. */
const SLICE_MS = 4;
/** How long after the deadline reasons are still proved: on a busy machine the reserve may not be enough. */
const PROOF_MS = 10;
const LOCKS_INFEASIBLE = 3;
const FINISHED = 4;

/** The best plan found until the deadline or the iteration budget, whichever comes first. Throws StoppedError when the caller has gone. */
export function solve(core: Core, problem: Problem, control: SolveControl): Solution {
  const started = performance.now();
  const poll = () => throwIfStopped(control);
  const encoded = encodeProblem(problem, poll);
  core.load(encoded.columns, () => control.stopped() || performance.now() >= control.deadlineMs);
  const { exports } = core;
  poll();
  throwOnStatus(exports.startPlan(problem.seed + BigInt(control.workerIndex) * 0x9e3779b97f4a7c15n), core, encoded);
  if (problem.mode === "match") exports.solveMatch();
  else exports.firstPlan();
  poll();
  const firstPlanMs = performance.now() - started;
  let lastImprovementMs = firstPlanMs;
  if (problem.mode === "route") {
    lastImprovementMs = drive(core, problem, control, started) ?? firstPlanMs;
    poll();
    exports.finishSearch();
  }
  exports.loadBest();
  exports.writePlan();
  const absent = core.int32s(exports.absent.value, exports.absentCount.value).sort();
  const planWords = core.int32s(exports.planWords.value, exports.planLength.value);
  const measures = [...core.int64s(exports.bestMeasures.value, 6)];
  if (encoded.columns.distance.length === 0) measures[2] = BigInt(writeDistances(problem, encoded, planWords));
  return {
    workerIndex: control.workerIndex,
    planWords,
    absent,
    reasons: reasonsOf(core, problem, encoded, absent, control),
    levels: [...core.int64s(exports.bestLevels.value, problem.levels.length)],
    measures,
    iterations: exports.iterations.value,
    searchMs: performance.now() - started,
    firstPlanMs,
    lastImprovementMs,
    dual: problem.mode === "match" ? dualOf(core, problem) : undefined,
  };
}

function throwOnStatus(status: number, core: Core, encoded: EncodedProblem): void {
  if (status === 0) return;
  if (status !== LOCKS_INFEASIBLE) throw new CoreError(`the core could not start: status ${status}`, status);
  const { engineer, shift } = encoded.routes[core.exports.failedRoute.value]!;
  throw new LocksInfeasibleError(engineer.id, shift.index);
}

/** Runs slices until the budget is spent; returns when the best plan was found, or undefined when it was the first. */
function drive(core: Core, problem: Problem, control: SolveControl, started: number): number | undefined {
  const { exports } = core;
  const budget = problem.iterations > 0 ? BigInt(problem.iterations) : 0n;
  const timed = Number.isFinite(control.deadlineMs);
  // Decoding the answer and proving the reasons must fit before the deadline too.
  const reserve = 3 + problem.orders.length * (0.02 + 0.0002 * problem.engineers.length);
  const end = timed ? control.deadlineMs - reserve : Number.POSITIVE_INFINITY;
  const begun = performance.now();
  let now = begun;
  let slice = 32;
  let lastProgress = begun;
  let improvedAt: number | undefined;
  let seen = exports.bestIteration.value;
  while (now < end && !control.stopped()) {
    const left = budget > 0n ? budget - exports.iterations.value : BigInt(slice);
    if (left <= 0n) break;
    const count = Number(left < BigInt(slice) ? left : BigInt(slice));
    const expected = now + SLICE_MS;
    const from = timed ? (now - begun) / (end - begun) : 0;
    const to = timed ? Math.min(1, (expected - begun) / (end - begun)) : 0;
    if (exports.runSearch(count, budget, from, to) === FINISHED) break;
    const took = performance.now() - now;
    now += took;
    if (exports.bestIteration.value !== seen) {
      seen = exports.bestIteration.value;
      improvedAt = now - started;
    }
    slice = Math.max(1, Math.min(4 * slice, Math.round((count * SLICE_MS) / Math.max(took, 0.05))));
    if (control.onProgress && now - lastProgress >= (control.progressIntervalMs ?? 100)) {
      lastProgress = now;
      const spent = budget > 0n ? Number(exports.iterations.value) / Number(budget) : (now - begun) / (end - begun);
      control.onProgress(progressOf(core, problem, now - started, spent));
    }
  }
  return improvedAt;
}

function progressOf(core: Core, problem: Problem, elapsedMs: number, fraction: number): SolveProgress {
  const { exports } = core;
  const measures = core.int64s(exports.bestMeasures.value, 6);
  return {
    elapsedMs,
    iterations: exports.iterations.value,
    levels: [...core.int64s(exports.bestLevels.value, problem.levels.length)],
    unassigned: Number(measures[0]),
    engineersUsed: Number(measures[1]),
    fraction: Math.min(1, fraction),
  };
}

/** No place: the largest i64. */
const IMPOSSIBLE = 2n ** 63n - 1n;

/** Why the orders are left out of the best plan, which is loaded in the core and gone afterwards: docs/plan.md, "Unassigned orders". */
function reasonsOf(
  core: Core,
  problem: Problem,
  encoded: EncodedProblem,
  absent: Int32Array,
  control: SolveControl,
): Reason[] {
  const { exports } = core;
  const fitsNow = new Set(
    [...absent].filter(
      (order) => problem.orders[order]!.priceTicks !== undefined && exports.cheapestInsertion(order) !== IMPOSSIBLE,
    ),
  );
  exports.emptyPlan();
  return [...absent].map((order) => {
    if (performance.now() > control.deadlineMs + PROOF_MS) return { code: "NOT_PROVED" };
    const engineers = problem.engineers.length;
    const masks = core.bytes(exports.pairMask.value + order * engineers, engineers);
    if (masks.every((mask) => mask !== 0)) return { code: "NO_ELIGIBLE_ENGINEER", masks };
    if (!problem.engineers.some((_, engineer) => exports.partsAlone(order, engineer) !== 0)) return { code: "NO_PART" };
    const witness = encoded.routes.findIndex((_, route) => exports.insertionCost(order, route) !== IMPOSSIBLE);
    if (witness < 0) return { code: "NO_FEASIBLE_TIME" };
    if (fitsNow.has(order)) return { code: "NOT_WORTH_PRICE" };
    return { code: "OUTBID", witness: problem.engineers.indexOf(encoded.routes[witness]!.engineer) };
  });
}

function dualOf(core: Core, problem: Problem): MatchDual {
  const { exports } = core;
  const orders = problem.orders.length;
  const engineers = problem.engineers.length;
  const columnOf = core.int32s(exports.columnOf.value, orders);
  const pairs = core.int64s(exports.pairCosts.value, orders * engineers);
  const leaveOut = core.int64s(exports.leaveOutCosts.value, orders);
  return {
    unassignedUnit: exports.unassignedUnit.value,
    rowDual: core.int64s(exports.rowDual.value, orders),
    columnDual: core.int64s(exports.columnDual.value, engineers),
    columnOf,
    costs: BigInt64Array.from(columnOf, (engineer, order) =>
      engineer < 0 ? leaveOut[order]! : pairs[order * engineers + engineer]!,
    ),
    base: core.int64s(exports.matchBase.value, problem.levels.length),
  };
}
