// The canonical schedule of a way (docs/plan.md), for insertions that are tried.
import { NEVER } from "../layout.ts";
import type { Problem, Window } from "../model/problem.ts";
import { lastDeparture, legTicks } from "../travel/hours.ts";
import { type Meeting, rowOf, type Visit, type Way } from "./way.ts";

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

type Windowed = Exclude<Visit, { readonly kind: "loan" }>;

const windowsOf = (visit: Windowed): readonly Window[] =>
  visit.kind === "order" ? visit.order.windows : visit.kind === "supply" ? visit.centre.windows : [visit.pause.window];
const graceOf = (visit: Windowed) => (visit.kind === "order" ? visit.order.graceTicks : 0);

export function lengthOf(visit: Visit): number {
  if (visit.kind === "order") return visit.order.serviceTicks;
  if (visit.kind === "loan") return visit.meeting.ticks;
  return visit.kind === "supply" ? visit.centre.pickTicks : visit.pause.durationTicks;
}

export function legsOf({ travel }: Pick<Problem, "travel">, { engineer: { mode }, shift, visits }: Way): Legs {
  const ticks: number[] = [];
  const metres: number[] = [];
  const setups: number[] = [];
  let row = shift.startRow;
  const rows = [row];
  // Where the last stop that is no hand-over was: there is no set-up there.
  let placed = row;
  const go = (to: number) => {
    ticks.push(travel.duration(mode, row, to));
    metres.push(travel.distance(mode, row, to));
    row = to;
    rows.push(row);
  };
  for (const visit of visits) {
    go(rowOf(visit) ?? row);
    setups.push(visit.kind === "order" && row !== placed ? visit.order.setupTicks : 0);
    if (visit.kind !== "loan") placed = row;
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
function firstAllowed(visit: Windowed, ready: number): number | undefined {
  const grace = graceOf(visit);
  const window = windowsOf(visit).find(({ end }) => end + grace >= ready);
  // Windows that are over are one that nobody can reach.
  if (!window || window.start >= NEVER - 1) return undefined;
  const start = Math.max(window.start, ready);
  const promise = promiseOf(visit);
  return promise?.firm && start > promise.last ? undefined : start;
}

const promiseOf = (visit: Windowed) => (visit.kind === "order" ? visit.order.promise : undefined);

/** How late a visit that starts early at `start` may start: in its window, and not past a promise that it keeps; a hand-over not later. */
function lastStart(visit: Visit, start: number): number {
  if (visit.kind === "loan") return start;
  const last = promiseOf(visit)?.last ?? Number.POSITIVE_INFINITY;
  if (start > last) return start;
  const around = windowsOf(visit).find((window) => window.start <= start && start <= window.end);
  return around ? Math.min(around.end, last) : start;
}

/** The visit that has no allowed start left, and when it would be ready. */
export interface Blocked {
  readonly blockedAt: number;
  readonly ready: number;
}

/** When meetings begin; those that are not there begin when the first of the two arrives. */
export type Begins = ReadonlyMap<Meeting, number>;

const NO_MEETINGS: Begins = new Map();

/** The times of a way, whose meetings begin at `begins`, or the first visit that has no allowed start left. */
export function timesOf(way: Way, legs: Legs, begins = NO_MEETINGS): Times | Blocked {
  const { shift, visits } = way;
  const early = earlyPass(way, legs, shift.earliest, begins);
  if ("blockedAt" in early || shift.head || visits.length === 0) return early;
  let leaveBy = legs.departure(visits.length, early.end);
  for (let index = visits.length - 1; index >= 0; index--) {
    const visit = visits[index]!;
    const start = early.starts[index]!;
    const latest = Math.min(leaveBy - lengthOf(visit), lastStart(visit, start));
    leaveBy = legs.departure(index, latest - legs.setups[index]!);
  }
  return earlyPass(way, legs, leaveBy, begins);
}

/**
 * When the meetings of these ways begin, whoever comes first waiting for the other; undefined where they wait for each other. The ways have both
 * sides of every meeting.
 */
export function beginsOf(ways: readonly { readonly way: Way; readonly legs: Legs }[]): Begins | undefined {
  const begins = new Map<Meeting, number>();
  for (const { way } of ways) for (const visit of way.visits) if (visit.kind === "loan") begins.set(visit.meeting, 0);
  // News of a later begin goes on for as many rounds as there are meetings, unless it comes back.
  for (let round = 0; round <= begins.size; round++) {
    let isLater = false;
    for (const { way, legs } of ways) {
      const early = earlyPass(way, legs, way.shift.earliest, begins);
      const starts = "blockedAt" in early ? [] : early.starts;
      for (const [index, visit] of way.visits.entries()) {
        if (visit.kind !== "loan" || starts[index] === undefined || starts[index] <= begins.get(visit.meeting)!)
          continue;
        begins.set(visit.meeting, starts[index]);
        isLater = true;
      }
    }
    if (!isLater) return begins;
  }
  return undefined;
}

function earlyPass({ visits }: Way, legs: Legs, departure: number, begins: Begins): Times | Blocked {
  const arrivals: number[] = [];
  const starts: number[] = [];
  const driven: number[] = [];
  let time = departure;
  for (const [index, visit] of visits.entries()) {
    const arrival = legs.arrival(index, time);
    driven.push(arrival - time);
    const ready = arrival + legs.setups[index]!;
    const start =
      visit.kind === "loan" ? Math.max(ready, begins.get(visit.meeting) ?? ready) : firstAllowed(visit, ready);
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
