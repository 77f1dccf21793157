// The canonical schedule of one route: early pass, late pass, early pass again (docs/plan.md).
import type { Span } from "./clock.ts";
import type { Way } from "./hours.ts";

/** One stop as the schedule sees it; all lengths in ticks. */
export interface Step {
  /** Travel time from the place before; where there is a way by the hour, that of the plan. */
  readonly leg: number;
  /** The leg where its time depends on the hour. */
  readonly way?: Way | undefined;
  readonly setup: number;
  /** Windows in which it starts, without grace; empty: always. */
  readonly windows: readonly Span[];
  /** How long after the end of each window it may still start, inclusive. */
  readonly grace: number;
  /** The last start inside all of that, inclusive. */
  readonly limit?: number | undefined;
  /** Last start past all of that, where the running plan can only begin later. */
  readonly lateUntil?: number;
  readonly length: number;
  /** The last start that keeps a promise: a stop that keeps it is not moved past it. */
  readonly promise?: number | undefined;
}

export interface Timing {
  readonly arrival: number;
  readonly start: number;
  readonly departure: number;
  readonly waiting: number;
}

export interface Schedule {
  readonly departure: number;
  readonly timings: readonly Timing[];
  readonly arrival: number;
}

/** The first allowed start not before `ready`; undefined when there is none. */
export function firstAllowed(
  step: Pick<Step, "windows" | "grace" | "lateUntil" | "limit">,
  ready: number,
): number | undefined {
  const first = firstInWindows(step, ready);
  if (first !== undefined && first <= (step.limit ?? Number.POSITIVE_INFINITY)) return first;
  return step.lateUntil !== undefined && ready <= step.lateUntil ? ready : undefined;
}

function firstInWindows(step: Pick<Step, "windows" | "grace">, ready: number): number | undefined {
  if (step.windows.length === 0) return ready;
  const starts = step.windows
    .filter((window) => window.end + step.grace >= ready)
    .map((window) => Math.max(window.start, ready));
  return starts.length > 0 ? Math.min(...starts) : undefined;
}

/** Start past the end of the last window that ended before it, 0 inside a window (without grace). */
export function latenessOf(windows: readonly Span[], start: number): number {
  if (windows.length === 0 || windows.some((window) => window.start <= start && start <= window.end)) return 0;
  const ended = windows.map((window) => window.end).filter((end) => end < start);
  return ended.length === 0 ? 0 : start - Math.max(...ended);
}

/**
 * The canonical schedule of a route that leaves at `leavesAt` or later (`fixed`: exactly then), with `finalLeg`, ticks or the way,
 * from the last stop to the end place (0 without one). When a stop has no allowed start left: the index of that stop.
 */
export function canonicalSchedule(
  steps: readonly Step[],
  leavesAt: number,
  finalLeg: number | Way,
  fixed: boolean,
): Schedule | { blockedAt: number } {
  const early = earlyPass(steps, leavesAt, finalLeg);
  if (fixed || "blockedAt" in early || steps.length === 0) return early;
  return earlyPass(steps, lateDeparture(steps, early, finalLeg), finalLeg);
}

/** Ticks of every leg of a schedule, that to the end last. */
export function legsOf({ departure, timings, arrival }: Schedule): number[] {
  const arrivals = [...timings.map((timing) => timing.arrival), arrival];
  const departures = [departure, ...timings.map((timing) => timing.departure)];
  return arrivals.map((moment, index) => moment - departures[index]!);
}

/** When somebody who leaves at `departure` is there. */
export function arrivalBy(leg: number | Way, departure: number): number {
  return typeof leg === "number" ? departure + leg : leg.arrival(departure);
}

function departureFor(leg: number | Way, arrival: number): number {
  return typeof leg === "number" ? arrival - leg : leg.departure(arrival);
}

function earlyPass(
  steps: readonly Step[],
  departure: number,
  finalLeg: number | Way,
): Schedule | { blockedAt: number } {
  const timings: Timing[] = [];
  let time = departure;
  for (const [index, step] of steps.entries()) {
    const arrival = arrivalBy(step.way ?? step.leg, time);
    const ready = arrival + step.setup;
    const start = firstAllowed(step, ready);
    if (start === undefined) return { blockedAt: index };
    time = start + step.length;
    timings.push({ arrival, start, departure: time, waiting: start - ready });
  }
  return { departure, timings, arrival: arrivalBy(finalLeg, time) };
}

/** The latest departure that keeps the end of the early schedule and each stop's window. */
function lateDeparture(steps: readonly Step[], early: Schedule, finalLeg: number | Way): number {
  let leaveBy = departureFor(finalLeg, early.arrival);
  for (let index = steps.length - 1; index >= 0; index--) {
    const step = steps[index]!;
    const start = early.timings[index]!.start;
    const latest = Math.min(leaveBy - step.length, lastMoment(step, start));
    leaveBy = departureFor(step.way ?? step.leg, latest - step.setup);
  }
  return leaveBy;
}

/**
 * How late a stop that starts early at `start` may start: the end of the window around it, or `start` itself when late, and not past a
 * promise that it keeps; one that breaks it is not moved either.
 */
function lastMoment(step: Step, start: number): number {
  const promise = step.promise ?? Number.POSITIVE_INFINITY;
  return start > promise ? start : Math.min(promise, lastInWindow(step, start));
}

function lastInWindow(step: Step, start: number): number {
  if (step.windows.length === 0) return Number.POSITIVE_INFINITY;
  const around = step.windows.filter((window) => window.start <= start && start <= window.end);
  return Math.max(start, ...around.map((window) => window.end));
}
