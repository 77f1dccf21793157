// The criteria between one order and one engineer, for explanations: whether they apply, their score, and their cost.
import type { EffectivePolicy, ProblemEngineer, ProblemOrder } from "../model/problem.ts";

/** What a pair criterion says; score 0..10000. */
export interface PairVerdict {
  readonly status: "evaluated" | "excluded" | "not_evaluated" | "off";
  readonly score: number;
  readonly costTicks: number;
  readonly inputs: Readonly<Record<string, string>>;
  readonly sentence: string;
}

/** Ticks of a weight in seconds and a score: docs/plan.md, "Measures". */
export function costOfScore(weightS: number, score: number, ticksPerSecond: number): number {
  return Math.floor((weightS * (10_000 - score) + 5000) / 10_000) * ticksPerSecond;
}

const list = (ids: Iterable<string>) => [...ids].join(", ") || "none";
const verdict = (
  status: PairVerdict["status"],
  score: number,
  sentence: string,
  inputs: Record<string, string> = {},
  costTicks = 0,
): PairVerdict => ({ status, score, costTicks, inputs, sentence });

function skillMatch(policy: EffectivePolicy, order: ProblemOrder, engineer: ProblemEngineer): PairVerdict {
  const { allOf, anyOf, noneOf } = order.skills;
  if (policy.criteria.get("skill_match")!.mode !== "hard")
    return verdict("off", 0, "The policy does not ask for skills.");
  if (allOf.length + anyOf.length + noneOf.length === 0)
    return verdict("evaluated", 10_000, "The order asks for no skill.");
  const until = order.lastWindowEnd ?? engineer.lastShiftEnd;
  const valid = (id: string) => {
    const skill = engineer.skills.get(id);
    return skill !== undefined && (skill.validUntil === undefined || skill.validUntil >= until);
  };
  const missing = allOf.filter((id) => !valid(id));
  const barred = noneOf.filter((id) => engineer.skills.has(id));
  const inputs = {
    all_of: list(allOf),
    any_of: list(anyOf),
    none_of: list(noneOf),
    held: list(engineer.skills.keys()),
  };
  if (missing.length > 0)
    return verdict("excluded", 0, `Does not hold ${list(missing)} through the end of the last window.`, inputs);
  if (anyOf.length > 0 && !anyOf.some(valid)) return verdict("excluded", 0, `Holds none of ${list(anyOf)}.`, inputs);
  if (barred.length > 0) return verdict("excluded", 0, `Holds ${list(barred)}, which the order rules out.`, inputs);
  return verdict("evaluated", 10_000, "Holds every skill the order asks for.", inputs);
}

function proficiencyLevel(
  policy: EffectivePolicy,
  order: ProblemOrder,
  engineer: ProblemEngineer,
  tps: number,
): PairVerdict {
  const setting = policy.criteria.get("proficiency_level")!;
  if (setting.mode === "off") return verdict("off", 0, "The policy leaves levels aside.");
  if (order.levels.length === 0) return verdict("not_evaluated", policy.neutralScore, "The order states no level.");
  let lowest = 10_000;
  let excluded: string | undefined;
  const inputs: Record<string, string> = {};
  for (const { skillId, level: wanted, hard } of order.levels) {
    const skill = engineer.skills.get(skillId);
    const level = skill?.level ?? 0;
    inputs[skillId] =
      `wanted ${wanted}, ${skill === undefined ? "not held" : level === 0 ? "level not stated" : `level ${level}`}`;
    const met = skill !== undefined && (level === 0 || level >= wanted);
    if (!met && (hard || setting.mode === "hard")) excluded ??= skillId;
    let score = 0;
    if (skill !== undefined && level === 0) score = policy.neutralScore;
    else if (met) score = wanted === 10 ? 10_000 : 10_000 - Math.floor((5000 * (level - wanted)) / (10 - wanted));
    lowest = Math.min(lowest, score);
  }
  if (excluded !== undefined)
    return verdict("excluded", 0, `The level in ${excluded} is below what the order insists on.`, inputs);
  const sentence =
    lowest === 10_000
      ? "Exactly the level the order wants."
      : lowest === 0
        ? "Below the wanted level."
        : "Above the wanted level, or not stated.";
  return verdict("evaluated", lowest, sentence, inputs, costOfScore(setting.weightS, lowest, tps));
}

function engineerPreference(
  policy: EffectivePolicy,
  order: ProblemOrder,
  engineer: ProblemEngineer,
  tps: number,
): PairVerdict {
  const setting = policy.criteria.get("engineer_preference")!;
  if (setting.mode === "off") return verdict("off", 0, "The policy leaves preferences aside.");
  const { required, excluded, preferred, secondary, disliked } = order.preference;
  if (excluded.includes(engineer.id)) return verdict("excluded", 0, "The order excludes this engineer.");
  if (required.length > 0 && !required.includes(engineer.id))
    return verdict("excluded", 0, `The order requires one of ${list(required)}.`, { required: list(required) });
  if (preferred.length + secondary.length + disliked.length === 0)
    return verdict("not_evaluated", policy.neutralScore, "The order states no preference.");
  let score = 5000;
  let sentence = "Neither wanted nor unwanted by the customer.";
  if (preferred.includes(engineer.id)) [score, sentence] = [10_000, "The customer prefers this engineer."];
  if (secondary.includes(engineer.id)) [score, sentence] = [7000, "The customer's second choice."];
  if (disliked.includes(engineer.id)) [score, sentence] = [1000, "The customer would rather have somebody else."];
  const inputs = { preferred: list(preferred), secondary: list(secondary), disliked: list(disliked) };
  return verdict("evaluated", score, sentence, inputs, costOfScore(setting.weightS, score, tps));
}

function acceptanceRate(policy: EffectivePolicy, order: ProblemOrder, engineer: ProblemEngineer): PairVerdict {
  if (policy.criteria.get("acceptance_rate")!.mode === "off")
    return verdict("off", 0, "The policy leaves acceptance aside.");
  if (order.preference.declined.includes(engineer.id)) return verdict("excluded", 0, "Declined this order before.");
  return verdict(
    "not_evaluated",
    policy.neutralScore,
    "Did not decline this order; the rate itself is not evaluated in this version.",
  );
}

function vehicleMode(policy: EffectivePolicy, order: ProblemOrder, engineer: ProblemEngineer): PairVerdict {
  if (policy.criteria.get("vehicle_mode")!.mode !== "hard")
    return verdict("off", 0, "The policy does not limit access.");
  if (((order.access >> engineer.mode) & 1) === 0)
    return verdict("excluded", 0, "This way of moving does not get to the customer.");
  return verdict("evaluated", 10_000, "Gets to the customer.");
}

/** Verdicts of all live pair criteria by id. */
export function pairVerdicts(
  policy: EffectivePolicy,
  order: ProblemOrder,
  engineer: ProblemEngineer,
  ticksPerSecond: number,
): Map<string, PairVerdict> {
  return new Map([
    ["skill_match", skillMatch(policy, order, engineer)],
    ["proficiency_level", proficiencyLevel(policy, order, engineer, ticksPerSecond)],
    ["engineer_preference", engineerPreference(policy, order, engineer, ticksPerSecond)],
    ["acceptance_rate", acceptanceRate(policy, order, engineer)],
    ["vehicle_mode", vehicleMode(policy, order, engineer)],
  ]);
}

/** Soft cost of a pair, ticks. */
export function pairCostTicks(
  policy: EffectivePolicy,
  order: ProblemOrder,
  engineer: ProblemEngineer,
  ticksPerSecond: number,
): number {
  let sum = 0;
  for (const { costTicks } of pairVerdicts(policy, order, engineer, ticksPerSecond).values()) sum += costTicks;
  return sum;
}
