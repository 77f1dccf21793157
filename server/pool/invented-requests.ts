// Invented requests with all that requests of a city have: what code is compiled for should look like what comes.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { EngineerSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { OrderSchema } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { type PlaceSchema, VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { SearchOptions_Mode, type SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";

/** Orders of the day, enough for the loops over orders to be compiled. */
const ORDERS = 200;
const ENGINEERS = 20;
const ITERATIONS = 2000n;
const DAY = 36_000;

/** Fewest orders of a round; there are as many engineers. */
const ROUND_SIZE = 25;

/** Midnight of the invented day, seconds since 1970. */
const MIDNIGHT = 1_767_225_600;
const moment = (seconds: number) => ({ seconds: BigInt(MIDNIGHT + seconds) });
const between = (start: number, end: number) => ({ start: moment(start), end: moment(end) });
const duration = (seconds: number) => ({ seconds: BigInt(seconds) });

/** A plain day of routes, searched for so many iterations. */
export function inventedDay(): AssignRequest {
  // Spread over a square by two numbers without a common period.
  const place = (index: number): MessageInitShape<typeof PlaceSchema> => ({
    position: { case: "planar", value: { x: (index * 379) % 1000, y: (index * 617) % 1000 } },
  });
  return create(AssignRequestSchema, {
    now: moment(0),
    timeZone: "UTC",
    ticksPerSecond: 1,
    orders: Array.from({ length: ORDERS }, (_, index) => ({
      id: `order-${index}`,
      place: place(index + 1),
      windows: [between((index * 97) % (DAY / 2), DAY)],
      serviceDuration: duration(600),
      loads: [{ dimension: "load", amount: 1 }],
    })),
    engineers: Array.from({ length: ENGINEERS }, (_, index) => ({
      id: `engineer-${index}`,
      capacities: [{ dimension: "load", amount: 20 }],
      shifts: [{ time: between(0, DAY), startPlace: place(0), endPlace: place(0) }],
    })),
    travel: { source: { case: "planar", value: {} } },
    search: { iterations: ITERATIONS, seed: 1n },
  });
}

/** A round of orders and engineers; another `variant` leaves out other fields and has other numbers in them. */
export function inventedRound(variant: number): AssignRequest {
  const rows = Array.from({ length: ROUND_SIZE + variant }, (_, index) => index);
  return create(AssignRequestSchema, {
    labels: { made_by: "invented" },
    now: moment(0),
    timeZone: "Asia/Shanghai",
    currencyCode: "CNY",
    ticksPerSecond: 1,
    orders: rows.map((index) => inventedOrder(index, index + variant)),
    engineers: rows.map((index) => inventedEngineer(index, index + variant)),
    operatingCentres: [
      {
        id: "centre",
        place: geographic(variant),
        openingWindows: [between(0, DAY)],
        stock: rows.slice(0, 12).map((index) => ({ sku: `part-${index}`, quantity: 9 })),
        toolIds: rows.slice(0, 5).map((index) => `tool-${index}`),
        pickDuration: duration(600),
        pickFeeMinor: 500n,
      },
    ],
    ...(variant % 2 === 0 && { travel: { source: { case: "greatCircle", value: {} } } }),
    search: inventedSearch(variant),
  });
}

/** Mostly the assignment of a round, now and then routes. */
const inventedSearch = (variant: number): MessageInitShape<typeof SearchOptionsSchema> =>
  variant % 4 === 3 ? { iterations: 200n, seed: 1n } : { mode: SearchOptions_Mode.MATCH, seed: 1n };

const kind = (number: number) => `kind-${number % 5}`;

function geographic(number: number): MessageInitShape<typeof PlaceSchema> {
  const value = { latitude: 30 + ((number * 379) % 1000) / 10_000, longitude: 120 + ((number * 617) % 1000) / 10_000 };
  return { position: { case: "geo", value }, address: number % 2 === 0 ? `Plum Lane ${number}` : `梅花巷${number}号` };
}

/** `shape` says which fields there are; each is left out in a rhythm of its own. */
function inventedOrder(index: number, shape: number): MessageInitShape<typeof OrderSchema> {
  const start = (shape * 97 * 60) % (DAY / 2);
  const windows = [between(start, start + 7200), between(DAY / 2 + start, DAY / 2 + start + 7200)];
  const some = [`engineer-${shape % ROUND_SIZE}`];
  const wishes = [
    { preferredEngineerIds: some, secondaryEngineerIds: [`engineer-${(shape + 1) % ROUND_SIZE}`] },
    { dislikedEngineerIds: some },
    { excludedEngineerIds: some },
    { requiredEngineerIds: some },
  ];
  return {
    id: `order-${index}`,
    labels: { channel: kind(shape) },
    place: geographic(shape + 1),
    windows: windows.slice(0, shape % 7 === 0 ? 2 : shape % 11 === 0 ? 0 : 1),
    ...(shape % 5 === 0 && { preferredWindow: between(start, start + 3600) }),
    serviceDuration: duration(1800 + 60 * (shape % 30)),
    setupDuration: duration(300),
    ...(shape % 9 === 0 && { latenessGrace: duration(900) }),
    createdAt: { seconds: BigInt(MIDNIGHT - 60 * shape) },
    visitDueAt: moment(start + 10_800),
    severity: shape % 10,
    priority: shape % 3 === 0 ? shape % 20 : 0,
    vipTier: shape % 13 === 0 ? 4 : 0,
    operatingCentreId: "centre",
    device: {
      category: "phone",
      brand: kind(shape),
      family: kind(shape),
      model: `model-${shape % 4}`,
      fault: kind(shape + 1),
      manufacturerWarranty: shape % 8 === 0,
    },
    skills: { allOf: [`skill-${kind(shape)}`] },
    proficiencies: [{ skillId: `skill-${kind(shape)}`, level: 3 + (shape % 3), hard: shape % 6 === 0 }],
    parts: [{ sku: `part-${shape % 12}`, quantity: 1, substituteSkus: shape % 7 === 0 ? ["part-substitute"] : [] }],
    toolIds: [`tool-${kind(shape)}`],
    loads: [{ dimension: "kg", amount: 1 + (shape % 9) }],
    customerAttributes: { languages: [shape % 10 === 0 ? "en" : "zh"] },
    ...(shape % 5 === 1 && { engineerPreference: wishes[shape % 4] }),
    ...(shape % 12 === 0 && { declinedEngineerIds: [`engineer-${(shape + 1) % ROUND_SIZE}`] }),
    ...(shape % 12 === 5 && { vehicleAccess: [VehicleMode.CAR] }),
    ...(shape % 10 === 4 && { budgetMinor: 20_000n }),
    ...(shape % 10 === 7 && { priceMinor: 9_000n }),
    ...(shape % 15 === 0 && {
      previousVisit: {
        engineerId: `engineer-${shape % ROUND_SIZE}`,
        finishedAt: { seconds: BigInt(MIDNIGHT - 86_400 * (shape % 20)) },
        held: shape % 2 === 0,
        rework: false,
      },
    }),
    trustValueMinor: BigInt(1_000 * shape),
    visitFeeMinor: shape % 5 === 0 ? 1_500n : 0n,
    takenAlong: shape % 14 === 0,
  };
}

function inventedEngineer(index: number, shape: number): MessageInitShape<typeof EngineerSchema> {
  const home = geographic(shape + 100);
  const tea = { window: between((2 * DAY) / 3, (3 * DAY) / 4), duration: duration(900), paid: true, priceMinor: 1500n };
  const lunch = { window: between(DAY / 3, DAY / 2), duration: duration(1800) };
  const families = [shape, shape + 1, shape + 2].slice(shape % 4);
  return {
    id: `engineer-${index}`,
    name: index % 9 === 0 ? `${index}` : `师傅${index}`,
    shifts: [
      {
        time: between(0, DAY - 600 * (shape % 4)),
        startPlace: home,
        ...(shape % 10 !== 0 && { endPlace: home }),
        ...(shape % 3 === 0 && { maxOvertime: duration(1800) }),
        breaks: shape % 10 === 3 ? [lunch, tea] : [lunch],
      },
    ],
    vehicleMode: shape % 3 === 0 ? VehicleMode.E_BIKE : VehicleMode.CAR,
    operatingCentreId: "centre",
    skills: [shape, shape + 1, shape + 2].map((skill) => ({
      skillId: `skill-${kind(skill)}`,
      level: shape % 8 === 0 ? 0 : 2 + (skill % 8),
      ...(skill % 3 === 0 && { validUntil: moment(skill % 2 === 0 ? DAY / 2 : 99 * DAY) }),
    })),
    brandCertificates: [shape, shape + 1].slice(shape % 11 === 0 ? 2 : 0).map((brand) => ({
      brand: kind(brand),
      ...(brand % 9 === 0 && { validUntil: moment(9 * DAY) }),
    })),
    toolIds: [`tool-${kind(shape)}`, `tool-${kind(shape + 1)}`],
    stock: families.map((part) => ({ sku: `part-${part % 12}`, quantity: 2, safetyStock: part % 2 })),
    partCapacity: 30,
    capacities: [{ dimension: "kg", amount: 20 + 10 * (shape % 9) }],
    lending: { mayLend: shape % 3 !== 0, hub: shape % 12 === 1 },
    maxOrders: 6 + (shape % 4),
    ...(shape % 4 === 0 && { maxLegDuration: duration(3600) }),
    trustLimitMinor: 3_000_000n,
    deviceExperience: families.map((family) => ({ family: kind(family), repairs: (7 * shape) % 40 })),
    rating: { stars: 4 + (shape % 11) / 10, count: 80 },
    onTime: { successes: 80 + (shape % 20), total: 100 },
    firstTimeFixes: families.map((family) => ({
      family: kind(family),
      rate: { successes: 60 + (shape % 37), total: 101 },
    })),
    acceptance: { own: { successes: 70 + (shape % 29), total: 100 }, peers: { successes: 9, total: 10 } },
    tier: {
      attendanceDays: 16 + (shape % 8),
      ordersPerDay: 2 + (shape % 40) / 10,
      targetDays: 22,
      targetOrdersPerDay: 4,
    },
    workload: {
      minutes: 2000 + (shape % 700),
      targetMinutes: 2400,
      orders: 15 + (shape % 17),
      targetOrders: 24,
      earningsMinor: BigInt(1000 * shape),
      targetEarningsMinor: 240_000n,
    },
    languages: shape % 4 === 0 ? ["zh", "en"] : ["zh"],
    wagePerHourMinor: 3000n + BigInt(100 * (shape % 30)),
    costPerKmMinor: shape % 3 === 0 ? 20n : 90n,
  };
}
