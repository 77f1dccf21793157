// engineer_preference: who must, should and must not come. Required and excluded are hard, the rest costs.
// acceptance_rate shares the table: an engineer who declined an order is not asked again.
import {
  declinedHard,
  orderPreferenceFirst,
  orderPreferenceState,
  preferenceEngineer,
  preferenceHard,
  preferenceKind,
} from "../gen/layout";
import { at } from "../memory/cells";

const REQUIRED: i32 = 0;
const EXCLUDED_KIND: i32 = 1;
const DECLINED: i32 = 5;
const HAS_REQUIRED: i32 = 1;
const HAS_WISHES: i32 = 2;

/** Bit 0: engineer_preference rules the engineer out; bit 1: acceptance_rate does. */
export function preferenceExclusions(order: i32, engineer: i32): i32 {
  let required = false;
  let excluded = false;
  let declined = false;
  const end = at(orderPreferenceFirst, order + 1);
  for (let row = at(orderPreferenceFirst, order); row < end; row++) {
    if (at(preferenceEngineer, row) != engineer) continue;
    const kind = at(preferenceKind, row);
    if (kind == REQUIRED) required = true;
    else if (kind == EXCLUDED_KIND) excluded = true;
    else if (kind == DECLINED) declined = true;
  }
  if ((at(orderPreferenceState, order) & HAS_REQUIRED) != 0 && !required) excluded = true;
  return (excluded && preferenceHard == 1 ? 1 : 0) | (declined && declinedHard == 1 ? 2 : 0);
}

/** Score 0..10000, or -1 when the order names nobody it would rather or rather not have. */
export function engineerPreference(order: i32, engineer: i32): i32 {
  if ((at(orderPreferenceState, order) & HAS_WISHES) == 0) return -1;
  let score = 5000;
  const end = at(orderPreferenceFirst, order + 1);
  for (let row = at(orderPreferenceFirst, order); row < end; row++) {
    if (at(preferenceEngineer, row) != engineer) continue;
    const kind = at(preferenceKind, row);
    if (kind == 2) score = 10000;
    else if (kind == 3) score = 7000;
    else if (kind == 4) score = 1000;
  }
  return score;
}
