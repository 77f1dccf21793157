// The 30 criteria as a request uses them: the catalogue's defaults, the preset's changes, the request's settings.
import {
  CriterionMode,
  type CriterionSetting,
  type Policy,
  Policy_Preset,
} from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { CATALOGUE, type Criterion, type CriterionId, NEUTRAL_SCORE } from "../../solver/criteria.ts";
import type { EffectiveCriterion, EffectivePolicy } from "../../solver/model/problem.ts";
import { PRESETS, type PresetName } from "../../solver/presets.ts";

/** Names of the contract's presets. */
export const PRESET_NAMES: Readonly<Record<Policy_Preset, PresetName>> = {
  [Policy_Preset.UNSPECIFIED]: "balanced",
  [Policy_Preset.BALANCED]: "balanced",
  [Policy_Preset.FASTEST]: "fastest",
  [Policy_Preset.CUSTOMER_FIRST]: "customer_first",
  [Policy_Preset.FIRST_TIME_FIX]: "first_time_fix",
  [Policy_Preset.FAIR]: "fair",
  [Policy_Preset.EMERGENCY]: "emergency",
};

const MODES = {
  [CriterionMode.UNSPECIFIED]: undefined,
  [CriterionMode.OFF]: "off",
  [CriterionMode.SOFT]: "soft",
  [CriterionMode.HARD]: "hard",
} as const;

type Criteria = EffectivePolicy["criteria"];

/** By preset what the criteria are before a request changes them. */
const usual = new Map<PresetName, { readonly byRoads: Criteria; readonly roadless: Criteria }>();

function usualCriteria(name: PresetName, isRoadless: boolean): Criteria {
  let made = usual.get(name);
  if (!made) {
    made = { byRoads: presetCriteria(name, false), roadless: presetCriteria(name, true) };
    usual.set(name, made);
  }
  return isRoadless ? made.roadless : made.byRoads;
}

function presetCriteria(name: PresetName, isRoadless: boolean): Criteria {
  const preset = PRESETS[name];
  const criteria = new Map<CriterionId, EffectiveCriterion>();
  for (const row of CATALOGUE) {
    const { id, mode, params, prior, weightS, weightWithoutRoadsS }: Criterion & { id: CriterionId } = row;
    criteria.set(id, {
      id,
      mode: preset[id]?.mode ?? mode,
      weightS: preset[id]?.weightS ?? (isRoadless ? weightWithoutRoadsS : undefined) ?? weightS,
      params: Object.fromEntries(Object.entries(params).map(([name, { default: value }]) => [name, value])),
      prior: shareOf(prior ?? 0),
    });
  }
  return criteria;
}

/** A share in ten-thousandths. */
const shareOf = (prior: number) => Math.round(prior * 10_000);

/** What the policy means; `roadless` where travel knows no roads. */
export function policyFromProto(policy: Policy | undefined, roadless: boolean): EffectivePolicy {
  // A preset that this version does not know is refused elsewhere.
  const preset = PRESET_NAMES[policy?.preset ?? Policy_Preset.UNSPECIFIED] ?? "balanced";
  const criteria = usualCriteria(preset, roadless);
  return {
    criteria: policy ? changed(criteria, policy) : criteria,
    neutralScore: policy?.neutralScore ?? NEUTRAL_SCORE,
    secondsPerCurrencyUnit: policy?.secondsPerCurrencyUnit || 60,
  };
}

/** The criteria with what the request sets. */
function changed(criteria: Criteria, { criteria: list, priors }: Policy): Criteria {
  const settings = new Map(list.map((setting) => [setting.id, setting]));
  const result = new Map<CriterionId, EffectiveCriterion>();
  for (const [id, usual] of criteria) {
    const setting = settings.get(id);
    const prior = priors[id];
    result.set(id, {
      id,
      mode: MODES[setting?.mode ?? CriterionMode.UNSPECIFIED] ?? usual.mode,
      weightS: setting?.weightS ?? usual.weightS,
      params: setting ? withSet(usual.params, setting.params) : usual.params,
      prior: prior === undefined ? usual.prior : shareOf(prior),
    });
  }
  return result;
}

/** The parameters with the values that are set. */
function withSet(params: EffectiveCriterion["params"], set: CriterionSetting["params"]): EffectiveCriterion["params"] {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, set[name] ?? value]));
}
