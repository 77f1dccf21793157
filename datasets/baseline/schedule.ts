// The canonical schedule of one route as docs/plan.md defines it: a sequence of stops in, a complete Route message out.
import { create } from "@bufbuild/protobuf";
import type { Engineer, Shift } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Place, TimeWindow } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { type Route, RouteSchema, type Stop, Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { Day } from "./day.ts";
import { withinMoney } from "./money.ts";

const NO_PROMISE = Number.POSITIVE_INFINITY;

/** A moment range in ticks, both ends inclusive; a start up to `last` is allowed, after `end` it is late. */
interface Allowed {
  readonly start: number;
  readonly end: number;
  readonly last: number;
}

/** Everything about a stop but its times, ticks and metres. */
interface Visit {
  readonly stop: Stop;
  readonly place: Place;
  readonly leg: number;
  readonly distance: number;
  readonly setup: number;
  readonly length: number;
  /** In time order; empty: any moment. */
  readonly allowed: readonly Allowed[];
  /** The last start that keeps the promise to be finished; where it must be kept also the last one allowed. */
  readonly promise: number;
}

/**
 * Times `stops` (kind, ids, parts and tools filled) as a route of the engineer's shift.
 *
 * Undefined where a rule of time or of the shift's limits is broken: windows, shift end with overtime, legs that do not exist or
 * are too long, most travel, distance or working time, promises that must be kept, value in care and budgets. Eligibility, parts, tools and
 * loads are not looked at.
 */
export function scheduleRoute(
  day: Day,
  engineer: Engineer,
  shiftIndex: number,
  stops: readonly Stop[],
): Route | undefined {
  const shift = engineer.shifts[shiftIndex]!;
  const visits = visitsOf(day, engineer, shift, stops);
  const lastPlace = visits.at(-1)?.place ?? shift.startPlace!;
  const final = shift.endPlace ? wayBetween(day, engineer, lastPlace, shift.endPlace) : { leg: 0, distance: 0 };
  const legs = [...visits, final].map((visit) => visit.leg);
  const maxLeg = engineer.maxLegDuration ? day.ticks(engineer.maxLegDuration) : Number.POSITIVE_INFINITY;
  if (legs.some((leg) => leg < 0 || leg > maxLeg) || !withinMoney(day, engineer, visits)) return undefined;

  const earliest = Math.max(day.ticks(shift.time?.start), day.now);
  const early = startsFrom(visits, earliest);
  if (!early) return undefined;
  const firm = day.facts.policy.mode("sla_response") === "hard";
  if (firm && visits.some(({ promise }, index) => early[index]! > promise)) return undefined;
  const departure = latestDeparture(visits, early, earliest);
  const starts = startsFrom(visits, departure)!;
  const route = routeOf(day, engineer, shiftIndex, visits, starts, departure, final);
  return withinLimits(day, shift, route) ? route : undefined;
}

function wayBetween(day: Day, engineer: Engineer, from: Place, to: Place) {
  const rows = [day.travel.row(from), day.travel.row(to)] as const;
  return {
    leg: day.travel.duration(engineer.vehicleMode, ...rows),
    distance: day.travel.distance(engineer.vehicleMode, ...rows),
  };
}

function visitsOf(day: Day, engineer: Engineer, shift: Shift, stops: readonly Stop[]): Visit[] {
  const windows = (list: readonly TimeWindow[], grace = 0): Allowed[] =>
    list
      .map((window) => {
        const end = day.ticks(window.end);
        return { start: day.ticks(window.start), end, last: end + grace };
      })
      .sort((a, b) => a.start - b.start);
  const promised = day.facts.policy.mode("sla_response") !== "off";
  let here = shift.startPlace!;
  return stops.map((stop) => {
    const from = here;
    if (stop.kind === Stop_Kind.SERVICE) {
      const order = day.orders.get(stop.orderId)!;
      here = order.place!;
      const moved = day.travel.row(from) !== day.travel.row(here);
      const length = day.ticks(order.serviceDuration);
      return {
        stop,
        place: here,
        ...wayBetween(day, engineer, from, here),
        setup: moved ? day.ticks(order.setupDuration) : 0,
        length,
        allowed: windows(order.windows, day.ticks(order.latenessGrace)),
        promise: promised && order.visitDueAt ? day.ticks(order.visitDueAt) - length : NO_PROMISE,
      };
    }
    if (stop.kind === Stop_Kind.SUPPLY) {
      const centre = day.centres.get(stop.operatingCentreId)!;
      here = centre.place!;
      return {
        stop,
        place: here,
        ...wayBetween(day, engineer, from, here),
        setup: 0,
        length: day.ticks(centre.pickDuration),
        allowed: windows(centre.openingWindows),
        promise: NO_PROMISE,
      };
    }
    const pause = shift.breaks[stop.breakIndex]!;
    here = pause.place ?? from;
    return {
      stop,
      place: here,
      ...(pause.place ? wayBetween(day, engineer, from, here) : { leg: 0, distance: 0 }),
      setup: 0,
      length: day.ticks(pause.duration),
      allowed: windows(pause.window ? [pause.window] : []),
      promise: NO_PROMISE,
    };
  });
}

/** Starts when every stop starts as early as it may; undefined when one has no allowed moment left. */
function startsFrom(visits: readonly Visit[], departure: number): number[] | undefined {
  const starts: number[] = [];
  let time = departure;
  for (const { leg, setup, length, allowed } of visits) {
    const ready = time + leg + setup;
    const window = allowed.find(({ last }) => ready <= last);
    if (allowed.length > 0 && !window) return undefined;
    const start = window ? Math.max(ready, window.start) : ready;
    starts.push(start);
    time = start + length;
  }
  return starts;
}

/** The late pass: how late the route may depart with its end kept and nobody served later than needed in a way that costs. */
function latestDeparture(visits: readonly Visit[], early: readonly number[], earliest: number): number {
  let limit = Number.POSITIVE_INFINITY;
  for (let index = visits.length - 1; index >= 0; index--) {
    const { leg, setup, length, allowed, promise } = visits[index]!;
    const start = early[index]!;
    // The last stop ends when it did, since the end of the route is kept.
    const latest = limit === Number.POSITIVE_INFINITY ? start : limit - length;
    const window = allowed.find((each) => each.start <= start && start <= each.end);
    const inWindow = allowed.length === 0 ? latest : window ? Math.min(latest, window.end) : start;
    const late = start > promise ? start : Math.min(inWindow, promise);
    limit = late - setup - leg;
  }
  return limit === Number.POSITIVE_INFINITY ? earliest : limit;
}

function latenessAt(allowed: readonly Allowed[], start: number): number {
  if (allowed.length === 0 || allowed.some((window) => window.start <= start && start <= window.end)) return 0;
  return start - Math.max(...allowed.filter((window) => window.end < start).map((window) => window.end));
}

function routeOf(
  day: Day,
  engineer: Engineer,
  shiftIndex: number,
  visits: readonly Visit[],
  starts: readonly number[],
  departure: number,
  final: { leg: number; distance: number },
): Route {
  const shift = engineer.shifts[shiftIndex]!;
  const sum = (of: (visit: Visit) => number) => visits.reduce((total, visit) => total + of(visit), 0);
  let time = departure;
  let waitingSum = 0;
  const stops = visits.map((visit, index) => {
    const arrival = time + visit.leg;
    const start = starts[index]!;
    const waiting = start - arrival - visit.setup;
    time = start + visit.length;
    waitingSum += waiting;
    const { kind, orderId, operatingCentreId, breakIndex, parts, pickUps, toolIds, lock } = visit.stop;
    return {
      ...{ kind, orderId, operatingCentreId, breakIndex, parts, pickUps, toolIds, lock },
      place: visit.place,
      leg: { duration: day.time(visit.leg), distanceM: BigInt(visit.distance) },
      arrival: day.time(arrival),
      start: day.time(start),
      departure: day.time(time),
      setup: day.time(visit.setup),
      waiting: day.time(waiting),
      lateness: day.time(kind === Stop_Kind.SERVICE ? latenessAt(visit.allowed, start) : 0),
    };
  });
  const arrival = time + final.leg;
  const unpaid = sum(({ stop, length }) =>
    stop.kind === Stop_Kind.BREAK && !shift.breaks[stop.breakIndex]!.paid ? length : 0,
  );
  return create(RouteSchema, {
    engineerId: engineer.id,
    shiftIndex,
    departure: day.time(departure),
    arrival: day.time(arrival),
    stops,
    ...(shift.endPlace
      ? { finalLeg: { duration: day.time(final.leg), distanceM: BigInt(final.distance) } }
      : undefined),
    travel: day.time(sum(({ leg }) => leg) + final.leg),
    waiting: day.time(waitingSum),
    service: day.time(sum(({ stop, setup, length }) => (stop.kind === Stop_Kind.SERVICE ? setup + length : 0))),
    working: day.time(arrival - departure - unpaid),
    overtime: day.time(Math.max(0, arrival - day.ticks(shift.time?.end))),
    distanceM: BigInt(sum(({ distance }) => distance) + final.distance),
  });
}

function withinLimits(day: Day, shift: Shift, route: Route): boolean {
  return (
    day.ticks(route.overtime) <= day.ticks(shift.maxOvertime) &&
    (!shift.maxTravelDuration || day.ticks(route.travel) <= day.ticks(shift.maxTravelDuration)) &&
    (shift.maxDistanceM === undefined || route.distanceM <= shift.maxDistanceM) &&
    (!shift.maxWorkingDuration || day.ticks(route.working) <= day.ticks(shift.maxWorkingDuration))
  );
}
