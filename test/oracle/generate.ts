// Tiny random requests on which every rule of a plan matters; the same seed gives the same request.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type {
  EngineerSchema,
  OperatingCentreSchema,
  ShiftSchema,
} from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { OrderSchema } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { Measure, type ObjectiveSchema, type PolicySchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { at, between, lasts, point } from "./build.ts";

const MOST_ORDERS = 6;
/** Places lie on a square of this many ticks a side. */
const SIDE = 40;
/** Shifts and windows lie in this many ticks. */
const DAY = 300;

/** Draws by mulberry32 (Tommy Ettinger, 2017, public domain). */
export function drawsOf(seed: number) {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    /** A whole number from low to high, both inclusive. */
    whole: (low: number, high: number) => low + Math.floor(next() * (high - low + 1)),
    /** True so many times in a hundred. */
    chance: (percent: number) => next() * 100 < percent,
    one: <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)]!,
  };
}

export type Draws = ReturnType<typeof drawsOf>;

/** Three to six orders, one to three engineers, at most one centre; windows tight and parts scarce. */
export function tinyRequest(seed: number): AssignRequest {
  const draws = drawsOf(seed);
  const engineers = Array.from({ length: draws.one([1, 2, 2, 3]) }, (_, row) => engineer(draws, `e${row + 1}`));
  const ids = engineers.map(({ id }) => id);
  return create(AssignRequestSchema, {
    requestId: `tiny-${seed}`,
    now: at(draws.chance(25) ? draws.whole(1, 60) : 0),
    timeZone: "UTC",
    currencyCode: "CNY",
    ticksPerSecond: 1,
    orders: Array.from({ length: draws.whole(3, MOST_ORDERS) }, (_, row) => order(draws, `o${row + 1}`, ids)),
    engineers,
    operatingCentres: [centre(draws)],
    travel: { source: { case: "planar", value: {} } },
    objective: objective(draws),
    policy: policy(draws),
    search: { iterations: 3000n, seed: BigInt(seed) },
  });
}

const somewhere = (draws: Draws) => point(draws.whole(0, SIDE), draws.whole(0, SIDE));

function order(draws: Draws, id: string, engineerIds: string[]): MessageInitShape<typeof OrderSchema> {
  const { chance, whole, one } = draws;
  const early = whole(0, DAY - 80);
  const first = between(early, early + whole(0, 120));
  const windows = chance(15) ? [] : chance(25) ? [first, between(early + 130, early + 130 + whole(0, 60))] : [first];
  return {
    id,
    place: somewhere(draws),
    windows,
    serviceDuration: lasts(whole(0, 30)),
    ...(chance(30) ? { setupDuration: lasts(whole(1, 6)) } : {}),
    ...(chance(35) ? { latenessGrace: lasts(whole(1, 40)) } : {}),
    ...(chance(30) ? { priority: whole(1, 3) } : {}),
    ...(chance(20) ? { priceMinor: BigInt(whole(0, 300)) } : {}),
    ...(chance(25) ? { skills: { allOf: [one(["gas", "ice"])] } } : {}),
    ...(chance(15) ? { proficiencies: [{ skillId: "gas", level: whole(1, 9), hard: chance(20) }] } : {}),
    parts: ["A", "B"].flatMap((sku) => (chance(35) ? [{ sku, quantity: whole(1, 2) }] : [])),
    toolIds: chance(25) ? [one(["meter", "ladder"])] : [],
    loads: chance(40) ? [{ dimension: "kg", amount: whole(1, 5) }] : [],
    ...(chance(20)
      ? {
          engineerPreference: chance(30)
            ? { excludedEngineerIds: [one(engineerIds)] }
            : { preferredEngineerIds: [one(engineerIds)] },
        }
      : {}),
    declinedEngineerIds: chance(6) ? [one(engineerIds)] : [],
    vehicleAccess: chance(10) ? [VehicleMode.E_BIKE] : [],
    ...(chance(40) ? { severity: whole(0, 10), createdAt: at(-whole(0, 50_000)) } : {}),
    ...(chance(30) ? { visitDueAt: at(early + whole(0, 100)) } : {}),
    ...(chance(40) ? { trustValueMinor: BigInt(whole(0, 50)), takenAlong: chance(50) } : {}),
    ...(chance(20) ? { budgetMinor: BigInt(whole(20, 200)) } : {}),
    ...(chance(20) ? { visitFeeMinor: BigInt(whole(0, 20)) } : {}),
  };
}

function engineer(draws: Draws, id: string): MessageInitShape<typeof EngineerSchema> & { id: string } {
  const { chance, whole } = draws;
  const start = whole(0, 60);
  // A whole day, or a morning and an afternoon.
  const shifts = chance(25)
    ? [shift(draws, start, start + whole(80, 120)), shift(draws, start + 140, start + whole(220, 280))]
    : [shift(draws, start, start + whole(140, 300))];
  return {
    id,
    shifts,
    vehicleMode: chance(30) ? VehicleMode.E_BIKE : VehicleMode.CAR,
    skills: ["gas", "ice"].flatMap((skillId) =>
      chance(85)
        ? [{ skillId, level: whole(0, 10), ...(chance(20) ? { validUntil: at(whole(100, DAY + 60)) } : {}) }]
        : [],
    ),
    toolIds: ["meter", "ladder"].filter(() => chance(55)),
    stock: ["A", "B"].flatMap((sku) => (chance(60) ? [{ sku, quantity: whole(0, 3) }] : [])),
    capacities: [{ dimension: "kg", amount: whole(6, 15) }],
    ...(chance(20) ? { partCapacity: whole(2, 6) } : {}),
    ...(chance(15) ? { maxOrders: whole(1, 4) } : {}),
    // Not so short that orders are within reach only by way of others: the search puts orders in one at a time.
    ...(chance(10) ? { maxLegDuration: lasts(whole(45, 58)) } : {}),
    ...(chance(40) ? { trustLimitMinor: BigInt(whole(30, 120)), trustCarriedMinor: BigInt(whole(0, 20)) } : {}),
    ...(chance(40) ? { wagePerHourMinor: BigInt(whole(0, 9000)), costPerKmMinor: BigInt(whole(0, 900)) } : {}),
    // The oracle prices routes one by one: the work of several shifts is no sum.
    ...(shifts.length === 1 && chance(40) ? { workload: { minutes: whole(0, 5), targetMinutes: whole(1, 9) } } : {}),
  };
}

function shift(draws: Draws, start: number, end: number): MessageInitShape<typeof ShiftSchema> {
  const { chance, whole } = draws;
  const pauseStart = whole(start + 10, end - 20);
  const pause = {
    window: between(pauseStart, pauseStart + whole(0, 60)),
    duration: lasts(whole(5, 20)),
    paid: chance(40),
    ...(chance(25) ? { place: somewhere(draws) } : {}),
    ...(chance(30) ? { priceMinor: BigInt(whole(0, 60)) } : {}),
  };
  const home = somewhere(draws);
  return {
    time: between(start, end),
    startPlace: home,
    ...(chance(75) ? { endPlace: chance(80) ? home : somewhere(draws) } : {}),
    breaks: chance(35) ? [pause] : [],
    ...(chance(30) ? { maxOvertime: lasts(whole(1, 19)) } : {}),
    ...(chance(15) ? { maxOrders: whole(1, 3) } : {}),
    ...(chance(10) ? { maxTravelDuration: lasts(whole(60, 140)) } : {}),
    ...(chance(10) ? { maxDistanceM: BigInt(whole(60, 140)) } : {}),
    ...(chance(10) ? { maxWorkingDuration: lasts(whole(60, 180)) } : {}),
  };
}

function centre(draws: Draws): MessageInitShape<typeof OperatingCentreSchema> {
  const { chance, whole } = draws;
  const opens = whole(0, 60);
  // Off the whole-numbered square, so that no order shares its place and a pick-up never saves a set-up.
  const place = point(whole(0, SIDE) + 0.5, whole(0, SIDE) + 0.5);
  return {
    id: "c1",
    place,
    openingWindows: chance(40) ? [between(opens, opens + whole(80, 240))] : [],
    stock: ["A", "B"].flatMap((sku) =>
      chance(85) ? [chance(50) ? { sku, unlimited: true } : { sku, quantity: whole(0, 4), reserved: 0 }] : [],
    ),
    toolIds: ["meter", "ladder"].filter(() => chance(75)),
    pickDuration: lasts(whole(0, 10)),
    pickFeeMinor: BigInt(chance(30) ? whole(0, 30) : 0),
  };
}

function objective(draws: Draws): MessageInitShape<typeof ObjectiveSchema> {
  const second = draws.one([undefined, Measure.WORKING_TIME, Measure.DISTANCE]);
  const measures = second === undefined ? [] : [Measure.UNASSIGNED, second];
  return { levels: measures.map((measure) => ({ terms: [{ measure }] })) };
}

/** Weights small enough that a pair's cost competes with some minutes of travel. */
function policy(draws: Draws): MessageInitShape<typeof PolicySchema> {
  return {
    criteria: [
      { id: "proficiency_level", weightS: draws.whole(0, 60) },
      { id: "engineer_preference", weightS: draws.whole(0, 60) },
      { id: "route_cluster_fit", weightS: draws.whole(0, 60) },
      {
        id: "sla_response",
        mode: draws.whole(1, 3),
        weightS: draws.whole(0, 90),
        params: { worst_s: draws.whole(1, 60) },
      },
      { id: "order_priority", weightS: draws.whole(0, 200), params: { half_s: draws.whole(20, 200) } },
      { id: "workload_fairness", weightS: draws.whole(0, 200), params: { cap_s: draws.whole(0, 150) } },
      { id: "trust_limit", mode: draws.whole(1, 3), weightS: draws.whole(0, 60) },
      { id: "service_cost", mode: draws.whole(1, 3) },
    ],
  };
}
