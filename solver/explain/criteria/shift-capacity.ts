// shift_capacity: the route ends inside the shift; overtime is charged to the route, not to one of its orders.
import { lin, NO_INPUTS, satisfied, seconds, secondsZh, type Verdict } from "../verdict.ts";
import type { Visited } from "../visited.ts";

export function shiftCapacity({ problem: { ticksPerSecond: tps }, route }: Visited): Verdict {
  const { overtimeTicks: overtime, shift } = route;
  if (overtime === 0) return satisfied(() => ({ en: "The route ends inside the shift.", zh: "路线在班次内结束。" }));
  const charged = Math.floor(overtime / 2);
  return {
    status: "evaluated",
    score: lin(overtime, 0, Math.max(1, shift.latest - shift.end)),
    costTicks: 0,
    inputs: NO_INPUTS,
    sentence: () => ({
      en: `The route has ${seconds(overtime, tps)} of overtime, ${seconds(charged, tps)} charged to the route.`,
      zh: `路线加班 ${secondsZh(overtime, tps)}，计入路线 ${secondsZh(charged, tps)}。`,
    }),
  };
}
