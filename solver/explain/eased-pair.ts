// What would make an engineer eligible for an order by one change: a skill, a level, or a criterion turned off.
import type { CriterionId } from "../criteria.ts";
import type { Problem, ProblemEngineer, ProblemOrder, ProblemSkill } from "../model/problem.ts";
import { pairVerdicts } from "./pair.ts";

/** One change, and the engineer as he would be. */
export interface EasedPair {
  readonly kind: "SKILL" | "PROFICIENCY_LEVEL" | "CRITERION";
  /** Levels; 1 for skills and criteria. */
  readonly amount: number;
  /** Skill or criterion. */
  readonly subject: string;
  readonly engineer: ProblemEngineer;
}

/** No hard criterion rules the engineer out for the order. */
export function eligible(problem: Problem, order: ProblemOrder, engineer: ProblemEngineer): boolean {
  for (const { status } of pairVerdicts({ problem, order, engineer }).values()) if (status === "excluded") return false;
  return true;
}

/** Changes each of which alone lets the engineer serve the order, and still the orders in `served`; criteria only where nothing else does. */
export function easedPairs(
  problem: Problem,
  order: ProblemOrder,
  engineer: ProblemEngineer,
  excluding: readonly CriterionId[],
  served: readonly ProblemOrder[],
): EasedPair[] {
  const changed = [...skillChanges(order, engineer), ...levelChanges(order, engineer)].filter(
    (eased) =>
      eligible(problem, order, eased.engineer) && served.every((other) => eligible(problem, other, eased.engineer)),
  );
  if (changed.length > 0) return changed;
  return excluding.length === 1 ? [{ kind: "CRITERION", amount: 1, subject: excluding[0]!, engineer }] : [];
}

function withSkill(engineer: ProblemEngineer, skillId: string, skill: ProblemSkill): ProblemEngineer {
  return { ...engineer, skills: new Map(engineer.skills).set(skillId, skill) };
}

/** Skills that are asked for and not held, or not without an end. */
function skillChanges({ skills: { allOf, anyOf } }: ProblemOrder, engineer: ProblemEngineer): EasedPair[] {
  return [...new Set([...allOf, ...anyOf])].flatMap((subject): EasedPair[] => {
    const held = engineer.skills.get(subject);
    if (held && held.validUntil === undefined) return [];
    const skill = { level: held?.level ?? 0, validUntil: undefined };
    return [{ kind: "SKILL", amount: 1, subject, engineer: withSkill(engineer, subject, skill) }];
  });
}

/** Levels that are stated and too low. */
function levelChanges({ levels }: ProblemOrder, engineer: ProblemEngineer): EasedPair[] {
  return levels.flatMap(({ skillId, level, hard }): EasedPair[] => {
    const held = engineer.skills.get(skillId);
    if (!hard || !held || held.level === 0 || held.level >= level) return [];
    const changed = withSkill(engineer, skillId, { ...held, level });
    return [{ kind: "PROFICIENCY_LEVEL", amount: level - held.level, subject: skillId, engineer: changed }];
  });
}
