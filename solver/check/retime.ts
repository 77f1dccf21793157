// A plan at its canonical times: what a plan leaves out is filled in, so that sequences of stops can be judged.
import { clone, create } from "@bufbuild/protobuf";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Place } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import {
  type Leg,
  LegSchema,
  type Plan,
  PlanSchema,
  type Route,
  RouteSchema,
  type Stop,
  Stop_Lock,
  StopSchema,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { RoadTables } from "../travel/road-tables.ts";
import { currentRoute, isOver, nameOf, settledHead } from "./current.ts";
import { type Facts, factsOf, type RouteFacts, readRoutes, type StopFacts } from "./facts.ts";
import { findings } from "./finding.ts";
import { meetingStarts } from "./meeting-times.ts";
import { meetingsOf } from "./meetings.ts";
import { latenessOf, type Schedule } from "./schedule.ts";
import { routeSums } from "./sums.ts";
import { scheduleOf } from "./time.ts";

export interface Retimed {
  /** Every route that can be timed at its canonical times; the others as given. */
  readonly timed: Plan;
  /** The plan as given, with what it leaves out taken from `timed`. */
  readonly filled: Plan;
}

/** Times a plan for a valid request: absent places, legs, times and totals are filled in. Never throws on a malformed plan. */
export function retime(request: AssignRequest, plan: Plan, tables?: RoadTables): Retimed {
  return retimeBy(factsOf(request, tables), plan);
}

/** The same where the request's facts are known. */
export function retimeBy(facts: Facts, plan: Plan): Retimed {
  const timed = clone(PlanSchema, plan);
  for (const route of timed.routes) fillSettled(facts, route);
  const met = startsOfMeetings(facts, timed);
  for (const route of timed.routes) timeRoute(facts, timed, route, met);
  const filled = clone(PlanSchema, plan);
  for (const [row, route] of filled.routes.entries()) fillRoute(route, timed.routes[row]!);
  return { timed, filled };
}

/** The route with its stops resolved; undefined where its engineer or shift is unknown. */
function factsOfRoute(facts: Facts, plan: Plan, route: Route): RouteFacts | undefined {
  return readRoutes(facts, { ...plan, routes: [route] }, findings().report)[0];
}

/** Settled stops without times are meant as they were. */
function fillSettled(facts: Facts, route: Route): void {
  const current = currentRoute(facts.request, route);
  if (isOver(facts.request, current, facts.clock)) {
    if (current && !route.departure) Object.assign(route, clone(RouteSchema, current));
    return;
  }
  for (const [index, given] of settledHead(current).entries()) {
    const stop = route.stops[index];
    if (stop && !stop.start && nameOf(stop) === nameOf(given)) route.stops[index] = clone(StopSchema, given);
  }
}

/** Starts of the meetings by route and number of the stop: they hang on all routes together. */
type Met = ReadonlyMap<string, ReadonlyMap<number, number>>;

const routeKey = ({ engineerId, shiftIndex }: Route) => `${engineerId}\n${shiftIndex}`;

function startsOfMeetings(facts: Facts, plan: Plan): Met {
  const { report } = findings();
  const routes = readRoutes(facts, plan, report);
  const starts = meetingStarts(facts, meetingsOf(routes, report), report);
  return new Map(
    routes.map(({ route, stops }) => [
      routeKey(route),
      new Map(stops.flatMap((stop) => (starts.has(stop) ? [[stop.index, starts.get(stop)!]] : []))),
    ]),
  );
}

function timeRoute(facts: Facts, plan: Plan, route: Route, met: Met): void {
  const current = currentRoute(facts.request, route);
  // It is not for anybody to time any more.
  if (isOver(facts.request, current, facts.clock)) return;
  const read = factsOfRoute(facts, plan, route);
  if (!read || read.stops.length < route.stops.length) return;
  let place = read.shift.startPlace;
  for (const facing of read.stops) {
    place = placeOf(facing, place);
    if (!facing.settled && place) facing.stop.place = place;
  }
  const meetings = met.get(routeKey(route));
  const starts = new Map(
    read.stops.flatMap((stop) => (meetings?.has(stop.index) ? [[stop, meetings.get(stop.index)!]] : [])),
  );
  const schedule = scheduleOf(facts, read, starts, findings().report);
  if (schedule) setTimes(facts, read, schedule, current);
  // How long a leg takes may depend on when it begins.
  const driven = factsOfRoute(facts, plan, route)!;
  for (const facing of driven.stops) if (!facing.settled) facing.stop.leg = legOf(facts, facing.step.leg, facing);
  if (driven.shift.endPlace) route.finalLeg = legOf(facts, driven.finalLeg.duration, driven.finalLeg);
  else delete route.finalLeg;
  const sums = routeSums(facts, driven);
  const { duration } = facts.clock;
  route.travel = duration(sums.travel);
  route.waiting = duration(sums.waiting);
  route.service = duration(sums.service);
  route.working = duration(sums.working);
  route.overtime = duration(sums.overtime);
  route.distanceM = BigInt(sums.distance);
}

function setTimes(facts: Facts, read: RouteFacts, schedule: Schedule, current: Route | undefined): void {
  const { clock } = facts;
  const settled = read.stops.filter((stop) => stop.settled).length;
  read.route.departure = settled > 0 && current?.departure ? current.departure : clock.moment(schedule.departure);
  read.route.arrival = clock.moment(schedule.arrival);
  for (const { stop, index, step, windows, order } of read.stops.slice(settled)) {
    const timing = schedule.timings[index - settled]!;
    stop.arrival = clock.moment(timing.arrival);
    stop.start = clock.moment(timing.start);
    stop.departure = clock.moment(timing.departure);
    stop.setup = clock.duration(step.setup);
    stop.waiting = clock.duration(timing.waiting);
    stop.lateness = clock.duration(order ? latenessOf(windows, timing.start) : 0);
  }
}

/** Where a stop happens, `before` being the place before it. */
function placeOf(
  { stop, settled, loan, order, centre, pause }: StopFacts,
  before: Place | undefined,
): Place | undefined {
  return (settled || loan ? stop.place : (order ?? centre ?? pause)?.place) ?? before;
}

function legOf(
  { clock }: Facts,
  duration: number,
  { distance, greatCircle }: Pick<StopFacts, "distance" | "greatCircle">,
): Leg {
  return create(LegSchema, {
    duration: clock.duration(Math.max(0, duration)),
    distanceM: BigInt(Math.max(0, distance)),
    greatCircle,
  });
}

const STOP_FIELDS = ["place", "leg", "arrival", "start", "departure", "setup", "waiting", "lateness"] as const;
const ROUTE_FIELDS = [
  "departure",
  "arrival",
  "finalLeg",
  "travel",
  "waiting",
  "service",
  "working",
  "overtime",
] as const;

function fillRoute(route: Route, timed: Route): void {
  for (const field of ROUTE_FIELDS) fill(route, timed, field);
  if (route.distanceM === 0n) route.distanceM = timed.distanceM;
  for (const [index, stop] of route.stops.entries()) {
    const other: Stop = timed.stops[index]!;
    const settled = other.lock === Stop_Lock.STARTED || other.lock === Stop_Lock.DONE;
    if (settled && !stop.start && !stop.arrival && !stop.departure) route.stops[index] = other;
    else for (const field of STOP_FIELDS) fill(stop, other, field);
  }
}

function fill<T, K extends keyof T>(target: T, source: T, field: K): void {
  if (target[field] === undefined && source[field] !== undefined) target[field] = source[field];
}
