// The catalogue of the 30 matching criteria: ids, defaults, and what a policy may set of each.

/** P: one order and one engineer; R: the position in a route; S: the whole plan. */
export type Scope = "P" | "R" | "S" | "P/R" | "R/S";
export type Mode = "off" | "soft" | "hard";

/** A whole number that a policy may set; both ends are allowed. */
export interface Parameter {
  readonly default: number;
  readonly least: number;
  readonly most: number;
  readonly doc: string;
  /** Seconds that the core counts in ticks: they must fit its integers. */
  readonly inTicks?: boolean;
}

export interface Criterion {
  /** Stable id, the same in policy, core, explanations and docs. */
  readonly id: string;
  readonly mode: Mode;
  /** Modes that a policy may choose. */
  readonly modes: readonly Mode[];
  readonly scope: Scope;
  /** Equivalent seconds for full satisfaction; 0 where the seconds themselves are charged 1:1. */
  readonly weightS: number;
  /** The same where travel is great_circle, if it is another: without roads nearness is all there is. */
  readonly weightWithoutRoadsS?: number;
  /** Whether a policy may set a weight. */
  readonly weighted: boolean;
  readonly params: Readonly<Record<string, Parameter>>;
  /** Prior `p0` of a shrunk rate, 0..1; undefined where there is no rate. */
  readonly prior?: number;
}

/** Version of this page, in every answer's provenance. */
export const CATALOGUE_VERSION = "4";

/** Score of a missing input unless the policy says otherwise. */
export const NEUTRAL_SCORE = 5000;

/** Scores of engineer_tier from A to D; D is not nothing, so that everybody gets work. */
export const TIER_SCORES = [10_000, 8_000, 6_000, 4_000] as const;
/** Score of a certificate that expires soon. */
export const EXPIRING_SCORE = 9_000;
/** Urgency of an order, 10000 at most: so much for each step of the customer's tier and of the severity, and for the full age. */
export const URGENCY_OF_TIER = 400;
export const URGENCY_OF_SEVERITY = 400;
export const URGENCY_OF_AGE = 2_000;
/** Score of an engineer who speaks none of the customer's languages. */
export const OTHER_LANGUAGE_SCORE = 3_000;

/** Fewest cases that a rate is shrunk by, of whatever criterion. */
const shrinkage = (value: number): Parameter => ({
  default: value,
  least: 1,
  most: 1_000_000,
  doc: "cases that the prior counts for",
});

interface Row {
  readonly weightWithoutRoadsS?: number;
  readonly params?: Readonly<Record<string, Parameter>>;
  readonly prior?: number;
}

/** A criterion that a weight is given for. */
const weighted = <const Id extends string>(
  id: Id,
  mode: Mode,
  scope: Scope,
  weightS: number,
  modes: readonly Mode[],
  more: Row = {},
) => ({ id, mode, modes, scope, weightS, weighted: true, params: {}, ...more });

/** A criterion that only rules out, or charges its seconds 1:1. */
const plain = <const Id extends string>(id: Id, mode: Mode, scope: Scope, modes: readonly Mode[]) => ({
  id,
  mode,
  modes,
  scope,
  weightS: 0,
  weighted: false,
  params: {},
});

const SOFT = ["off", "soft"] as const;
const HARD = ["off", "hard"] as const;
const ANY = ["off", "soft", "hard"] as const;
/** What a plan is made of: time that passes, parts that are used. A policy cannot turn it off. */
const ALWAYS_SOFT = ["soft"] as const;
const ALWAYS_HARD = ["hard"] as const;

/** All 30, in catalogue order. */
export const CATALOGUE = [
  weighted("h3_proximity", "soft", "P", 0, SOFT, {
    weightWithoutRoadsS: 120,
    params: {
      resolution: { default: 8, least: 5, most: 10, doc: "H3 resolution" },
      worst_cells: { default: 12, least: 1, most: 50, doc: "grid distance that scores 0" },
    },
  }),
  plain("travel_time", "soft", "P/R", ALWAYS_SOFT),
  weighted("route_cluster_fit", "soft", "R", 300, SOFT),
  weighted("service_territory", "hard", "P", 900, ANY, {
    params: {
      overflow: {
        default: 0,
        least: 0,
        most: 1,
        doc: "1: neighbours may help out at a cost although the mode is hard",
      },
      half_m: { default: 5_000, least: 1, most: 1_000_000, doc: "metres outside that halve a neighbour's score" },
    },
  }),
  plain("parts_on_hand", "hard", "R", ALWAYS_HARD),
  weighted("parts_borrowable", "soft", "R/S", 300, SOFT, {
    params: {
      hand_over_s: { default: 180, least: 1, most: 3_600, doc: "seconds that a hand-over takes", inTicks: true },
      half_s: { default: 900, least: 1, most: 1_000_000, doc: "seconds of detour that halve the score" },
      hubs_only: { default: 0, least: 0, most: 1, doc: "1: only engineers who are hubs lend" },
    },
  }),
  plain("parts_from_centre", "soft", "R", ALWAYS_SOFT),
  plain("skill_match", "hard", "P", HARD),
  weighted("proficiency_level", "soft", "P", 600, ANY),
  weighted("device_model_experience", "soft", "P", 300, SOFT, {
    params: {
      half_repairs: { default: 8, least: 1, most: 1_000, doc: "repairs that halve what is missing to the full score" },
    },
  }),
  weighted("brand_certification", "soft", "P", 400, ANY, {
    params: {
      expiring_days: { default: 7, least: 0, most: 365, doc: "days before its end in which a certificate is expiring" },
    },
  }),
  plain("tool_availability", "hard", "R", HARD),
  weighted("engineer_preference", "soft", "P", 900, SOFT),
  weighted("customer_attribute_preference", "off", "P", 300, SOFT, {
    params: {
      gender: { default: 0, least: 0, most: 1, doc: "1: the operator's region allows asking for a gender" },
    },
  }),
  weighted("continuity_of_service", "soft", "P", 900, ANY, {
    params: {
      half_days: { default: 90, least: 1, most: 3_650, doc: "days since the last visit that halve the score" },
      rework: {
        default: 0,
        least: 0,
        most: 2,
        doc: "who reworks a fault: 0 no rule, 1 the same engineer, 2 another, senior one",
      },
      senior_level: {
        default: 7,
        least: 1,
        most: 10,
        doc: "level in a skill of the order that makes an engineer senior",
      },
    },
  }),
  plain("time_window_fit", "soft", "R", SOFT),
  weighted("sla_response", "soft", "R", 1800, ANY, {
    params: {
      worst_s: { default: 3_600, least: 1, most: 500_000, doc: "seconds after the promise that score 0" },
      answer_best_s: {
        default: 300,
        least: 0,
        most: 1_000_000,
        doc: "seconds to the answer that score full; shown only",
      },
      answer_worst_s: {
        default: 600,
        least: 1,
        most: 1_000_000,
        doc: "seconds to the answer that score 0, the response promise; shown only",
      },
    },
  }),
  weighted("order_priority", "soft", "R", 1200, SOFT, {
    params: {
      half_s: { default: 14_400, least: 1, most: 500_000, doc: "seconds after `now` that halve the score" },
      age_full_s: { default: 86_400, least: 1, most: 10_000_000, doc: "seconds of age from which it counts in full" },
    },
  }),
  plain("shift_capacity", "soft", "R", SOFT),
  plain("idle_time", "soft", "R", ALWAYS_SOFT),
  weighted("workload_fairness", "soft", "S", 600, SOFT, {
    params: {
      cap_s: { default: 3_600, least: 0, most: 1_000_000, doc: "most equivalent seconds of one engineer" },
    },
  }),
  weighted("engineer_tier", "soft", "P", 300, SOFT, {
    params: {
      a_percent: { default: 100, least: 0, most: 1_000, doc: "least output in percent of the target for tier A" },
      b_percent: { default: 80, least: 0, most: 1_000, doc: "the same for tier B" },
      c_percent: { default: 60, least: 0, most: 1_000, doc: "the same for tier C; below it is tier D" },
    },
  }),
  weighted("customer_rating", "soft", "P", 300, SOFT, { prior: 0.85, params: { m: shrinkage(20) } }),
  weighted("on_time_rate", "soft", "P", 300, SOFT, { prior: 0.9, params: { m: shrinkage(30) } }),
  weighted("first_time_fix_rate", "soft", "P", 900, SOFT, { prior: 0.85, params: { m: shrinkage(20) } }),
  weighted("acceptance_rate", "soft", "P", 300, SOFT, { prior: 0.8, params: { m: shrinkage(20) } }),
  plain("vehicle_mode", "hard", "P/R", HARD),
  weighted("trust_limit", "hard", "R", 0, ANY, {
    params: {
      margin_percent: { default: 20, least: 1, most: 100, doc: "percent of the limit that should stay free" },
    },
  }),
  plain("service_cost", "soft", "R", ANY),
  weighted("plan_stability", "soft", "R/S", 600, ANY, {
    params: {
      start_s: {
        default: 200,
        least: 0,
        most: 1_000_000,
        doc: "equivalent seconds of a start that moved",
        inTicks: true,
      },
      tolerance_s: { default: 900, least: 0, most: 1_000_000, doc: "seconds that a start may move for nothing" },
    },
  }),
] as const satisfies readonly Criterion[];

/** Id of one of the 30. */
export type CriterionId = (typeof CATALOGUE)[number]["id"];
