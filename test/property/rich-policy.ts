// Random objectives and policies.
import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  CriterionMode,
  Measure,
  type ObjectiveSchema,
  type PolicySchema,
} from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import type { Draws } from "./draws.ts";

const MEASURES = [
  Measure.ENGINEERS_USED,
  Measure.DISTANCE,
  Measure.TRAVEL_TIME,
  Measure.WORKING_TIME,
  Measure.SOFT_COST,
];

/** Criteria whose mode changes something in this version. */
const SWITCHABLE = [
  "skill_match",
  "proficiency_level",
  "tool_availability",
  "engineer_preference",
  "time_window_fit",
  "shift_capacity",
  "acceptance_rate",
  "vehicle_mode",
];

/** None, or left-out orders first and then one or two levels of weighted measures. */
export function objective({ chance, one, whole, some }: Draws): MessageInitShape<typeof ObjectiveSchema> {
  if (chance(40)) return {};
  const term = (measure: Measure) => ({ measure, weight: whole(0, 3) });
  const level = () => {
    const measures = some(MEASURES, 30);
    return { terms: (measures.length > 0 ? measures : [one(MEASURES)]).map(term) };
  };
  return {
    levels: [{ terms: [{ measure: Measure.UNASSIGNED }] }, level(), ...(chance(30) ? [level()] : [])],
  };
}

/** Some criteria off, soft or hard, and weights small enough to compete with travel. */
export function policy({ chance, one, whole, some }: Draws): MessageInitShape<typeof PolicySchema> {
  const modes = [CriterionMode.OFF, CriterionMode.SOFT, CriterionMode.HARD];
  return {
    criteria: some(SWITCHABLE, 25).map((id) => ({
      id,
      mode: one(modes),
      ...(id === "proficiency_level" || id === "engineer_preference" ? { weightS: whole(0, 200) } : {}),
    })),
    ...(chance(30) ? { neutralScore: whole(0, 10_000) } : {}),
    ...(chance(30) ? { secondsPerCurrencyUnit: whole(1, 400) / 4 } : {}),
  };
}
