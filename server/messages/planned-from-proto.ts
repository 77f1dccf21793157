// Turns a plan's messages into the solver's plan: the hop back of to-proto.ts.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Place } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import {
  type PartLoan,
  PartSource,
  type Plan,
  type Route,
  type Stop,
  Stop_Kind,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { PlannedLoan, PlannedRoute, PlannedStop } from "../../solver/decode.ts";
import type { Problem, ProblemEngineer, ProblemShift } from "../../solver/model/problem.ts";
import { Clock } from "./request-clock.ts";

/** Routes of a plan with all its times, without the stops under way; those that the problem does not know are left out. */
export function plannedFromProto(request: AssignRequest, problem: Problem, plan: Plan): PlannedRoute[] {
  const clock = new Clock(request);
  const engineers = new Map(problem.engineers.map((engineer) => [engineer.id, engineer]));
  const orders = new Set(problem.orders.map(({ id }) => id));
  const centres = new Set(problem.centres.map(({ id }) => id));
  return plan.routes.flatMap((route) => {
    const engineer = engineers.get(route.engineerId);
    const shift = engineer?.shifts.find(({ index }) => index === route.shiftIndex);
    if (!engineer || !shift || !route.departure || !route.arrival) return [];
    const stops = route.stops.slice(shift.head?.stops ?? 0).map((stop) => stopFromProto(stop, clock, problem));
    const known = (stop: PlannedStop | undefined): stop is PlannedStop => {
      if (stop?.kind === "order") return orders.has(stop.orderId);
      if (stop?.kind === "supply") return centres.has(stop.centreId);
      if (stop?.kind === "loan") return engineers.has(stop.loan.lenderId) && engineers.has(stop.loan.borrowerId);
      return stop !== undefined && shift.breaks.some(({ index }) => index === stop.breakIndex);
    };
    return stops.every(known) ? [routeFromProto(route, engineer, shift, stops, clock)] : [];
  });
}

function routeFromProto(
  route: Route,
  engineer: ProblemEngineer,
  shift: ProblemShift,
  stops: readonly PlannedStop[],
  clock: Clock,
): PlannedRoute {
  return {
    engineer,
    shift,
    departure: clock.at(route.departure!),
    end: clock.at(route.arrival!),
    workingTicks: clock.length(route.working),
    travelTicks: clock.length(route.travel),
    distance: Number(route.distanceM),
    overtimeTicks: clock.length(route.overtime),
    finalTravelTicks: clock.length(route.finalLeg?.duration),
    finalDistance: Number(route.finalLeg?.distanceM ?? 0n),
    stops,
  };
}

/** Undefined where a time is missing or the kind is none that is planned. */
function stopFromProto(stop: Stop, clock: Clock, problem: Problem): PlannedStop | undefined {
  const { arrival, start, departure } = stop;
  if (!arrival || !start || !departure) return undefined;
  const timed = {
    arrival: clock.at(arrival),
    start: clock.at(start),
    departure: clock.at(departure),
    travelTicks: clock.length(stop.leg?.duration),
    distance: Number(stop.leg?.distanceM ?? 0n),
    setupTicks: clock.length(stop.setup),
    latenessTicks: clock.length(stop.lateness),
  };
  switch (stop.kind) {
    case Stop_Kind.SERVICE: {
      const parts = stop.parts.map(({ sku, quantity, source, substituteFor, operatingCentreId, lenderEngineerId }) => ({
        sku,
        quantity,
        centreId: source === PartSource.CENTRE ? operatingCentreId : undefined,
        lenderId: source === PartSource.LOAN ? lenderEngineerId : undefined,
        substituteFor: substituteFor || undefined,
      }));
      return { kind: "order", orderId: stop.orderId, parts, ...timed };
    }
    case Stop_Kind.SUPPLY: {
      const pickUps = stop.pickUps.map(({ sku, quantity }) => ({ sku, quantity }));
      return { kind: "supply", centreId: stop.operatingCentreId, pickUps, toolIds: [...stop.toolIds], ...timed };
    }
    case Stop_Kind.BREAK:
      return { kind: "break", breakIndex: stop.breakIndex, ...timed };
    case Stop_Kind.LOAN:
      return (
        stop.loan &&
        stop.place && {
          kind: "loan",
          orderId: undefined,
          loan: loanFromProto(problem, stop.loan, stop.place),
          ...timed,
        }
      );
    default:
      return undefined;
  }
}

/** What it costs is not read. */
function loanFromProto(
  { travel, orders, engineers }: Problem,
  { lenderEngineerId, borrowerEngineerId, parts }: PartLoan,
  place: Place,
): PlannedLoan {
  const placeRow = travel.row(place);
  const starts = engineers.flatMap(({ id: engineerId, shifts }) =>
    shifts.flatMap(({ index: shiftIndex, startRow }) => (startRow === placeRow ? [{ engineerId, shiftIndex }] : [])),
  );
  return {
    lenderId: lenderEngineerId,
    borrowerId: borrowerEngineerId,
    parts: parts.map(({ sku, quantity }) => ({ sku, quantity })),
    placeRow,
    placeOrderId: orders.find((order) => order.placeRow === placeRow)?.id,
    startOf: starts[0],
    costTicks: undefined,
  };
}
