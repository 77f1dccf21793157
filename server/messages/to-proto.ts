// Turns the solver's plan into the messages of the contract.
import { create } from "@bufbuild/protobuf";
import type { Duration, Timestamp } from "@bufbuild/protobuf/wkt";
import type { Assignment, AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Engineer } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Place } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import {
  type Cost,
  type CriterionCost,
  type Leg,
  PartLoanSchema,
  PartPickUpSchema,
  PartSource,
  type PartUse,
  type Route,
  type Stop,
  Stop_Kind,
  Stop_Lock,
  type UnassignedOrder,
  UnassignedOrderSchema,
  UnassignedReason_Code,
  UnassignedReasonSchema,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Measure } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import type { PlannedLoan, PlannedPartUse, PlannedRoute, PlannedStop } from "../../solver/decode.ts";
import { addRouteCost, type CostId, pairCostsOf } from "../../solver/explain/route-cost.ts";
import { fairnessTicks } from "../../solver/explain/route-terms.ts";
import { compareIds } from "../../solver/model/ids.ts";
import { MASK_CRITERIA } from "../../solver/model/masks.ts";
import type { Problem } from "../../solver/model/problem.ts";
import type { Reason, Solution } from "../../solver/solution.ts";
import { underWay } from "./current-plan-from-proto.ts";

/** Turns ticks into the well-known types. */
export class Calendar {
  readonly #problem: Problem;

  constructor(problem: Problem) {
    this.#problem = problem;
  }

  duration(ticks: number): Duration {
    const tps = this.#problem.ticksPerSecond;
    const seconds = Math.trunc(ticks / tps);
    const nanos = Math.round(((ticks - seconds * tps) * 1e9) / tps);
    return { $typeName: "google.protobuf.Duration", seconds: BigInt(seconds), nanos };
  }

  moment(ticks: number): Timestamp {
    const tps = this.#problem.ticksPerSecond;
    const absolute = this.#problem.epochTicks + ticks;
    const seconds = Math.floor(absolute / tps);
    const nanos = Math.round(((absolute - seconds * tps) * 1e9) / tps);
    return { $typeName: "google.protobuf.Timestamp", seconds: BigInt(seconds), nanos };
  }
}

const sum = <T>(list: readonly T[], value: (item: T) => number) => list.reduce((total, item) => total + value(item), 0);
const ticksOf = (duration: { seconds: bigint; nanos: number } | undefined, tps: number) =>
  duration ? Number(duration.seconds) * tps + Math.round((duration.nanos * tps) / 1e9) : 0;

/** One route with its stops, those already under way first. */
export function routeToProto(request: AssignRequest, problem: Problem, planned: PlannedRoute): Route {
  const calendar = new Calendar(problem);
  const engineer = engineerOf(request, planned.engineer.id);
  const shift = engineer.shifts[planned.shift.index]!;
  const { head } = planned.shift;
  const given = head && request.currentPlan!.routes[head.routeIndex]!;
  const headStops = given?.stops.slice(0, head!.stops) ?? [];
  const tps = problem.ticksPerSecond;
  if (given && head?.over) return given;
  const locks = locksOf(request, planned);
  const { travel } = problem;
  /** Says of a leg that great circle stands in for the road engine. */
  const mark = (leg: Leg | undefined, from: Place, to: Place) => {
    if (leg && travel.greatCircle?.(planned.engineer.mode, travel.row(from), travel.row(to))) leg.greatCircle = true;
  };
  let before: Place = headStops.at(-1)?.place ?? shift.startPlace!;
  const stops = planned.stops.map((stop, index) => {
    const message = stopToProto(request, engineer, planned, stop, before, calendar);
    message.lock = locks(message, index);
    mark(message.leg, before, message.place!);
    before = message.place!;
    return message;
  });
  const route: Route = {
    $typeName: "shanpai.dispatch.v1.Route",
    engineerId: planned.engineer.id,
    shiftIndex: planned.shift.index,
    departure: given?.departure ?? calendar.moment(planned.departure),
    arrival: calendar.moment(planned.end),
    stops: [...headStops, ...stops],
    travel: calendar.duration(planned.travelTicks),
    waiting: calendar.duration(
      sum(planned.stops, (stop) => stop.start - stop.arrival - stop.setupTicks) +
        sum(headStops, (stop) => ticksOf(stop.waiting, tps)),
    ),
    service: calendar.duration(
      sum(planned.stops, (stop) => (stop.kind === "order" ? stop.departure - stop.start + stop.setupTicks : 0)) +
        sum(headStops, (stop) => (stop.kind === Stop_Kind.SERVICE ? headLength(stop, tps) : 0)),
    ),
    working: calendar.duration(planned.workingTicks),
    overtime: calendar.duration(planned.overtimeTicks),
    distanceM: BigInt(planned.distance),
  };
  if (shift.endPlace) {
    route.finalLeg = legOf(calendar.duration(planned.finalTravelTicks), planned.finalDistance);
    mark(route.finalLeg, before, shift.endPlace);
  }
  return route;
}

function headLength(stop: Stop, tps: number): number {
  return ticksOf(stop.departure, tps) - ticksOf(stop.start, tps) + ticksOf(stop.setup, tps);
}

/** Locks of the current plan's stops in the same route, returned untouched: by place in the locked head, behind it by order, break or meeting. */
function locksOf(request: AssignRequest, planned: PlannedRoute): (stop: Stop, index: number) => Stop_Lock {
  const route = request.currentPlan?.routes.find(
    (candidate) => candidate.engineerId === planned.engineer.id && candidate.shiftIndex === planned.shift.index,
  );
  const stops = route?.stops.slice(planned.shift.head?.stops ?? 0) ?? [];
  const chain = planned.shift.chain.length;
  return (stop, index) => {
    const given =
      index < chain
        ? stops[index]
        : stops
            .slice(chain)
            .find(
              (other) =>
                other.kind === stop.kind &&
                ((stop.kind === Stop_Kind.SERVICE && other.orderId === stop.orderId) ||
                  (stop.kind === Stop_Kind.BREAK && other.breakIndex === stop.breakIndex) ||
                  (stop.kind === Stop_Kind.LOAN && isBetweenSame(other, stop))),
            );
    return given?.lock ?? Stop_Lock.UNSPECIFIED;
  };
}

/** The same two meet. */
function isBetweenSame({ loan: a }: Stop, { loan: b }: Stop): boolean {
  return a?.lenderEngineerId === b?.lenderEngineerId && a?.borrowerEngineerId === b?.borrowerEngineerId;
}

// Written out and not made by create(), which goes over every field by its description: a plan has thousands of them.
function legOf(duration: Duration, metres: number): Leg {
  return {
    $typeName: "shanpai.dispatch.v1.Leg",
    duration,
    distanceM: BigInt(metres),
    geometry: "",
    steps: [],
    roadDistanceM: 0n,
    greatCircle: false,
  };
}

function stopToProto(
  request: AssignRequest,
  engineer: Engineer,
  planned: PlannedRoute,
  stop: PlannedStop,
  before: Place,
  calendar: Calendar,
): Stop {
  const message: Stop = {
    $typeName: "shanpai.dispatch.v1.Stop",
    kind: Stop_Kind.UNSPECIFIED,
    orderId: "",
    operatingCentreId: "",
    breakIndex: 0,
    parts: [],
    pickUps: [],
    toolIds: [],
    lock: Stop_Lock.UNSPECIFIED,
    leg: legOf(calendar.duration(stop.travelTicks), stop.distance),
    arrival: calendar.moment(stop.arrival),
    start: calendar.moment(stop.start),
    departure: calendar.moment(stop.departure),
    setup: calendar.duration(stop.setupTicks),
    waiting: calendar.duration(stop.start - stop.arrival - stop.setupTicks),
    lateness: calendar.duration(stop.latenessTicks),
  };
  if (stop.kind === "order") {
    message.kind = Stop_Kind.SERVICE;
    message.orderId = stop.orderId;
    message.place = orderPlace(request, stop.orderId);
    message.parts = partUsesToProto(stop.parts);
  } else if (stop.kind === "supply") {
    message.kind = Stop_Kind.SUPPLY;
    message.operatingCentreId = stop.centreId;
    message.place = request.operatingCentres.find((centre) => centre.id === stop.centreId)!.place!;
    message.pickUps = stop.pickUps.map((pickUp) => create(PartPickUpSchema, pickUp));
    message.toolIds = [...stop.toolIds];
  } else if (stop.kind === "loan") {
    const { lenderId, borrowerId, parts } = stop.loan;
    message.kind = Stop_Kind.LOAN;
    message.place = meetingPlace(request, stop.loan);
    message.loan = create(PartLoanSchema, {
      lenderEngineerId: lenderId,
      borrowerEngineerId: borrowerId,
      parts: parts.map((part) => create(PartPickUpSchema, part)),
    });
  } else {
    message.kind = Stop_Kind.BREAK;
    message.breakIndex = stop.breakIndex;
    message.place = engineer.shifts[planned.shift.index]!.breaks[stop.breakIndex]!.place ?? before;
  }
  return message;
}

/** Units consumed by a service, with their sources. */
export function partUsesToProto(parts: readonly PlannedPartUse[]): PartUse[] {
  return parts.map(
    (use): PartUse => ({
      $typeName: "shanpai.dispatch.v1.PartUse",
      sku: use.sku,
      quantity: use.quantity,
      source: sourceOf(use),
      substituteFor: use.substituteFor ?? "",
      operatingCentreId: use.centreId ?? "",
      lenderEngineerId: use.lenderId ?? "",
    }),
  );
}

function sourceOf({ centreId, lenderId }: PlannedPartUse): PartSource {
  if (lenderId !== undefined) return PartSource.LOAN;
  return centreId === undefined ? PartSource.ON_HAND : PartSource.CENTRE;
}

function meetingPlace(request: AssignRequest, { placeOrderId, startOf }: PlannedLoan): Place {
  if (placeOrderId !== undefined) return orderPlace(request, placeOrderId);
  const { engineerId, shiftIndex } = startOf!;
  const current = request.currentPlan?.routes.find(
    (route) => route.engineerId === engineerId && route.shiftIndex === shiftIndex,
  );
  const last = current?.stops.findLast(underWay);
  return last?.place ?? engineerOf(request, engineerId).shifts[shiftIndex]!.startPlace!;
}

/** Rows by id. Rows and not messages: what a WeakMap holds outlives its key until old garbage is collected, so it shall be small. */
type Rows = ReadonlyMap<string, number>;

const engineerRows = new WeakMap<AssignRequest, Rows>();
const orderRows = new WeakMap<AssignRequest, Rows>();

function rowsOf(known: WeakMap<AssignRequest, Rows>, request: AssignRequest, list: readonly { id: string }[]): Rows {
  let rows = known.get(request);
  if (rows === undefined) {
    rows = new Map(list.map(({ id }, row) => [id, row]));
    known.set(request, rows);
  }
  return rows;
}

function engineerOf(request: AssignRequest, id: string): Engineer {
  return request.engineers[rowsOf(engineerRows, request, request.engineers).get(id)!]!;
}

function orderPlace(request: AssignRequest, id: string): Place {
  return request.orders[rowsOf(orderRows, request, request.orders).get(id)!]!.place!;
}

/** Who serves what, by order id. */
export function assignmentsOf(routes: readonly Route[]): Assignment[] {
  return routes
    .flatMap((route) =>
      route.stops
        .filter((stop) => stop.kind === Stop_Kind.SERVICE)
        .map(
          (stop): Assignment => ({
            $typeName: "shanpai.dispatch.v1.Assignment",
            orderId: stop.orderId,
            engineerId: route.engineerId,
            shiftIndex: route.shiftIndex,
            start: stop.start!,
          }),
        ),
    )
    .sort((a, b) => compareIds(a.orderId, b.orderId));
}

/** An order left out with its reason. */
export function unassignedToProto(problem: Problem, orderRow: number, reason: Reason): UnassignedOrder {
  const order = problem.orders[orderRow]!;
  const message = create(UnassignedReasonSchema, { code: UnassignedReason_Code[reason.code] });
  switch (reason.code) {
    case "NO_ELIGIBLE_ENGINEER": {
      for (const [bit, criterionId] of MASK_CRITERIA.entries()) {
        const ruledOut = problem.engineers.filter((_, row) => ((reason.masks[row]! >> bit) & 1) === 1);
        if (ruledOut.length === 0) continue;
        message.criteria.push({
          $typeName: "shanpai.dispatch.v1.ExcludingCriterion",
          criterionId,
          engineers: ruledOut.length,
          exampleEngineerIds: ruledOut.slice(0, 3).map((engineer) => engineer.id),
        });
      }
      const counts = message.criteria.map((row) => `${row.criterionId} ${row.engineers}`).join(", ");
      message.message = `None of ${problem.engineers.length} engineers may serve it; ruled out by ${counts}.`;
      break;
    }
    case "NO_PART": {
      message.skus = order.parts.map((part) => part.id);
      const wanted = [...message.skus, ...order.toolIds].join(", ");
      message.message = `No eligible engineer has ${wanted} or can get them all, at centres or from colleagues who may lend.`;
      break;
    }
    case "NO_FEASIBLE_TIME":
      message.message =
        order.parts.length + order.toolIds.length === 0
          ? "Even alone on an empty shift no eligible engineer can serve it in time and within limits, cover and budget."
          : "Even alone on an empty shift, with the van, one centre and one colleague's parts, no eligible engineer can serve it in time and within limits, cover and budget.";
      break;
    case "NOT_WORTH_PRICE":
      message.message = "Serving it would cost more than its price.";
      break;
    case "OUTBID": {
      message.witnessEngineerId = problem.engineers[reason.witness]!.id;
      message.message = `${message.witnessEngineerId} could serve it alone, but it fits nowhere into this plan.`;
      break;
    }
    case "NOT_PROVED":
      message.message = reason.isScattered
        ? "All that it needs is there, but no eligible engineer has it from the van, one centre and one colleague; how to put it together from more is not searched for."
        : "The deadline came before a reason was proved.";
      break;
  }
  return create(UnassignedOrderSchema, { orderId: order.id, reasons: [message] });
}

/** All measures, in the order of an objective level's weights. */
export const MEASURES = [
  Measure.UNASSIGNED,
  Measure.ENGINEERS_USED,
  Measure.DISTANCE,
  Measure.TRAVEL_TIME,
  Measure.WORKING_TIME,
  Measure.SOFT_COST,
];

/** Values of the plan; the criteria rows sum to the soft cost. */
export function costToProto(problem: Problem, solution: Solution, planned: readonly PlannedRoute[]): Cost {
  const rows = new Map<CostId, number>();
  const add = (id: CostId, ticks: number) => rows.set(id, (rows.get(id) ?? 0) + ticks);
  const orders = new Map(problem.orders.map((order) => [order.id, order]));
  const addPair = pairCostsOf(problem);
  for (const route of planned) addRouteCost(problem, route, (id) => orders.get(id)!, addPair, add);
  add("workload_fairness", fairnessTicks(problem, planned));
  for (const row of solution.absent) add("prices", problem.orders[row]!.priceTicks ?? 0);
  // The search does without what its levels do not weigh.
  const soft = [...rows.values()].reduce((total, cost) => total + BigInt(cost), 0n);
  const criteria: CriterionCost[] = [];
  for (const [criterionId, cost] of rows)
    if (cost !== 0) criteria.push({ $typeName: "shanpai.dispatch.v1.CriterionCost", criterionId, cost: BigInt(cost) });
  return {
    $typeName: "shanpai.dispatch.v1.Cost",
    levels: solution.levels,
    measures: MEASURES.map((measure, index) => ({
      $typeName: "shanpai.dispatch.v1.MeasureValue",
      measure,
      value: measure === Measure.SOFT_COST ? soft : solution.measures[index]!,
    })),
    criteria,
  };
}
