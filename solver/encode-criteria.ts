// Columns and scalars of the pair criteria.
import type { EncodedColumns } from "./columns.ts";
import type { CriterionId } from "./criteria.ts";
import { encodeCandidates, encodeCells } from "./encode-cells.ts";
import { encodeDemands } from "./encode-demands.ts";
import { encodeRecords } from "./encode-records.ts";
import { encodeTerritories } from "./encode-territories.ts";
import type { Scalars } from "./gen/layout.ts";
import type { Problem } from "./model/problem.ts";
import type { Names } from "./names.ts";

/** Fills the columns of the criteria and returns their scalars. */
export function encodeCriteria(problem: Problem, names: Names, column: EncodedColumns) {
  const setting = (id: CriterionId) => problem.policy.criteria.get(id)!;
  const on = (id: CriterionId) => setting(id).mode !== "off";
  const weight = (id: CriterionId) => (on(id) ? setting(id).weightS : 0);
  const param = (id: CriterionId, name: string) => setting(id).params[name]!;

  const demands = encodeDemands(problem, names, column);
  encodeRecords(problem, names, column);

  return {
    models: names.models.size,
    brands: names.brands.size,
    languages: names.languages.size,
    experiences: column.experienceModel!.length,
    fixRates: column.fixSkill!.length,
    fixSkillNeeds: column.fixSkillNeed!.length,
    languageNeeds: column.languageNeed!.length,
    ...demands,
    ...encodeTerritories(problem, column),
    ...encodeCells(problem, column),
    ...encodeCandidates(problem, column),
    territoryWeight: weight("service_territory"),
    territoryMode:
      setting("service_territory").mode !== "hard" ? 0 : param("service_territory", "overflow") === 1 ? 2 : 1,
    territoryHalf: param("service_territory", "half_m"),
    experienceWeight: weight("device_model_experience"),
    experienceHalf: param("device_model_experience", "half_repairs"),
    brandWeight: weight("brand_certification"),
    brandHard: { off: -1, soft: 0, hard: 1 }[setting("brand_certification").mode],
    attributeWeight: weight("customer_attribute_preference"),
    continuityWeight: weight("continuity_of_service"),
    continuityHard: setting("continuity_of_service").mode === "hard" ? 1 : 0,
    continuityHalf: param("continuity_of_service", "half_days"),
    seniorLevel: param("continuity_of_service", "senior_level"),
    tierWeight: weight("engineer_tier"),
    tierA: param("engineer_tier", "a_percent"),
    tierB: param("engineer_tier", "b_percent"),
    tierC: param("engineer_tier", "c_percent"),
    ratingWeight: weight("customer_rating"),
    ratingCases: param("customer_rating", "m"),
    // A share of the way from 1 star to 5.
    ratingPrior: 1000 + Math.round((setting("customer_rating").prior * 4) / 10),
    onTimeWeight: weight("on_time_rate"),
    onTimeCases: param("on_time_rate", "m"),
    onTimePrior: setting("on_time_rate").prior,
    fixWeight: weight("first_time_fix_rate"),
    fixCases: param("first_time_fix_rate", "m"),
    fixPrior: setting("first_time_fix_rate").prior,
    acceptanceWeight: weight("acceptance_rate"),
    acceptanceCases: param("acceptance_rate", "m"),
    acceptancePrior: setting("acceptance_rate").prior,
  } satisfies Partial<Scalars>;
}
