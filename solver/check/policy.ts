// The effective policy: the catalogue's defaults, the preset's changes, the request's settings.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { CriterionMode, Policy_Preset } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { CATALOGUE, type Criterion, type CriterionId, type Mode, NEUTRAL_SCORE } from "../criteria.ts";
import { PRESETS, type PresetName } from "../presets.ts";

export type { CriterionId } from "../criteria.ts";

const SECONDS_PER_CURRENCY_UNIT = 60;

export interface EffectivePolicy {
  mode(id: CriterionId): Mode;
  /** Equivalent seconds for full satisfaction. */
  weightS(id: CriterionId): number;
  param(id: CriterionId, name: string): number;
  /** Prior of a rate, 0 to 10000. */
  prior(id: CriterionId): number;
  /** 0 to 10000. */
  readonly neutralScore: number;
  readonly secondsPerCurrencyUnit: number;
}

/** What the request's policy means. */
export function policyOf(request: AssignRequest): EffectivePolicy {
  const policy = request.policy;
  const source = request.travel?.source.case;
  const roadless = source === undefined || source === "greatCircle";
  const defaults = new Map<CriterionId, Criterion>(CATALOGUE.map((criterion) => [criterion.id, criterion]));
  const settings = new Map(policy?.criteria.map((setting) => [setting.id, setting]));
  // The contract's names are the presets' own in capitals; what has no name is balanced.
  const presetName = (Policy_Preset[policy?.preset ?? 0] ?? "").toLowerCase();
  const preset = PRESETS[presetName as PresetName] ?? PRESETS.balanced;
  const modes: Record<CriterionMode, Mode | undefined> = {
    [CriterionMode.UNSPECIFIED]: undefined,
    [CriterionMode.OFF]: "off",
    [CriterionMode.SOFT]: "soft",
    [CriterionMode.HARD]: "hard",
  };
  const weight = (id: CriterionId) => {
    const { weightS, weightWithoutRoadsS } = defaults.get(id)!;
    return roadless && weightWithoutRoadsS !== undefined ? weightWithoutRoadsS : weightS;
  };
  return {
    mode: (id) =>
      modes[settings.get(id)?.mode ?? CriterionMode.UNSPECIFIED] ?? preset[id]?.mode ?? defaults.get(id)!.mode,
    weightS: (id) => settings.get(id)?.weightS ?? preset[id]?.weightS ?? weight(id),
    param: (id, name) => settings.get(id)?.params[name] ?? defaults.get(id)!.params[name]!.default,
    prior: (id) => Math.round((policy?.priors[id] ?? defaults.get(id)!.prior!) * 10_000),
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
