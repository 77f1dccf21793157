// idle_time: waiting before service, charged second by second.
import { lin, NO_INPUTS, notAsked, seconds, secondsZh, type Verdict } from "../verdict.ts";
import type { Visited } from "../visited.ts";

export function idleTime(visited: Visited): Verdict {
  const { order, problem, stop } = visited;
  const tps = problem.ticksPerSecond;
  const waiting = stop.start - stop.arrival - stop.setupTicks;
  if (order.lastWindowEnd === undefined && waiting === 0)
    return notAsked(visited, () => ({
      en: "An order without a window waits for nothing.",
      zh: "没有时间窗的工单无需等待。",
    }));
  return {
    status: "evaluated",
    score: lin(waiting, 0, 3600 * tps),
    costTicks: waiting,
    inputs: NO_INPUTS,
    sentence:
      waiting > 0
        ? () => ({
            en: `Waits ${seconds(waiting, tps)} before service.`,
            zh: `服务前等待 ${secondsZh(waiting, tps)}。`,
          })
        : () => ({ en: "No waiting.", zh: "无等待。" }),
  };
}
