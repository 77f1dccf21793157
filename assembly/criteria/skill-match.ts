// skill_match: the engineer holds the skills an order asks for, valid through the end of its last window. Hard.
// Business reason: a gas or refrigerant job done without a valid licence must be redone by law.
import {
  engineerLastShift,
  engineerSkillUntil,
  engineers,
  NO_TIME,
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
import { addClass, keepRows, setCell } from "./rows";

const ALL_OF: i32 = 0;
const ANY_OF: i32 = 1;

let kept: usize = 0;

export function buildSkillMatch(): void {
  kept = keepRows(skillClasses, true, false);
}

/** Adds the mask bits of the order's row. */
export function addSkillMatch(order: i32, masks: usize): void {
  addClass(kept, at(orderSkillClass, order), order, masks, 0, fill);
}

function fill(order: i32, masks: usize, _costs: usize): void {
  for (let engineer = 0; engineer < engineers; engineer++)
    setCell(masks, engineer, skillMatch(order, engineer) ? 0 : FAILS_SKILL);
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
