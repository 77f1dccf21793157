// Named starting points of a policy: what each changes of the catalogue's defaults.
import type { CriterionId, Mode } from "./criteria.ts";

export interface PresetSetting {
  readonly mode?: Mode;
  readonly weightS?: number;
}

export type PresetName = "balanced" | "fastest" | "customer_first" | "first_time_fix" | "fair" | "emergency";

export const PRESETS: Readonly<Record<PresetName, Readonly<Partial<Record<CriterionId, PresetSetting>>>>> = {
  // The catalogue's defaults.
  balanced: {},
  // Travel before everything soft: what rules out still does, the rest weighs a tenth or nothing.
  fastest: {
    h3_proximity: { mode: "off" },
    route_cluster_fit: { mode: "off" },
    proficiency_level: { weightS: 60 },
    device_model_experience: { weightS: 30 },
    brand_certification: { weightS: 40 },
    engineer_preference: { weightS: 90 },
    continuity_of_service: { weightS: 90 },
    workload_fairness: { mode: "off" },
    engineer_tier: { mode: "off" },
    customer_rating: { mode: "off" },
    on_time_rate: { mode: "off" },
    first_time_fix_rate: { weightS: 90 },
    acceptance_rate: { weightS: 0 },
  },
  // What the customer asked for weighs double.
  customer_first: {
    engineer_preference: { weightS: 1_800 },
    continuity_of_service: { weightS: 1_800 },
    sla_response: { weightS: 3_600 },
    customer_rating: { weightS: 600 },
    on_time_rate: { weightS: 600 },
  },
  // A second visit is the worst outcome.
  first_time_fix: {
    proficiency_level: { weightS: 1_200 },
    device_model_experience: { weightS: 900 },
    brand_certification: { weightS: 800 },
    continuity_of_service: { weightS: 1_200 },
    first_time_fix_rate: { weightS: 2_700 },
  },
  // Work is shared evenly: how good somebody is says less about who gets it.
  fair: {
    workload_fairness: { weightS: 1_800 },
    engineer_tier: { weightS: 0 },
    customer_rating: { weightS: 100 },
    on_time_rate: { weightS: 100 },
    acceptance_rate: { weightS: 100 },
  },
  // Earliest help for the most urgent: borders fall, and what is only nice weighs little.
  emergency: {
    service_territory: { mode: "soft", weightS: 300 },
    proficiency_level: { weightS: 300 },
    engineer_preference: { weightS: 300 },
    continuity_of_service: { weightS: 300 },
    sla_response: { weightS: 3_600 },
    order_priority: { weightS: 3_600 },
    workload_fairness: { mode: "off" },
    engineer_tier: { mode: "off" },
    customer_rating: { mode: "off" },
    acceptance_rate: { weightS: 0 },
  },
};
