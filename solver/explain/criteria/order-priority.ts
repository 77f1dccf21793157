// order_priority: urgent orders of important customers begin early.
import { URGENCY_OF_AGE, URGENCY_OF_SEVERITY, URGENCY_OF_TIER } from "../../criteria.ts";
import type { EffectiveCriterion, ProblemOrder } from "../../model/problem.ts";
import { half, notAsked, type Pair, seconds, secondsZh, settingOf, type Verdict } from "../verdict.ts";

const ID = "order_priority";

/** 0..10000 from the customer's tier, the severity and the age. */
export function urgencyOf({ inputs }: ProblemOrder, { params }: EffectiveCriterion): number {
  const full = params.age_full_s!;
  const age = Math.floor((URGENCY_OF_AGE * Math.min(inputs.ageS ?? 0, full)) / full);
  return URGENCY_OF_TIER * inputs.vipTier + URGENCY_OF_SEVERITY * inputs.severity + age;
}

/** For service that begins at `start`, ticks after `now`. */
export function orderPriority(pair: Pair, start: number): Verdict {
  const setting = settingOf(pair, ID);
  const urgency = urgencyOf(pair.order, setting);
  if (urgency === 0) return notAsked(pair, () => ({ en: "Nothing makes the order urgent.", zh: "工单没有紧急因素。" }));
  const tps = pair.problem.ticksPerSecond;
  const score = half(Math.max(0, start), setting.params.half_s! * tps);
  const { vipTier, severity, ageS } = pair.order.inputs;
  return {
    status: "evaluated",
    score,
    costTicks: Math.floor((setting.weightS * urgency * (10_000 - score) + 50_000_000) / 100_000_000) * tps,
    inputs: () => ({
      urgency: `${urgency}`,
      vip_tier: `${vipTier}`,
      severity: `${severity}`,
      age_s: `${ageS ?? "unknown"}`,
    }),
    sentence: () => ({
      en: `Begins ${seconds(Math.max(0, start), tps)} from now; its urgency is ${urgency} of 10000.`,
      zh: `${secondsZh(Math.max(0, start), tps)}后开始，紧急度为 ${urgency}（满分 10000）。`,
    }),
  };
}
