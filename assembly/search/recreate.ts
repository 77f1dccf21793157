// Recreate: absent orders go back one by one, each to its cheapest place, in an order drawn at random among several kinds of urgency.
import { checkInsertion, expectInsertion } from "../checked/check-places";
import { pairMask } from "../criteria/eligibility";
import { dims, engineers, orderLoad, orders, orderUnassigned, routes } from "../gen/layout";
import { shouldStop } from "../host";
import { allocate } from "../memory/arena";
import { at, at64, put, put64 } from "../memory/cells";
import { sortKeys } from "../memory/sort";
import { edgeTicks } from "../route/matrix";
import { CLOSE, firstStart, OPEN, ROW, record } from "../route/nodes";
import { refreshInserted, totalCost } from "../route/route";
import { absent, absentCost, absentCount, setAbsentCount } from "./absent";
import { listCandidates } from "./candidates";
import { bestCost, bestRoute, IMPOSSIBLE, insertAtBest } from "./insertion";
import { touch } from "./journal";
import { findPlace } from "./place-cache";
import { randomBelow, randomBits } from "./random";

/** One optional order in this many is served at a loss: others may be reached through it, and the plan as a whole decides. */
const STEPPING_STONE_RATE: i32 = 8;

let keys: usize = 0;
/** By order: engineers who may serve it, ticks from the first route's start. */
let eligibleEngineers: usize = 0;
let fromStart: usize = 0;

export function buildRecreate(): void {
  keys = allocate((<usize>(orders + 1)) << 3);
  eligibleEngineers = allocate((<usize>orders) << 2);
  fromStart = allocate((<usize>orders) << 2);
  for (let order = 0; order < orders; order++) {
    let count = 0;
    for (let engineer = 0; engineer < engineers; engineer++)
      if (at(pairMask, order * engineers + engineer) == 0) count++;
    put(eligibleEngineers, order, count);
    put(fromStart, order, routes > 0 ? edgeTicks(load<i32>(record(firstStart), ROW), order) : 0);
  }
}

// Sorts, drawn by weight.
const BY_CHANCE: i32 = 4;
const BY_LOAD: i32 = BY_CHANCE + 2;
const BY_FAR: i32 = BY_LOAD + 2;
const BY_CLOSE: i32 = BY_FAR + 1;
const BY_WINDOW_LENGTH: i32 = BY_CLOSE + 2;
const BY_WINDOW_START: i32 = BY_WINDOW_LENGTH + 2;
const BY_WINDOW_END: i32 = BY_WINDOW_START + 2;
const BY_SCARCITY: i32 = BY_WINDOW_END + 2;
/** The first plan: narrow windows first. */
export const SORT_FIRST: i32 = BY_CLOSE + 1;

function keyOf(order: i32, sort: i32): i64 {
  if (sort < BY_CHANCE) return randomBits() >> 1;
  if (sort < BY_LOAD) return dims > 0 ? -at(orderLoad, order * dims) : <i64>(randomBits() >> 1);
  if (sort < BY_FAR) return -at(fromStart, order);
  if (sort < BY_CLOSE) return at(fromStart, order);
  const r = record(order);
  if (sort < BY_WINDOW_LENGTH) return load<i32>(r, CLOSE) - load<i32>(r, OPEN);
  if (sort < BY_WINDOW_START) return load<i32>(r, OPEN);
  if (sort < BY_WINDOW_END) return -load<i32>(r, CLOSE);
  return at(eligibleEngineers, order);
}

/** Draws one of the sorts. */
export function drawSort(): i32 {
  return randomBelow(BY_SCARCITY);
}

/**
 * Puts absent orders back; those without a place, or cheaper left out, stay absent. Gives up (false) as soon as the scalar cost of the
 * plan passes `limit`, or when a route turns out to break a rule.
 */
export function recreate(sort: i32, blinks: bool, limit: i64): bool {
  const count = absentCount;
  for (let i = 0; i < count; i++) {
    const order = at(absent, i);
    put64(keys, i, (keyOf(order, sort) << 20) | <i64>order);
  }
  sortKeys(keys, count);
  let left: i64 = 0;
  const patient = sort == SORT_FIRST;
  let stay = 0;
  for (let i = 0; i < count; i++) {
    const order = <i32>(at64(keys, i) & 0xfffff);
    if (patient && shouldStop() != 0) {
      // Out of time in the first plan: the rest stays out.
      put(absent, stay++, order);
      continue;
    }
    listCandidates();
    findPlace(order, blinks);
    const out = absentCost(order);
    if (
      bestCost == IMPOSSIBLE ||
      (bestCost >= out && at(orderUnassigned, order) == 0 && !(blinks && randomBelow(STEPPING_STONE_RATE) == 0))
    ) {
      left += out;
      put(absent, stay++, order);
    } else {
      touch(bestRoute);
      if (!ASC_NO_ASSERT) expectInsertion();
      insertAtBest(order);
      const fits = refreshInserted(order, bestRoute);
      if (!ASC_NO_ASSERT) checkInsertion(fits);
      if (!fits) return false;
    }
    if (totalCost + left > limit) return false;
  }
  setAbsentCount(stay);
  return true;
}
