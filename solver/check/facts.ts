// What the rules look up: the request by id, and each route of the plan with its stops resolved against it.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Break, Engineer, OperatingCentre, Shift } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import type { Place } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import {
  type PartLoan,
  type Plan,
  type Route,
  type Stop,
  Stop_Lock,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { RoadTables } from "../travel/road-tables.ts";
import { type Travel, travelOf } from "../travel/travel.ts";
import { type Allowances, allowancesOf, keepsRunning } from "./allowances.ts";
import { resolve } from "./asked.ts";
import { type Clock, clockOf, type Span } from "./clock.ts";
import { type Told, toldOf } from "./criteria/plan-stability.ts";
import { currentRoute, lockedHead, nameOf, settledHead } from "./current.ts";
import type { Report } from "./finding.ts";
import { ticksFrom, type Way, wayByHour } from "./hours.ts";
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
  /** In the modes that keep a running plan. */
  readonly allowances?: Allowances;
}

/** One stop of a route; exactly one of order, centre, loan and pause is there. */
export interface StopFacts {
  readonly stop: Stop;
  /** In the route's stops, from 0. */
  readonly index: number;
  readonly order?: Order;
  readonly centre?: OperatingCentre;
  /** Its engineer is lender or borrower. */
  readonly loan?: PartLoan;
  readonly pause?: Break;
  /** Travel row of its place. */
  readonly row: number;
  /** Windows of its order, centre or break. */
  readonly windows: readonly Span[];
  readonly grace: number;
  /** Where it must be kept: the last start that keeps the promise. */
  readonly limit?: number | undefined;
  /** Times it is held to; a lock in time narrows the windows. The leg begins when the plan says, and is -1 where there is no way. */
  readonly step: Step;
  /** Metres of the leg, -1 where there is no way. */
  readonly distance: number;
  /** Great circle stands in for the road engine on the leg. */
  readonly greatCircle: boolean;
  /** Under way or finished in the current plan: taken as given. */
  readonly settled: boolean;
}

export interface RouteFacts {
  readonly route: Route;
  readonly engineer: Engineer;
  readonly shift: Shift;
  readonly shiftTime: Span;
  /** Travel row of the start place. */
  readonly startRow: number;
  /** Travel row of the end place; absent without one. */
  readonly endRow: number | undefined;
  readonly stops: readonly StopFacts[];
  /** Leg to the end place, zeros without one; -1 where there is no way. */
  readonly finalLeg: {
    readonly duration: number;
    readonly way?: Way | undefined;
    readonly distance: number;
    readonly greatCircle: boolean;
  };
  /** False when a stop could not be resolved or a leg does not exist: then there is no canonical schedule. */
  readonly complete: boolean;
}

const NOTHING: Pick<Allowances, "orderStarts" | "lockStarts" | "breakStarts"> = {
  orderStarts: new Map(),
  lockStarts: new Map(),
  breakStarts: new Map(),
};

const byId = <T extends { id: string }>(rows: readonly T[]) => new Map(rows.map((row) => [row.id, row]));

/** Looks a valid request up once for all rules. */
export function factsOf(request: AssignRequest, tables?: RoadTables): Facts {
  const facts: Facts = {
    request,
    clock: clockOf(request),
    travel: travelOf(request, tables),
    policy: policyOf(request),
    orders: byId(request.orders),
    engineers: byId(request.engineers),
    centres: byId(request.operatingCentres),
    told: toldOf(request),
  };
  return keepsRunning(request) ? { ...facts, allowances: allowancesOf(facts) } : facts;
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
  const startRow = travel.row(startPlace);
  let row = startRow;
  // Where the last stop that is no meeting to come was: a meeting between two orders at one place costs no second set-up.
  let setUpRow = startRow;
  let complete = true;
  /** When the plan leaves the stop before. */
  let leaves = facts.clock.ticks(route.departure);
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
    if (index === settled && settled > 0) leaves = leaves && Math.max(leaves, facts.clock.now);
    const leg = moves ? ticksFrom(facts, mode, before, row, leaves) : 0;
    leaves = facts.clock.ticks(stop.departure);
    const distance = moves ? (travel.distance(mode, before, row) ?? -1) : 0;
    const isGiven = index < settled;
    const lock = locked[index];
    const { orderStarts, lockStarts, breakStarts } = facts.allowances ?? NOTHING;
    const lockedStart =
      lock?.lock === Stop_Lock.TIME && nameOf(lock) === nameOf(stop)
        ? (lockStarts.get(stop.orderId) ?? facts.clock.ticks(lock.start))
        : undefined;
    const lateUntil = asked.order && orderStarts.get(asked.order.id);
    const breakUntil = asked.pause && breakStarts.get(asked.pause);
    const held =
      lockedStart !== undefined
        ? { windows: [{ start: lockedStart, end: lockedStart }], grace: 0 }
        : {
            windows: windows.map(({ start, end }) => ({ start, end: Math.max(end, breakUntil ?? end) })),
            grace,
            ...(lateUntil !== undefined && { lateUntil }),
          };
    // A promise that must be kept is inherited as far as it is broken; a stop locked in time is held to its lock alone.
    const eased =
      limit === undefined || facts.allowances === undefined
        ? { promise, limit }
        : lockedStart !== undefined
          ? {}
          : { promise: Math.max(limit, lateUntil ?? limit), limit: Math.max(limit, lateUntil ?? limit) };
    if (leg < 0 && !isGiven) complete = false;
    const needsSetUp = row !== setUpRow;
    if (!what.loan || isGiven) setUpRow = row;
    stops.push({
      ...what,
      stop,
      index,
      row,
      windows,
      grace,
      limit,
      step: {
        leg,
        way: moves ? wayByHour(facts, mode, before, row) : undefined,
        setup: needsSetUp ? setup : 0,
        length,
        ...eased,
        ...held,
      },
      distance,
      greatCircle: moves && (travel.greatCircle?.(mode, before, row) ?? false),
      settled: isGiven,
    });
  }
  const endRow = shift.endPlace && travel.row(shift.endPlace);
  if (settled > 0 && settled === route.stops.length) leaves = leaves && Math.max(leaves, facts.clock.now);
  const finalLeg =
    endRow === undefined
      ? { duration: 0, distance: 0, greatCircle: false }
      : {
          duration: ticksFrom(facts, mode, row, endRow, leaves),
          way: wayByHour(facts, mode, row, endRow),
          distance: travel.distance(mode, row, endRow) ?? -1,
          greatCircle: travel.greatCircle?.(mode, row, endRow) ?? false,
        };
  if (finalLeg.duration < 0) complete = false;
  return { route, engineer, shift, shiftTime, startRow, endRow, stops, finalLeg, complete };
}
