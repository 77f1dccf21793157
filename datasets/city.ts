// A made-up day of a phone and appliance repair platform in Hangzhou, from a seed.
import { create } from "@bufbuild/protobuf";
import { type AssignRequest, AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Order } from "../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { JOBS, SCARCE_SKU, TRADES } from "./city/catalogue.ts";
import { at, between, minutes } from "./city/clock.ts";
import { centrePlace } from "./city/districts.ts";
import { drawEngineer } from "./city/engineers.ts";
import { type Lenders, setLenders } from "./city/lending.ts";
import { drawOrder } from "./city/orders.ts";
import { randomFrom } from "./city/random.ts";
import { restock, USUAL_VAN_STOCK } from "./city/van-stock.ts";

export interface CityOptions {
  /** Orders over all centres, 0 to 50,000; default 125. */
  readonly orders?: number;
  /** Engineers over all centres, at least one for each centre, at most 20,000; default 38. */
  readonly engineers?: number;
  /** Operating centres, 1 to 1,000, each with a city of its own beside the others; default 1. */
  readonly centres?: number;
  /** Seed, a whole number from 0 to 2^32 - 1; default 1. */
  readonly seed?: number;
  /** Percent of the SKUs of its trade that a van carries, 0 to 100; default 60. A higher level only adds to a lower one. */
  readonly vanStock?: number;
  /** Whether the centres have parts; default true. */
  readonly centreStock?: boolean;
  /** Who lends parts; default `consent`, everybody who consents. */
  readonly lenders?: Lenders;
}

/**
 * A request for 2026-11-23 in Asia/Shanghai, planned at 08:00 local time; docs/datasets.md describes what is in it.
 *
 * The same options give the same bytes on every machine. Orders and engineers are split over the centres as evenly as whole numbers
 * allow, the first centres taking one more.
 *
 * @throws RangeError naming the option and its value.
 */
export function generateCity(options: CityOptions = {}): AssignRequest {
  const centres = within("centres", options.centres ?? 1, 1, 1_000);
  const engineers = within("engineers", options.engineers ?? 38, centres, 20_000);
  const orders = within("orders", options.orders ?? 125, 0, 50_000);
  const seed = within("seed", options.seed ?? 1, 0, 2 ** 32 - 1);
  const vanStock = within("vanStock", options.vanStock ?? USUAL_VAN_STOCK, 0, 100);

  const cities = Array.from({ length: centres }, (_, city) => {
    const centreId = `c${city + 1}`;
    // Streams of their own: another number of orders leaves the engineers as they are.
    const [engineerRandom, orderRandom] = [0, 1].map((part) =>
      randomFrom(Math.imul(seed, 0x9e3779b1) + 2 * city + part),
    );
    const crew = share(engineers, centres, city).map((number, index) =>
      drawEngineer(engineerRandom!, `e${padded(number, engineers)}`, index, city, centreId),
    );
    const numbers = share(orders, centres, city);
    const asked = numbers.map((number, index) =>
      drawOrder(orderRandom!, `o${padded(number, orders)}`, index, { city, centreId, crew, count: numbers.length }),
    );
    const centre = centreOf(city, centreId, asked);
    // After all that hangs on draws: levels of stock leave the rest of the day as it is.
    const stockRandom = randomFrom((Math.imul(seed, 0x9e3779b1) + city) ^ 0x80000000);
    for (const engineer of crew) restock(stockRandom, engineer, vanStock);
    return { crew, asked, centre: options.centreStock === false ? { ...centre, stock: [] } : centre };
  });
  const request = create(AssignRequestSchema, {
    requestId: `city-${orders}-${engineers}-${centres}-${seed}`,
    labels: { made_by: "generated city" },
    now: at(8),
    timeZone: "Asia/Shanghai",
    currencyCode: "CNY",
    ticksPerSecond: 1,
    orders: cities.flatMap(({ asked }) => asked),
    engineers: cities.flatMap(({ crew }) => crew),
    operatingCentres: cities.map(({ centre }) => centre),
    travel: { source: { case: "greatCircle", value: {} } },
  });
  setLenders(request, options.lenders ?? "consent");
  return request;
}

function within(name: string, value: number, low: number, high: number): number {
  if (!Number.isInteger(value) || value < low || value > high)
    throw new RangeError(`${name}: must be a whole number from ${low} to ${high}, got ${value}`);
  return value;
}

/** Numbers, from 1, of the things that fall to centre number `city`. */
function share(total: number, centres: number, city: number): number[] {
  const first = Math.floor((total * city + centres - 1) / centres);
  const end = Math.floor((total * (city + 1) + centres - 1) / centres);
  return Array.from({ length: end - first }, (_, index) => first + index + 1);
}

const padded = (number: number, total: number) => `${number}`.padStart(Math.max(3, `${total}`.length), "0");

/** The centre has what its orders need and two more of each SKU, but only one of the scarce one. */
function centreOf(city: number, id: string, orders: readonly Order[]) {
  const needed = new Map<string, number>();
  for (const { sku, quantity } of orders.flatMap((order) => order.parts))
    needed.set(sku, (needed.get(sku) ?? 0) + quantity);
  const skus = new Set(JOBS.flatMap((job) => job.skus));
  return {
    id,
    name: `Centre ${city + 1}`,
    place: centrePlace(city),
    openingWindows: [between(8, 20)],
    stock: [...skus].map((sku) => ({ sku, quantity: sku === SCARCE_SKU ? 1 : (needed.get(sku) ?? 0) + 2 })),
    toolIds: [...new Set(TRADES.flatMap((trade) => [...trade.tools, ...trade.extraTools]))],
    pickDuration: minutes(10),
    pickFeeMinor: 500n,
  };
}
