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
  NONE,
  neutralScore,
  orderLevelClass,
  orderLevelFirst,
  proficiencyHard,
  proficiencyWeight,
  skills,
} from "../gen/layout";
import { at, put } from "../memory/cells";
import { FAILS_PROFICIENCY } from "./masks";
import { addRow, classMask, classMasks, classRow, classRows, KEPT_CLASSES, orRow, setCell } from "./rows";
import { costOfScore, FULL } from "./score";

/** A hard requirement is not met. */
const EXCLUDED: i32 = -1;

/** Mask bits and costs of a class. */
let masksOf: usize = 0;
let costsOf: usize = 0;
let made: i32 = 0;

export function buildProficiency(): void {
  masksOf = classMasks(levelClasses);
  costsOf = classRows(levelClasses);
  made = 0;
}

/** Adds mask bits and costs of the order's row. */
export function addProficiency(order: i32, masks: usize, costs: usize): void {
  const index = at(orderLevelClass, order);
  if (index == NONE) return;
  const classMasksRow = classMask(masksOf, index);
  const classCosts = classRow(costsOf, index);
  if (index >= made || index >= KEPT_CLASSES) {
    made = max(made, index + 1);
    for (let engineer = 0; engineer < engineers; engineer++) {
      const score = proficiencyLevel(order, engineer);
      setCell(classMasksRow, engineer, score == EXCLUDED ? FAILS_PROFICIENCY : 0);
      put(classCosts, engineer, score >= 0 ? costOfScore(proficiencyWeight, score) : 0);
    }
  }
  orRow(masks, classMasksRow);
  addRow(costs, classCosts);
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
