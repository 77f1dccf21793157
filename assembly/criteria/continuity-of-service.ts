// continuity_of_service: who was there last time comes again if the repair held; rework has a rule of its own. Soft, or hard for rework.
import {
  continuityHalf,
  continuityHard,
  continuityWeight,
  engineerSkillLevel,
  engineers,
  engineerTopLevel,
  levelNeedSkill,
  orderLastDays,
  orderLastEngineer,
  orderLastRule,
  orderLevelFirst,
  orderSkillFirst,
  seniorLevel,
  skillNeedKind,
  skillNeedSkill,
  skills,
} from "../gen/layout";
import { add, at } from "../memory/cells";
import { FAILS_CONTINUITY } from "./masks";
import { orCell } from "./rows";
import { costOfScore, FULL, half } from "./score";

const ANYBODY: i32 = 0;
const SAME_AGAIN: i32 = 1;
const SAME_FOR_REWORK: i32 = 2;
const NONE_OF: i32 = 2;

/** Adds mask bits and costs of the order's row. */
export function addContinuity(order: i32, masks: usize, costs: usize): void {
  const rule = at(orderLastRule, order);
  if (rule == ANYBODY) return;
  const last = at(orderLastEngineer, order);
  for (let engineer = 0; engineer < engineers; engineer++) {
    let score = 0;
    if (rule == SAME_AGAIN) {
      if (engineer == last) score = half(at(orderLastDays, order), continuityHalf);
    } else if (rule == SAME_FOR_REWORK) {
      if (engineer == last) score = FULL;
    } else if (engineer != last && senior(order, engineer)) score = FULL;
    if (rule != SAME_AGAIN && score == 0 && continuityHard == 1) orCell(masks, engineer, FAILS_CONTINUITY);
    add(costs, engineer, costOfScore(continuityWeight, score));
  }
}

/** True when the engineer has the senior level in a skill that the order asks for, or in any where it asks for none. */
function senior(order: i32, engineer: i32): bool {
  let top = -1;
  const skillsEnd = at(orderSkillFirst, order + 1);
  for (let need = at(orderSkillFirst, order); need < skillsEnd; need++)
    if (at(skillNeedKind, need) != NONE_OF)
      top = max(top, at(engineerSkillLevel, engineer * skills + at(skillNeedSkill, need)));
  const levelsEnd = at(orderLevelFirst, order + 1);
  for (let need = at(orderLevelFirst, order); need < levelsEnd; need++)
    top = max(top, at(engineerSkillLevel, engineer * skills + at(levelNeedSkill, need)));
  if (top < 0) top = at(engineerTopLevel, engineer);
  return top >= seniorLevel;
}
