// The effective policy: catalogue defaults under the request's settings.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { CriterionMode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { CATALOGUE, type Mode, NEUTRAL_SCORE } from "../criteria.ts";

/** Id of one of the 30 criteria. */
export type CriterionId = (typeof CATALOGUE)[number]["id"];

const SECONDS_PER_CURRENCY_UNIT = 60;

export interface EffectivePolicy {
  mode(id: CriterionId): Mode;
  /** Equivalent seconds for full satisfaction. */
  weightS(id: CriterionId): number;
  /** 0 to 10000. */
  readonly neutralScore: number;
  readonly secondsPerCurrencyUnit: number;
}

/** What the request's policy means. Presets change nothing in this version. */
export function policyOf(request: AssignRequest): EffectivePolicy {
  const policy = request.policy;
  const defaults = new Map(CATALOGUE.map((criterion) => [criterion.id, criterion]));
  const settings = new Map(policy?.criteria.map((setting) => [setting.id, setting]));
  const modes: Record<CriterionMode, Mode | undefined> = {
    [CriterionMode.UNSPECIFIED]: undefined,
    [CriterionMode.OFF]: "off",
    [CriterionMode.SOFT]: "soft",
    [CriterionMode.HARD]: "hard",
  };
  return {
    mode: (id) => modes[settings.get(id)?.mode ?? CriterionMode.UNSPECIFIED] ?? defaults.get(id)!.mode,
    weightS: (id) => settings.get(id)?.weightS ?? defaults.get(id)!.weightS,
    neutralScore: policy?.neutralScore ?? NEUTRAL_SCORE,
    secondsPerCurrencyUnit: policy?.secondsPerCurrencyUnit || SECONDS_PER_CURRENCY_UNIT,
  };
}

/** Ticks that a score of 0 to 10000 costs under a weight in seconds. */
export function scoreCost(weightS: number, score: number, ticksPerSecond: number): number {
  return Math.floor((weightS * (10_000 - score) + 5_000) / 10_000) * ticksPerSecond;
}

/** Ticks that a price in minor units is worth. */
export function priceCost(priceMinor: bigint, policy: EffectivePolicy, ticksPerSecond: number): number {
  return Math.floor((Number(priceMinor) * policy.secondsPerCurrencyUnit * ticksPerSecond) / 100 + 0.5);
}
