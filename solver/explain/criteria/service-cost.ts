// service_cost: wage, kilometres and fees in equivalent seconds; a budget rules out.
import type { EffectivePolicy, Problem, ProblemEngineer, ProblemOrder } from "../../model/problem.ts";
import { excluded, lin, notAsked, onRoute, type Pair, seconds, secondsZh, type Verdict } from "../verdict.ts";

const ID = "service_cost";
const MILLION = 1_000_000n;
/** Equivalent seconds of a visit that score 0, as of travel. */
const WORST_S = 7_200;

/** Equivalent ticks of money in minor units: docs/plan.md, "Measures". */
export function moneyTicks(minor: number, policy: EffectivePolicy, ticksPerSecond: number): number {
  return Math.floor((minor * policy.secondsPerCurrencyUnit * ticksPerSecond) / 100 + 0.5);
}

/** Millionths of a tick for each tick of working time, and for each metre. */
export function tariffs(
  { wagePerHour, costPerKm }: ProblemEngineer["inputs"],
  { secondsPerCurrencyUnit }: EffectivePolicy,
  ticksPerSecond: number,
): { readonly work: number; readonly metre: number } {
  return {
    work: Math.floor((wagePerHour * secondsPerCurrencyUnit * 1e6) / 360_000 + 0.5),
    metre: Math.floor(costPerKm * secondsPerCurrencyUnit * ticksPerSecond * 10 + 0.5),
  };
}

/** Minor units, rounded up, that so many ticks of travel, set-up and service, the way and the visit's fee cost: what a budget must pay for. */
export function visitMoney(
  { wagePerHour, costPerKm }: ProblemEngineer["inputs"],
  { visitFee }: ProblemOrder["inputs"],
  busyTicks: number,
  metres: number,
  ticksPerSecond: number,
): number {
  const ofTick = Math.floor((wagePerHour * 1e6) / (3600 * ticksPerSecond) + 0.5);
  const spent = BigInt(busyTicks) * BigInt(ofTick) + BigInt(metres) * BigInt(costPerKm * 1000);
  return Number((spent + MILLION - 1n) / MILLION) + visitFee;
}

/** Whether the service alone is beyond the order's budget. */
export function budgetAlone(pair: Pair): Verdict {
  const { inputs, serviceTicks } = pair.order;
  if (inputs.budget === undefined) return onRoute(pair);
  const spent = visitMoney(pair.engineer.inputs, inputs, serviceTicks, 0, pair.problem.ticksPerSecond);
  if (spent <= inputs.budget) return onRoute(pair);
  return excluded(
    () => ({
      en: `The service alone costs ${spent} minor units, the budget is ${inputs.budget}.`,
      zh: `仅服务就需 ${spent}，预算为 ${inputs.budget}（最小货币单位）。`,
    }),
    () => ({ budget: `${inputs.budget}`, service: `${spent}` }),
  );
}

/** Ticks that wage and kilometres cost; 0 where the criterion does not charge. */
export function drivingTicks(problem: Problem, engineer: ProblemEngineer, workTicks: number, metres: number): number {
  if (!charges(problem.policy)) return 0;
  const { work, metre } = tariffs(engineer.inputs, problem.policy, problem.ticksPerSecond);
  return Number((BigInt(workTicks) * BigInt(work) + BigInt(metres) * BigInt(metre) + MILLION / 2n) / MILLION);
}

/** Ticks of a fee; 0 where the criterion does not charge. */
export function feeTicks({ policy, ticksPerSecond }: Problem, minor: number): number {
  return charges(policy) ? moneyTicks(minor, policy, ticksPerSecond) : 0;
}

const charges = (policy: EffectivePolicy) => policy.criteria.get(ID)!.mode === "soft";

/** For a visit of `busyTicks` of travel, set-up and service. Its wage and kilometres are part of the route's cost. */
export function serviceCost(pair: Pair & { readonly problem: Problem }, busyTicks: number, metres: number): Verdict {
  const { problem, order, engineer } = pair;
  const { wagePerHour, costPerKm } = engineer.inputs;
  const { visitFee, budget } = order.inputs;
  if (wagePerHour === 0 && costPerKm === 0 && visitFee === 0)
    return notAsked(pair, () => ({
      en: "Neither wage nor cost per kilometre is known.",
      zh: "未提供工资和公里成本。",
    }));
  const tps = problem.ticksPerSecond;
  const ticks = drivingTicks(problem, engineer, busyTicks, metres) + feeTicks(problem, visitFee);
  const within = budget === undefined ? { en: "", zh: "" } : { en: " It is within the budget.", zh: "未超预算。" };
  return {
    status: "evaluated",
    score: lin(ticks, 0, WORST_S * tps),
    costTicks: ticks,
    inputs: () => ({
      wage_per_hour: `${wagePerHour}`,
      cost_per_km: `${costPerKm}`,
      visit_fee: `${visitFee}`,
      budget: `${budget ?? "none"}`,
    }),
    sentence: () => ({
      en: `The visit costs as much as ${seconds(ticks, tps)}; waiting and the way home are the route's.${within.en}`,
      zh: `此次上门成本折合 ${secondsZh(ticks, tps)}，等待与返程计入路线。${within.zh}`,
    }),
  };
}
