// Drives the core through the time or the iterations of a search: in slices between looks at the clock, large problems piece by piece.
import type { Core } from "./core.ts";
import { createPieces, FEWEST_ORDERS } from "./decompose.ts";
import type { EncodedProblem } from "./encode.ts";
import { type Islands, MEETINGS, meet, meetingAt } from "./islands.ts";
import type { Problem } from "./model/problem.ts";

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
  /** The other searches for the request. */
  readonly islands?: Islands;
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

/** What a search took. */
export interface Run {
  readonly iterations: bigint;
  /** When the best plan was found, milliseconds after the solve began; undefined when it was the first. */
  readonly improvedMs: number | undefined;
}

/** Iterations between looks at the clock: adapted so that a slice takes about this long; a look costs microseconds. */
const SLICE_MS = 2;
/** What the answer takes longer than usual after a long search, at most, and as a share of the budget. */
const COLD_MS = 25;
const COLD_SHARE = 0.01;
/** Longest wait for the other islands where time counts. */
const MEETING_MS = 30;
/** Share of the budget that a large problem is searched as a whole before it is taken piece by piece. */
const WHOLE_SHARE = 0.75;
/** Time of a piece and its iterations where those are counted, for each of its orders. */
const PIECE_MS = 2;
const PIECE_ITERATIONS = 2000;
/** runSearch: there is nothing to search. */
const FINISHED = 4;

/** True when the answer is searched for: in the other modes the core works it out. */
export function isSearched({ mode }: Problem): boolean {
  return mode === "route" || mode === "reoptimize";
}

/** True when the search takes the problem piece by piece. */
export function goesByPieces(problem: Problem): boolean {
  return isSearched(problem) && problem.orders.length >= FEWEST_ORDERS;
}

/** Searches from the first plan until the deadline or the iterations are spent; the best plan is in the core. */
export function drive(
  core: Core,
  problem: Problem,
  encoded: EncodedProblem,
  control: SolveControl,
  started: number,
): Run {
  const budget = problem.iterations > 0 ? BigInt(problem.iterations) : undefined;
  const begun = performance.now();
  // Decoding the answer and proving the reasons must fit before the deadline too; in a long search their code has gone cold.
  const cold = Math.min(COLD_MS, COLD_SHARE * (control.deadlineMs - begun));
  const reserve = 3 + problem.orders.length * (0.02 + 0.0002 * problem.engineers.length);
  const end = control.deadlineMs - reserve - cold;
  let iterations = 0n;
  let improvedMs: number | undefined;
  let lastProgress = begun;

  const report = (now: number) => {
    if (!control.onProgress || now - lastProgress < (control.progressIntervalMs ?? 100)) return;
    lastProgress = now;
    const spent = budget === undefined ? (now - begun) / (end - begun) : Number(iterations) / Number(budget);
    control.onProgress(progressOf(core, problem, now - started, iterations, spent));
  };

  let meeting = 0;
  const isDue = (percent: number) =>
    budget === undefined
      ? performance.now() - begun >= ((end - begun) * percent) / 100
      : iterations >= meetingAt(budget, percent);
  const pauseForMeeting = () => {
    const percent = control.islands && MEETINGS[meeting];
    if (budget !== undefined) core.exports.pauseAt(percent === undefined ? 0n : meetingAt(budget, percent));
  };
  /** Hears of the other islands' plans where a meeting is due, or held early; false: none was held. */
  const meetOthers = (early: boolean) => {
    const percent = MEETINGS[meeting];
    if (!control.islands || percent === undefined || !(early || isDue(percent))) return false;
    const { exports } = core;
    exports.writeStops();
    const stops = core.int32s(exports.planStops.value, exports.planStopsCount.value);
    // Where iterations count, the meeting must not depend on who is faster; where time counts, nobody waits long.
    const until = budget === undefined ? Math.min(end, performance.now() + MEETING_MS) : end;
    const goesOn = () => !control.stopped() && performance.now() < until;
    for (const plan of meet(control.islands, meeting++, stops, goesOn)) {
      core.write(exports.planStops.value, plan.stops);
      exports.receivePlan(plan.stops.length);
    }
    pauseForMeeting();
    return true;
  };
  pauseForMeeting();

  /** Runs slices of `of` until `until` or `count` iterations. */
  const stage = (of: Core, until: number, count: bigint | undefined) => {
    const { exports } = of;
    const from = performance.now();
    let now = from;
    // Nobody knows yet how long an iteration is: of a large problem, many milliseconds.
    let slice = 1;
    let seen = exports.bestIteration.value;
    while (now < until && !control.stopped()) {
      const done = exports.iterations.value;
      const left = count === undefined ? BigInt(slice) : count - done;
      if (left <= 0n) break;
      const some = Number(left < BigInt(slice) ? left : BigInt(slice));
      const timed = Number.isFinite(until);
      const share = timed ? (now - from) / (until - from) : 0;
      const next = timed ? Math.min(1, (now + SLICE_MS - from) / (until - from)) : 0;
      if (exports.runSearch(some, count ?? 0n, share, next) === FINISHED) return false;
      iterations += exports.iterations.value - done;
      const took = performance.now() - now;
      now += took;
      if (of === core && exports.bestIteration.value !== seen) {
        seen = exports.bestIteration.value;
        improvedMs = now - started;
      }
      slice = Math.max(1, Math.min(4 * slice, Math.round((some * SLICE_MS) / Math.max(took, 0.05))));
      report(now);
      if (of === core) meetOthers(false);
    }
    return true;
  };

  // Pieces pay when every order gets its turn in what is left for them.
  const ms = problem.orders.length * PIECE_MS;
  const enough =
    budget === undefined
      ? (1 - WHOLE_SHARE) * (end - begun) >= ms
      : (1 - WHOLE_SHARE) * Number(budget) >= problem.orders.length * PIECE_ITERATIONS;
  const byPieces = goesByPieces(problem) && enough;
  const share = byPieces ? WHOLE_SHARE : 1;
  const whole = budget === undefined ? undefined : BigInt(Math.floor(share * Number(budget)));
  const searched = stage(core, begun + share * (end - begun), whole);
  if (!searched || !byPieces) return { iterations, improvedMs };

  const isOver = () => control.stopped() || performance.now() >= end;
  const pieces = createPieces(core, core.sibling(), problem, encoded, isOver);
  /** Longest time that a turn took beside its search; what does not fit before the end is not begun. */
  let besideMs = 0;
  while (!control.stopped() && performance.now() + besideMs < end && (budget === undefined || iterations < budget)) {
    const from = performance.now();
    let searchMs = 0;
    const outcome = pieces.next((of, orders) => {
      const ready = performance.now();
      if (budget === undefined) stage(of, Math.min(end - besideMs, ready + orders * PIECE_MS), undefined);
      else {
        const left = budget - iterations;
        const wanted = BigInt(orders * PIECE_ITERATIONS);
        stage(of, end - besideMs, left < wanted ? left : wanted);
      }
      searchMs = performance.now() - ready;
    });
    besideMs = Math.max(besideMs, performance.now() - from - searchMs);
    if (outcome === "better") improvedMs = performance.now() - started;
    // Where iterations count the others wait for this island: with nothing left to try it meets them before the time.
    const met = meetOthers(outcome === "exhausted" && budget !== undefined);
    if (outcome === "exhausted" && !met) break;
  }
  return { iterations, improvedMs };
}

function progressOf(
  core: Core,
  problem: Problem,
  elapsedMs: number,
  iterations: bigint,
  fraction: number,
): SolveProgress {
  const { exports } = core;
  const measures = core.int64s(exports.bestMeasures.value, 6);
  return {
    elapsedMs,
    iterations,
    levels: [...core.int64s(exports.bestLevels.value, problem.levels.length)],
    unassigned: Number(measures[0]),
    engineersUsed: Number(measures[1]),
    fraction: Math.min(1, fraction),
  };
}
