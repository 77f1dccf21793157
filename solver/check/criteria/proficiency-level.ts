// proficiency_level: the engineer's level in each skill is the wanted one or a little above it.
import type { Engineer } from "../../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order, ProficiencyRequirement } from "../../../proto/gen/shanpai/dispatch/v1/order_pb.ts";

const TOP_LEVEL = 10;

/** Highest stated level, 0 when held without one, undefined when not held. */
function levelOf(engineer: Engineer, skillId: string): number | undefined {
  const levels = engineer.skills.filter((skill) => skill.skillId === skillId).map((skill) => skill.level);
  return levels.length === 0 ? undefined : Math.max(...levels);
}

/** True when a hard requirement (`everyHard`: any requirement) is not met; a held skill without a stated level meets it. */
export function proficiencyLevelExcludes(order: Order, engineer: Engineer, everyHard: boolean): boolean {
  return order.proficiencies.some((requirement) => {
    if (!requirement.hard && !everyHard) return false;
    const level = levelOf(engineer, requirement.skillId);
    return level === undefined || (level > 0 && level < requirement.level);
  });
}

/** Lowest score over the requirements, 0 to 10000; undefined when the order has none. */
export function proficiencyLevelScore(order: Order, engineer: Engineer, neutralScore: number): number | undefined {
  if (order.proficiencies.length === 0) return undefined;
  const score = ({ skillId, level: wanted }: ProficiencyRequirement) => {
    const level = levelOf(engineer, skillId);
    if (level === undefined) return 0;
    if (level === 0) return neutralScore;
    if (level < wanted) return 0;
    // Sending a master to a simple job wastes the master: the score falls to one half at the top level.
    return wanted === TOP_LEVEL ? 10_000 : 10_000 - Math.floor((5_000 * (level - wanted)) / (TOP_LEVEL - wanted));
  };
  return Math.min(...order.proficiencies.map(score));
}
