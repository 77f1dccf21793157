// skill_match: the engineer holds the skills an order asks for, valid through the end of its last window. Hard.
// Business reason: a gas or refrigerant job done without a valid licence must be redone by law.
import {
  engineerLastShift,
  engineerSkillUntil,
  engineers,
  NO_TIME,
  NONE,
  orderLastWindow,
  orderSkillClass,
  orderSkillFirst,
  skillClasses,
  skillNeedKind,
  skillNeedSkill,
  skills,
} from "../gen/layout";
import { at } from "../memory/cells";
import { FAILS_SKILL } from "./masks";
import { classMask, classMasks, KEPT_CLASSES, orRow, setCell } from "./rows";

const ALL_OF: i32 = 0;
const ANY_OF: i32 = 1;

let masksOf: usize = 0;
let made: i32 = 0;

export function buildSkillMatch(): void {
  masksOf = classMasks(skillClasses);
  made = 0;
}

/** Adds the mask bits of the order's row. */
export function addSkillMatch(order: i32, masks: usize): void {
  const index = at(orderSkillClass, order);
  if (index == NONE) return;
  const row = classMask(masksOf, index);
  if (index >= made || index >= KEPT_CLASSES) {
    made = max(made, index + 1);
    for (let engineer = 0; engineer < engineers; engineer++)
      setCell(row, engineer, skillMatch(order, engineer) ? 0 : FAILS_SKILL);
  }
  orRow(masks, row);
}

/** True when `engineer` satisfies the skill requirement of `order`. */
function skillMatch(order: i32, engineer: i32): bool {
  const lastWindow = at(orderLastWindow, order);
  const needed = lastWindow != NO_TIME ? lastWindow : at(engineerLastShift, engineer);
  let anyWanted = false;
  let anyHeld = false;
  const end = at(orderSkillFirst, order + 1);
  for (let need = at(orderSkillFirst, order); need < end; need++) {
    const until = at(engineerSkillUntil, engineer * skills + at(skillNeedSkill, need));
    const kind = at(skillNeedKind, need);
    if (kind == ALL_OF) {
      if (until < needed) return false;
    } else if (kind == ANY_OF) {
      anyWanted = true;
      if (until >= needed) anyHeld = true;
    } else if (until != NO_TIME) return false;
  }
  return !anyWanted || anyHeld;
}
