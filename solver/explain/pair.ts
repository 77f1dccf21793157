// The criteria between one order and one engineer, for explanations: whether they apply, their score, and their cost.
import type { CriterionId } from "../criteria.ts";
import { MASK_CRITERIA } from "../model/masks.ts";
import { acceptanceRate } from "./criteria/acceptance-rate.ts";
import { brandCertification } from "./criteria/brand-certification.ts";
import { continuityOfService } from "./criteria/continuity-of-service.ts";
import { customerAttributePreference } from "./criteria/customer-attribute-preference.ts";
import { customerRating } from "./criteria/customer-rating.ts";
import { deviceModelExperience } from "./criteria/device-model-experience.ts";
import { engineerPreference } from "./criteria/engineer-preference.ts";
import { engineerTier } from "./criteria/engineer-tier.ts";
import { firstTimeFixRate } from "./criteria/first-time-fix-rate.ts";
import { h3Proximity } from "./criteria/h3-proximity.ts";
import { onTimeRate } from "./criteria/on-time-rate.ts";
import { movedCustomer } from "./criteria/plan-stability.ts";
import { proficiencyLevel } from "./criteria/proficiency-level.ts";
import { budgetAlone } from "./criteria/service-cost.ts";
import { serviceTerritory } from "./criteria/service-territory.ts";
import { skillMatch } from "./criteria/skill-match.ts";
import { trustAlone } from "./criteria/trust-limit.ts";
import { vehicleMode } from "./criteria/vehicle-mode.ts";
import { OFF, type Pair, settingOf, type Verdict } from "./verdict.ts";

const CRITERIA: readonly [CriterionId, (pair: Pair) => Verdict][] = [
  ["h3_proximity", h3Proximity],
  ["service_territory", serviceTerritory],
  ["skill_match", skillMatch],
  ["proficiency_level", proficiencyLevel],
  ["device_model_experience", deviceModelExperience],
  ["brand_certification", brandCertification],
  ["engineer_preference", engineerPreference],
  ["customer_attribute_preference", customerAttributePreference],
  ["continuity_of_service", continuityOfService],
  ["engineer_tier", engineerTier],
  ["customer_rating", customerRating],
  ["on_time_rate", onTimeRate],
  ["first_time_fix_rate", firstTimeFixRate],
  ["acceptance_rate", acceptanceRate],
  ["vehicle_mode", vehicleMode],
  ["trust_limit", trustAlone],
  ["service_cost", budgetAlone],
  ["plan_stability", movedCustomer],
];

/** Gives `take` the verdicts of all pair criteria. */
export function eachPairVerdict(pair: Pair, take: (id: CriterionId, verdict: Verdict) => void): void {
  for (const [id, verdict] of CRITERIA) take(id, settingOf(pair, id).mode === "off" ? OFF : verdict(pair));
}

/** Verdicts of all pair criteria by id. */
export function pairVerdicts(pair: Pair): Map<CriterionId, Verdict> {
  const verdicts = new Map<CriterionId, Verdict>();
  eachPairVerdict(pair, (id, verdict) => verdicts.set(id, verdict));
  return verdicts;
}

/** Criteria that may rule an engineer out. */
const RULING = CRITERIA.filter(([id]) => MASK_CRITERIA.some((ruling) => ruling === id));

/** True when no hard criterion rules the engineer out. */
export function isEligible(pair: Pair): boolean {
  return RULING.every(([id, verdict]) => settingOf(pair, id).mode === "off" || verdict(pair).status !== "excluded");
}

/** Soft cost of a pair, ticks. */
export function pairCostTicks(pair: Pair): number {
  let sum = 0;
  for (const { costTicks } of pairVerdicts(pair).values()) sum += costTicks;
  return sum;
}
