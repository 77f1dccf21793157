// travel_time: the way from the stop before, charged second by second.
import { lin, NO_INPUTS, seconds, secondsZh, type Verdict } from "../verdict.ts";
import type { Visited } from "../visited.ts";

export function travelTime({ problem: { ticksPerSecond: tps }, stop: { travelTicks } }: Visited): Verdict {
  return {
    status: "evaluated",
    score: lin(travelTicks, 0, 7200 * tps),
    costTicks: travelTicks,
    inputs: NO_INPUTS,
    sentence: () => ({
      en: `${seconds(travelTicks, tps)} of travel from the stop before.`,
      zh: `从上一站行程 ${secondsZh(travelTicks, tps)}。`,
    }),
  };
}
