// Whether memory and handles of a server stayed where they were under load.
import type { SoakSample } from "./soak-chart.ts";

/** What is looked at. */
const SOAK_KEYS = ["residentMb", "handles", "files"] as const;

/** Growth of the last third over the second that is still called flat: a twentieth, and 5 beyond. */
const FLAT = 1.05;
const SLACK = 5;

/** One value at its lowest in the second and in the last third of the samples: garbage comes and goes above it, what leaks lifts it. */
export interface SoakGrowth {
  readonly key: (typeof SOAK_KEYS)[number];
  readonly second: number;
  readonly last: number;
  readonly flat: boolean;
}

/** The growth of each value over at least two samples, in their order. */
export function soakGrowth(samples: readonly SoakSample[]): SoakGrowth[] {
  return SOAK_KEYS.map((key) => {
    const lowest = (from: number) => {
      const begin = Math.floor((from * samples.length) / 3);
      const end = Math.floor(((from + 1) * samples.length) / 3);
      return Math.min(...samples.slice(begin, end).map((one) => one[key]));
    };
    const second = lowest(1);
    const last = lowest(2);
    return { key, second, last, flat: last <= second * FLAT + SLACK };
  });
}
