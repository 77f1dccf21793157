// What the current plan settles: stops under way at the head of a route, stops locked behind them, orders that stay with an engineer.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Shift } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { type Route, type Stop, Stop_Kind, Stop_Lock } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { OrderInputs } from "../../solver/model/criteria-inputs.ts";
import type { GivenMeeting, GivenStop, Head, ProblemOrder, ProblemShift } from "../../solver/model/problem.ts";
import type { Travel } from "../../solver/travel/travel.ts";
import type { CurrentMeetings } from "./current-meetings.ts";
import type { Clock } from "./request-clock.ts";

export const underWay = (stop: Stop) => stop.lock === Stop_Lock.STARTED || stop.lock === Stop_Lock.DONE;
const chained = (stop: Stop) => stop.lock === Stop_Lock.SEQUENCE || stop.lock === Stop_Lock.TIME;

export function headOf(
  route: Route,
  routeIndex: number,
  shift: Shift,
  clock: Clock,
  orders: ReadonlyMap<string, ProblemOrder>,
): Head | undefined {
  const stops = route.stops.filter(underWay);
  const last = stops.at(-1);
  if (last === undefined) return undefined;
  const over =
    route.stops.every((stop) => stop.lock === Stop_Lock.DONE) &&
    clock.at(shift.time!.end!) + clock.length(shift.maxOvertime) < 0;
  const endTicks = over && route.arrival ? clock.at(route.arrival) : clock.at(last.departure!);
  const departure = over ? endTicks : Math.max(0, endTicks);
  const finalLeg = over ? route.finalLeg : undefined;
  const start = stops[0]!;
  const left = route.departure
    ? clock.at(route.departure)
    : clock.at(start.arrival ?? start.start!) - clock.length(start.leg?.duration);
  let unpaid = 0;
  let latenessTicks = 0;
  let busyTicks = 0;
  const served: Head["orders"][number][] = [];
  for (const stop of stops) {
    const length = clock.length(stop.departure) - clock.length(stop.start);
    if (stop.kind !== Stop_Kind.BREAK || shift.breaks[stop.breakIndex]?.paid)
      busyTicks += length + clock.length(stop.setup);
    if (stop.kind === Stop_Kind.BREAK && !shift.breaks[stop.breakIndex]?.paid)
      unpaid += clock.length(shift.breaks[stop.breakIndex]?.duration);
    if (stop.kind !== Stop_Kind.SERVICE) continue;
    latenessTicks += clock.length(stop.lateness);
    const order = orders.get(stop.orderId);
    if (order) served.push({ order, start: clock.at(stop.start!), end: clock.at(stop.departure!) });
  }
  return {
    departure,
    endTicks,
    over,
    workingTicks: departure - left - unpaid,
    travelTicks: stops.reduce((sum, stop) => sum + clock.length(stop.leg?.duration), clock.length(finalLeg?.duration)),
    distance: stops.reduce((sum, stop) => sum + Number(stop.leg?.distanceM ?? 0n), Number(finalLeg?.distanceM ?? 0n)),
    latenessTicks,
    busyTicks,
    orders: served,
    supplies: stops.flatMap((stop) => (stop.kind === Stop_Kind.SUPPLY ? [stop.operatingCentreId] : [])),
    routeIndex,
    stops: stops.length,
  };
}

/** Who may meet somebody where the rest of a route starts: behind a service that is under way or done everybody, at the start of a shift a lender. */
export function startMeets(route: Route | undefined, shift: Shift, travel: Travel): ProblemShift["startMeets"] {
  const stops = route?.stops.filter(underWay) ?? [];
  const place = stops.at(-1)?.place;
  if (place === undefined) return stops.length === 0 ? "lender" : "nobody";
  const isHere = (other: Stop["place"]) => other !== undefined && travel.row(other) === travel.row(place);
  const before = stops.findLast((stop) => stop.kind !== Stop_Kind.LOAN || !isHere(stop.place));
  if (before === undefined) return isHere(shift.startPlace) ? "lender" : "nobody";
  return before.kind === Stop_Kind.SERVICE && isHere(before.place) ? "both" : "nobody";
}

/** Stops from the last one under way to the last one locked in sequence or time. */
export function chainOf(route: Route, current: CurrentMeetings): GivenStop[] {
  const first = route.stops.filter(underWay).length;
  const last = route.stops.findLastIndex(chained);
  return route.stops.slice(first, last + 1).map((stop) => givenStop(route, stop, current));
}

/** Stops behind those that stay where they are, without meetings that cannot be kept and the orders that were to borrow there. */
export function warmOf(route: Route, current: CurrentMeetings): GivenStop[] {
  const { meetings, lost } = current;
  const last = route.stops.findLastIndex((stop) => underWay(stop) || chained(stop));
  return route.stops
    .slice(last + 1)
    .filter((stop) => (stop.kind === Stop_Kind.LOAN ? meetings.has(stop) : !lost.has(stop.orderId)))
    .map((stop) => givenStop(route, stop, current));
}

/** A meeting of no order, which nobody can keep. */
const IMPOSSIBLE: GivenMeeting = { lenderId: "", borrowerId: "", orderId: "", skus: [], variant: 0, placeRow: -1 };

function givenStop({ engineerId }: Route, stop: Stop, { meetings, variants }: CurrentMeetings): GivenStop {
  if (stop.kind === Stop_Kind.LOAN) {
    const meeting = meetings.get(stop) ?? IMPOSSIBLE;
    return { kind: "loan", lends: meeting.lenderId === engineerId, meeting };
  }
  if (stop.kind === Stop_Kind.SUPPLY) return { kind: "supply", centreId: stop.operatingCentreId };
  if (stop.kind === Stop_Kind.BREAK) return { kind: "break", breakIndex: stop.breakIndex };
  return { kind: "order", orderId: stop.orderId, variant: variants.get(stop) ?? 0 };
}

/** Who should serve each order, and when, by the current plan. */
export function publishedOf(request: AssignRequest, clock: Clock): Map<string, OrderInputs["published"]> {
  const published = new Map<string, OrderInputs["published"]>();
  for (const { engineerId, stops } of request.currentPlan?.routes ?? [])
    for (const { kind, orderId, start } of stops)
      if (kind === Stop_Kind.SERVICE) published.set(orderId, { engineerId, start: start && clock.at(start) });
  return published;
}

export interface Locks {
  /** Orders that stay with an engineer and shift. */
  readonly engineers: ReadonlyMap<string, { engineerId: string; shiftIndex: number }>;
  /** Orders that begin exactly when they were planned to. */
  readonly times: ReadonlyMap<string, number>;
}

export function locksOf(request: AssignRequest, clock: Clock): Locks {
  const engineers = new Map<string, { engineerId: string; shiftIndex: number }>();
  const times = new Map<string, number>();
  for (const route of request.currentPlan?.routes ?? []) {
    const last = route.stops.findLastIndex(chained);
    for (const [index, stop] of route.stops.entries()) {
      if (stop.kind !== Stop_Kind.SERVICE) continue;
      if (stop.lock === Stop_Lock.ENGINEER || index <= last)
        engineers.set(stop.orderId, { engineerId: route.engineerId, shiftIndex: route.shiftIndex });
      if (stop.lock === Stop_Lock.TIME) times.set(stop.orderId, clock.at(stop.start!));
    }
  }
  return { engineers, times };
}
