// A request and its answer joined into one readable view: routes with names, stops with words, times in ms and seconds.
import type { AssignRequest, AssignResponse } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Engineer, Shift } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import type { Plan, Route } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { RoadTables } from "../../solver/travel/road-tables.ts";
import { type Format, formatOf } from "./format.ts";
import { loanTotals } from "./loan-totals.ts";
import {
  known,
  type LegView,
  legOf,
  momentOf,
  orderDetails,
  type Span,
  type StopView,
  secondsOf,
  spanOf,
  viewStop,
} from "./stop-view.ts";
import { MODE_WORDS, reasonWords } from "./words.ts";

export interface RouteView {
  /** Position in the plan, from 0. */
  readonly index: number;
  /** Name, or else id, with the shift's number where the engineer has several. */
  readonly title: string;
  readonly engineer: Engineer;
  readonly mode: string;
  readonly shift: Shift;
  readonly shiftSpan: Span;
  readonly departure: number;
  readonly arrival: number;
  readonly stops: readonly StopView[];
  readonly orders: number;
  readonly finalLeg: LegView | undefined;
  /** Totals, seconds and distance. */
  readonly travel: number;
  readonly waiting: number;
  readonly lateness: number;
  readonly service: number;
  readonly working: number;
  readonly overtime: number;
  readonly distance: number;
}

export interface UnassignedView {
  readonly order: Order;
  readonly details: readonly string[];
  readonly windows: readonly Span[];
  readonly reasons: readonly string[];
}

export interface PlanView {
  readonly request: AssignRequest;
  readonly response: AssignResponse;
  readonly format: Format;
  readonly routes: readonly RouteView[];
  /** Engineers without a route. */
  readonly unused: readonly Engineer[];
  readonly unassigned: readonly UnassignedView[];
  /** Sums over the routes, seconds and distance. */
  readonly totals: {
    readonly travel: number;
    readonly distance: number;
    readonly waiting: number;
    readonly lateness: number;
    readonly working: number;
    readonly overtime: number;
    /** Loans of parts, and the seconds of detour that they take of both. */
    readonly loans: number;
    readonly detour: number | undefined;
    /** Orders served, stops that begin late, engineers with an order. */
    readonly orders: number;
    readonly late: number;
    readonly engineers: number;
  };
}

/**
 * Joins a request and its answer. Throws where the answer names an order, engineer, shift, centre or break that the request
 * does not have, with the field's path and value: the two files do not belong together. `tables` are what the road engine said, where one
 * was asked and they are known.
 */
export function viewPlan(request: AssignRequest, response: AssignResponse, plan: Plan, tables?: RoadTables): PlanView {
  const engineers = new Map(request.engineers.map((engineer) => [engineer.id, engineer]));
  const orders = new Map(request.orders.map((order) => [order.id, order]));
  const centres = new Map(request.operatingCentres.map((centre) => [centre.id, centre]));
  const planar = request.travel?.source.case === "planar";
  const format = formatOf({
    timeZone: request.timeZone || "UTC",
    fine: planar || horizonMs(request) < 2 * 3_600_000,
    planar,
    ticksPerSecond: request.ticksPerSecond || 1,
  });
  const routes = plan.routes.map((route, index) => {
    const path = `plan.routes[${index}]`;
    const engineer = known(engineers.get(route.engineerId), `${path}.engineer_id`, route.engineerId);
    const shift = known(engineer.shifts[route.shiftIndex], `${path}.shift_index`, route.shiftIndex);
    const stops = route.stops.map((stop, position) =>
      viewStop({
        stop,
        position,
        path: `${path}.stops[${position}]`,
        shift,
        engineerId: engineer.id,
        orders,
        centres,
        engineers,
      }),
    );
    return viewRoute(route, index, engineer, shift, stops);
  });
  const unassigned = plan.unassigned.map((row, index): UnassignedView => {
    const order = known(orders.get(row.orderId), `plan.unassigned[${index}].order_id`, row.orderId);
    return {
      order,
      details: orderDetails(order),
      windows: order.windows.map(spanOf),
      reasons: [...row.reasons.flatMap(reasonWords), ...row.relaxations.map(({ message }) => message)],
    };
  });
  const routed = new Set(routes.map((route) => route.engineer));
  const used = new Set(routes.filter((route) => route.orders > 0).map((route) => route.engineer));
  const sum = (value: (route: RouteView) => number) => routes.reduce((total, route) => total + value(route), 0);
  return {
    request,
    response,
    format,
    routes,
    unused: request.engineers.filter((engineer) => !routed.has(engineer)),
    unassigned,
    totals: {
      travel: sum((route) => route.travel),
      distance: sum((route) => route.distance),
      waiting: sum((route) => route.waiting),
      lateness: sum((route) => route.lateness),
      working: sum((route) => route.working),
      overtime: sum((route) => route.overtime),
      ...loanTotals(request, plan, tables),
      orders: sum((route) => route.orders),
      late: sum((route) => route.stops.filter((stop) => stop.lateness > 0).length),
      engineers: used.size,
    },
  };
}

function viewRoute(
  route: Route,
  index: number,
  engineer: Engineer,
  shift: Shift,
  stops: readonly StopView[],
): RouteView {
  const name = engineer.name || engineer.id;
  return {
    index,
    title: engineer.shifts.length > 1 ? `${name}, shift ${route.shiftIndex + 1}` : name,
    engineer,
    mode: MODE_WORDS[engineer.vehicleMode],
    shift,
    shiftSpan: shift.time === undefined ? [momentOf(route.departure), momentOf(route.arrival)] : spanOf(shift.time),
    departure: momentOf(route.departure),
    arrival: momentOf(route.arrival),
    stops,
    orders: stops.filter((stop) => stop.kind === "service").length,
    finalLeg: route.finalLeg && legOf(route.finalLeg),
    travel: secondsOf(route.travel),
    waiting: secondsOf(route.waiting),
    lateness: stops.reduce((total, stop) => total + stop.lateness, 0),
    service: secondsOf(route.service),
    working: secondsOf(route.working),
    overtime: secondsOf(route.overtime),
    distance: Number(route.distanceM),
  };
}

/** From the first begin to the last end of all shifts, ms. */
function horizonMs(request: AssignRequest): number {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { time } of request.engineers.flatMap((engineer) => engineer.shifts)) {
    if (time === undefined) continue;
    const [start, end] = spanOf(time);
    first = Math.min(first, start);
    last = Math.max(last, end);
  }
  return last - first;
}
