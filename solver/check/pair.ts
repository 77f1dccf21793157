// One order and one engineer: which hard criteria rule the pair out and what the soft ones cost.
import type { Engineer } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { acceptanceRateExcludes, acceptanceRateScore } from "./criteria/acceptance-rate.ts";
import { brandCertificationExcludes, brandCertificationScore } from "./criteria/brand-certification.ts";
import {
  type ContinuityRules,
  continuityOfServiceExcludes,
  continuityOfServiceScore,
} from "./criteria/continuity-of-service.ts";
import { customerAttributePreferenceScore } from "./criteria/customer-attribute-preference.ts";
import { customerRatingScore } from "./criteria/customer-rating.ts";
import { deviceModelExperienceScore } from "./criteria/device-model-experience.ts";
import { engineerPreferenceExcludes, engineerPreferenceScore } from "./criteria/engineer-preference.ts";
import { engineerTierScore } from "./criteria/engineer-tier.ts";
import { firstTimeFixRateScore } from "./criteria/first-time-fix-rate.ts";
import { h3ProximityScore } from "./criteria/h3-proximity.ts";
import { onTimeRateScore } from "./criteria/on-time-rate.ts";
import { proficiencyLevelExcludes, proficiencyLevelScore } from "./criteria/proficiency-level.ts";
import { isOverBudget } from "./criteria/service-cost.ts";
import { serviceTerritoryExcludes, serviceTerritoryScore } from "./criteria/service-territory.ts";
import { skillMatchExcludes } from "./criteria/skill-match.ts";
import { vehicleModeExcludes } from "./criteria/vehicle-mode.ts";
import type { Facts } from "./facts.ts";
import { type CriterionId, type EffectivePolicy, scoreCost } from "./policy.ts";

function continuityRules({ param }: EffectivePolicy): ContinuityRules {
  const rule = (name: string) => param("continuity_of_service", name);
  return { halfDays: rule("half_days"), rework: rule("rework"), seniorLevel: rule("senior_level") };
}

/** Whether the criterion, in the policy's mode, rules the engineer out for the order. */
type Excludes = (facts: Facts, order: Order, engineer: Engineer) => boolean;

const excludes: readonly (readonly [CriterionId, Excludes])[] = [
  [
    "service_territory",
    ({ policy: { mode, param }, centres }, order, engineer) =>
      mode("service_territory") === "hard" &&
      serviceTerritoryExcludes(order, engineer, centres, param("service_territory", "overflow") === 1),
  ],
  [
    "skill_match",
    ({ policy: { mode } }, order, engineer) => mode("skill_match") === "hard" && skillMatchExcludes(order, engineer),
  ],
  [
    "proficiency_level",
    ({ policy: { mode } }, order, engineer) =>
      mode("proficiency_level") !== "off" &&
      proficiencyLevelExcludes(order, engineer, mode("proficiency_level") === "hard"),
  ],
  [
    "brand_certification",
    ({ policy: { mode } }, order, engineer) =>
      mode("brand_certification") !== "off" &&
      brandCertificationExcludes(order, engineer, mode("brand_certification") === "hard"),
  ],
  [
    "engineer_preference",
    ({ policy: { mode } }, order, engineer) =>
      mode("engineer_preference") !== "off" && engineerPreferenceExcludes(order, engineer),
  ],
  [
    "continuity_of_service",
    ({ policy }, order, engineer) =>
      policy.mode("continuity_of_service") === "hard" &&
      continuityOfServiceExcludes(order, engineer, continuityRules(policy)),
  ],
  [
    "acceptance_rate",
    ({ policy: { mode } }, order, engineer) =>
      mode("acceptance_rate") !== "off" && acceptanceRateExcludes(order, engineer),
  ],
  [
    "vehicle_mode",
    ({ policy: { mode } }, order, engineer) => mode("vehicle_mode") === "hard" && vehicleModeExcludes(order, engineer),
  ],
  [
    "trust_limit",
    ({ policy: { mode } }, order, engineer) =>
      mode("trust_limit") === "hard" &&
      order.trustValueMinor > 0n &&
      engineer.trustLimitMinor !== undefined &&
      engineer.trustCarriedMinor + order.trustValueMinor > engineer.trustLimitMinor,
  ],
  [
    "service_cost",
    ({ policy: { mode }, clock }, order, engineer) =>
      mode("service_cost") !== "off" &&
      isOverBudget(order, engineer, clock.length(order.serviceDuration), 0, clock.ticksPerSecond),
  ],
  [
    "plan_stability",
    (facts, order, engineer) => facts.policy.mode("plan_stability") === "hard" && !isTold(facts, order, engineer),
  ],
];

/** Ids of the criteria that rule the engineer out for the order; empty: eligible. */
export function excludingCriteria(facts: Facts, order: Order, engineer: Engineer): CriterionId[] {
  const ids: CriterionId[] = [];
  for (const [id, rulesOut] of excludes) if (rulesOut(facts, order, engineer)) ids.push(id);
  return ids;
}

type Score = (id: CriterionId) => number | undefined;

/** The customer was told this engineer, or nobody. */
const isTold = ({ told }: Facts, order: Order, engineer: Engineer) =>
  (told.get(order.id)?.engineerId ?? engineer.id) === engineer.id;

/** Scores of the soft criteria, 0 to 10000; undefined where one does not apply. */
function scoresOf(facts: Facts, order: Order, engineer: Engineer): [CriterionId, Score][] {
  const { centres, policy, request, told } = facts;
  const { neutralScore, param, prior } = policy;
  return [
    [
      "h3_proximity",
      (id) => h3ProximityScore(order, engineer, param(id, "resolution"), param(id, "worst_cells")) ?? neutralScore,
    ],
    ["service_territory", (id) => serviceTerritoryScore(order, engineer, centres, param(id, "half_m"), neutralScore)],
    ["proficiency_level", () => proficiencyLevelScore(order, engineer, neutralScore)],
    [
      "device_model_experience",
      (id) => deviceModelExperienceScore(order, engineer, param(id, "half_repairs"), neutralScore),
    ],
    ["brand_certification", (id) => brandCertificationScore(order, engineer, param(id, "expiring_days"))],
    ["engineer_preference", () => engineerPreferenceScore(order, engineer)],
    [
      "customer_attribute_preference",
      (id) => customerAttributePreferenceScore(order, engineer, param(id, "gender") === 1, neutralScore),
    ],
    ["continuity_of_service", () => continuityOfServiceScore(order, engineer, request.now!, continuityRules(policy))],
    [
      "engineer_tier",
      (id) =>
        engineerTierScore(
          engineer,
          ["a_percent", "b_percent", "c_percent"].map((name) => param(id, name)),
          neutralScore,
        ),
    ],
    ["customer_rating", (id) => customerRatingScore(engineer, param(id, "m"), prior(id), neutralScore)],
    ["on_time_rate", (id) => onTimeRateScore(engineer, param(id, "m"), prior(id), neutralScore)],
    ["first_time_fix_rate", (id) => firstTimeFixRateScore(order, engineer, param(id, "m"), prior(id), neutralScore)],
    ["acceptance_rate", (id) => acceptanceRateScore(engineer, param(id, "m"), prior(id), neutralScore)],
    ["plan_stability", () => (told.has(order.id) ? (isTold(facts, order, engineer) ? 10_000 : 0) : undefined)],
  ];
}

/** What the pair costs by criterion, in ticks; criteria that do not apply or are off are not there. */
export function pairCosts(facts: Facts, order: Order, engineer: Engineer): Map<CriterionId, number> {
  const { clock, policy } = facts;
  const costs = new Map<CriterionId, number>();
  const excluding = excludingCriteria(facts, order, engineer);
  for (const [id, scoreOf] of scoresOf(facts, order, engineer)) {
    // What weighs nothing costs nothing, whatever it would take to find out.
    if (policy.mode(id) === "off" || policy.weightS(id) === 0 || excluding.includes(id)) continue;
    const score = scoreOf(id);
    const double = id === "customer_rating" && order.vipTier > 0;
    const weight = policy.weightS(id) * (double ? 2 : 1);
    if (score !== undefined) costs.set(id, scoreCost(weight, score, clock.ticksPerSecond));
  }
  return costs;
}

/** The same summed up. */
export function pairCost(facts: Facts, order: Order, engineer: Engineer): number {
  return [...pairCosts(facts, order, engineer).values()].reduce((sum, cost) => sum + cost, 0);
}
