// first_time_fix_rate: fixes at the first visit by skill and family, shrunk to the prior. Soft.
// Business reason: what is missing to the full score is the chance of a second visit, and the weight is its price.
import {
  engineerFixFirst,
  engineers,
  fixCases,
  fixClasses,
  fixFamily,
  fixPrior,
  fixSkill,
  fixSkillNeed,
  fixSuccesses,
  fixTotal,
  fixWeight,
  NONE,
  neutralScore,
  orderFamily,
  orderFixClass,
  orderFixSkillFirst,
} from "../gen/layout";
import { at, put } from "../memory/cells";
import { addClass, keepRows } from "./rows";
import { costOfScore, rate } from "./score";

let kept: usize = 0;

export function buildFirstTimeFix(): void {
  kept = keepRows(fixClasses, false, true);
}

/** Adds the costs of the order's row. */
export function addFirstTimeFix(order: i32, costs: usize): void {
  addClass(kept, at(orderFixClass, order), order, 0, costs, fill);
}

function fill(order: i32, _masks: usize, costs: usize): void {
  for (let engineer = 0; engineer < engineers; engineer++)
    put(costs, engineer, costOfScore(fixWeight, score(order, engineer)));
}

/** The most particular rows that fit count: skill and family, family alone, skill alone, neither. */
function score(order: i32, engineer: i32): i32 {
  let best = -1;
  let successes = 0;
  let total = 0;
  const end = at(engineerFixFirst, engineer + 1);
  for (let row = at(engineerFixFirst, engineer); row < end; row++) {
    const fits = particularity(order, row);
    if (fits < best) continue;
    if (fits > best) {
      best = fits;
      successes = 0;
      total = 0;
    }
    successes += at(fixSuccesses, row);
    total += at(fixTotal, row);
  }
  return best < 0 ? neutralScore : rate(successes, total, fixCases, fixPrior);
}

/** 0..3, or -2 where the row is about something else. */
function particularity(order: i32, row: i32): i32 {
  let fits = 0;
  const family = at(fixFamily, row);
  if (family != NONE) {
    if (family != at(orderFamily, order)) return -2;
    fits = 2;
  }
  const skill = at(fixSkill, row);
  if (skill == NONE) return fits;
  const end = at(orderFixSkillFirst, order + 1);
  for (let need = at(orderFixSkillFirst, order); need < end; need++)
    if (at(fixSkillNeed, need) == skill) return fits + 1;
  return -2;
}
