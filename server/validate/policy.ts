// Schemas of objective, policy and search, and the rules about criteria; policy files hold the same message.

import { z } from "zod";
import {
  CriterionMode,
  Explain_Level,
  Measure,
  type Objective,
  type Policy,
  Policy_Preset,
  SearchOptions_Mode,
} from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { CATALOGUE } from "../../solver/criteria.ts";
import type { Report } from "./report.ts";
import { show } from "./report.ts";
import { name, positiveDuration, rule } from "./schema-basics.ts";
import { MAX_TICKS } from "./times.ts";

export const objective = z.object({
  levels: z.array(
    z.object({
      terms: z
        .array(
          z.object({
            measure: rule(
              z.enum(Measure),
              "UNKNOWN_ENUM",
              "must be a measure",
              (measure) => measure !== Measure.UNSPECIFIED,
            ),
            weight: z.int().min(0).max(1_000_000),
          }),
        )
        .min(1),
    }),
  ),
});

export const policy = z.object({
  preset: z.enum(Policy_Preset),
  criteria: z.array(
    z.object({
      id: name,
      mode: z.enum(CriterionMode),
      weightS: z.int().min(0).max(1_000_000).optional(),
      params: z.record(z.string(), z.number()),
    }),
  ),
  secondsPerCurrencyUnit: z.number().min(0),
  neutralScore: z.int().min(0).max(10_000).optional(),
  priors: z.record(z.string(), z.number().min(0).max(1)),
});

const timeLimit = rule(
  positiveDuration,
  "OUT_OF_RANGE",
  "must be more than 0 and well formed",
  ({ seconds, nanos }) => seconds >= 0n && nanos >= 0 && nanos <= 999_999_999,
).optional();

export const search = z.object({
  mode: z.enum(SearchOptions_Mode),
  timeLimit,
  iterations: z.bigint(),
  seed: z.bigint(),
  workers: z.int().min(0).max(64),
  prove: z.boolean(),
  proveTimeLimit: timeLimit,
});

export const explain = z.object({
  level: z.enum(Explain_Level),
  orderIds: z.array(name),
  engineerIds: z.array(name),
});

const CRITERION_IDS: ReadonlySet<string> = new Set(CATALOGUE.map((criterion) => criterion.id));

/** Ids of criteria are known and unique, and weights fit the core's i32 at this many ticks in a second. */
export function checkPolicy(policy: Policy, ticksPerSecond: number, report: Report): void {
  const seen = new Set<string>();
  policy.criteria.forEach((setting, row) => {
    const path = ["policy", "criteria", row, "id"];
    if (setting.id === "") return;
    if (!CRITERION_IDS.has(setting.id)) report(path, "UNKNOWN_CRITERION", `is no criterion: ${show(setting.id)}`);
    else if (seen.has(setting.id)) report(path, "DUPLICATE", `${show(setting.id)} is set twice`);
    seen.add(setting.id);
    const ticks = (setting.weightS ?? 0) * ticksPerSecond;
    if (ticks > MAX_TICKS)
      report(
        ["policy", "criteria", row, "weightS"],
        "OVERFLOW",
        `times ticks_per_second must be at most 1000000000, is ${ticks}`,
      );
  });
  for (const id of Object.keys(policy.priors))
    if (!CRITERION_IDS.has(id)) report(["policy", "priors", id], "UNKNOWN_CRITERION", `is no criterion: ${show(id)}`);
}

/** A measure occurs at most once in a level. */
export function checkObjective(objective: Objective, report: Report): void {
  objective.levels.forEach((level, row) => {
    const seen = new Set<Measure>();
    level.terms.forEach((term, column) => {
      if (seen.has(term.measure))
        report(
          ["objective", "levels", row, "terms", column, "measure"],
          "DUPLICATE",
          `${Measure[term.measure]} occurs twice in the level`,
        );
      seen.add(term.measure);
    });
  });
}
