import { readFileSync } from "node:fs";
import { create, fromJson, fromJsonString } from "@bufbuild/protobuf";
import { DurationSchema, type Timestamp, timestampFromDate } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { TierInputSchema, WorkloadSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { OrderSchema } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { PlaceSchema } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { Stop_Kind, Stop_Lock } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { CandidatesSchema, SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { DirectionsSchema, HourSpeedSchema, TravelSchema } from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { putAnywhere } from "../../test/put-anywhere.ts";
import type { ViolationCode } from "./codes.ts";
import { unsupported } from "./unsupported.ts";
import { invalidOrderRows, validate } from "./validate.ts";

// A small valid request that uses most of the contract; each test breaks one thing of a fresh copy.
const sample = readFileSync(new URL("sample-request.json", import.meta.url), "utf8");
const sampleRequest = () => fromJsonString(AssignRequestSchema, sample);

const time = (text: string): Timestamp => timestampFromDate(new Date(text));
const seconds = (count: number, nanos = 0) => create(DurationSchema, { seconds: BigInt(count), nanos });
// protobuf enums are open: any number may come over the wire.
const enumeration = (value: number) => value as never;

/** A matrix request over places 0 and 1 for all modes: 7 ticks there, 9 back; with further matrices. */
function withMatrix(
  request: AssignRequest,
  matrix: object = { size: 2, durations: [0, 7, 9, 0] },
  ...slices: object[]
) {
  request.travel = fromJson(TravelSchema, { matrix: { matrices: [matrix, ...slices] as never } });
  for (const [index, order] of request.orders.entries()) order.place!.matrixIndex = index;
  for (const engineer of request.engineers)
    for (const shift of engineer.shifts) {
      shift.startPlace!.matrixIndex = 0;
      if (shift.endPlace) shift.endPlace.matrixIndex = 0;
    }
  request.operatingCentres[0]!.place!.matrixIndex = 1;
}

type Case = [name: string, field: string, code: ViolationCode, breakIt: (request: AssignRequest) => void];

const order = (request: AssignRequest) => request.orders[0]!;
const engineer = (request: AssignRequest) => request.engineers[0]!;
const shift = (request: AssignRequest) => request.engineers[0]!.shifts[0]!;
const centre = (request: AssignRequest) => request.operatingCentres[0]!;
const stops = (request: AssignRequest) => request.currentPlan!.routes[0]!.stops;
const speed = (request: AssignRequest) => {
  const source = request.travel!.source;
  if (source.case !== "greatCircle") throw new Error("the sample travels by great circle");
  return source.value.speeds[0]!;
};
const hourSpeed = (hour: number, metresPerSecond: number) => create(HourSpeedSchema, { hour, metresPerSecond });
const matrix = (request: AssignRequest) => {
  const source = request.travel!.source;
  if (source.case !== "matrix") throw new Error("call withMatrix first");
  return source.value.matrices[0]!;
};

const CASES: Case[] = [
  // The request itself.
  ["now is absent", "now", "REQUIRED", (r) => delete r.now],
  ["no time zone", "time_zone", "REQUIRED", (r) => (r.timeZone = "")],
  [
    "road engine that is no URL",
    "travel.osrm.base_url",
    "INVALID_URL",
    (r) => (r.travel = fromJson(TravelSchema, { osrm: { baseUrl: "file:///etc/passwd" } })),
  ],
  [
    "road engine with a query",
    "travel.valhalla.base_url",
    "INVALID_URL",
    (r) => (r.travel = fromJson(TravelSchema, { valhalla: { baseUrl: "http://host:8002/?key=1" } })),
  ],
  [
    "wait of nothing",
    "travel.osrm.timeout",
    "OUT_OF_RANGE",
    (r) => (r.travel = fromJson(TravelSchema, { osrm: { timeout: "0s" } })),
  ],
  [
    "profile given twice",
    "travel.osrm.profiles[1].vehicle_mode",
    "DUPLICATE",
    (r) =>
      (r.travel = fromJson(TravelSchema, {
        osrm: { profiles: ["a", "b"].map((profile) => ({ vehicleMode: "VEHICLE_MODE_CAR", profile })) },
      })),
  ],
  [
    "directions in no language",
    "directions.language",
    "INVALID_LANGUAGE",
    (r) => (r.directions = create(DirectionsSchema, { language: "c" })),
  ],
  ["unknown time zone", "time_zone", "UNKNOWN_TIME_ZONE", (r) => (r.timeZone = "Asia/Hangzhou")],
  ["request id of 129 bytes", "request_id", "INVALID_ID", (r) => (r.requestId = "r".repeat(129))],
  ["more than a million ticks", "ticks_per_second", "OUT_OF_RANGE", (r) => (r.ticksPerSecond = 1_000_001)],
  ["unknown currency", "currency_code", "UNKNOWN_CURRENCY", (r) => (r.currencyCode = "RMB")],
  ["amounts without a currency", "currency_code", "REQUIRED", (r) => (r.currencyCode = "")],
  ["unknown answer to broken orders", "on_invalid_order", "UNKNOWN_ENUM", (r) => (r.onInvalidOrder = enumeration(3))],
  // Ids.
  ["no order id", "orders[1].id", "REQUIRED", (r) => rename(r, "")],
  // 43 characters of 3 bytes are 129 bytes; 42 are 126.
  ["an id of 129 bytes", "orders[1].id", "INVALID_ID", (r) => rename(r, "单".repeat(43))],
  ["half a surrogate pair", "orders[1].id", "INVALID_ID", (r) => rename(r, "o\ud800")],
  ["two orders of one id", "orders[2].id", "DUPLICATE", (r) => r.orders.push({ ...r.orders[1]! })],
  ["two engineers of one id", "engineers[2].id", "DUPLICATE", (r) => r.engineers.push({ ...r.engineers[1]! })],
  [
    "two centres of one id",
    "operating_centres[1].id",
    "DUPLICATE",
    (r) => r.operatingCentres.push({ ...r.operatingCentres[0]! }),
  ],
  // Places.
  ["order without place", "orders[0].place", "REQUIRED", (r) => delete order(r).place],
  ["place without position", "orders[0].place.position", "REQUIRED", (r) => (order(r).place = create(PlaceSchema))],
  ["latitude above 90", "orders[0].place.geo.latitude", "OUT_OF_RANGE", (r) => setGeo(r, "latitude", 90.5)],
  ["longitude below -180", "orders[0].place.geo.longitude", "OUT_OF_RANGE", (r) => setGeo(r, "longitude", -180.5)],
  ["latitude NaN", "orders[0].place.geo.latitude", "OUT_OF_RANGE", (r) => setGeo(r, "latitude", Number.NaN)],
  [
    "planar place by great circle",
    "orders[1].place.planar",
    "PLACE_KIND",
    (r) => (r.orders[1]!.place = fromJson(PlaceSchema, { planar: { x: 1, y: 2 } })),
  ],
  [
    "infinite coordinate",
    "orders[0].place.planar.x",
    "OUT_OF_RANGE",
    (r) => {
      toPlanar(r, 0);
      order(r).place = create(PlaceSchema, { position: { case: "planar", value: { x: Infinity, y: 0 } } });
    },
  ],
  // 2e9 units of one second each are 2e9 ticks.
  ["planar places too far apart", "travel", "OVERFLOW", (r) => toPlanar(r, 2e9)],
  ["shift without start place", "engineers[0].shifts[0].start_place", "REQUIRED", (r) => delete shift(r).startPlace],
  ["centre without place", "operating_centres[0].place", "REQUIRED", (r) => delete centre(r).place],
  // Times.
  [
    "a half second at one tick a second",
    "orders[0].service_duration",
    "NOT_WHOLE_TICKS",
    (r) => (order(r).serviceDuration = seconds(3600, 500_000_000)),
  ],
  [
    "a window start between ticks",
    "orders[0].windows[0].start",
    "NOT_WHOLE_TICKS",
    (r) => (order(r).windows[0]!.start!.nanos = 1),
  ],
  [
    "a creation time between ticks",
    "orders[0].created_at",
    "NOT_WHOLE_TICKS",
    (r) => (order(r).createdAt!.nanos = 1000),
  ],
  ["too many nanos", "now", "INVALID_TIME", (r) => (r.now!.nanos = 1_000_000_000)],
  ["nanos NaN", "now", "INVALID_TIME", (r) => (r.now!.nanos = Number.NaN)],
  [
    "the year 10000",
    "engineers[0].skills[0].valid_until",
    "INVALID_TIME",
    (r) => (engineer(r).skills[0]!.validUntil!.seconds = 253_402_300_800n),
  ],
  [
    "seconds and nanos of two signs",
    "orders[0].setup_duration",
    "INVALID_TIME",
    (r) => (order(r).setupDuration = seconds(1, -1)),
  ],
  ["negative service", "orders[0].service_duration", "OUT_OF_RANGE", (r) => (order(r).serviceDuration = seconds(-60))],
  [
    "negative pick-up",
    "operating_centres[0].pick_duration",
    "OUT_OF_RANGE",
    (r) => (centre(r).pickDuration = seconds(-1)),
  ],
  ["a leg limit of 32 days", "engineers[0].max_leg_duration", "HORIZON", (r) => setLegLimit(r, 32 * 86_400)],
  [
    "break without length",
    "engineers[0].shifts[0].breaks[0].duration",
    "OUT_OF_RANGE",
    (r) => (shift(r).breaks[0]!.duration = seconds(0)),
  ],
  [
    "break without duration field",
    "engineers[0].shifts[0].breaks[0].duration",
    "REQUIRED",
    (r) => delete shift(r).breaks[0]!.duration,
  ],
  [
    "break without window",
    "engineers[0].shifts[0].breaks[0].window",
    "REQUIRED",
    (r) => delete shift(r).breaks[0]!.window,
  ],
  ["shift without time", "engineers[0].shifts[0].time", "REQUIRED", (r) => delete shift(r).time],
  ["window without end", "orders[0].windows[1].end", "REQUIRED", (r) => delete order(r).windows[1]!.end],
  [
    "window that ends before it starts",
    "orders[0].windows[1].end",
    "WINDOW_REVERSED",
    (r) => (order(r).windows[1]!.end = time("2026-11-23T04:59:59Z")),
  ],
  [
    "preferred window reversed",
    "orders[0].preferred_window.end",
    "WINDOW_REVERSED",
    (r) => (order(r).preferredWindow!.end = time("2026-11-23T00:00:00Z")),
  ],
  [
    "windows that share their end",
    "orders[0].windows[1]",
    "OVERLAP",
    (r) => (order(r).windows[1]!.start = time("2026-11-23T03:00:00Z")),
  ],
  [
    "a long window over two others, the short one listed first",
    "orders[0].windows[0]",
    "OVERLAP",
    (r) => {
      order(r).windows[1]!.start = time("2026-11-23T00:00:00Z");
    },
  ],
  [
    "shifts that overlap by overtime",
    "engineers[0].shifts[1].time",
    "OVERLAP",
    (r) => (shift(r).maxOvertime = seconds(2 * 3600)),
  ],
  [
    "an order a year ahead",
    "orders[0].windows[1].end",
    "HORIZON",
    (r) => (order(r).windows[1]!.end = time("2027-11-23T06:00:00Z")),
  ],
  [
    "20 days back and 20 ahead",
    "now",
    "HORIZON",
    (r) => {
      order(r).windows[0]!.start = time("2026-11-03T00:00:00Z");
      order(r).windows[1]!.end = time("2026-12-13T00:00:00Z");
    },
  ],
  // 03:00 is 3 h = 10,800 s = 1.08e9 ticks of 10 microseconds after now.
  ["ticks too short for the day", "orders[0].windows[0].end", "HORIZON", (r) => (r.ticksPerSecond = 100_000)],
  // Ranges of orders.
  ["priority 101", "orders[0].priority", "OUT_OF_RANGE", (r) => (order(r).priority = 101)],
  ["severity 11", "orders[0].severity", "OUT_OF_RANGE", (r) => (order(r).severity = 11)],
  ["tier 11", "orders[0].vip_tier", "OUT_OF_RANGE", (r) => (order(r).vipTier = 11)],
  ["negative price", "orders[0].price_minor", "OUT_OF_RANGE", (r) => (order(r).priceMinor = -1n)],
  // 1e10 minor units at 30 s for each 100 are 3e9 ticks.
  ["price beyond i32", "orders[0].price_minor", "OVERFLOW", (r) => (order(r).priceMinor = 10_000_000_000n)],
  ["negative fee", "orders[0].visit_fee_minor", "OUT_OF_RANGE", (r) => (order(r).visitFeeMinor = -1n)],
  ["visit fee beyond i32", "orders[0].visit_fee_minor", "OVERFLOW", (r) => (order(r).visitFeeMinor = 10_000_000_000n)],
  [
    "pick-up fee beyond i32",
    "operating_centres[0].pick_fee_minor",
    "OVERFLOW",
    (r) => (centre(r).pickFeeMinor = 10_000_000_000n),
  ],
  // Doubles and sums of i64 hold 10^14 exactly.
  [
    "budget of 10^14 and one",
    "orders[0].budget_minor",
    "OUT_OF_RANGE",
    (r) => (order(r).budgetMinor = 10n ** 14n + 1n),
  ],
  [
    "value of 10^14 and one",
    "orders[0].trust_value_minor",
    "OUT_OF_RANGE",
    (r) => (order(r).trustValueMinor = 10n ** 14n + 1n),
  ],
  [
    "limit of 10^14 and one",
    "engineers[0].trust_limit_minor",
    "OUT_OF_RANGE",
    (r) => (engineer(r).trustLimitMinor = 10n ** 14n + 1n),
  ],
  [
    "wage beyond a million",
    "engineers[0].wage_per_hour_minor",
    "OUT_OF_RANGE",
    (r) => (engineer(r).wagePerHourMinor = 1_000_001n),
  ],
  [
    "kilometre beyond a million",
    "engineers[0].cost_per_km_minor",
    "OUT_OF_RANGE",
    (r) => (engineer(r).costPerKmMinor = 1_000_001n),
  ],
  // A million an hour at 721 s for each 100: 10^6 * 721 / 100 / 3600 = 2002.8 s for each second; with 720 s it is 2000, the most.
  [
    "wage of 2003 ticks a tick",
    "engineers[0].wage_per_hour_minor",
    "OVERFLOW",
    (r) => {
      engineer(r).wagePerHourMinor = 1_000_000n;
      r.policy!.secondsPerCurrencyUnit = 721;
    },
  ],
  // 666,700 a kilometre at 30 s for each 100 are 200,010 s, 200.01 s a metre: in tenths of a second 2000.1.
  [
    "kilometre of 2000.1 ticks a metre",
    "engineers[0].cost_per_km_minor",
    "OVERFLOW",
    (r) => {
      engineer(r).costPerKmMinor = 666_700n;
      r.ticksPerSecond = 10;
    },
  ],
  [
    "no target of work",
    "engineers[0].workload.target_minutes",
    "OUT_OF_RANGE",
    (r) => (engineer(r).workload = create(WorkloadSchema, { minutes: 5 })),
  ],
  ["negative trust", "orders[0].trust_value_minor", "OUT_OF_RANGE", (r) => (order(r).trustValueMinor = -1n)],
  ["two engineers at once", "orders[0].engineers_required", "UNSUPPORTED", (r) => (order(r).engineersRequired = 2)],
  ["wanted level 0", "orders[0].proficiencies[0].level", "OUT_OF_RANGE", (r) => (order(r).proficiencies[0]!.level = 0)],
  [
    "skill without id",
    "orders[0].proficiencies[0].skill_id",
    "REQUIRED",
    (r) => (order(r).proficiencies[0]!.skillId = ""),
  ],
  ["no part wanted", "orders[0].parts[0].quantity", "OUT_OF_RANGE", (r) => (order(r).parts[0]!.quantity = 0)],
  ["part without SKU", "orders[0].parts[0].sku", "REQUIRED", (r) => (order(r).parts[0]!.sku = "")],
  [
    "part asked for twice",
    "orders[0].parts[1].sku",
    "DUPLICATE",
    (r) => order(r).parts.push({ ...order(r).parts[0]!, substituteSkus: [] }),
  ],
  [
    "part its own substitute",
    "orders[0].parts[0].substitute_skus[0]",
    "DUPLICATE",
    (r) => (order(r).parts[0]!.substituteSkus = ["screen-x"]),
  ],
  ["load of two amounts", "orders[0].loads[1].dimension", "DUPLICATE", (r) => order(r).loads.push(order(r).loads[0]!)],
  ["load too large", "orders[0].loads[0].amount", "OUT_OF_RANGE", (r) => (order(r).loads[0]!.amount = 1_000_000_001)],
  // 3 orders of 1e9 kg are more than 2^31 - 1.
  [
    "loads that sum beyond i32",
    "orders",
    "OVERFLOW",
    (r) => {
      order(r).loads[0]!.amount = 1_000_000_000;
      for (const id of ["o3", "o4"])
        r.orders.push(create(OrderSchema, { id, place: r.orders[1]!.place!, loads: order(r).loads }));
    },
  ],
  ["unknown access", "orders[0].vehicle_access[0]", "UNKNOWN_ENUM", (r) => (order(r).vehicleAccess = [enumeration(9)])],
  [
    "broken language",
    "orders[0].customer_attributes.languages[0]",
    "INVALID_LANGUAGE",
    (r) => (order(r).customerAttributes!.languages = ["zh_CN"]),
  ],
  [
    "unknown centre of an order",
    "orders[0].operating_centre_id",
    "UNKNOWN_CENTRE",
    (r) => (order(r).operatingCentreId = "c9"),
  ],
  [
    "unknown preferred engineer",
    "orders[0].engineer_preference.preferred_engineer_ids[0]",
    "UNKNOWN_ENGINEER",
    (r) => (order(r).engineerPreference!.preferredEngineerIds = ["e9"]),
  ],
  [
    "required and excluded",
    "orders[0].engineer_preference.excluded_engineer_ids[0]",
    "CONTRADICTION",
    (r) => (order(r).engineerPreference!.excludedEngineerIds = ["e1"]),
  ],
  [
    "preferred and disliked",
    "orders[0].engineer_preference.disliked_engineer_ids[0]",
    "CONTRADICTION",
    (r) => (order(r).engineerPreference!.dislikedEngineerIds = ["e1"]),
  ],
  [
    "33 windows",
    "orders[1].windows",
    "TOO_MANY",
    (r) => {
      const start = Date.UTC(2026, 10, 23);
      for (let hour = 0; hour < 33; hour++)
        r.orders[1]!.windows.push({
          $typeName: "shanpai.dispatch.v1.TimeWindow",
          start: timestampFromDate(new Date(start + hour * 3_600_000)),
          end: timestampFromDate(new Date(start + hour * 3_600_000 + 60_000)),
        });
    },
  ],
  // Engineers and centres.
  ["engineer without shift", "engineers[1].shifts", "REQUIRED", (r) => (r.engineers[1]!.shifts = [])],
  [
    "unknown vehicle mode",
    "engineers[0].vehicle_mode",
    "UNKNOWN_ENUM",
    (r) => (engineer(r).vehicleMode = enumeration(6)),
  ],
  ["level 11 held", "engineers[0].skills[0].level", "OUT_OF_RANGE", (r) => (engineer(r).skills[0]!.level = 11)],
  [
    "skill held twice",
    "engineers[0].skills[1].skill_id",
    "DUPLICATE",
    (r) => (engineer(r).skills[1]!.skillId = "screen"),
  ],
  [
    "certificate without maker",
    "engineers[0].brand_certificates[0].brand",
    "REQUIRED",
    (r) => (engineer(r).brandCertificates[0]!.brand = ""),
  ],
  ["SKU stocked twice", "engineers[0].stock[1].sku", "DUPLICATE", (r) => (engineer(r).stock[1]!.sku = "screen-x")],
  [
    "stock too large",
    "engineers[0].stock[0].quantity",
    "OUT_OF_RANGE",
    (r) => (engineer(r).stock[0]!.quantity = 1_000_001),
  ],
  [
    "more reserved than there",
    "engineers[0].stock[0].reserved",
    "OUT_OF_RANGE",
    (r) => (engineer(r).stock[0]!.reserved = 4),
  ],
  ["endless van", "engineers[0].stock[0].unlimited", "NOT_ALLOWED", (r) => (engineer(r).stock[0]!.unlimited = true)],
  [
    "safety stock at a centre",
    "operating_centres[0].stock[0].safety_stock",
    "NOT_ALLOWED",
    (r) => (centre(r).stock[0]!.safetyStock = 1),
  ],
  [
    "part capacity beyond i32",
    "engineers[0].part_capacity",
    "OUT_OF_RANGE",
    (r) => (engineer(r).partCapacity = 2 ** 31),
  ],
  [
    "capacity named twice",
    "engineers[0].capacities[1].dimension",
    "DUPLICATE",
    (r) => engineer(r).capacities.push(engineer(r).capacities[0]!),
  ],
  [
    "unknown centre of an engineer",
    "engineers[0].operating_centre_id",
    "UNKNOWN_CENTRE",
    (r) => (engineer(r).operatingCentreId = "c9"),
  ],
  [
    "unknown neighbour",
    "operating_centres[0].neighbour_centre_ids[0]",
    "UNKNOWN_CENTRE",
    (r) => (centre(r).neighbourCentreIds = ["c9"]),
  ],
  ["no H3 cell", "engineers[0].territory_cells[0]", "INVALID_CELL", (r) => (engineer(r).territoryCells = ["hangzhou"])],
  [
    "cells of two resolutions",
    "operating_centres[0].territory_cells[1]",
    "INVALID_CELL",
    // Resolutions 10 and 5.
    (r) => (centre(r).territoryCells = ["8a2a1072b59ffff", "85283473fffffff"]),
  ],
  [
    "unknown zone of a centre",
    "operating_centres[0].time_zone",
    "UNKNOWN_TIME_ZONE",
    (r) => (centre(r).timeZone = "Mars/Base"),
  ],
  ["6 stars", "engineers[0].rating.stars", "OUT_OF_RANGE", (r) => (engineer(r).rating!.stars = 6)],
  [
    "more successes than cases",
    "engineers[0].on_time.successes",
    "OUT_OF_RANGE",
    (r) => (engineer(r).onTime!.successes = 11),
  ],
  ["negative wage", "engineers[0].wage_per_hour_minor", "OUT_OF_RANGE", (r) => (engineer(r).wagePerHourMinor = -1n)],
  [
    "negative distance limit",
    "engineers[0].shifts[0].max_distance_m",
    "OUT_OF_RANGE",
    (r) => (shift(r).maxDistanceM = -1n),
  ],
  [
    "nine breaks",
    "engineers[0].shifts[0].breaks",
    "TOO_MANY",
    (r) => (shift(r).breaks = Array(9).fill(shift(r).breaks[0]!)),
  ],
  [
    "opening windows that overlap",
    "operating_centres[0].opening_windows[1]",
    "OVERLAP",
    (r) => centre(r).openingWindows.push(centre(r).openingWindows[0]!),
  ],
  // Travel.
  ["speed without mode", "travel.great_circle.speeds[0].vehicle_mode", "REQUIRED", (r) => (speed(r).vehicleMode = 0)],
  ["speed given twice", "travel.great_circle.speeds[1].vehicle_mode", "DUPLICATE", (r) => addSpeed(r)],
  [
    "hour of the day 24",
    "travel.great_circle.speeds[0].hours[0].hour",
    "OUT_OF_RANGE",
    (r) => (speed(r).hours = [hourSpeed(24, 4)]),
  ],
  [
    "hour of the day given twice",
    "travel.great_circle.speeds[0].hours[1].hour",
    "DUPLICATE",
    (r) => (speed(r).hours = [hourSpeed(8, 4), hourSpeed(8, 5)]),
  ],
  [
    "hour with speed 0",
    "travel.great_circle.speeds[0].hours[0].metres_per_second",
    "OUT_OF_RANGE",
    (r) => (speed(r).hours = [hourSpeed(8, 0)]),
  ],
  ["speed 0", "travel.great_circle.speeds[0].metres_per_second", "OUT_OF_RANGE", (r) => (speed(r).metresPerSecond = 0)],
  [
    "speed NaN",
    "travel.great_circle.speeds[0].metres_per_second",
    "OUT_OF_RANGE",
    (r) => (speed(r).metresPerSecond = Number.NaN),
  ],
  [
    "detour below 1",
    "travel.great_circle.speeds[0].detour_factor",
    "OUT_OF_RANGE",
    (r) => (speed(r).detourFactor = 0.9),
  ],
  // 0.1 degrees are more than 1e4 m; at 1e-6 m/s that is more than 1e10 s.
  ["speed so low that travel overflows", "travel", "OVERFLOW", (r) => (speed(r).metresPerSecond = 1e-6)],
  [
    "unknown rounding",
    "travel.planar.rounding",
    "UNKNOWN_ENUM",
    (r) => {
      toPlanar(r, 1);
      if (r.travel!.source.case === "planar") r.travel!.source.value.rounding = enumeration(9);
    },
  ],
  [
    "no matrix at all",
    "travel.matrix.matrices",
    "REQUIRED",
    (r) => {
      withMatrix(r);
      (r.travel!.source.value as { matrices: unknown[] }).matrices = [];
    },
  ],
  [
    "matrix of size 0",
    "travel.matrix.matrices[0].size",
    "OUT_OF_RANGE",
    (r) => {
      withMatrix(r);
      matrix(r).size = 0;
      matrix(r).durations = [];
    },
  ],
  [
    "too few durations",
    "travel.matrix.matrices[0].durations",
    "MATRIX_SIZE",
    (r) => withMatrix(r, { size: 2, durations: [0, 7, 9] }),
  ],
  [
    "too few distances",
    "travel.matrix.matrices[0].distances_m",
    "MATRIX_SIZE",
    (r) => withMatrix(r, { size: 2, durations: [0, 7, 9, 0], distancesM: [0] }),
  ],
  [
    "duration -2",
    "travel.matrix.matrices[0].durations[1]",
    "MATRIX_VALUE",
    (r) => withMatrix(r, { size: 2, durations: [0, -2, 9, 0] }),
  ],
  [
    "distance -2",
    "travel.matrix.matrices[0].distances_m[2]",
    "MATRIX_VALUE",
    (r) => withMatrix(r, { size: 2, durations: [0, 7, 9, 0], distancesM: [0, 1, -2, 0] }),
  ],
  [
    "a way from a place to itself",
    "travel.matrix.matrices[0].durations[3]",
    "MATRIX_VALUE",
    (r) => withMatrix(r, { size: 2, durations: [0, 7, 9, 1] }),
  ],
  [
    "matrix for another mode only",
    "engineers[0].vehicle_mode",
    "MATRIX_MISSING",
    (r) => withMatrix(r, { vehicleMode: "VEHICLE_MODE_FOOT", size: 2, durations: [0, 7, 9, 0] }),
  ],
  [
    "matrix that begins later",
    "travel.matrix.matrices[0].slice_start",
    "OUT_OF_RANGE",
    (r) => withMatrix(r, { size: 2, durations: [0, 7, 9, 0], sliceStart: "2026-11-23T08:00:00Z" }),
  ],
  [
    "first slice of a mode later than now",
    "travel.matrix.matrices[1].slice_start",
    "OUT_OF_RANGE",
    (r) =>
      withMatrix(r, undefined, {
        vehicleMode: "VEHICLE_MODE_FOOT",
        size: 2,
        durations: [0, 7, 9, 0],
        sliceStart: "2026-11-23T08:00:00Z",
      }),
  ],
  [
    "two matrices of a mode without slices",
    "travel.matrix.matrices[1].slice_start",
    "DUPLICATE",
    (r) => withMatrix(r, undefined, { size: 2, durations: [0, 7, 9, 0] }),
  ],
  [
    "two slices that begin together",
    "travel.matrix.matrices[2].slice_start",
    "DUPLICATE",
    (r) => {
      const later = { size: 2, durations: [0, 7, 9, 0], sliceStart: "2026-11-23T08:00:00Z" };
      withMatrix(r, undefined, later, later);
    },
  ],
  [
    "slice that begins between two ticks",
    "travel.matrix.matrices[1].slice_start",
    "NOT_WHOLE_TICKS",
    (r) => withMatrix(r, undefined, { size: 2, durations: [0, 7, 9, 0], sliceStart: "2026-11-23T08:00:00.5Z" }),
  ],
  [
    "way in one slice only",
    "travel.matrix.matrices[1].durations[2]",
    "MATRIX_VALUE",
    (r) => withMatrix(r, undefined, { size: 2, durations: [0, 7, -1, 0], sliceStart: "2026-11-23T08:00:00Z" }),
  ],
  [
    "slice with other metres",
    "travel.matrix.matrices[1].distances_m[1]",
    "MATRIX_VALUE",
    (r) =>
      withMatrix(
        r,
        { size: 2, durations: [0, 7, 9, 0], distancesM: [0, 70, 90, 0] },
        { size: 2, durations: [0, 8, 9, 0], distancesM: [0, 71, 90, 0], sliceStart: "2026-11-23T08:00:00Z" },
      ),
  ],
  [
    "metres in a later slice only",
    "travel.matrix.matrices[1].distances_m",
    "NOT_ALLOWED",
    (r) =>
      withMatrix(r, undefined, {
        size: 2,
        durations: [0, 8, 9, 0],
        distancesM: [0, 70, 90, 0],
        sliceStart: "2026-11-23T08:00:00Z",
      }),
  ],
  [
    "slice of another size",
    "travel.matrix.matrices[1].size",
    "MATRIX_SIZE",
    (r) => withMatrix(r, undefined, { size: 1, durations: [0], sliceStart: "2026-11-23T08:00:00Z" }),
  ],
  [
    "place without index",
    "orders[1].place.matrix_index",
    "REQUIRED",
    (r) => {
      withMatrix(r);
      delete r.orders[1]!.place!.matrixIndex;
    },
  ],
  [
    "place outside the matrix",
    "orders[1].place.matrix_index",
    "MATRIX_SIZE",
    (r) => {
      withMatrix(r);
      r.orders[1]!.place!.matrixIndex = 2;
    },
  ],
  // Objective, policy, search, explain.
  ["level without terms", "objective.levels[0].terms", "REQUIRED", (r) => (r.objective!.levels[0]!.terms = [])],
  [
    "unspecified measure",
    "objective.levels[0].terms[0].measure",
    "UNKNOWN_ENUM",
    (r) => (r.objective!.levels[0]!.terms[0]!.measure = 0),
  ],
  [
    "unknown measure",
    "objective.levels[0].terms[0].measure",
    "UNKNOWN_ENUM",
    (r) => (r.objective!.levels[0]!.terms[0]!.measure = enumeration(7)),
  ],
  [
    "measure twice in a level",
    "objective.levels[0].terms[1].measure",
    "DUPLICATE",
    (r) => r.objective!.levels[0]!.terms.push(r.objective!.levels[0]!.terms[0]!),
  ],
  [
    "weight too large",
    "objective.levels[1].terms[0].weight",
    "OUT_OF_RANGE",
    (r) => (r.objective!.levels[1]!.terms[0]!.weight = 1_000_001),
  ],
  [
    "seven levels",
    "objective.levels",
    "TOO_MANY",
    (r) => (r.objective!.levels = Array(7).fill(r.objective!.levels[0]!)),
  ],
  ["unknown criterion", "policy.criteria[0].id", "UNKNOWN_CRITERION", (r) => (r.policy!.criteria[0]!.id = "nearest")],
  ["criterion set twice", "policy.criteria[1].id", "DUPLICATE", (r) => r.policy!.criteria.push(r.policy!.criteria[0]!)],
  [
    "unknown criterion mode",
    "policy.criteria[0].mode",
    "UNKNOWN_ENUM",
    (r) => (r.policy!.criteria[0]!.mode = enumeration(4)),
  ],
  [
    "criterion weight too large",
    "policy.criteria[0].weight_s",
    "OUT_OF_RANGE",
    (r) => (r.policy!.criteria[0]!.weightS = 1_000_001),
  ],
  [
    "parameter NaN",
    'policy.criteria[0].params["expiring_days"]',
    "OUT_OF_RANGE",
    (r) => (r.policy!.criteria[0]!.params.expiring_days = Number.NaN),
  ],
  [
    "parameter with a fraction",
    'policy.criteria[0].params["expiring_days"]',
    "OUT_OF_RANGE",
    (r) => (r.policy!.criteria[0]!.params.expiring_days = 1.5),
  ],
  [
    "parameter beyond its range",
    'policy.criteria[0].params["expiring_days"]',
    "OUT_OF_RANGE",
    (r) => (r.policy!.criteria[0]!.params.expiring_days = 366),
  ],
  [
    "parameter of another criterion",
    'policy.criteria[0].params["half_days"]',
    "UNKNOWN_PARAMETER",
    (r) => (r.policy!.criteria[0]!.params.half_days = 9),
  ],
  [
    "mode that the criterion does not have",
    "policy.criteria[0].mode",
    "NOT_ALLOWED",
    (r) => (r.policy!.criteria = [{ ...r.policy!.criteria[0]!, id: "on_time_rate", params: {} }]),
  ],
  [
    "weight of a criterion without one",
    "policy.criteria[0].weight_s",
    "NOT_ALLOWED",
    (r) => (r.policy!.criteria = [{ ...r.policy!.criteria[0]!, id: "skill_match", params: {} }]),
  ],
  [
    "prior of a criterion without a rate",
    'policy.priors["skill_match"]',
    "NOT_ALLOWED",
    (r) => (r.policy!.priors.skill_match = 0.5),
  ],
  ["language that is none", "explain.language", "INVALID_LANGUAGE", (r) => (r.explain!.language = "c")],
  [
    "367 days of attendance",
    "engineers[0].tier.attendance_days",
    "OUT_OF_RANGE",
    (r) => (r.engineers[0]!.tier = create(TierInputSchema, { attendanceDays: 367 })),
  ],
  [
    "weights of a pair beyond i32",
    "ticks_per_second",
    "OVERFLOW",
    (r) => {
      for (const id of [
        "on_time_rate",
        "engineer_tier",
        "acceptance_rate",
        "continuity_of_service",
        "proficiency_level",
      ])
        r.policy!.criteria.push({ ...r.policy!.criteria[0]!, id, mode: 0, weightS: 500_000, params: {} });
      r.ticksPerSecond = 1000;
    },
  ],
  // Four weights of 536,000 s and the rest of a balanced policy, in thousandths: more than 2^31 only with the fourth.
  [
    "weights of a pair beyond i32 with the one of plan_stability",
    "ticks_per_second",
    "OVERFLOW",
    (r) => {
      for (const id of ["plan_stability", "engineer_tier", "acceptance_rate", "on_time_rate"])
        r.policy!.criteria.push({ ...r.policy!.criteria[0]!, id, mode: 0, weightS: 536_000, params: {} });
      r.ticksPerSecond = 1000;
    },
  ],
  // 10^6 s of 1000 ticks are more than 2^29.
  [
    "start that moved beyond i32",
    'policy.criteria[1].params["start_s"]',
    "OVERFLOW",
    (r) => {
      r.policy!.criteria.push({ ...r.policy!.criteria[0]!, id: "plan_stability", params: { start_s: 1_000_000 } });
      r.ticksPerSecond = 1000;
    },
  ],
  ["unknown preset", "policy.preset", "UNKNOWN_ENUM", (r) => (r.policy!.preset = enumeration(7))],
  [
    "negative rate of exchange",
    "policy.seconds_per_currency_unit",
    "OUT_OF_RANGE",
    (r) => (r.policy!.secondsPerCurrencyUnit = -1),
  ],
  ["neutral score above 10000", "policy.neutral_score", "OUT_OF_RANGE", (r) => (r.policy!.neutralScore = 10_001)],
  ["prior above 1", 'policy.priors["on_time_rate"]', "OUT_OF_RANGE", (r) => (r.policy!.priors.on_time_rate = 1.1)],
  ["prior of an unknown criterion", 'policy.priors["luck"]', "UNKNOWN_CRITERION", (r) => (r.policy!.priors.luck = 0.5)],
  ["time limit 0", "search.time_limit", "OUT_OF_RANGE", (r) => (r.search!.timeLimit = seconds(0))],
  [
    "time limit 0 of the proof",
    "search.prove_time_limit",
    "OUT_OF_RANGE",
    (r) => (r.search!.proveTimeLimit = seconds(0)),
  ],
  ["negative time limit", "search.time_limit", "OUT_OF_RANGE", (r) => (r.search!.timeLimit = seconds(-1))],
  ["65 workers", "search.workers", "OUT_OF_RANGE", (r) => (r.search!.workers = 65)],
  [
    "10001 candidates",
    "search.candidates.engineers",
    "OUT_OF_RANGE",
    (r) => (r.search!.candidates = create(CandidatesSchema, { engineers: 10_001 })),
  ],
  [
    "cells of resolution 16",
    "search.candidates.resolution",
    "OUT_OF_RANGE",
    (r) => (r.search!.candidates = create(CandidatesSchema, { resolution: 16 })),
  ],
  [
    "all pairs and candidates",
    "search.candidates",
    "NOT_ALLOWED",
    (r) => (r.search!.candidates = create(CandidatesSchema, { allPairs: true, engineers: 5 })),
  ],
  ["unknown search mode", "search.mode", "UNKNOWN_ENUM", (r) => (r.search!.mode = enumeration(5))],
  ["unknown explained order", "explain.order_ids[0]", "UNKNOWN_ORDER", (r) => (r.explain!.orderIds = ["o9"])],
  [
    "unknown explained engineer",
    "explain.engineer_ids[0]",
    "UNKNOWN_ENGINEER",
    (r) => (r.explain!.engineerIds = ["e9"]),
  ],
  // The current plan.
  [
    "route of nobody",
    "current_plan.routes[0].engineer_id",
    "UNKNOWN_ENGINEER",
    (r) => (r.currentPlan!.routes[0]!.engineerId = "e9"),
  ],
  // e1 has shifts 0 and 1.
  [
    "third shift of two",
    "current_plan.routes[0].shift_index",
    "UNKNOWN_SHIFT",
    (r) => {
      r.currentPlan!.routes[0]!.shiftIndex = 2;
    },
  ],
  [
    "two routes of one shift",
    "current_plan.routes[1]",
    "DUPLICATE",
    (r) => r.currentPlan!.routes.push({ ...r.currentPlan!.routes[0]!, stops: [] }),
  ],
  ["stop without kind", "current_plan.routes[0].stops[2].kind", "UNKNOWN_ENUM", (r) => (stops(r)[2]!.kind = 0)],
  [
    "stop at an unknown order",
    "current_plan.routes[0].stops[1].order_id",
    "UNKNOWN_ORDER",
    (r) => (stops(r)[1]!.orderId = "o9"),
  ],
  [
    "stop at an unknown centre",
    "current_plan.routes[0].stops[0].operating_centre_id",
    "UNKNOWN_CENTRE",
    (r) => (stops(r)[0]!.operatingCentreId = ""),
  ],
  [
    "order in a route and left out",
    "current_plan.unassigned[0].order_id",
    "DUPLICATE",
    (r) => (r.currentPlan!.unassigned[0]!.orderId = "o1"),
  ],
  [
    "second break of one",
    "current_plan.routes[0].stops[2].break_index",
    "UNKNOWN_BREAK",
    (r) => (stops(r)[2]!.breakIndex = 1),
  ],
  ["break had twice", "current_plan.routes[0].stops[3].break_index", "DUPLICATE", (r) => stops(r).push(stops(r)[2]!)],
  [
    "part that its order does not ask for",
    "current_plan.routes[0].stops[1].parts[0].sku",
    "UNKNOWN_SKU",
    (r) => (stops(r)[1]!.parts[0]!.sku = "screen-z"),
  ],
  [
    "part of an unknown centre",
    "current_plan.routes[0].stops[1].parts[0].operating_centre_id",
    "UNKNOWN_CENTRE",
    (r) => (stops(r)[1]!.parts[0]!.operatingCentreId = "c9"),
  ],
  [
    "part lent by nobody",
    "current_plan.routes[0].stops[1].parts[0].lender_engineer_id",
    "UNKNOWN_ENGINEER",
    (r) => (stops(r)[1]!.parts[0]!.lenderEngineerId = "e9"),
  ],
  [
    "pick-up that the centre does not stock",
    "current_plan.routes[0].stops[0].pick_ups[0].sku",
    "UNKNOWN_SKU",
    (r) => {
      stops(r)[0]!.lock = Stop_Lock.SEQUENCE;
      stops(r)[0]!.pickUps[0]!.sku = "screen-y";
    },
  ],
  [
    // The supply stop before it is done: what it gave is in the van's stock, which is none.
    "locked stop without its parts",
    "current_plan.routes[0].stops[1].order_id",
    "LEDGER",
    (r) => {
      engineer(r).stock = [];
      order(r).parts = [{ ...order(r).parts[0]!, substituteSkus: [] }];
    },
  ],
  ["unknown lock", "current_plan.routes[0].stops[2].lock", "UNKNOWN_ENUM", (r) => (stops(r)[2]!.lock = enumeration(7))],
  [
    "done after a lock on time",
    "current_plan.routes[0].stops[2].lock",
    "LOCK_ORDER",
    (r) => {
      stops(r)[2]!.lock = Stop_Lock.DONE;
      stops(r)[2]!.departure = time("2026-11-23T03:30:00Z");
    },
  ],
  [
    "sequence after a free stop",
    "current_plan.routes[0].stops[1].lock",
    "LOCK_ORDER",
    (r) => (stops(r)[0]!.lock = Stop_Lock.NONE),
  ],
  [
    "two started stops",
    "current_plan.routes[0].stops[1].lock",
    "LOCK_ORDER",
    (r) => {
      stops(r)[0]!.lock = Stop_Lock.STARTED;
      stops(r)[1]!.lock = Stop_Lock.STARTED;
    },
  ],
  ["lock on no time", "current_plan.routes[0].stops[1].start", "REQUIRED", (r) => delete stops(r)[1]!.start],
  [
    "done without an end",
    "current_plan.routes[0].stops[0].departure",
    "REQUIRED",
    (r) => delete stops(r)[0]!.departure,
  ],
  [
    "part use without source",
    "current_plan.routes[0].stops[1].parts[0].source",
    "UNKNOWN_ENUM",
    (r) => (stops(r)[1]!.parts[0]!.source = 0),
  ],
  [
    "pick-up of nothing",
    "current_plan.routes[0].stops[0].pick_ups[0].quantity",
    "OUT_OF_RANGE",
    (r) => (stops(r)[0]!.pickUps[0]!.quantity = 0),
  ],
  [
    "loan without lender",
    "current_plan.routes[0].stops[2].loan.lender_engineer_id",
    "UNKNOWN_ENGINEER",
    (r) => (stops(r)[2]!.kind = Stop_Kind.LOAN),
  ],
];

/** Order o2 by another name, which the current plan leaves out. */
function rename(request: AssignRequest, id: string): void {
  request.orders[1]!.id = id;
  request.currentPlan!.unassigned = [];
}

function setGeo(request: AssignRequest, field: "latitude" | "longitude", value: number): void {
  const position = order(request).place!.position;
  if (position.case === "geo") position.value[field] = value;
}

function setLegLimit(request: AssignRequest, limitS: number): void {
  engineer(request).maxLegDuration = seconds(limitS);
}

function addSpeed(request: AssignRequest): void {
  const source = request.travel!.source;
  if (source.case === "greatCircle") source.value.speeds.push(speed(request));
}

/** All places on one line of `width` units: orders at the ends, everything else at 0. */
function toPlanar(request: AssignRequest, width: number): void {
  const at = (x: number) => create(PlaceSchema, { position: { case: "planar", value: { x, y: 0 } } });
  request.travel = fromJson(TravelSchema, { planar: {} });
  request.orders.forEach((row, index) => {
    row.place = at(index * width);
  });
  for (const row of request.engineers)
    for (const one of row.shifts) {
      one.startPlace = at(0);
      if (one.endPlace) one.endPlace = at(0);
    }
  centre(request).place = at(0);
}

describe("validate", () => {
  test("finds nothing in a valid request", () => {
    expect(validate(sampleRequest())).toEqual([]);
  });

  test("finds nothing in valid planar and matrix requests", () => {
    const planar = sampleRequest();
    toPlanar(planar, 1000);
    const matrices = sampleRequest();
    withMatrix(matrices);
    expect([validate(planar), validate(matrices)]).toEqual([[], []]);
  });

  test("takes tenths of a second where a second has ten ticks", () => {
    const request = sampleRequest();
    request.ticksPerSecond = 10;
    order(request).serviceDuration = seconds(60, 300_000_000);
    expect(validate(request)).toEqual([]);
  });

  test.each(CASES)("%s: %s is %s", (_name, field, code, breakIt) => {
    const request = sampleRequest();
    breakIt(request);
    const found = validate(request).map((violation) => ({ field: violation.field, code: violation.code }));
    expect(found).toContainEqual({ field, code });
    // One thing is broken, so nothing but that kind of violation may come out of it.
    expect(new Set(found.map((violation) => violation.code))).toEqual(new Set([code]));
  });

  test("gives all violations at once in the order of the request, each with its value", () => {
    const request = sampleRequest();
    request.search!.workers = 100;
    request.orders[1]!.priority = 200;
    order(request).operatingCentreId = "c9";
    request.timeZone = "Nowhere";
    expect(validate(request)).toEqual([
      { field: "time_zone", code: "UNKNOWN_TIME_ZONE", description: expect.stringContaining('"Nowhere"') },
      { field: "orders[0].operating_centre_id", code: "UNKNOWN_CENTRE", description: expect.stringContaining('"c9"') },
      { field: "orders[1].priority", code: "OUT_OF_RANGE", description: "must be at most 100, is 200" },
      { field: "search.workers", code: "OUT_OF_RANGE", description: "must be at most 64, is 100" },
    ]);
  });

  test("lists ten bad values of a matrix and counts the rest", () => {
    const request = sampleRequest();
    // 4 x 4 with a diagonal of 0: 12 bad values, so ten rows and one that says 2 more.
    withMatrix(request, { size: 4, durations: Array.from({ length: 16 }, (_, at) => (at % 5 === 0 ? 0 : -5)) });
    const found = validate(request);
    expect(found).toHaveLength(11);
    expect(found[10]!.description).toContain("2 more");
  });

  test("refuses more orders, engineers and centres than the limits", () => {
    const request = sampleRequest();
    const copies = <T extends { id: string }>(one: T, count: number) =>
      Array.from({ length: count }, (_, row) => ({ ...one, id: `x${row}` }));
    request.orders.push(...copies(request.orders[1]!, 50_000 - 1));
    request.engineers.push(...copies(request.engineers[1]!, 20_000 - 1));
    request.operatingCentres.push(...copies(centre(request), 1_000));
    expect(validate(request)).toEqual([
      { field: "orders", code: "TOO_MANY", description: "must have at most 50000 entries, has 50001" },
      { field: "engineers", code: "TOO_MANY", description: "must have at most 20000 entries, has 20001" },
      { field: "operating_centres", code: "TOO_MANY", description: "must have at most 1000 entries, has 1001" },
    ]);
  });

  test("groups the violations of orders by their index for leaving them out", () => {
    const request = sampleRequest();
    request.orders[1]!.priority = 200;
    request.orders[1]!.severity = 11;
    engineer(request).wagePerHourMinor = -1n;
    const found = validate(request);
    expect(found).toHaveLength(3);
    expect([...invalidOrderRows(found)].map(([row, list]) => [row, list.length])).toEqual([[1, 2]]);
  });

  test("never throws, whatever value any field has", () => {
    const values = fc.oneof(
      fc.anything({ withBigInt: true, maxDepth: 2 }),
      fc.constantFrom(
        Number.NaN,
        Number.POSITIVE_INFINITY,
        -1,
        0,
        2 ** 31,
        -1n,
        1n << 70n,
        "",
        null,
        undefined,
        [],
        {},
      ),
    );
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 9 }), values, (steps, value) => {
        const request = sampleRequest();
        putAnywhere(request, steps, value);
        for (const violation of validate(request)) expect(violation.field).toMatch(/^[a-z]/);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
});

describe("unsupported", () => {
  test("answers nothing for what this version solves", () => {
    expect(unsupported(sampleRequest())).toBeUndefined();
  });

  test("names the field of a lock that a round cannot keep", () => {
    const request = sampleRequest();
    request.search!.mode = SearchOptions_Mode.MATCH;
    const stop = stops(request).findIndex(({ lock }) => lock !== Stop_Lock.STARTED && lock !== Stop_Lock.DONE);
    stops(request)[stop]!.lock = Stop_Lock.SEQUENCE;
    expect(unsupported(request)).toContain(`current_plan.routes[0].stops[${stop}].lock`);
  });
});
