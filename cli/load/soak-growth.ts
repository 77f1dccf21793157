// Whether memory and handles of a server stayed where they were under load.
import type { SoakSample } from "./soak-chart.ts";

/** What is looked at. */
const SOAK_KEYS = ["residentMb", "handles", "files"] as const;

/** Growth of the last third over the second that is still called flat: a twentieth, and 5 beyond. */
const FLAT = 1.05;
const SLACK = 5;

/** Seconds of load below which thirds say nothing: V8 collects old garbage about once a minute, and memory rises for the first. */
export const SOAK_SECONDS = 240;

/** The lowest and the highest value of a part of the samples. */
export type Range = readonly [lowest: number, highest: number];

/**
 * One value in the second and in the last third of the samples. Garbage comes and goes, which moves the lowest or the highest of a third; what leaks lifts both.
 */
export interface SoakGrowth {
  readonly key: (typeof SOAK_KEYS)[number];
  readonly second: Range;
  readonly last: Range;
  readonly flat: boolean;
}

/** The growth of each value over the samples, in their order; nothing where they are of less than SOAK_SECONDS. */
export function soakGrowth(samples: readonly SoakSample[]): SoakGrowth[] {
  if ((samples.at(-1)?.seconds ?? 0) - (samples[0]?.seconds ?? 0) < SOAK_SECONDS) return [];
  return SOAK_KEYS.map((key) => {
    const third = (from: number): Range => {
      const begin = Math.floor((from * samples.length) / 3);
      const end = Math.floor(((from + 1) * samples.length) / 3);
      const values = samples.slice(begin, end).map((one) => one[key]);
      return [Math.min(...values), Math.max(...values)];
    };
    const second = third(1);
    const last = third(2);
    return { key, second, last, flat: last.some((value, side) => value <= second[side]! * FLAT + SLACK) };
  });
}
