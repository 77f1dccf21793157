// The thread of the road engines: tables before a solve, ways after it, and the cache of both.
import { setMaxListeners } from "node:events";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";
import pLimit from "p-limit";
import { workerData } from "piscina";
import {
  type AssignRequest,
  AssignRequestSchema,
  AssignResponseSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Place, VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { SearchOptions_Mode, SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { TravelReportSchema } from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import type { Problem } from "../../solver/model/problem.ts";
import { describeLeg, legsToTravel } from "../../solver/roads/directions.ts";
import { type Point, RoadError, type RoadFault } from "../../solver/roads/engine.ts";
import { fetchTables, TooManyPairsError } from "../../solver/roads/fetch-tables.ts";
import { languageOf } from "../../solver/roads/instructions.ts";
import { nearestPairs } from "../../solver/roads/nearest-pairs.ts";
import { neededPairs } from "../../solver/roads/needs.ts";
import type { PairSet } from "../../solver/roads/pair-set.ts";
import { RoadCache } from "../../solver/roads/road-cache.ts";
import { valhallaAtRest } from "../../solver/roads/valhalla-in-process.ts";
import { asksRoadEngine, type Travel, travelOf } from "../../solver/travel/travel.ts";
import { invalidRequest, RequestError, type StatusName, toPlainError } from "../errors.ts";
import { problemFromProto } from "../messages/from-proto.ts";
import { decoding, durationMs } from "../pool/peek.ts";
import { monotonicMs, STOP } from "../pool/task.ts";
import { invalidOrderRows, validate } from "../validate/validate.ts";
import { type Chosen, engineOf } from "./road-choice.ts";
import type { RoadSetup } from "./road-setup.ts";
import type { RoadPurpose, RoadResult, RoadTask, RoadTravel } from "./road-task.ts";

const setup = workerData as RoadSetup;
const WAY_BYTES = 64 * 1024 * 1024;
const cache = new RoadCache({ pairs: setup.cachePairs, wayBytes: WAY_BYTES });
let calls = 0;
let failures = 0;

/** Does one task. Never throws: errors are part of the result. */
export async function run(task: RoadTask): Promise<RoadResult> {
  try {
    switch (task.kind) {
      case "tables":
        return { kind: "tables", travel: await tables(task) };
      case "directions":
        return { kind: "response", response: await directions(task, task.response) };
      case "rest":
        await valhallaAtRest();
        return { kind: "rest" };
      case "statistics":
        return { kind: "statistics", statistics: { ...cache.statistics(), calls, failures } };
    }
  } catch (thrown) {
    if (thrown instanceof RoadError) failures++;
    return { kind: "error", error: toPlainError(requestErrorOf(thrown)) };
  }
}

const STATUS: Readonly<Record<RoadFault, StatusName>> = {
  away: "UNAVAILABLE",
  slow: "UNAVAILABLE",
  nonsense: "UNAVAILABLE",
  refused: "FAILED_PRECONDITION",
  too_big: "FAILED_PRECONDITION",
  off_road: "FAILED_PRECONDITION",
};

function requestErrorOf(thrown: unknown): unknown {
  if (thrown instanceof RoadError) return new RequestError(STATUS[thrown.fault], `no travel times: ${thrown.message}`);
  if (thrown instanceof TooManyPairsError) return new RequestError("RESOURCE_EXHAUSTED", thrown.message);
  if (thrown instanceof RangeError)
    return invalidRequest([{ field: "ticks_per_second", description: thrown.message, code: "OVERFLOW" }]);
  return thrown;
}

/** Ends a task at its deadline, or when its caller has gone; `end` must be called. */
function signalOf({ deadline, flags }: RoadTask): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController();
  // Every question under way listens to it.
  setMaxListeners(0, controller.signal);
  const late = () =>
    controller.abort(new RoadError("slow", "the road engine did not answer before the time for it was over"));
  const left = deadline - monotonicMs();
  if (left <= 0) late();
  const timer = Number.isFinite(left) ? setTimeout(late, Math.max(0, left)) : undefined;
  const watch = setInterval(() => {
    if (Atomics.load(flags, STOP) !== 0) controller.abort(new RequestError("CANCELLED", "the call was cancelled"));
  }, 20);
  const end = () => {
    clearTimeout(timer);
    clearInterval(watch);
  };
  return { signal: controller.signal, end };
}

const decoded = (task: RoadTask): AssignRequest =>
  decoding(AssignRequestSchema, () => fromBinary(AssignRequestSchema, task.request.slice()));

async function tables(task: RoadTask & { kind: "tables" }): Promise<RoadTravel | undefined> {
  const begun = monotonicMs();
  const request = asPurposed(decoded(task), task.purpose);
  const broken = brokenOrders(request);
  if (!broken || !asksRoadEngine(request)) return undefined;
  const chosen = engineOf(request, setup);
  const ticksPerSecond = request.ticksPerSecond || 1;
  const { travel, points } = placesOf(ticksPerSecond);
  const problem = problemFromProto(request, broken, travel);
  const given = givenLegs(request, travel);
  // Evaluations and explanations ask what would be with other engineers and under relaxed rules.
  const alternatives = task.purpose === "evaluate" || request.explain !== undefined;
  const all = neededPairs(problem, points.length, alternatives);
  const most = setup.maxPairs - given.length;
  const fewer =
    problem.mode === "route" && !alternatives && countOf(all) > most
      ? nearestPairs(all, points, orderRowsOf(problem), rowsOf(problem, task.whole), most)
      : undefined;
  const needs = fewer ?? all;
  for (const { mode, from, to } of given) needs.get(mode)?.add(from, to);
  const fallback = request.travel!.greatCircleFallback ? travel : undefined;
  const withoutProfile = [...needs.keys()].find((mode) => chosen.profileOf(mode) === undefined);
  if (withoutProfile !== undefined && !fallback)
    throw invalidRequest([
      {
        field: `travel.${chosen.source}.profiles`,
        description: `must name a profile for ${VehicleMode[withoutProfile]}, which ${chosen.source} has no usual one for`,
        code: "REQUIRED",
      },
    ]);
  const { signal, end } = signalOf(task);
  try {
    const found = await fetchTables({
      ...chosen,
      cache,
      points,
      needs,
      ticksPerSecond,
      cellResolution: setup.cellResolution,
      maxPairs: setup.maxPairs,
      fallback,
      signal,
    });
    calls += found.calls;
    // Where a way is missing nothing has failed.
    if (found.failed) failures++;
    const report = create(TravelReportSchema, {
      engine: chosen.engine.name,
      places: points.length,
      pairs: BigInt(found.pairs),
      cachedPairs: BigInt(found.cached),
      unreachablePairs: BigInt(found.unreachable),
      greatCirclePairs: BigInt(found.greatCircle),
      greatCircleReason: found.greatCircleReason,
      calls: found.calls,
      tables: durationSince(begun),
    });
    return { tables: found.tables, report, heldBack: fewer !== undefined };
  } finally {
    end();
  }
}

const countOf = (needs: ReadonlyMap<VehicleMode, PairSet>) =>
  [...needs.values()].reduce((sum, pairs) => sum + pairs.count(), 0);

const rowsOf = ({ orders }: Problem, ids: readonly string[]) => {
  const named = new Set(ids);
  return orders.flatMap(({ id, placeRow }) => (named.has(id) ? [placeRow] : []));
};

/** Places where there is an order and nothing else. */
function orderRowsOf({ orders, engineers, centres }: Problem): number[] {
  const shifts = engineers.flatMap((engineer) => engineer.shifts);
  const sites = new Set<number | undefined>([
    ...centres.map(({ placeRow }) => placeRow),
    ...shifts.flatMap(({ startRow, endRow, breaks }) => [startRow, endRow, ...breaks.map(({ placeRow }) => placeRow)]),
  ]);
  return orders.flatMap(({ placeRow }) => (sites.has(placeRow) ? [] : [placeRow]));
}

/** The request as the call reads it: a recommendation is an insertion, whatever the search of its request. */
function asPurposed(request: AssignRequest, purpose: RoadPurpose): AssignRequest {
  if (purpose !== "recommend") return request;
  return { ...request, search: create(SearchOptionsSchema, { mode: SearchOptions_Mode.INSERT }) };
}

/** Ids of orders that are left out as broken; undefined where the request is refused, which is the solver's to say. */
function brokenOrders(request: AssignRequest): Set<string> | undefined {
  const violations = validate(request);
  const rows = invalidOrderRows(violations);
  const inOrders = [...rows.values()].reduce((sum, list) => sum + list.length, 0);
  return inOrders < violations.length ? undefined : new Set([...rows.keys()].map((row) => request.orders[row]!.id));
}

/** Great circle that keeps the places it is asked for, by row. */
function placesOf(ticksPerSecond: number): { travel: Travel; points: Point[] } {
  const travel = travelOf(create(AssignRequestSchema, { ticksPerSecond }));
  const points: Point[] = [];
  const row = (place: Place) => {
    const found = travel.row(place);
    if (place.position.case === "geo") points[found] ??= place.position.value;
    return found;
  };
  return { travel: { ...travel, row }, points };
}

/** Legs of the current plan's routes, by vehicle mode. */
function givenLegs(request: AssignRequest, travel: Travel) {
  const engineers = new Map(request.engineers.map((engineer) => [engineer.id, engineer]));
  return (request.currentPlan?.routes ?? []).flatMap((route) => {
    const engineer = engineers.get(route.engineerId);
    const shift = engineer?.shifts[route.shiftIndex];
    const places = [shift?.startPlace, ...route.stops.map(({ place }) => place), shift?.endPlace];
    const rows = places.flatMap((place) => (place?.position.case === "geo" ? [travel.row(place)] : []));
    const mode = engineer?.vehicleMode || VehicleMode.CAR;
    return rows.slice(1).map((to, index) => ({ mode, from: rows[index]!, to }));
  });
}

const durationSince = (begun: number) => durationOfMs(monotonicMs() - begun);

function durationOfMs(ms: number) {
  return { seconds: BigInt(Math.floor(ms / 1000)), nanos: Math.floor((ms % 1000) * 1e6) };
}

/** The response with geometry and steps; a leg that cannot be described in time stays without, and the report says why. */
async function directions(task: RoadTask, encoded: Uint8Array): Promise<Uint8Array> {
  const begun = monotonicMs();
  const request = decoded(task);
  const response = fromBinary(AssignResponseSchema, encoded);
  const wanted = request.directions;
  if (!response.plan || !wanted) return encoded;
  response.travelReport ??= create(TravelReportSchema);
  const report = response.travelReport;
  if (!asksRoadEngine(request)) {
    report.directionsMissing = `the travel source ${response.provenance?.travelSource ?? ""} knows no ways; name a road engine`;
    return toBinary(AssignResponseSchema, response);
  }
  const { engine, profileOf }: Chosen = engineOf(request, setup);
  if (wanted.language !== "") report.directionsLanguage = languageOf(wanted.language);
  const { signal, end } = signalOf(task);
  const limit = pLimit(8);
  const legs = legsToTravel(request, response.plan);
  let missing = 0;
  const describe = async (leg: (typeof legs)[number]) => {
    const profile = profileOf(leg.mode || VehicleMode.CAR);
    if (profile === undefined) return;
    const key = [engine.name, profile, leg.from.latitude, leg.from.longitude, leg.to.latitude, leg.to.longitude].join();
    try {
      const way = await cache.way(key, () => {
        signal.throwIfAborted();
        report.calls++;
        calls++;
        return engine.way(profile, leg.from, leg.to, true, signal);
      });
      if (!way) throw new RoadError("refused", "the road engine knows no way");
      describeLeg(leg, way, wanted.language);
    } catch (error) {
      if (!(error instanceof RoadError)) throw error;
      missing++;
      failures++;
      report.directionsMissing ||= error.message;
    }
  };
  try {
    await Promise.all(legs.map((leg) => limit(() => describe(leg))));
  } finally {
    end();
  }
  if (missing > 0) report.directionsMissing = `${missing} of ${legs.length} legs: ${report.directionsMissing}`;
  const differences = legs.flatMap(({ leg }) =>
    leg.roadDuration ? [Math.abs(durationMs(leg.duration!) - durationMs(leg.roadDuration))] : [],
  );
  report.directions = create(DurationSchema, durationSince(begun));
  if (differences.length > 0) report.largestDifference = create(DurationSchema, durationOfMs(Math.max(...differences)));
  return toBinary(AssignResponseSchema, response);
}
