// Ways that take longer or shorter by the hour (docs/plan.md, "Travel by the hour").
import type { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { Facts } from "./facts.ts";

/** A way whose time depends on when it begins; moments are ticks of the clock. */
export interface Way {
  /** The first tick at the far end. */
  arrival(departure: number): number;
  /** The last tick to leave at and be there by `arrival`. */
  departure(arrival: number): number;
}

const WHOLE = 2n ** 60n;

const roundedUp = (dividend: bigint, divisor: bigint) => (dividend + divisor - 1n) / divisor;

/** The way between two rows; undefined where its time does not depend on the hour, or where there is none. */
export function wayByHour(
  { travel, clock }: Pick<Facts, "travel" | "clock">,
  mode: VehicleMode,
  from: number,
  to: number,
): Way | undefined {
  const { hours } = travel;
  if (!hours || from === to) return undefined;
  const begins = hours.starts.map((start) => start + clock.now);
  const takes = [0, ...hours.starts].map((_, slice) => hours.duration(slice, mode, from, to));
  if (takes.some((ticks) => ticks < 0) || new Set(takes).size === 1) return undefined;
  const slowest = Math.max(...takes);
  const arrival = (departure: number): number => {
    let left = WHOLE;
    let now = BigInt(departure);
    for (const [slice, ticks] of takes.entries()) {
      const until = begins[slice];
      if (until !== undefined && BigInt(until) <= now) continue;
      if (ticks === 0) break;
      const perTick = roundedUp(WHOLE, BigInt(ticks));
      const here = until === undefined ? undefined : (BigInt(until) - now) * perTick;
      if (here === undefined || here >= left) {
        now += roundedUp(left, perTick);
        break;
      }
      left -= here;
      now = BigInt(until!);
    }
    return Number(now);
  };
  const departure = (by: number): number => {
    // Never too late at the first, and too late past the second.
    let [early, late] = [by - slowest, by + 1];
    while (late - early > 1) {
      const middle = Math.floor((early + late) / 2);
      if (arrival(middle) <= by) early = middle;
      else late = middle;
    }
    return early;
  };
  return { arrival, departure };
}

/** Ticks of the leg that begins at `departure`; where that is not known, in the quickest slice. -1: there is no way. */
export function ticksFrom(
  facts: Pick<Facts, "travel" | "clock">,
  mode: VehicleMode,
  from: number,
  to: number,
  departure: number | undefined,
): number {
  const way = departure === undefined ? undefined : wayByHour(facts, mode, from, to);
  if (!way) return facts.travel.duration(mode, from, to) ?? -1;
  const whole = Math.round(departure!);
  return way.arrival(whole) - whole;
}
