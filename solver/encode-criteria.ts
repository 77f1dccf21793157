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

/** Fills the columns and the scalars of the criteria. */
export function encodeCriteria(problem: Problem, names: Names, column: EncodedColumns, scalars: Scalars): void {
  const setting = (id: CriterionId) => problem.policy.criteria.get(id)!;
  const on = (id: CriterionId) => setting(id).mode !== "off";
  const weight = (id: CriterionId) => (on(id) ? setting(id).weightS : 0);
  const param = (id: CriterionId, name: string) => setting(id).params[name]!;

  encodeDemands(problem, names, column, scalars);
  encodeRecords(problem, names, column);
  encodeTerritories(problem, column, scalars);
  encodeCells(problem, column, scalars);
  encodeCandidates(problem, column, scalars);

  scalars.models = names.models.size;
  scalars.brands = names.brands.size;
  scalars.languages = names.languages.size;
  scalars.experiences = column.experienceModel.length;
  scalars.fixRates = column.fixSkill.length;
  scalars.fixSkillNeeds = column.fixSkillNeed.length;
  scalars.languageNeeds = column.languageNeed.length;
  scalars.territoryWeight = weight("service_territory");
  scalars.territoryMode =
    setting("service_territory").mode !== "hard" ? 0 : param("service_territory", "overflow") === 1 ? 2 : 1;
  scalars.territoryHalf = param("service_territory", "half_m");
  scalars.experienceWeight = weight("device_model_experience");
  scalars.experienceHalf = param("device_model_experience", "half_repairs");
  scalars.brandWeight = weight("brand_certification");
  scalars.brandHard = { off: -1, soft: 0, hard: 1 }[setting("brand_certification").mode];
  scalars.attributeWeight = weight("customer_attribute_preference");
  scalars.continuityWeight = weight("continuity_of_service");
  scalars.continuityHard = setting("continuity_of_service").mode === "hard" ? 1 : 0;
  scalars.continuityHalf = param("continuity_of_service", "half_days");
  scalars.seniorLevel = param("continuity_of_service", "senior_level");
  scalars.tierWeight = weight("engineer_tier");
  scalars.tierA = param("engineer_tier", "a_percent");
  scalars.tierB = param("engineer_tier", "b_percent");
  scalars.tierC = param("engineer_tier", "c_percent");
  scalars.ratingWeight = weight("customer_rating");
  scalars.ratingCases = param("customer_rating", "m");
  // A share of the way from 1 star to 5.
  scalars.ratingPrior = 1000 + Math.round((setting("customer_rating").prior * 4) / 10);
  scalars.onTimeWeight = weight("on_time_rate");
  scalars.onTimeCases = param("on_time_rate", "m");
  scalars.onTimePrior = setting("on_time_rate").prior;
  scalars.fixWeight = weight("first_time_fix_rate");
  scalars.fixCases = param("first_time_fix_rate", "m");
  scalars.fixPrior = setting("first_time_fix_rate").prior;
  scalars.acceptanceWeight = weight("acceptance_rate");
  scalars.acceptanceCases = param("acceptance_rate", "m");
  scalars.acceptancePrior = setting("acceptance_rate").prior;
}
