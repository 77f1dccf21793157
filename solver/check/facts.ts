// What the rules look up: the request by id, and each route of the plan with its stops resolved against it.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Break, Engineer, OperatingCentre, Shift } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import type { Place } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { type Plan, type Route, type Stop, Stop_Kind, Stop_Lock } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { type Travel, travelOf } from "../travel/travel.ts";
import { type Clock, clockOf, type Span } from "./clock.ts";
import { type Told, toldOf } from "./criteria/plan-stability.ts";
import { currentRoute, lockedHead, nameOf, settledHead } from "./current.ts";
import type { Report } from "./finding.ts";
import { type EffectivePolicy, policyOf } from "./policy.ts";
import type { Step } from "./schedule.ts";

export interface Facts {
  readonly request: AssignRequest;
  readonly clock: Clock;
  readonly travel: Travel;
  readonly policy: EffectivePolicy;
  readonly orders: ReadonlyMap<string, Order>;
  readonly engineers: ReadonlyMap<string, Engineer>;
  readonly centres: ReadonlyMap<string, OperatingCentre>;
  /** What the current plan told the customer of each order. */
  readonly told: ReadonlyMap<string, Told>;
}

/** One stop of a route; exactly one of order, centre and pause is there. */
export interface StopFacts {
  readonly stop: Stop;
  /** In the route's stops, from 0. */
  readonly index: number;
  readonly order?: Order;
  readonly centre?: OperatingCentre;
  readonly pause?: Break;
  /** Travel row of its place. */
  readonly row: number;
  /** Windows of its order, centre or break. */
  readonly windows: readonly Span[];
  readonly grace: number;
  /** Where it must be kept: the last start that keeps the promise. */
  readonly limit?: number | undefined;
  /** Times it is held to; a lock in time narrows the windows. The leg is -1 where there is no way. */
  readonly step: Step;
  /** Metres of the leg, -1 where there is no way. */
  readonly distance: number;
  /** Under way or finished in the current plan: taken as given. */
  readonly settled: boolean;
}

export interface RouteFacts {
  readonly route: Route;
  readonly engineer: Engineer;
  readonly shift: Shift;
  readonly shiftTime: Span;
  readonly stops: readonly StopFacts[];
  /** Leg to the end place, zeros without one; -1 where there is no way. */
  readonly finalLeg: { readonly duration: number; readonly distance: number };
  /** False when a stop could not be resolved or a leg does not exist: then there is no canonical schedule. */
  readonly complete: boolean;
}

const byId = <T extends { id: string }>(rows: readonly T[]) => new Map(rows.map((row) => [row.id, row]));

/** Looks a valid request up once for all rules. */
export function factsOf(request: AssignRequest): Facts {
  return {
    request,
    clock: clockOf(request),
    travel: travelOf(request),
    policy: policyOf(request),
    orders: byId(request.orders),
    engineers: byId(request.engineers),
    centres: byId(request.operatingCentres),
    told: toldOf(request),
  };
}

/** Resolves every route of a plan; what cannot be resolved is reported and left out. */
export function readRoutes(facts: Facts, plan: Plan, report: Report): RouteFacts[] {
  const routes: RouteFacts[] = [];
  for (const route of plan.routes) {
    const engineerId = route.engineerId;
    const engineer = facts.engineers.get(engineerId);
    const shift = engineer?.shifts[route.shiftIndex];
    const shiftTime = facts.clock.span(shift?.time);
    if (!engineer) report("UNKNOWN_ENGINEER", { engineerId }, "an engineer of the request", engineerId);
    else if (!shift?.startPlace || !shiftTime)
      report("UNKNOWN_SHIFT", { engineerId }, `0 to ${engineer.shifts.length - 1}`, route.shiftIndex);
    else routes.push(readRoute(facts, route, engineer, shift, shiftTime, shift.startPlace, report));
  }
  return routes;
}

function readRoute(
  facts: Facts,
  route: Route,
  engineer: Engineer,
  shift: Shift,
  shiftTime: Span,
  startPlace: Place,
  report: Report,
): RouteFacts {
  const { travel } = facts;
  const mode = engineer.vehicleMode;
  const current = currentRoute(facts.request, route);
  const settled = settledHead(current).length;
  const locked = lockedHead(current);
  const stops: StopFacts[] = [];
  let row = travel.row(startPlace);
  let complete = true;
  for (const [index, stop] of route.stops.entries()) {
    const asked = resolve(facts, shift, stop, { engineerId: engineer.id, stopIndex: index }, report);
    if (!asked) {
      complete = false;
      continue;
    }
    const { place, windows, grace, setup, length, promise, limit, ...what } = asked;
    const before = row;
    if (place) row = travel.row(place);
    const moves = place !== undefined;
    const leg = moves ? (travel.duration(mode, before, row) ?? -1) : 0;
    const distance = moves ? (travel.distance(mode, before, row) ?? -1) : 0;
    const isGiven = index < settled;
    const lock = locked[index];
    const lockedStart =
      lock?.lock === Stop_Lock.TIME && nameOf(lock) === nameOf(stop) ? facts.clock.ticks(lock.start) : undefined;
    const held =
      lockedStart === undefined
        ? { windows, grace }
        : { windows: [{ start: lockedStart, end: lockedStart }], grace: 0 };
    if (leg < 0 && !isGiven) complete = false;
    stops.push({
      ...what,
      stop,
      index,
      row,
      windows,
      grace,
      limit,
      step: { leg, setup: row === before ? 0 : setup, length, promise, limit, ...held },
      distance,
      settled: isGiven,
    });
  }
  const end = shift.endPlace && travel.row(shift.endPlace);
  const finalLeg =
    end === undefined
      ? { duration: 0, distance: 0 }
      : { duration: travel.duration(mode, row, end) ?? -1, distance: travel.distance(mode, row, end) ?? -1 };
  if (finalLeg.duration < 0) complete = false;
  return { route, engineer, shift, shiftTime, stops, finalLeg, complete };
}

/** The last start that keeps the promise to be finished, where there is one; `limit` where it must be kept. */
export function promiseOf({ clock, policy }: Facts, order: Order): Pick<Step, "promise" | "limit"> {
  const mode = policy.mode("sla_response");
  const due = clock.ticks(order.visitDueAt);
  if (mode === "off" || due === undefined) return {};
  const last = due - clock.length(order.serviceDuration);
  return mode === "hard" ? { promise: last, limit: last } : { promise: last };
}

type Asked = Pick<StopFacts, "order" | "centre" | "pause"> &
  Omit<Step, "leg"> & { /** Absent: at the place before. */ place?: Place | undefined };

/** What a stop's order, centre or break asks for; undefined, with a finding, when there is no such thing. */
function resolve(
  facts: Facts,
  shift: Shift,
  stop: Stop,
  at: { engineerId: string; stopIndex: number },
  report: Report,
): Asked | undefined {
  const { clock } = facts;
  const spans = (windows: readonly Parameters<Clock["span"]>[0][]) =>
    windows.map((window) => clock.span(window)).filter((span) => span !== undefined);
  switch (stop.kind) {
    case Stop_Kind.SERVICE: {
      const order = facts.orders.get(stop.orderId);
      const where = { ...at, orderId: stop.orderId };
      if (!order) report("UNKNOWN_ORDER", where, "an order of the request", stop.orderId);
      else if (!order.place || spans(order.windows).length < order.windows.length)
        report("ORDER_UNUSABLE", where, "an order with a place and whole windows", stop.orderId);
      else
        return {
          order,
          place: order.place,
          windows: spans(order.windows),
          grace: clock.length(order.latenessGrace),
          setup: clock.length(order.setupDuration),
          length: clock.length(order.serviceDuration),
          ...promiseOf(facts, order),
        };
      return undefined;
    }
    case Stop_Kind.SUPPLY: {
      const centre = facts.centres.get(stop.operatingCentreId);
      if (centre?.place)
        return {
          centre,
          place: centre.place,
          windows: spans(centre.openingWindows),
          grace: 0,
          setup: 0,
          length: clock.length(centre.pickDuration),
        };
      report("UNKNOWN_CENTRE", at, "an operating centre of the request", stop.operatingCentreId);
      return undefined;
    }
    case Stop_Kind.BREAK: {
      const pause = shift.breaks[stop.breakIndex];
      if (pause)
        return {
          pause,
          place: pause.place,
          windows: spans([pause.window]),
          grace: 0,
          setup: 0,
          length: clock.length(pause.duration),
        };
      report("UNKNOWN_BREAK", at, `0 to ${shift.breaks.length - 1}`, stop.breakIndex);
      return undefined;
    }
    default:
      report("STOP_KIND", at, "SERVICE, SUPPLY or BREAK", Stop_Kind[stop.kind] ?? stop.kind);
      return undefined;
  }
}
