// proficiency_level: the level an order wants in a skill; the score peaks at that level so that experts stay free. Soft, or hard per requirement.
import {
  engineerSkillLevel,
  engineerSkillUntil,
  levelNeedHard,
  levelNeedLevel,
  levelNeedSkill,
  NO_TIME,
  neutralScore,
  orderLevelFirst,
  proficiencyHard,
  skills,
} from "../gen/layout";
import { at } from "../memory/cells";

/** No requirement: the criterion does not apply. */
export const NOT_APPLICABLE: i32 = -1;
/** A hard requirement is not met. */
export const EXCLUDED: i32 = -2;

/** Lowest score (0..10000) over the requirements of `order`, or NOT_APPLICABLE, or EXCLUDED. */
export function proficiencyLevel(order: i32, engineer: i32): i32 {
  let lowest = NOT_APPLICABLE;
  const end = at(orderLevelFirst, order + 1);
  for (let need = at(orderLevelFirst, order); need < end; need++) {
    const cell = engineer * skills + at(levelNeedSkill, need);
    const wanted = at(levelNeedLevel, need);
    const held = at(engineerSkillUntil, cell) != NO_TIME;
    const level = at(engineerSkillLevel, cell);
    const stated = level > 0;
    const met = held && (!stated || level >= wanted);
    if (!met && proficiencyHard >= 0 && (proficiencyHard == 1 || at(levelNeedHard, need) == 1)) return EXCLUDED;
    let score = 0;
    if (held && !stated) score = neutralScore;
    else if (met) score = wanted == 10 ? 10000 : 10000 - (5000 * (level - wanted)) / (10 - wanted);
    if (lowest == NOT_APPLICABLE || score < lowest) lowest = score;
  }
  return lowest;
}
