// One order and one engineer: which hard criteria rule the pair out and what the soft ones cost.
import type { Engineer } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { acceptanceRateExcludes } from "./criteria/acceptance-rate.ts";
import { engineerPreferenceExcludes, engineerPreferenceScore } from "./criteria/engineer-preference.ts";
import { proficiencyLevelExcludes, proficiencyLevelScore } from "./criteria/proficiency-level.ts";
import { skillMatchExcludes } from "./criteria/skill-match.ts";
import { vehicleModeExcludes } from "./criteria/vehicle-mode.ts";
import { type CriterionId, type EffectivePolicy, scoreCost } from "./policy.ts";

/** Ids of the criteria that rule the engineer out for the order; empty: eligible. */
export function excludingCriteria(order: Order, engineer: Engineer, policy: EffectivePolicy): CriterionId[] {
  const { mode } = policy;
  const rules: [CriterionId, boolean][] = [
    ["skill_match", mode("skill_match") === "hard" && skillMatchExcludes(order, engineer)],
    [
      "proficiency_level",
      mode("proficiency_level") !== "off" &&
        proficiencyLevelExcludes(order, engineer, mode("proficiency_level") === "hard"),
    ],
    ["engineer_preference", mode("engineer_preference") !== "off" && engineerPreferenceExcludes(order, engineer)],
    ["acceptance_rate", mode("acceptance_rate") !== "off" && acceptanceRateExcludes(order, engineer)],
    ["vehicle_mode", mode("vehicle_mode") === "hard" && vehicleModeExcludes(order, engineer)],
  ];
  return rules.filter(([, excludes]) => excludes).map(([id]) => id);
}

/** What the pair costs by criterion, in ticks; criteria that do not apply or are off cost 0. */
export function pairCosts(
  order: Order,
  engineer: Engineer,
  policy: EffectivePolicy,
  ticksPerSecond: number,
): { proficiency_level: number; engineer_preference: number } {
  const cost = (id: CriterionId, score: number | undefined) =>
    score === undefined || policy.mode(id) === "off" ? 0 : scoreCost(policy.weightS(id), score, ticksPerSecond);
  return {
    proficiency_level: cost("proficiency_level", proficiencyLevelScore(order, engineer, policy.neutralScore)),
    engineer_preference: cost("engineer_preference", engineerPreferenceScore(order, engineer)),
  };
}
