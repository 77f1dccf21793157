// The canonical schedule of a way (docs/plan.md), for insertions that are tried.
import { NEVER } from "../layout.ts";
import type { Problem, Window } from "../model/problem.ts";
import { lastDeparture, legTicks } from "../travel/hours.ts";
import type { Visit, Way } from "./way.ts";

/** Times of a way; ticks after `now`, lists by index of the visit. */
export interface Times {
  readonly departure: number;
  readonly end: number;
  readonly arrivals: readonly number[];
  readonly starts: readonly number[];
  /** Ticks of the leg into each visit, the final leg last. */
  readonly legs: readonly number[];
}

/** The legs of a way, before anybody has timed it; -1: there is no way. */
export interface Legs {
  /** Ticks, at the quickest hour, and metres of the leg into each visit, the final leg last (0 without an end place). */
  readonly ticks: readonly number[];
  readonly metres: readonly number[];
  readonly setups: readonly number[];
  /** When somebody who leaves for leg `index` at `departure` is there. */
  arrival(index: number, departure: number): number;
  /** When to leave for leg `index` at the latest. */
  departure(index: number, arrival: number): number;
}

const windowsOf = (visit: Visit): readonly Window[] =>
  visit.kind === "order" ? visit.order.windows : visit.kind === "supply" ? visit.centre.windows : [visit.pause.window];
const graceOf = (visit: Visit) => (visit.kind === "order" ? visit.order.graceTicks : 0);

export function lengthOf(visit: Visit): number {
  if (visit.kind === "order") return visit.order.serviceTicks;
  return visit.kind === "supply" ? visit.centre.pickTicks : visit.pause.durationTicks;
}

/** Travel row of a visit's place; undefined: the place before. */
function rowOf(visit: Visit): number | undefined {
  if (visit.kind === "order") return visit.order.placeRow;
  return visit.kind === "supply" ? visit.centre.placeRow : visit.pause.placeRow;
}

export function legsOf({ travel }: Pick<Problem, "travel">, { engineer: { mode }, shift, visits }: Way): Legs {
  const ticks: number[] = [];
  const metres: number[] = [];
  const setups: number[] = [];
  let row = shift.startRow;
  const rows = [row];
  const go = (to: number) => {
    ticks.push(travel.duration(mode, row, to));
    metres.push(travel.distance(mode, row, to));
    row = to;
    rows.push(row);
  };
  for (const visit of visits) {
    const before = row;
    go(rowOf(visit) ?? row);
    setups.push(visit.kind === "order" && row !== before ? visit.order.setupTicks : 0);
  }
  go(shift.endRow ?? row);
  const leg = (index: number) => [mode, rows[index]!, rows[index + 1]!] as const;
  return {
    ticks,
    metres,
    setups,
    arrival: (index, departure) =>
      departure + (travel.hours ? legTicks(travel, departure, ...leg(index)) : ticks[index]!),
    departure: (index, arrival) =>
      travel.hours ? lastDeparture(travel, arrival, ...leg(index)) : arrival - ticks[index]!,
  };
}

/** The first allowed start not before `ready`; undefined when there is none. */
function firstAllowed(visit: Visit, ready: number): number | undefined {
  const grace = graceOf(visit);
  const window = windowsOf(visit).find(({ end }) => end + grace >= ready);
  // Windows that are over are one that nobody can reach.
  if (!window || window.start >= NEVER - 1) return undefined;
  const start = Math.max(window.start, ready);
  const promise = promiseOf(visit);
  return promise?.firm && start > promise.last ? undefined : start;
}

const promiseOf = (visit: Visit) => (visit.kind === "order" ? visit.order.promise : undefined);

/** How late a visit that starts early at `start` may start: in its window, and not past a promise that it keeps. */
function lastStart(visit: Visit, start: number): number {
  const last = promiseOf(visit)?.last ?? Number.POSITIVE_INFINITY;
  if (start > last) return start;
  const around = windowsOf(visit).find((window) => window.start <= start && start <= window.end);
  return around ? Math.min(around.end, last) : start;
}

/** The times of a way, or the index of the visit that has no allowed start left and when it would be ready. */
export function timesOf(way: Way, legs: Legs): Times | { readonly blockedAt: number; readonly ready: number } {
  const { shift, visits } = way;
  const early = earlyPass(way, legs, shift.earliest);
  if ("blockedAt" in early || shift.head || visits.length === 0) return early;
  let leaveBy = legs.departure(visits.length, early.end);
  for (let index = visits.length - 1; index >= 0; index--) {
    const visit = visits[index]!;
    const start = early.starts[index]!;
    const latest = Math.min(leaveBy - lengthOf(visit), lastStart(visit, start));
    leaveBy = legs.departure(index, latest - legs.setups[index]!);
  }
  return earlyPass(way, legs, leaveBy);
}

function earlyPass(
  { visits }: Way,
  legs: Legs,
  departure: number,
): Times | { readonly blockedAt: number; readonly ready: number } {
  const arrivals: number[] = [];
  const starts: number[] = [];
  const driven: number[] = [];
  let time = departure;
  for (const [index, visit] of visits.entries()) {
    const arrival = legs.arrival(index, time);
    driven.push(arrival - time);
    const ready = arrival + legs.setups[index]!;
    const start = firstAllowed(visit, ready);
    if (start === undefined) return { blockedAt: index, ready };
    arrivals.push(arrival);
    starts.push(start);
    time = start + lengthOf(visit);
  }
  const end = legs.arrival(visits.length, time);
  driven.push(end - time);
  return { departure, end, arrivals, starts, legs: driven };
}

/** Start past the end of the last window that ended before it, 0 inside a window. */
export function latenessAt(visit: Visit, start: number): number {
  if (visit.kind !== "order") return 0;
  let late = 0;
  for (const window of visit.order.windows) {
    if (window.start <= start && start <= window.end) return 0;
    if (window.end < start) late = start - window.end;
  }
  return late;
}
