// Travel that depends on the hour: how long a leg takes that begins at a given moment, and when to leave to be there in time (docs/plan.md,
// "Travel by the hour").
import type { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { Travel } from "./travel.ts";

/** Slices of time with times of their own; slice 0 has always been, and the last one stays. */
export interface Hours {
  /** First ticks of slices 1, 2 and so on, after `now`, ascending. */
  readonly starts: readonly number[];
  /** Ticks of a leg that lies within one slice; -1 = no way, which is so in every slice or in none. */
  duration(slice: number, mode: VehicleMode, from: number, to: number): number;
  /** Slices and vehicle modes with equal keys have the same times. */
  key(slice: number, mode: VehicleMode): string;
}

type Leg = readonly [mode: VehicleMode, from: number, to: number];

/** The whole way, in shares. */
const WAY = 1n << 60n;

/** Shares that a tick covers in a slice in which the leg takes `ticks` > 0: so many that alone they take no longer than `ticks`. */
const speedOf = (ticks: number) => (WAY - 1n) / BigInt(ticks) + 1n;

/** Ticks for so many shares, rounded up. */
const ticksFor = (shares: bigint, speed: bigint) => Number((shares - 1n) / speed) + 1;

const startOf = ({ starts }: Hours, slice: number) => (slice === 0 ? Number.NEGATIVE_INFINITY : starts[slice - 1]!);
const endOf = ({ starts }: Hours, slice: number) => starts[slice] ?? Number.POSITIVE_INFINITY;

/** The slice of a moment. */
export function sliceAt({ starts }: Pick<Hours, "starts">, moment: number): number {
  let slice = 0;
  while (slice < starts.length && starts[slice]! <= moment) slice++;
  return slice;
}

/** Ticks of a leg that begins at `departure`; -1 = no way. */
export function legTicks(travel: Travel, departure: number, ...leg: Leg): number {
  const { hours } = travel;
  if (!hours) return travel.duration(...leg);
  let slice = sliceAt(hours, departure);
  let ticks = hours.duration(slice, ...leg);
  if (ticks < 0 || departure + ticks <= endOf(hours, slice)) return ticks;
  let left = WAY;
  let time = departure;
  for (;;) {
    if (ticks === 0) return time - departure;
    const speed = speedOf(ticks);
    const end = endOf(hours, slice);
    const rest = ticksFor(left, speed);
    if (time + rest <= end) return time + rest - departure;
    left -= speed * BigInt(end - time);
    time = end;
    ticks = hours.duration(++slice, ...leg);
  }
}

/** The last moment to leave at that is in time for `arrival`, on a leg that exists. */
export function lastDeparture(travel: Travel, arrival: number, ...leg: Leg): number {
  const { hours } = travel;
  if (!hours) return arrival - travel.duration(...leg);
  let slice = sliceAt(hours, arrival);
  let ticks = hours.duration(slice, ...leg);
  if (arrival - ticks >= startOf(hours, slice)) return arrival - ticks;
  let left = WAY;
  let time = arrival;
  for (;;) {
    // At the border itself the slower slice has begun.
    if (ticks === 0) return time - 1;
    const speed = speedOf(ticks);
    const start = startOf(hours, slice);
    const rest = ticksFor(left, speed);
    if (time - rest >= start) return time - rest;
    left -= speed * BigInt(time - start);
    time = start;
    ticks = hours.duration(--slice, ...leg);
  }
}
