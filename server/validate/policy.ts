// Schemas of objective, policy and search, and the rules about criteria; policy files hold the same message.

import { z } from "zod";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import {
  CriterionMode,
  type CriterionSetting,
  Explain_Level,
  Measure,
  type Objective,
  type Policy,
  Policy_Preset,
  SearchOptions_Mode,
} from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { CATALOGUE, type Criterion, type Mode } from "../../solver/criteria.ts";
import { policyFromProto } from "../messages/policy-from-proto.ts";
import { type Path, type Report, show } from "./report.ts";
import { I32_MAX, language, name, positiveDuration, rule } from "./schema-basics.ts";
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

const candidates = rule(
  z.object({
    engineers: z.int().min(0).max(10_000),
    resolution: z.int().min(0).max(15),
    allPairs: z.boolean(),
  }),
  "NOT_ALLOWED",
  "must not ask for all pairs and for engineers or a resolution",
  ({ engineers, resolution, allPairs }) => !allPairs || (engineers === 0 && resolution === 0),
);

export const search = z.object({
  mode: z.enum(SearchOptions_Mode),
  timeLimit,
  iterations: z.bigint(),
  seed: z.bigint(),
  workers: z.int().min(0).max(64),
  prove: z.boolean(),
  proveTimeLimit: timeLimit,
  candidates: candidates.optional(),
});

export const explain = z.object({
  level: z.enum(Explain_Level),
  orderIds: z.array(name),
  engineerIds: z.array(name),
  language: z.literal("").or(language),
});

const CRITERIA: ReadonlyMap<string, Criterion> = new Map(CATALOGUE.map((criterion) => [criterion.id, criterion]));

const MODE_NAMES: Readonly<Partial<Record<CriterionMode, Mode>>> = {
  [CriterionMode.OFF]: "off",
  [CriterionMode.SOFT]: "soft",
  [CriterionMode.HARD]: "hard",
};

/** Ids of criteria are known and unique, each is set what it has and allows, and weights fit the core's i32. */
export function checkPolicy(policy: Policy, ticksPerSecond: number, report: Report): void {
  const seen = new Set<string>();
  policy.criteria.forEach((setting, row) => {
    const path = ["policy", "criteria", row];
    if (setting.id === "") return;
    const criterion = CRITERIA.get(setting.id);
    if (!criterion) report([...path, "id"], "UNKNOWN_CRITERION", `is no criterion: ${show(setting.id)}`);
    else if (seen.has(setting.id)) report([...path, "id"], "DUPLICATE", `${show(setting.id)} is set twice`);
    seen.add(setting.id);
    if (criterion) checkSetting(criterion, setting, ticksPerSecond, path, report);
    const ticks = (setting.weightS ?? 0) * ticksPerSecond;
    if (ticks > MAX_TICKS)
      report([...path, "weightS"], "OVERFLOW", `times ticks_per_second must be at most ${MAX_TICKS}, is ${ticks}`);
  });
  for (const id of Object.keys(policy.priors)) {
    const criterion = CRITERIA.get(id);
    const path = ["policy", "priors", id];
    if (!criterion) report(path, "UNKNOWN_CRITERION", `is no criterion: ${show(id)}`);
    else if (criterion.prior === undefined) report(path, "NOT_ALLOWED", `${id} has no prior`);
  }
}

function checkSetting(
  criterion: Criterion,
  setting: CriterionSetting,
  ticksPerSecond: number,
  path: Path,
  report: Report,
): void {
  const { id, modes, params, weighted } = criterion;
  const mode = MODE_NAMES[setting.mode];
  if (mode !== undefined && !modes.includes(mode))
    report([...path, "mode"], "NOT_ALLOWED", `of ${id} must be one of ${modes.join(", ")}, is ${mode}`);
  if (setting.weightS !== undefined && !weighted)
    report([...path, "weightS"], "NOT_ALLOWED", `${id} has no weight, got ${setting.weightS}`);
  for (const [name, value] of Object.entries(setting.params)) {
    const parameter = params[name];
    const at = [...path, "params", name];
    // What is no finite number is reported by the schema.
    if (!parameter) report(at, "UNKNOWN_PARAMETER", `is no parameter of ${id}, got ${value}`);
    else if (!Number.isFinite(value)) continue;
    else if (!Number.isInteger(value) || value < parameter.least || value > parameter.most)
      report(at, "OUT_OF_RANGE", `must be a whole number from ${parameter.least} to ${parameter.most}, is ${value}`);
    else if (parameter.inTicks && value * ticksPerSecond > MAX_TICKS)
      report(
        at,
        "OVERFLOW",
        `times ticks_per_second must be at most ${MAX_TICKS}, ${value} s are ${value * ticksPerSecond}`,
      );
  }
}

/** What one order and one engineer can cost together fits the core's i32. */
export function checkWeights(request: AssignRequest, ticksPerSecond: number, report: Report): void {
  const source = request.travel?.source.case;
  const { criteria } = policyFromProto(request.policy, source === undefined || source === "greatCircle");
  let seconds = 0;
  for (const { id, scope } of CATALOGUE) {
    const { mode, weightS } = criteria.get(id)!;
    // Customers with a tier double the weight of stars; that another engineer comes is charged by pair, too.
    if ((scope === "P" || id === "plan_stability") && mode !== "off")
      seconds += id === "customer_rating" ? 2 * weightS : weightS;
  }
  if (seconds * ticksPerSecond > I32_MAX)
    report(
      ["ticksPerSecond"],
      "OVERFLOW",
      `times the weights of all criteria between one order and one engineer, ${seconds} s, must be at most ${I32_MAX}, is ${seconds * ticksPerSecond}`,
    );
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
