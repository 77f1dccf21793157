// Recreate: absent orders go back one by one, each to its cheapest place, in an order drawn at random among several kinds of urgency.
import { checkInsertion, expectInsertion } from "../checked/check-places";
import { eligible } from "../criteria/eligibility";
import {
  dims,
  engineerLends,
  engineers,
  loansOn,
  orderLoad,
  orderRoute,
  orders,
  orderUnassigned,
  routeEngineer,
  routes,
} from "../gen/layout";
import { shouldStop } from "../host";
import { allocate, allocateZeroed } from "../memory/arena";
import { at, at64, put, put64 } from "../memory/cells";
import { sortKeys } from "../memory/sort";
import { judgedLater, vanHolds } from "../parts/ledger";
import { edgeTicks } from "../route/matrix";
import { CLOSE, firstStart, OPEN, ROW, record } from "../route/nodes";
import { refreshInserted, totalCost } from "../route/route";
import { absent, absentCost, absentCount, isRemoved, setAbsentCount } from "./absent";
import { listCandidates } from "./candidates";
import {
  bestCost,
  bestLender,
  bestNeeds,
  bestRoute,
  IMPOSSIBLE,
  insertAtBest,
  placeIn,
  placeWithLoan,
  resetPlace,
  setLending,
} from "./insertion";
import { openJournal, rollBack, touch } from "./journal";
import { setDaring, setOverfilling, setRelieved, vansFill } from "./loan-places";
import { meetingsHold, servesSomebody, settleMeetings } from "./meetings";
import { hasCandidates } from "./near-engineers";
import { neighbour, neighbourCount } from "./neighbours";
import { findLikely, findPlace, looksLikely } from "./place-cache";
import { coin, randomBelow, randomBits } from "./random";

/** One optional order in this many is served at a loss: others may be reached through it, and the plan as a whole decides. */
const STEPPING_STONE_RATE: i32 = 8;

/** One recreate in this many lets engineers lend who serve nobody yet: two may need each other. */
const DARING_RATE: i32 = 4;

/** One recreate in this many borrows more than vans hold: who lends behind it makes the room, or the plan is taken back. */
const OVERFILLING_RATE: i32 = 4;

/** On problems with many routes one recreate in this many looks for loans: each takes as long as several without. */
const LENDING_RATE: i32 = 3;

/** Neighbours of a removed order that are tried with it, where not all absent orders are. */
const CALLED: i32 = 50;

let keys: usize = 0;
/** By order: the recreate that called it last. */
let calledIn: usize = 0;
let call: i32 = 0;
/** By order: engineers who may serve it, ticks from the first route's start. */
let eligibleEngineers: usize = 0;
let fromStart: usize = 0;

export function buildRecreate(): void {
  keys = allocate((<usize>(orders + 1)) << 3);
  eligibleEngineers = allocate((<usize>orders) << 2);
  calledIn = allocateZeroed((<usize>orders) << 2);
  call = 0;
  fromStart = allocate((<usize>orders) << 2);
  for (let order = 0; order < orders; order++) {
    let count = 0;
    for (let engineer = 0; engineer < engineers; engineer++) if (eligible(order, engineer)) count++;
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

/** True when the best place found for `order` is cheaper than leaving it out, which for mandatory orders any place is. */
function isWorth(order: i32, out: i64): bool {
  return bestCost != IMPOSSIBLE && (bestCost < out || at(orderUnassigned, order) > 0);
}

/** Calls the orders removed in this iteration and their neighbours: only near them there is more room than before. */
function callNeighbours(): void {
  call++;
  const last = min(CALLED, neighbourCount);
  for (let i = 0; i < absentCount; i++) {
    const order = at(absent, i);
    if (!isRemoved(order)) continue;
    put(calledIn, order, call);
    for (let n = 0; n < last; n++) put(calledIn, neighbour(order, n), call);
  }
}

/** Finds the place of `order` in `route` alone; false, with the place found before, when there is none. */
function findIn(order: i32, route: i32): bool {
  if (at(orderRoute, order) >= 0) return false;
  const before = bestCost == IMPOSSIBLE ? -1 : bestRoute;
  resetPlace();
  placeIn(order, route, false);
  if (bestCost != IMPOSSIBLE) return true;
  if (before >= 0) placeIn(order, before, false);
  return false;
}

/** Finds the cheapest place of `order` for which somebody borrows from `lender`, whether the parts are missing or not; false without. */
function relieve(order: i32, lender: i32): bool {
  if (at(orderRoute, order) >= 0) return false;
  resetPlace();
  setRelieved(lender);
  for (let route = 0; route < routes; route++)
    if (at(routeEngineer, route) != lender) placeWithLoan(order, route, false);
  setRelieved(-1);
  return bestCost != IMPOSSIBLE;
}

/** The engineer whose van is too full after the insertion made last, or still is; -1 without one who may lend. */
function tooFull(before: i32): i32 {
  const borrower = at(routeEngineer, bestRoute);
  if (at(engineerLends, borrower) == 1 && !vanHolds(borrower)) return borrower;
  return before >= 0 && !vanHolds(before) ? before : -1;
}

/**
 * Puts absent orders back; those without a place, or cheaper left out, stay absent. Gives up (false) as soon as the scalar cost of the
 * plan passes `limit`, or when a route turns out to break a rule.
 */
export function recreate(sort: i32, blinks: bool, limit: i64): bool {
  const some = looksLikely && blinks;
  if (loansOn == 1 && looksLikely && blinks) setLending(randomBelow(LENDING_RATE) == 0);
  if (loansOn == 1) setDaring(blinks && !looksLikely && randomBelow(DARING_RATE) == 0);
  const overfills = loansOn == 1 && judgedLater && vansFill && randomBelow(OVERFILLING_RATE) == 0;
  setOverfilling(overfills);
  if (some) callNeighbours();
  let left: i64 = 0;
  // A route that lends and serves nobody yet, and an engineer who has borrowed more than the van holds.
  let idle = -1;
  let full = -1;
  const patient = sort == SORT_FIRST;
  let count = 0;
  let stay = 0;
  for (let i = 0; i < absentCount; i++) {
    const order = at(absent, i);
    if (some && at(calledIn, order) != call) {
      left += absentCost(order);
      put(absent, stay++, order);
    } else put64(keys, count++, (keyOf(order, sort) << 20) | <i64>order);
  }
  sortKeys(keys, count);
  for (let i = 0; i < count; i++) {
    const order = <i32>(at64(keys, i) & 0xfffff);
    if (patient && shouldStop() != 0) {
      // Out of time in the first plan: the rest stays out.
      put(absent, stay++, order);
      continue;
    }
    listCandidates();
    const out = absentCost(order);
    if (full < 0 || coin() || !relieve(order, full)) {
      if (looksLikely) findLikely(order, blinks);
      // Before an order is left out for good every route is tried; beside candidates, which know nothing of who is free, every time.
      if (!looksLikely || ((!blinks || hasCandidates) && !isWorth(order, out))) findPlace(order, blinks);
    }
    const serves = idle >= 0 && coin() && findIn(order, idle);
    if (
      !serves &&
      !isWorth(order, out) &&
      (bestCost == IMPOSSIBLE || !blinks || randomBelow(STEPPING_STONE_RATE) != 0)
    ) {
      left += out;
      put(absent, stay++, order);
    } else {
      touch(bestRoute);
      if (!ASC_NO_ASSERT) expectInsertion();
      insertAtBest(order);
      const fits = refreshInserted(order, bestRoute);
      if (!ASC_NO_ASSERT) checkInsertion(fits);
      if (!fits || !settleMeetings()) return false;
      if (bestRoute == idle) idle = -1;
      if (bestNeeds != 0 && !servesSomebody(bestLender)) idle = bestLender;
      if (overfills) full = tooFull(full);
    }
    if (totalCost + left > limit) return false;
  }
  setAbsentCount(stay);
  if (looksLikely) setLending(true);
  return true;
}

/**
 * Puts every absent order that has a place where it is cheapest, one by one, each in an iteration of its own: what breaks a rule after all, because
 * it makes a third colleague wait, is taken back.
 */
export function recreateSingly(): void {
  setLending(true);
  setDaring(false);
  for (let i = 0; i < absentCount && shouldStop() == 0; ) {
    const order = at(absent, i);
    listCandidates();
    findPlace(order, false);
    if (isWorth(order, absentCost(order))) {
      openJournal();
      put(absent, i, at(absent, absentCount - 1));
      setAbsentCount(absentCount - 1);
      touch(bestRoute);
      insertAtBest(order);
      if (refreshInserted(order, bestRoute) && settleMeetings() && meetingsHold()) continue;
      rollBack();
    }
    i++;
  }
}
