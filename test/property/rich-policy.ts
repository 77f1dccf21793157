// Random objectives and policies.
import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  CriterionMode,
  Measure,
  type ObjectiveSchema,
  type PolicySchema,
} from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { CATALOGUE, type Criterion } from "../../solver/criteria.ts";
import type { Draws } from "./draws.ts";

const MEASURES = [
  Measure.ENGINEERS_USED,
  Measure.DISTANCE,
  Measure.TRAVEL_TIME,
  Measure.WORKING_TIME,
  Measure.SOFT_COST,
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

const MODES = { off: CriterionMode.OFF, soft: CriterionMode.SOFT, hard: CriterionMode.HARD } as const;
const CRITERIA: readonly Criterion[] = CATALOGUE;

/** Some criteria in other modes, with other parameters, and with weights small enough to compete with travel. */
export function policy({ chance, one, whole, some }: Draws): MessageInitShape<typeof PolicySchema> {
  return {
    preset: chance(30) ? whole(1, 6) : 0,
    criteria: some(CRITERIA, 25).map(({ id, modes, weighted, params }) => ({
      id,
      mode: chance(80) ? MODES[one(modes)] : CriterionMode.UNSPECIFIED,
      ...(weighted && chance(80) ? { weightS: whole(0, 200) } : {}),
      params: Object.fromEntries(
        some(Object.entries(params), 50).map(([name, { least, most }]) => [name, whole(least, Math.min(most, 100))]),
      ),
    })),
    priors: Object.fromEntries(
      some(CRITERIA, 50).flatMap(({ id, prior }) => (prior === undefined ? [] : [[id, whole(0, 100) / 100]])),
    ),
    ...(chance(30) ? { neutralScore: whole(0, 10_000) } : {}),
    ...(chance(30) ? { secondsPerCurrencyUnit: whole(1, 400) / 4 } : {}),
  };
}
