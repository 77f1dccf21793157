// engineer_preference: who must, should and must not come. Required and excluded are hard, the rest costs.
import {
  engineers,
  orderPreferenceFirst,
  orderPreferenceState,
  preferenceEngineer,
  preferenceHard,
  preferenceKind,
  preferenceWeight,
} from "../gen/layout";
import { add, at } from "../memory/cells";
import { FAILS_PREFERENCE } from "./masks";
import { addToRow, orCell } from "./rows";
import { costOfScore } from "./score";

const REQUIRED: i32 = 0;
const EXCLUDED: i32 = 1;
const HAS_REQUIRED: i32 = 1;
const HAS_WISHES: i32 = 2;
const NOT_NAMED_SCORE: i32 = 5000;

/** Adds mask bits and costs of the order's row. */
export function addEngineerPreference(order: i32, masks: usize, costs: usize): void {
  const state = at(orderPreferenceState, order);
  const first = at(orderPreferenceFirst, order);
  const end = at(orderPreferenceFirst, order + 1);
  if (preferenceHard == 1) {
    if ((state & HAS_REQUIRED) != 0)
      for (let engineer = 0; engineer < engineers; engineer++)
        if (!named(REQUIRED, engineer, first, end)) orCell(masks, engineer, FAILS_PREFERENCE);
    for (let row = first; row < end; row++)
      if (at(preferenceKind, row) == EXCLUDED) orCell(masks, at(preferenceEngineer, row), FAILS_PREFERENCE);
  }
  if ((state & HAS_WISHES) == 0) return;
  const unnamed = costOfScore(preferenceWeight, NOT_NAMED_SCORE);
  addToRow(costs, unnamed);
  for (let row = first; row < end; row++) {
    const score = scoreOf(at(preferenceKind, row));
    if (score >= 0) add(costs, at(preferenceEngineer, row), costOfScore(preferenceWeight, score) - unnamed);
  }
}

/** Score of a kind of wish; -1 where it is none. */
function scoreOf(kind: i32): i32 {
  if (kind == 2) return 10000;
  if (kind == 3) return 7000;
  return kind == 4 ? 1000 : -1;
}

function named(kind: i32, engineer: i32, first: i32, end: i32): bool {
  for (let row = first; row < end; row++)
    if (at(preferenceKind, row) == kind && at(preferenceEngineer, row) == engineer) return true;
  return false;
}
