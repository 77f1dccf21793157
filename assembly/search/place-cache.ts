// The cheapest place of every order in every route, remembered as long as the route stays as it is: most iterations touch few routes, and
// a plan that is taken back has its old routes again.
import { everyRoute, items, loansOn, modes, orderRoute, orders, routeEngineer, routes } from "../gen/layout";
import { allocateZeroed } from "../memory/arena";
import { at } from "../memory/cells";
import { asksCentres, asksMuch, firstShift, resetNeeds, stockStateOf } from "../parts/ledger";
import { needFrom, needTo } from "../parts/variants";
import { isRich } from "../route/nodes";
import { isPlain, routeVersion } from "../route/route";
import { candidateCount, candidates, unusedCount } from "./candidates";
import {
  bestAfter,
  bestCentre,
  bestCost,
  bestSupplyAfter,
  bestVariant,
  IMPOSSIBLE,
  keepPlace,
  placeAlone,
  placeElsewhere,
  placeIn,
  resetPlace,
  setBestVariant,
} from "./insertion";
import { likely, likelyCount, listLikely, listNear } from "./likely-routes";
import { findLoan } from "./loan-routes";
import { hasCandidates } from "./near-engineers";
import { findNear, nearAfter, nearCost, nearRoute } from "./near-places";
import { blink, coin } from "./random";

// One cell of 16 bytes for each order and slot: cost, state of the route, node before the place.
const STATE: usize = 8;
const AFTER: usize = 12;
/** The place brings a supply stop or needs a substitute: it is found again when it is taken. */
export const WITH_SUPPLY: i32 = -2;
/** No place of the route costs less than the cell says: how much it costs was not worth finding out. */
const BEYOND: i32 = -3;
/** Slots of each order, a power of two: routes beyond share them. A state belongs to one route, so that a shared cell is never taken for another's. */
const SLOTS: i32 = 64;

/** Up to so many orders the search looks at all places: below, lists of neighbours save little. */
const ALL_PLACES: i32 = 150;
/** True when places in used routes are looked for beside neighbours only. */
let looksNear: bool = false;
/** Up to so many routes the search looks at all of them; beyond, where not beside neighbours only, at the likely ones of each order. */
const ALL_ROUTES: i32 = 64;
/** True when places are looked for in likely routes first. */
export let looksLikely: bool = false;

let cells: usize = 0;
let slots: i32 = 0;
let slotMask: i32 = 0;

export function buildPlaceCache(): void {
  slots = min(routes, SLOTS);
  slotMask = routes > SLOTS ? SLOTS - 1 : -1;
  cells = allocateZeroed((<usize>orders * <usize>slots) << 4);
  looksNear = everyRoute == 0 && items == 0 && modes == 1 && orders > ALL_PLACES && allPlain();
  looksLikely = everyRoute == 0 && !looksNear && (hasCandidates || routes > ALL_ROUTES);
}

/** The state of the route and of the other shifts of its engineer, which no other route is ever in. */
export function stateOf(route: i32): i32 {
  const engineer = at(routeEngineer, route);
  const first = at(firstShift, engineer);
  const last = at(firstShift, engineer + 1);
  if (last - first == 1) return at(routeVersion, route);
  let state = route - first;
  for (let shift = first; shift < last; shift++) state = state * 0x01000193 + at(routeVersion, shift);
  return state;
}

// The cheapest place so far, as keepPlace takes it.
let cost: i64 = IMPOSSIBLE;
let route: i32 = -1;
let after: i32 = -1;
let centre: i32 = -1;
let supplyAfter: i32 = -1;
let variant: i32 = 0;
/** State of the stock that the order at hand may need; 0 when it needs none. Its highest bit, which no version has, tells it from none. */
let stock: i32 = 0;

function begin(order: i32): void {
  cost = IMPOSSIBLE;
  route = -1;
  after = -1;
  centre = -1;
  supplyAfter = -1;
  variant = 0;
  stock = at(needFrom, order) < at(needTo, order) ? stockStateOf(order) : 0;
}

/** Keeps the cheapest place of `order` in `candidate` if it is cheaper; blinks skip a best place now and then. */
function consider(order: i32, candidate: i32, blinks: bool): void {
  const cell = cells + ((<usize>order * <usize>slots + <usize>(candidate & slotMask)) << 4);
  const state = stateOf(candidate);
  const known = load<i32>(cell, STATE);
  if (known != state && known != (state ^ stock)) scan(order, candidate, cell, state);
  if (load<i64>(cell) >= cost) return;
  if (load<i32>(cell, AFTER) == BEYOND) {
    scan(order, candidate, cell, state);
    if (load<i64>(cell) >= cost) return;
  }
  if (blinks && blink()) {
    // The best place of the route is not seen: half of the time none is, else the next best one.
    if (coin()) return;
    placeElsewhere(order, candidate, load<i32>(cell, AFTER));
    if (bestCost >= cost) return;
    after = bestAfter;
    centre = bestCentre;
    supplyAfter = bestSupplyAfter;
    variant = bestVariant;
    cost = bestCost;
  } else {
    after = load<i32>(cell, AFTER);
    centre = -1;
    variant = 0;
    cost = load<i64>(cell);
  }
  route = candidate;
}

/** Hands the cheapest place over to insertion.ts. */
function finish(order: i32): void {
  if (after == WITH_SUPPLY) {
    resetPlace();
    placeAlone(order, route, false);
  } else {
    keepPlace(cost, route, after, centre, supplyAfter);
    setBestVariant(variant);
  }
}

/** True when `order` is locked to a route: then its place there is found. */
function findLocked(order: i32, blinks: bool): bool {
  const locked = at(orderRoute, order);
  if (locked < 0) return false;
  resetPlace();
  placeIn(order, locked, blinks);
  return true;
}

/** Finds the cheapest place for `order` in the whole plan, in bestCost and so on of insertion.ts; blinks skip a best place now and then. */
export function findPlace(order: i32, blinks: bool): void {
  if (findLocked(order, blinks)) return;
  begin(order);
  const near = blinks && looksNear;
  if (near && hasCandidates) {
    listNear(order, true);
    for (let i = 0; i < likelyCount; i++) consider(order, at(likely, i), blinks);
  } else {
    const last = near ? unusedCount : candidateCount;
    for (let i = 0; i < last; i++) consider(order, at(candidates, i), blinks);
  }
  if (near) {
    findNear(order, cost);
    if (nearRoute >= 0) {
      keepPlace(nearCost, nearRoute, nearAfter, -1, -1);
      return;
    }
  }
  finish(order);
  if (loansOn == 1) findLoan(order, candidates, candidateCount, blinks);
}

/** True when findPlace would find a place; the first one ends the search. */
export function hasPlace(order: i32): bool {
  if (!findLocked(order, false)) {
    resetPlace();
    for (let i = 0; bestCost == IMPOSSIBLE && i < candidateCount; i++) placeAlone(order, at(candidates, i), false);
    if (loansOn == 1 && bestCost == IMPOSSIBLE) findLoan(order, candidates, candidateCount, false);
  }
  return bestCost != IMPOSSIBLE;
}

/** As findPlace, in the likely routes of the order only. */
export function findLikely(order: i32, blinks: bool): void {
  if (findLocked(order, blinks)) return;
  begin(order);
  listLikely(order);
  for (let i = 0; i < likelyCount; i++) consider(order, at(likely, i), blinks);
  finish(order);
  if (loansOn == 1) findLoan(order, likely, likelyCount, blinks);
}

function allPlain(): bool {
  for (let route = 0; route < routes; route++) if (!isPlain(route)) return false;
  for (let order = 0; order < orders; order++) if (isRich(order)) return false;
  return true;
}

function cellOf(order: i32, route: i32): usize {
  return cells + ((<usize>order * <usize>slots + <usize>(route & slotMask)) << 4);
}

/** True when the place of `order` in `route` is remembered and the route is as it was. */
export function isCached(order: i32, route: i32): bool {
  begin(order);
  const known = load<i32>(cellOf(order, route), STATE);
  const state = stateOf(route);
  return (known == state || known == (state ^ stock)) && cachedAfter(order, route) != BEYOND;
}

/** Scalar cost of the remembered place. */
export function cachedCost(order: i32, route: i32): i64 {
  return load<i64>(cellOf(order, route));
}

/** Node before the remembered place, or WITH_SUPPLY. */
export function cachedAfter(order: i32, route: i32): i32 {
  return load<i32>(cellOf(order, route), AFTER);
}

/** Looks for the cheapest place in the route below the cost so far. */
function scan(order: i32, route: i32, cell: usize, state: i32): void {
  keepPlace(cost, route, BEYOND, -1, -1);
  resetNeeds();
  placeAlone(order, route, false);
  store<i64>(cell, bestCost);
  store<i32>(cell, asksMuch ? 0 : asksCentres ? state ^ stock : state, STATE);
  store<i32>(cell, bestCentre >= 0 || bestVariant > 0 ? WITH_SUPPLY : bestAfter, AFTER);
}
