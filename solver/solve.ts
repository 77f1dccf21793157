// One solve, from problem to solution: encode, drive the core in slices, say why orders are left out.
import { type Core, CoreError } from "./core.ts";
import { drive, goesByPieces, isSearched, type SolveControl } from "./drive.ts";
import { type EncodedProblem, encodeProblem } from "./encode.ts";
import { insertOrders } from "./insert.ts";
import type { Problem } from "./model/problem.ts";
import { partsFinder } from "./parts-anywhere.ts";
import { writeDistances } from "./plan-distances.ts";
import { keepsRunning } from "./running.ts";
import type { MatchProof, Reason, RunningPlan, Solution } from "./solution.ts";

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

/** How long after the deadline reasons are still proved: on a busy machine the reserve may not be enough. */
const PROOF_MS = 10;
const LOCKS_INFEASIBLE = 3;
/** Stages of a round: assembly/match/match.ts. */
const MATCH_COMPLETE = 0;
const MATCH_CUT_IN_COSTS = 2;

/** The best plan found until the deadline or the iteration budget, whichever comes first. Throws StoppedError when the caller has gone. */
export function solve(core: Core, problem: Problem, control: SolveControl): Solution {
  const started = performance.now();
  const poll = () => throwIfStopped(control);
  const encoded = encodeProblem(problem, poll);
  const end = control.deadlineMs - (problem.mode === "match" ? settlingMs(problem) : 0);
  core.load(encoded.columns, () => control.stopped() || performance.now() >= end);
  const { exports } = core;
  poll();
  exports.setHybrid(!goesByPieces(problem));
  const isRound = problem.mode === "match";
  const seed = problem.seed + BigInt(control.workerIndex) * 0x9e3779b97f4a7c15n;
  throwOnStatus(isRound ? exports.startRound() : exports.startPlan(seed), core, encoded);
  let iterations = 0n;
  let cut = false;
  if (isRound) exports.solveMatch();
  else if (problem.mode === "insert") ({ sequences: iterations, cut } = insertOrders(core, problem, control));
  else exports.firstPlan();
  poll();
  const firstPlanMs = performance.now() - started;
  let lastImprovementMs = firstPlanMs;
  const running = keepsRunning(problem) ? runningOf(core, problem) : undefined;
  if (isSearched(problem)) {
    const run = drive(core, problem, encoded, control, started);
    iterations = run.iterations;
    lastImprovementMs = run.improvedMs ?? firstPlanMs;
    poll();
    exports.finishSearch();
  }
  // A round leaves its plan linked.
  if (!isRound) exports.loadBest();
  exports.writePlan();
  const absent = core.int32s(exports.absent.value, exports.absentCount.value).sort();
  const planWords = core.int32s(exports.planWords.value, exports.planLength.value);
  const measures = [...core.int64s(exports.bestMeasures.value, 6)];
  if (encoded.columns.distance.length === 0) measures[2] = BigInt(writeDistances(problem, encoded, planWords));
  return {
    workerIndex: control.workerIndex,
    planWords,
    absent,
    reasons: reasonsOf(core, problem, encoded, absent, control, cut),
    levels: [...core.int64s(exports.bestLevels.value, problem.levels.length)],
    measures,
    iterations,
    searchMs: performance.now() - started,
    firstPlanMs,
    lastImprovementMs,
    match: problem.mode === "match" ? matchProofOf(core, problem) : undefined,
    running,
  };
}

function runningOf({ exports, ...core }: Core, { levels }: Problem): RunningPlan {
  return {
    levels: [...core.int64s(exports.runningLevels.value, levels.length)],
    absent: core.int32s(exports.runningAbsent.value, exports.runningAbsentCount.value),
  };
}

/** What a round takes from the moment it is cut to the answer: every order looks once at the costs known, then they are served. */
function settlingMs({ orders, engineers }: Problem): number {
  return 3 + orders.length * (0.05 + 0.000005 * engineers.length);
}

/** Throws what a status of startPlan says. */
export function throwOnStatus(status: number, core: Core, encoded: EncodedProblem): void {
  if (status === 0) return;
  if (status !== LOCKS_INFEASIBLE) throw new CoreError(`the core could not start: status ${status}`, status);
  const { engineer, shift } = encoded.routes[core.exports.failedRoute.value]!;
  throw new LocksInfeasibleError(engineer.id, shift.index);
}

/** No place: the largest i64. */
const IMPOSSIBLE = 2n ** 63n - 1n;

/** Why the orders are left out of the plan as it stands, which is loaded in the core and gone afterwards: docs/plan.md, "Unassigned orders". */
export function reasonsOf(
  core: Core,
  problem: Problem,
  encoded: EncodedProblem,
  absent: Int32Array,
  control: SolveControl,
  cutInsertion: boolean,
): Reason[] {
  const { exports } = core;
  const cut = cutInsertion || (problem.mode === "match" && exports.matchStage.value !== MATCH_COMPLETE);
  const fitsNow = new Set(
    [...absent].filter(
      (order) => !cut && problem.orders[order]!.priceTicks !== undefined && exports.isInsertable(order) !== 0,
    ),
  );
  exports.emptyPlan();
  return [...absent].map((order) => {
    if (performance.now() > control.deadlineMs + PROOF_MS) return { code: "NOT_PROVED" };
    const engineers = problem.engineers.length;
    const masks = core.uint16s(exports.pairMask.value + 2 * order * engineers, engineers);
    if (masks.every((mask) => mask !== 0)) return { code: "NO_ELIGIBLE_ENGINEER", masks };
    // What an order might have got in the rest of a round, or of an insertion, nobody knows.
    if (cut) return { code: "NOT_PROVED" };
    if (!problem.engineers.some((_, engineer) => exports.partsAlone(order, engineer) !== 0)) {
      const couldHaveParts = partsFinder(problem, problem.orders[order]!);
      const isThere = problem.engineers.some((engineer, row) => masks[row] === 0 && couldHaveParts(engineer));
      return isThere ? { code: "NOT_PROVED", isScattered: true } : { code: "NO_PART" };
    }
    const witness = encoded.routes.findIndex((_, route) => exports.insertionCost(order, route) !== IMPOSSIBLE);
    if (witness < 0) return { code: "NO_FEASIBLE_TIME" };
    if (fitsNow.has(order)) return { code: "NOT_WORTH_PRICE" };
    return { code: "OUTBID", witness: problem.engineers.indexOf(encoded.routes[witness]!.engineer) };
  });
}

function matchProofOf(core: Core, problem: Problem): MatchProof {
  const { exports } = core;
  const orders = problem.orders.length;
  const base = core.int64s(exports.matchBase.value, problem.levels.length);
  if (exports.matchStage.value === MATCH_CUT_IN_COSTS) return { base, dual: undefined };
  const engineerOf = core.int32s(exports.engineerOf.value, orders);
  const leaveOut = core.int64s(exports.leaveOutCosts.value, orders);
  const dual = {
    complete: exports.matchStage.value === MATCH_COMPLETE,
    unassignedUnit: exports.unassignedUnit.value,
    orderDual: core.int64s(exports.orderDual.value, orders),
    engineerDual: core.int64s(exports.engineerDual.value, problem.engineers.length),
    engineerOf,
    costs: BigInt64Array.from(engineerOf, (engineer, order) =>
      engineer < 0 ? leaveOut[order]! : exports.matchCost(order, engineer),
    ),
  };
  return { base, dual };
}
