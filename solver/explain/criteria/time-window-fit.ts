// time_window_fit: service begins inside a window, or late within the grace at a price.
import { lin, NO_INPUTS, notAsked, satisfied, seconds, secondsZh, type Verdict } from "../verdict.ts";
import type { Visited } from "../visited.ts";

export function timeWindowFit(visited: Visited): Verdict {
  const { order, problem, stop } = visited;
  const tps = problem.ticksPerSecond;
  const late = stop.latenessTicks;
  if (order.lastWindowEnd === undefined)
    return notAsked(visited, () => ({ en: "The order has no window.", zh: "工单没有时间窗。" }));
  if (late === 0) return satisfied(() => ({ en: "Begins inside its window.", zh: "在时间窗内开始。" }));
  return {
    status: "evaluated",
    score: lin(late, 0, Math.max(1, order.graceTicks)),
    costTicks: 3 * late,
    inputs: NO_INPUTS,
    sentence: () => ({
      en: `Begins ${seconds(late, tps)} late, within the grace.`,
      zh: `晚到 ${secondsZh(late, tps)}，仍在宽限内。`,
    }),
  };
}
