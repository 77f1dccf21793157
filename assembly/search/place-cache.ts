// The cheapest place of every order in every route, remembered as long as the route stays as it is: most iterations touch few routes, and
// a plan that is taken back has its old routes again.
import { items, modes, orderNeedFirst, orderRoute, orders, routeEngineer, routes } from "../gen/layout";
import { allocateZeroed } from "../memory/arena";
import { at } from "../memory/cells";
import { firstShift, stockState } from "../parts/ledger";
import { isRich } from "../route/nodes";
import { isPlain, routeVersion } from "../route/route";
import { candidateCount, candidates, unusedCount } from "./candidates";
import {
  bestAfter,
  bestCentre,
  bestCost,
  bestSupplyAfter,
  IMPOSSIBLE,
  keepPlace,
  placeElsewhere,
  placeIn,
  resetPlace,
} from "./insertion";
import { findNear, nearAfter, nearCost, nearRoute } from "./near-places";
import { blink, coin } from "./random";

// One cell of 16 bytes for each order and route: cost, state of the route, node before the place.
const STATE: usize = 8;
const AFTER: usize = 12;
/** The place brings a supply stop: it is found again when it is taken. */
export const WITH_SUPPLY: i32 = -2;

/** Up to so many orders the search looks at all places: below, lists of neighbours save little. */
const ALL_PLACES: i32 = 150;
/** True when places in used routes are looked for beside neighbours only. */
let looksNear: bool = false;

let cells: usize = 0;
/** Routes that were looked at place by place. */
export let scans: i64 = 0;

export function buildPlaceCache(): void {
  cells = allocateZeroed((<usize>orders * <usize>routes) << 4);
  looksNear = items == 0 && modes == 1 && orders > ALL_PLACES && allPlain();
  scans = 0;
}

/** What a place of `order` in `route` depends on: the route, the other shifts of its engineer, and limited stock where the order needs parts. */
function stateOf(order: i32, route: i32): i32 {
  const engineer = at(routeEngineer, route);
  const first = at(firstShift, engineer);
  const last = at(firstShift, engineer + 1);
  let state = at(routeVersion, route);
  if (last - first > 1) {
    state = 0;
    for (let shift = first; shift < last; shift++) state = state * 0x01000193 + at(routeVersion, shift);
  }
  return stockState != 0 && at(orderNeedFirst, order) < at(orderNeedFirst, order + 1)
    ? state ^ (stockState * 0x85ebca6b)
    : state;
}

/** Finds the cheapest place for `order` in the whole plan, in bestCost and so on of insertion.ts; blinks skip a best place now and then. */
export function findPlace(order: i32, blinks: bool): void {
  const locked = at(orderRoute, order);
  if (locked >= 0) {
    resetPlace();
    placeIn(order, locked, blinks);
    return;
  }
  let cost = IMPOSSIBLE;
  let route = -1;
  let after = -1;
  let centre = -1;
  let supplyAfter = -1;
  const row = cells + ((<usize>order * <usize>routes) << 4);
  const near = blinks && looksNear;
  const last = near ? unusedCount : candidateCount;
  for (let i = 0; i < last; i++) {
    const candidate = at(candidates, i);
    const cell = row + ((<usize>candidate) << 4);
    const state = stateOf(order, candidate);
    if (load<i32>(cell, STATE) != state) {
      scan(order, candidate, cell);
      store<i32>(cell, state, STATE);
    }
    if (load<i64>(cell) >= cost) continue;
    if (blinks && blink()) {
      // The best place of the route is not seen: half of the time none is, else the next best one.
      if (coin()) continue;
      placeElsewhere(order, candidate, load<i32>(cell, AFTER));
      if (bestCost >= cost) continue;
      after = bestAfter;
      centre = bestCentre;
      supplyAfter = bestSupplyAfter;
      cost = bestCost;
    } else {
      after = load<i32>(cell, AFTER);
      centre = -1;
      cost = load<i64>(cell);
    }
    route = candidate;
  }
  if (near) {
    findNear(order, cost);
    if (nearRoute >= 0) {
      keepPlace(nearCost, nearRoute, nearAfter, -1, -1);
      return;
    }
  }
  if (after == WITH_SUPPLY) {
    resetPlace();
    placeIn(order, route, false);
  } else keepPlace(cost, route, after, centre, supplyAfter);
}

function allPlain(): bool {
  for (let route = 0; route < routes; route++) if (!isPlain(route)) return false;
  for (let order = 0; order < orders; order++) if (isRich(order)) return false;
  return true;
}

function cellOf(order: i32, route: i32): usize {
  return cells + ((<usize>order * <usize>routes + <usize>route) << 4);
}

/** True when the place of `order` in `route` is remembered and the route is as it was. */
export function isCached(order: i32, route: i32): bool {
  return load<i32>(cellOf(order, route), STATE) == stateOf(order, route);
}

/** Scalar cost of the remembered place. */
export function cachedCost(order: i32, route: i32): i64 {
  return load<i64>(cellOf(order, route));
}

/** Node before the remembered place, or WITH_SUPPLY. */
export function cachedAfter(order: i32, route: i32): i32 {
  return load<i32>(cellOf(order, route), AFTER);
}

function scan(order: i32, route: i32, cell: usize): void {
  scans++;
  resetPlace();
  placeIn(order, route, false);
  store<i64>(cell, bestCost);
  store<i32>(cell, bestCentre >= 0 ? WITH_SUPPLY : bestAfter, AFTER);
}
