// The engineers near each order that a large search tries for it: rings of H3 cells around the order grow until enough of those who may serve
// it live in them.
import { CellSteps } from "../criteria/cell-steps";
import { eligible } from "../criteria/eligibility";
import {
  candidateEngineers,
  engineers,
  nearEngineerFrame,
  nearEngineerI,
  nearEngineerJ,
  nearFrames,
  nearOrderCell,
  nearPairEngineer,
  nearPairFirst,
  nearPairSteps,
  nearRings,
  orders,
} from "../gen/layout";
import { allocate } from "../memory/arena";
import { add, at, put } from "../memory/cells";

/** True when the search has candidates. */
export let hasCandidates: bool = false;

/** By order: address of the rows of its engineers, the nearest first, and their number. */
let lists: usize = 0;
let counts: usize = 0;

export function buildNearEngineers(): void {
  hasCandidates = candidateEngineers > 0 && nearFrames > 0;
  if (!hasCandidates) return;
  lists = allocate((<usize>orders) << 2);
  counts = allocate((<usize>orders) << 2);
  const steps = allocate((<usize>engineers) << 2);
  const places = allocate((<usize>nearRings + 2) << 2);
  for (let order = 0; order < orders; order++) {
    measureSteps(order, steps);
    memory.fill(places, 0, (<usize>nearRings + 2) << 2);
    // Engineers by ring, then where each ring's begin in the list.
    for (let engineer = 0; engineer < engineers; engineer++)
      if (eligible(order, engineer)) add(places, at(steps, engineer) + 1, 1);
    let last = 0;
    for (; last <= nearRings; last++) {
      add(places, last + 1, at(places, last));
      if (at(places, last + 1) >= candidateEngineers) break;
    }
    last = min(last, nearRings);
    const count = at(places, last + 1);
    const list = allocate((<usize>count) << 2);
    for (let engineer = 0; engineer < engineers; engineer++) {
      const ring = at(steps, engineer);
      if (ring > last || !eligible(order, engineer)) continue;
      put(list, at(places, ring), engineer);
      add(places, ring, 1);
    }
    put(lists, order, <i32>list);
    put(counts, order, count);
  }
}

function measureSteps(order: i32, steps: usize): void {
  for (let engineer = 0; engineer + 4 <= engineers; engineer += 4)
    v128.store(
      steps + ((<usize>engineer) << 2),
      CellSteps.four(
        nearOrderCell,
        nearEngineerFrame,
        nearEngineerI,
        nearEngineerJ,
        order,
        engineer,
        nearRings,
        nearFrames == 1,
      ),
    );
  for (let engineer = engineers & ~3; engineer < engineers; engineer++)
    put(
      steps,
      engineer,
      CellSteps.one(nearOrderCell, nearEngineerFrame, nearEngineerI, nearEngineerJ, order, engineer, nearRings),
    );
  const end = at(nearPairFirst, order + 1);
  for (let pair = at(nearPairFirst, order); pair < end; pair++)
    put(steps, at(nearPairEngineer, pair), at(nearPairSteps, pair));
}

export function nearEngineers(order: i32): i32 {
  return at(counts, order);
}

/** The `index`-th of them, the nearest first. */
export function nearEngineer(order: i32, index: i32): i32 {
  return at(<usize>at(lists, order), index);
}
