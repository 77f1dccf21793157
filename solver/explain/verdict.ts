// What an explanation says of one criterion, and how it is put together.
import { type CriterionId, TIER_SCORES } from "../criteria.ts";
import { HALF_KNOTS, HALF_STEPS } from "../curves.ts";
import type { EffectiveCriterion, Problem, ProblemEngineer, ProblemOrder } from "../model/problem.ts";

/** What a verdict rests on, by name. */
type Inputs = Readonly<Record<string, string>>;

/** One sentence in each language. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

/** Puts words together; most verdicts are asked for their cost only. */
type Say<T> = () => T;

/** What a criterion says; score 0..10000. */
export interface Verdict {
  readonly status: "evaluated" | "excluded" | "not_evaluated" | "off";
  readonly score: number;
  readonly costTicks: number;
  readonly inputs: Say<Inputs>;
  readonly sentence: Say<Words>;
}

/** An order and an engineer of a problem. */
export interface Pair {
  readonly problem: Pick<Problem, "policy" | "centres" | "ticksPerSecond">;
  readonly order: ProblemOrder;
  readonly engineer: ProblemEngineer;
}

export function settingOf({ problem }: Pair, id: CriterionId): EffectiveCriterion {
  return problem.policy.criteria.get(id)!;
}

/** Ticks of a weight in seconds and a score: docs/plan.md, "Measures". */
export function costOfScore(weightS: number, score: number, ticksPerSecond: number): number {
  return Math.floor((weightS * (10_000 - score) + 5000) / 10_000) * ticksPerSecond;
}

/** Nothing to show. */
export const NO_INPUTS: Say<Inputs> = () => ({});

/** A score and what it costs under the criterion's weight, or under another one. */
export function scored(
  pair: Pair,
  id: CriterionId,
  score: number,
  sentence: Say<Words>,
  inputs: Say<Inputs> = NO_INPUTS,
): Verdict {
  return { status: "evaluated", score, costTicks: ticks(pair, id, score), inputs, sentence };
}

/** The engineer's side is not known: the neutral score is charged, and said to be no evaluation. */
export function missing(pair: Pair, id: CriterionId, sentence: Say<Words>, inputs: Say<Inputs> = NO_INPUTS): Verdict {
  const score = pair.problem.policy.neutralScore;
  return { status: "not_evaluated", score, costTicks: ticks(pair, id, score), inputs, sentence };
}

/** The order does not ask: nothing is charged. */
export function notAsked({ problem }: Pair, sentence: Say<Words>): Verdict {
  return { status: "not_evaluated", score: problem.policy.neutralScore, costTicks: 0, inputs: NO_INPUTS, sentence };
}

export function satisfied(sentence: Say<Words>, inputs: Say<Inputs> = NO_INPUTS): Verdict {
  return { status: "evaluated", score: 10_000, costTicks: 0, inputs, sentence };
}

export function excluded(sentence: Say<Words>, inputs: Say<Inputs> = NO_INPUTS): Verdict {
  return { status: "excluded", score: 0, costTicks: 0, inputs, sentence };
}

/** Only a route says what it costs. */
export const onRoute = ({ problem }: Pair): Verdict => ({
  status: "not_evaluated",
  score: problem.policy.neutralScore,
  costTicks: 0,
  inputs: NO_INPUTS,
  sentence: () => ({
    en: "Depends on the route; this engineer does not serve the order.",
    zh: "取决于路线，该工程师不服务此工单。",
  }),
});

export const OFF: Verdict = {
  status: "off",
  score: 0,
  costTicks: 0,
  inputs: NO_INPUTS,
  sentence: () => ({ en: "Off by policy.", zh: "策略已关闭此项。" }),
};

function ticks(pair: Pair, id: CriterionId, score: number): number {
  const { weightS } = settingOf(pair, id);
  const doubled = id === "customer_rating" && pair.order.inputs.vip;
  return costOfScore(doubled ? 2 * weightS : weightS, score, pair.problem.ticksPerSecond);
}

/** Names with commas between them. */
export const list = (names: Iterable<string>) => [...names].join(", ") || "none";

/** A score for people. */
export const percent = (score: number) => `${Math.round(score / 100)} %`;

/** `lin` of the catalogue: 10000 at `best`, 0 at `worst`, floor between. */
export function lin(value: number, best: number, worst: number): number {
  if (value <= best) return 10_000;
  if (value >= worst) return 0;
  return Math.floor((10_000 * (worst - value)) / (worst - best));
}

/** Ticks for people. */
export const seconds = (ticks: number, tps: number) => `${Math.round(ticks / tps)} s`;
export const secondsZh = (ticks: number, tps: number) => `${Math.round(ticks / tps)} 秒`;

/** 2^(-x / h) as a score, linear between the knots with floor. */
export function half(x: number, h: number): number {
  const knot = Math.floor((x * HALF_STEPS) / h);
  const [left, right] = [HALF_KNOTS[knot], HALF_KNOTS[knot + 1]];
  if (left === undefined || right === undefined) return 0;
  const past = (x * HALF_STEPS) % h;
  return Math.floor((left * (h - past) + right * past) / h);
}

/** k of n cases, shrunk towards a prior as if `cases` more had gone that way. */
export function rate({ successes, total }: { successes: number; total: number }, cases: number, prior: number): number {
  return Math.floor((successes * 10_000 + cases * prior) / (total + cases));
}

/** Tier 0 (A) to 3 (D) of an output in percent. */
export function tierOf(output: number, { params }: EffectiveCriterion): number {
  const least = [params.a_percent!, params.b_percent!, params.c_percent!];
  const tier = least.findIndex((bound) => output >= bound);
  return tier < 0 ? TIER_SCORES.length - 1 : tier;
}
