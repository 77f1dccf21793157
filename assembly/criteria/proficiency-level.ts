// proficiency_level: the level an order wants in a skill; the score peaks at that level so that experts stay free. Soft, or hard per requirement.
import {
  engineerSkillLevel,
  engineerSkillUntil,
  engineers,
  levelClasses,
  levelNeedHard,
  levelNeedLevel,
  levelNeedSkill,
  NO_TIME,
  neutralScore,
  orderLevelClass,
  orderLevelFirst,
  proficiencyHard,
  proficiencyWeight,
  skills,
} from "../gen/layout";
import { at, put } from "../memory/cells";
import { FAILS_PROFICIENCY } from "./masks";
import { addClass, keepRows, setCell } from "./rows";
import { costOfScore, FULL } from "./score";

/** A hard requirement is not met. */
const EXCLUDED: i32 = -1;

let kept: usize = 0;

export function buildProficiency(): void {
  kept = keepRows(levelClasses, true, true);
}

/** Adds mask bits and costs of the order's row. */
export function addProficiency(order: i32, masks: usize, costs: usize): void {
  addClass(kept, at(orderLevelClass, order), order, masks, costs, fill);
}

function fill(order: i32, masks: usize, costs: usize): void {
  for (let engineer = 0; engineer < engineers; engineer++) {
    const score = proficiencyLevel(order, engineer);
    setCell(masks, engineer, score == EXCLUDED ? FAILS_PROFICIENCY : 0);
    put(costs, engineer, score >= 0 ? costOfScore(proficiencyWeight, score) : 0);
  }
}

/** Lowest score (0..10000) over the requirements of `order`, or EXCLUDED. */
function proficiencyLevel(order: i32, engineer: i32): i32 {
  let lowest = FULL;
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
    lowest = min(lowest, score);
  }
  return lowest;
}
