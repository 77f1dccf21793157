// Made-up VRPTW instances in the style and text format of Solomon (1987), of any size, from a seed.
import { randomFrom } from "./city/random.ts";

export interface VrptwOptions {
  /** Customers, 1 to 10,000. */
  readonly customers: number;
  /** Where they are: anywhere, in clusters of about 12, or half of them so and half so (Solomon's R, C and RC). */
  readonly placement: "random" | "clustered" | "mixed";
  /**
   * "narrow": short days of about ten customers a route, windows of 10 to 30 (Solomon's class 1); "wide": days four times as long,
   * windows of 80 to 240, five times the capacity (class 2).
   */
  readonly windows: "narrow" | "wide";
  /** Seed, a whole number from 0 to 2^32 - 1. */
  readonly seed: number;
}

const SERVICE = 10;
/** Customers with a window of their own, per cent; the others may be served all day. */
const WITH_WINDOW = 75;
const CLASSES = {
  narrow: { reaches: 3, spare: 20, window: [10, 30], capacity: 200 },
  wide: { reaches: 12, spare: 100, window: [80, 240], capacity: 1000 },
} as const;

/**
 * The text of an instance for `solomonRequest` and `solomonCost`. 100 customers lie in a square of side 100 and more of them in a larger
 * one, as densely; the depot is in the middle, there is a vehicle for every four customers, and each customer can be served
 * alone. Whole numbers only: the same options give the same text on every machine.
 *
 * @throws RangeError naming the option and its value.
 */
export function generateVrptw({ customers, placement, windows, seed }: VrptwOptions): string {
  if (!Number.isInteger(customers) || customers < 1 || customers > 10_000)
    throw new RangeError(`customers: must be a whole number from 1 to 10000, got ${customers}`);
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32)
    throw new RangeError(`seed: must be a whole number from 0 to ${2 ** 32 - 1}, got ${seed}`);
  const { reaches, spare, window, capacity } = CLASSES[windows];
  const random = randomFrom(seed);
  const side = Math.round(10 * Math.sqrt(customers));
  const middle = Math.round(side / 2);
  const distanceOf = (x: number, y: number) => Math.ceil(Math.sqrt((x - middle) ** 2 + (y - middle) ** 2));
  const day = reaches * distanceOf(0, 0) + spare;

  const anywhere = () => [random.int(0, side), random.int(0, side)] as const;
  const clusters = Array.from({ length: Math.ceil(customers / 12) }, anywhere);
  const inside = (value: number) => Math.max(0, Math.min(side, value));
  const nearby = (value: number) => inside(value + random.int(-4, 4) + random.int(-4, 4));
  const placeOf = (index: number) => {
    if (placement === "random" || (placement === "mixed" && index % 2 === 0)) return anywhere();
    const [x, y] = random.pick(clusters);
    return [nearby(x), nearby(y)] as const;
  };

  const rows = Array.from({ length: customers }, (_, index) => {
    const [x, y] = placeOf(index);
    const way = distanceOf(x, y);
    // Back in time when service begins as late as the window allows.
    const latest = day - way - SERVICE;
    const demand = random.int(1, 30);
    if (!random.chance(WITH_WINDOW)) return [index + 1, x, y, demand, 0, latest, SERVICE];
    const length = random.int(window[0], window[1]);
    const ready = random.int(way, Math.max(way, latest - length));
    return [index + 1, x, y, demand, ready, Math.min(latest, ready + length), SERVICE];
  });
  return [
    `${placement}-${windows}-${customers}-${seed}`,
    "",
    "VEHICLE",
    "NUMBER CAPACITY",
    `${Math.ceil(customers / 4)} ${capacity}`,
    "",
    "CUSTOMER",
    "CUST NO. XCOORD. YCOORD. DEMAND READY TIME DUE DATE SERVICE TIME",
    ...[[0, middle, middle, 0, 0, day, 0], ...rows].map((row) => row.join(" ")),
    "",
  ].join("\n");
}
