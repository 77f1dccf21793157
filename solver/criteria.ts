// The catalogue of the 30 matching criteria: ids, defaults and where each is computed.

/** P: one order and one engineer; R: the position in a route; S: the whole plan. */
export type Scope = "P" | "R" | "S" | "P/R" | "R/S";
export type Mode = "off" | "soft" | "hard";

export interface Criterion {
  /** Stable id, the same in policy, core, explanations and docs. */
  readonly id: string;
  readonly mode: Mode;
  readonly scope: Scope;
  /** Equivalent seconds for full satisfaction; 0 where the seconds themselves are charged 1:1. */
  readonly weightS: number;
  /** Whether this version evaluates it; the others are reported as not evaluated. */
  readonly live: boolean;
}

/** Version of this page, in every answer's provenance. */
export const CATALOGUE_VERSION = "1";

/** Score of a missing input unless the policy says otherwise. */
export const NEUTRAL_SCORE = 5000;

const row = (id: string, mode: Mode, scope: Scope, weightS: number, live = false): Criterion => ({
  id,
  mode,
  scope,
  weightS,
  live,
});

/** All 30, in catalogue order. */
export const CATALOGUE = [
  row("h3_proximity", "soft", "P", 0),
  row("travel_time", "soft", "P/R", 0, true),
  row("route_cluster_fit", "soft", "R", 300),
  row("service_territory", "hard", "P", 900),
  row("parts_on_hand", "hard", "R", 0, true),
  row("parts_borrowable", "soft", "R/S", 300),
  row("parts_from_centre", "soft", "R", 0, true),
  row("skill_match", "hard", "P", 0, true),
  row("proficiency_level", "soft", "P", 600, true),
  row("device_model_experience", "soft", "P", 300),
  row("brand_certification", "soft", "P", 400),
  row("tool_availability", "hard", "R", 0, true),
  row("engineer_preference", "soft", "P", 900, true),
  row("customer_attribute_preference", "off", "P", 300),
  row("continuity_of_service", "soft", "P", 900),
  row("time_window_fit", "soft", "R", 0, true),
  row("sla_response", "soft", "R", 1800),
  row("order_priority", "soft", "R", 1200),
  row("shift_capacity", "soft", "R", 0, true),
  row("idle_time", "soft", "R", 0, true),
  row("workload_fairness", "soft", "S", 600),
  row("engineer_tier", "soft", "P", 300),
  row("customer_rating", "soft", "P", 300),
  row("on_time_rate", "soft", "P", 300),
  row("first_time_fix_rate", "soft", "P", 900),
  row("acceptance_rate", "soft", "P", 300),
  row("vehicle_mode", "hard", "P/R", 0, true),
  row("trust_limit", "hard", "R", 0),
  row("service_cost", "soft", "R", 0),
  row("plan_stability", "soft", "R/S", 600),
] as const satisfies readonly Criterion[];
