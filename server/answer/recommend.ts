// One Recommend call from message to message.
import { create } from "@bufbuild/protobuf";
import {
  type AssignRequest,
  type Recommendation,
  RecommendationSchema,
  type RecommendRequest,
  type RecommendResponse,
  RecommendResponseSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { TimeWindow } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { Stop_Lock } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { SearchOptions_Mode, SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import type { Core } from "../../solver/core.ts";
import type { PlannedRoute } from "../../solver/decode.ts";
import {
  recommend as findPlaces,
  isLoaded,
  type LoadedPlan,
  loadRunningPlan,
  type PlannedInsertion,
  type RecommendedPlaces,
} from "../../solver/recommend.ts";
import { LocksInfeasibleError } from "../../solver/solve.ts";
import { invalidRequest, RequestError, stopIfGone } from "../errors.ts";
import { Clock } from "../messages/request-clock.ts";
import { Calendar, partUsesToProto, routeToProto, unassignedToProto } from "../messages/to-proto.ts";
import type { FieldViolation } from "../validate/report.ts";
import { type AssignControl, milliseconds, type Prepared, prepare } from "./assign.ts";
import { rowsOf } from "./explanations.ts";

const DEFAULT_LIMIT = 5;
const MOST = 100;
const MOST_SLOTS = 10;

/** A request whose running plan may be asked about, and what is kept of it from one question to the next. */
export interface Asked {
  readonly request: AssignRequest;
  readonly prepared: Prepared;
  loaded?: LoadedPlan;
}

/** The best places for one order. Throws RequestError. */
export function recommend(core: Core, question: RecommendRequest, control: AssignControl): RecommendResponse {
  return recommendAgain(core, question, askedOf(question.request, control), control);
}

/** Validates the request of a question. Throws RequestError. */
export function askedOf(request: AssignRequest | undefined, control: AssignControl): Asked {
  if (request === undefined)
    throw invalidRequest([{ field: "request", code: "REQUIRED", description: "must be given" }]);
  const search = create(SearchOptionsSchema, { mode: SearchOptions_Mode.INSERT });
  return { request, prepared: prepare({ ...request, search, validateOnly: false }, control) };
}

/** The same where the request is known already; the question's own is not read. */
export function recommendAgain(
  core: Core,
  question: RecommendRequest,
  asked: Asked,
  control: AssignControl,
): RecommendResponse {
  const started = performance.now();
  const { request, prepared } = asked;
  const { orderId, limit, slotsPerEngineer } = question;
  const violations = checkQuestion(question, request);
  if (violations.length > 0) throw invalidRequest(violations);
  const broken = prepared.broken.get(orderId);
  if (broken) throw invalidRequest([...broken]);
  const places = within(() => {
    if (!asked.loaded || !isLoaded(core, asked.loaded, orderId))
      asked.loaded = loadRunningPlan(core, prepared.asked, orderId, control);
    const found = findPlaces(
      core,
      asked.loaded,
      { orderId, limit: limit || DEFAULT_LIMIT, slots: slotsPerEngineer || 1 },
      control,
    );
    if (found?.reason) delete asked.loaded;
    return found;
  });
  stopIfGone(control);
  if (places === undefined)
    throw new RequestError("DEADLINE_EXCEEDED", "the deadline came before every engineer was tried");
  return create(RecommendResponseSchema, {
    requestId: request.requestId,
    recommendations: places.insertions.map((insertion) => recommendationOf(question, request, places, insertion)),
    reasons: places.reason ? unassignedToProto(places.problem, places.orderRow, places.reason).reasons : [],
    levels: [...places.levels],
    elapsed: milliseconds(performance.now() - started),
    ...(control.road && { travelReport: control.road.report }),
  });
}

/** What is wrong with the question itself; the request in it is validated as everywhere. */
function checkQuestion(
  { orderId, limit, slotsPerEngineer }: RecommendRequest,
  request: AssignRequest,
): FieldViolation[] {
  const violations: FieldViolation[] = [];
  const report = (field: string, code: FieldViolation["code"], description: string) =>
    violations.push({ field, code, description });
  if (orderId === "") report("order_id", "REQUIRED", "must not be empty");
  else if (!request.orders.some(({ id }) => id === orderId))
    report("order_id", "UNKNOWN_ORDER", `names no order of the request: ${JSON.stringify(orderId)}`);
  if (limit > MOST) report("limit", "OUT_OF_RANGE", `must be 0 to ${MOST}, is ${limit}`);
  if (slotsPerEngineer > MOST_SLOTS)
    report("slots_per_engineer", "OUT_OF_RANGE", `must be 0 to ${MOST_SLOTS}, is ${slotsPerEngineer}`);
  for (const route of request.currentPlan?.routes ?? []) {
    const last = route.stops.findLastIndex(({ lock }) => lock >= Stop_Lock.SEQUENCE);
    if (orderId !== "" && route.stops.slice(0, last + 1).some((stop) => stop.orderId === orderId))
      report("order_id", "ORDER_LOCKED", `is under way or locked in its route: ${JSON.stringify(orderId)}`);
  }
  return violations;
}

function within<T>(find: () => T): T {
  try {
    return find();
  } catch (error) {
    if (error instanceof LocksInfeasibleError)
      throw invalidRequest([{ field: "current_plan", description: error.message, code: "LOCKS_INFEASIBLE" }]);
    if (error instanceof RangeError) throw new RequestError("INVALID_ARGUMENT", error.message);
    throw error;
  }
}

function recommendationOf(
  { withRoutes }: RecommendRequest,
  request: AssignRequest,
  { problem, orderRow }: RecommendedPlaces,
  { levelChanges, before, after, route, stop }: PlannedInsertion,
): Recommendation {
  const calendar = new Calendar(problem);
  const order = problem.orders[orderRow]!;
  const service = route.stops[stop]!;
  if (service.kind !== "order") throw new Error("an insertion has no stop of its order");
  const total = (routes: readonly PlannedRoute[], of: (route: PlannedRoute) => number) =>
    routes.reduce((sum, one) => sum + of(one), 0);
  const change = (of: (route: PlannedRoute) => number) => total(after, of) - total(before, of);
  const window = windowOf(request, order.id, service.start);
  return create(RecommendationSchema, {
    engineerId: route.engineer.id,
    shiftIndex: route.shift.index,
    arrival: calendar.moment(service.arrival),
    start: calendar.moment(service.start),
    departure: calendar.moment(service.departure),
    ...(window && { window }),
    lateness: calendar.duration(service.latenessTicks),
    stopIndex: (route.shift.head?.stops ?? 0) + stop,
    levelChanges: [...levelChanges],
    travelChange: calendar.duration(change(({ travelTicks }) => travelTicks)),
    distanceChangeM: BigInt(change(({ distance }) => distance)),
    parts: partUsesToProto(service.parts),
    newSupplyCentreIds: newCentres(before, route),
    routes: withRoutes ? after.map((one) => routeToProto(request, problem, one)) : [],
    explanation: {
      orderId: order.id,
      engineerId: route.engineer.id,
      chosen: true,
      rows: rowsOf(request, problem, order, route.engineer, route, after),
    },
  });
}

/** The order's window that a start lies in, or the last one that ended before it. */
function windowOf(request: AssignRequest, orderId: string, start: number): TimeWindow | undefined {
  const clock = new Clock(request);
  const windows = request.orders
    .find(({ id }) => id === orderId)!
    .windows.map((window) => ({
      window,
      start: clock.at(window.start!),
      end: clock.at(window.end!),
    }));
  const around = windows.find((one) => one.start <= start && start <= one.end);
  const ended = windows.filter(({ end }) => end < start).sort((a, b) => a.end - b.end);
  return (around ?? ended.at(-1))?.window;
}

/** Centres of the route's pick-ups that it did not have. */
function newCentres(before: readonly PlannedRoute[], route: PlannedRoute): string[] {
  const centres = (stops: PlannedRoute["stops"]) =>
    stops.flatMap((stop) => (stop.kind === "supply" ? [stop.centreId] : []));
  const had = centres(before.find(({ shift }) => shift === route.shift)?.stops ?? []);
  return centres(route.stops).filter((id) => {
    const row = had.indexOf(id);
    if (row >= 0) had.splice(row, 1);
    return row < 0;
  });
}
