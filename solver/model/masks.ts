// Names of the bits in the core's mask of hard pair criteria: assembly/criteria/masks.ts.
import type { CriterionId } from "../criteria.ts";

/** Criterion of each bit, from the lowest; catalogue order. */
export const MASK_CRITERIA = [
  "service_territory",
  "skill_match",
  "proficiency_level",
  "brand_certification",
  "engineer_preference",
  "continuity_of_service",
  "acceptance_rate",
  "vehicle_mode",
  "trust_limit",
  "service_cost",
  "plan_stability",
] as const satisfies readonly CriterionId[];
