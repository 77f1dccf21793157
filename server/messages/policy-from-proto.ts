// The 30 criteria as a request uses them: the catalogue's defaults, the preset's changes, the request's settings.
import { CriterionMode, type Policy, Policy_Preset } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
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

/** What the policy means; `roadless` where travel knows no roads. */
export function policyFromProto(policy: Policy | undefined, roadless: boolean): EffectivePolicy {
  const settings = new Map(policy?.criteria.map((setting) => [setting.id, setting]));
  // A preset that this version does not know is refused elsewhere.
  const preset = PRESETS[PRESET_NAMES[policy?.preset ?? Policy_Preset.UNSPECIFIED] ?? "balanced"];
  const criteria = new Map<CriterionId, EffectiveCriterion>();
  for (const row of CATALOGUE) {
    const { id, params, prior, weightS, weightWithoutRoadsS }: Criterion & { id: CriterionId } = row;
    const setting = settings.get(id);
    const usual = (roadless ? weightWithoutRoadsS : undefined) ?? weightS;
    criteria.set(id, {
      id,
      mode: MODES[setting?.mode ?? CriterionMode.UNSPECIFIED] ?? preset[id]?.mode ?? row.mode,
      weightS: setting?.weightS ?? preset[id]?.weightS ?? usual,
      params: Object.fromEntries(
        Object.entries(params).map(([name, { default: value }]) => [name, setting?.params[name] ?? value]),
      ),
      prior: Math.round((policy?.priors[id] ?? prior ?? 0) * 10_000),
    });
  }
  return {
    criteria,
    neutralScore: policy?.neutralScore ?? NEUTRAL_SCORE,
    secondsPerCurrencyUnit: policy?.secondsPerCurrencyUnit || 60,
  };
}
