// workload_fairness: work of seven days and of the plan is shared evenly.
import type { Problem, ProblemEngineer } from "../../model/problem.ts";
import { NO_INPUTS, type Verdict } from "../verdict.ts";

/** For an engineer who works so many ticks in the whole plan; its cost belongs to the plan, not to one order. */
export function workloadFairness(problem: Problem, engineer: ProblemEngineer, workTicks: number): Verdict {
  const { policy, ticksPerSecond: tps } = problem;
  const { workload } = engineer.inputs;
  if (workload === undefined)
    return {
      status: "not_evaluated",
      score: policy.neutralScore,
      costTicks: 0,
      inputs: NO_INPUTS,
      sentence: () => ({ en: "Recent work is not known.", zh: "近期工作量未知。" }),
    };
  const { weightS, params } = policy.criteria.get("workload_fairness")!;
  const minutes = workload.minutes + Math.floor(workTicks / (60 * tps));
  const off = BigInt(Math.abs(minutes - workload.target));
  const square = BigInt(workload.target) ** 2n;
  const cost = (2n * BigInt(weightS) * off * off + square) / (2n * square);
  const away = (10_000n * off * off) / square;
  return {
    status: "evaluated",
    score: away >= 10_000n ? 0 : 10_000 - Number(away),
    costTicks: Number(cost < BigInt(params.cap_s!) ? cost : BigInt(params.cap_s!)) * tps,
    inputs: () => ({ minutes: `${minutes}`, target_minutes: `${workload.target}` }),
    sentence: () => ({
      en: `${minutes} minutes of work with this plan, where ${workload.target} are expected.`,
      zh: `含本计划共工作 ${minutes} 分钟，目标 ${workload.target} 分钟。`,
    }),
  };
}
