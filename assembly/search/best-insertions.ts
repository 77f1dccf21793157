// The best insertions of one order into the plan as it stands: each is made, measured by the objective's levels, and taken back.
import {
  breakPrice,
  centreItem,
  centres,
  items,
  levels,
  levelWeight,
  loansOn,
  needItem,
  orderPrice,
  orderRoute,
  orders,
  orderUnassigned,
  routeBreakFirst,
  routeEngineer,
  routes,
} from "../gen/layout";
import { shouldStop } from "../host";
import { allocate } from "../memory/arena";
import { at, at64, put } from "../memory/cells";
import { needFrom, needTo, setVariant, variantCount } from "../parts/variants";
import { CLOSE, EARLY, firstBorrow, firstBreak, firstEnd, freeSupply, LENGTH, NEXT, record } from "../route/nodes";
import {
  isUsed,
  refresh,
  routeHeadNode,
  routeMeetings,
  totalDistance,
  totalEngineers,
  totalSoft,
  totalTravel,
  totalWork,
} from "../route/route";
import { DISTANCE, ENGINEERS_USED, MEASURES, SOFT_COST, TRAVEL_TIME, UNASSIGNED, WORKING_TIME } from "../route/weights";
import {
  bestAfter,
  bestBorrowRow,
  bestCentre,
  bestCost,
  bestLendAfter,
  bestLender,
  bestLendRow,
  bestMeetAfter,
  bestNeeds,
  bestRoute,
  bestSupplyAfter,
  bestVariant,
  hasRoom,
  IMPOSSIBLE,
  insertAtBest,
  keepLoanPlace,
  keepPlace,
  placeIn,
  placeWithLoan,
  resetPlace,
  setBestVariant,
  setLending,
} from "./insertion";
import { openJournal, rollBack, touch } from "./journal";
import { isGlued, meetingsHold, settleMeetings } from "./meetings";
import { settleBreaks, settleShifts } from "./settle";

// One insertion, 96 bytes: changes of up to 6 levels (i64), route, node before the order, place among the stops, the supply stop it brings
// (centre and node before it), or -1, and the meeting that it brings (keepLoanPlace of insertion.ts), without needs where there is none.
const ROUTE: usize = 48;
const AFTER: usize = 52;
const PLACE: usize = 56;
const CENTRE: usize = 60;
const SUPPLY_AFTER: usize = 64;
const NEEDS: usize = 68;
const MEET_AFTER: usize = 72;
const LENDER: usize = 76;
const LEND_AFTER: usize = 80;
const BORROW_ROW: usize = 84;
const LEND_ROW: usize = 88;
const VARIANT: usize = 92;
const ROW: usize = 96;

/** Most insertions listed, and most of one route. */
const MOST: i32 = 100;
const MOST_OF_ROUTE: i32 = 10;

/** The insertions found, best first. */
export let insertions: usize = 0;
export let insertionCount: i32 = 0;

/** Those of the route at hand, best first, and one more for the insertion at hand. */
let ofRoute: usize = 0;
let ofRouteCount: i32 = 0;
let trial: usize = 0;
/** Nodes behind which the order may come in the route at hand. */
let afters: usize = 0;
/** The search's scalar cost ranks as the levels do. */
let scalarIsExact: bool = false;

export function buildBestInsertions(): void {
  insertions = allocate(ROW * (MOST + 1));
  ofRoute = allocate(ROW * (MOST_OF_ROUTE + 1));
  trial = allocate(ROW);
  afters = allocate((<usize>(orders + 16)) << 2);
  let ranked = 0;
  let counts = false;
  for (let level = 0; level < levels; level++) {
    let any = false;
    for (let measure = ENGINEERS_USED; measure < MEASURES; measure++)
      if (at(levelWeight, level * MEASURES + measure) > 0) any = true;
    if (any) ranked++;
    if (at(levelWeight, level * MEASURES + ENGINEERS_USED) > 0) counts = true;
  }
  scalarIsExact = ranked <= 1 && !counts;
}

/**
 * Lists the `limit` (1..100) best insertions of `order`, at most `slots` (1..10) in a route, each behind another stop; the plan stays as it
 * is. Every engineer, shift and place is tried, with a supply stop before it where the order lacks parts or tools, and of each route the cheapest
 * place with a loan. False when the host stopped it.
 */
export function findInsertions(order: i32, limit: i32, slots: i32): bool {
  insertionCount = 0;
  for (let route = 0; route < routes; route++) {
    if (shouldStop() != 0) return false;
    const locked = at(orderRoute, order);
    if (locked >= 0 && locked != route) continue;
    if (!hasRoom(order, route, at(routeEngineer, route))) continue;
    ofRouteCount = 0;
    if (!tryCheapest(order, route, slots)) tryRoute(order, route, slots);
    if (loansOn == 1 && hasNeeds(order)) tryLoan(order, route, slots);
    for (let i = 0; i < ofRouteCount; i++)
      insertionCount = keepRow(rowAt(ofRoute, i), insertions, insertionCount, limit);
  }
  return true;
}

/** Makes insertion number `index` of the list; the caller has the plan as it was when the list was made. */
export function makeInsertion(order: i32, index: i32): void {
  const row = rowAt(insertions, index);
  openJournal();
  const route = load<i32>(row, ROUTE);
  const after = load<i32>(row, AFTER);
  const centre = load<i32>(row, CENTRE);
  const supplyAfter = load<i32>(row, SUPPLY_AFTER);
  if (load<i32>(row, NEEDS) == 0) keepPlace(0, route, after, centre, supplyAfter);
  else
    keepLoanPlace(
      0,
      route,
      after,
      centre,
      supplyAfter,
      load<i32>(row, MEET_AFTER),
      load<i32>(row, LENDER),
      load<i32>(row, LEND_AFTER),
      load<i32>(row, NEEDS),
      load<i32>(row, BORROW_ROW),
      load<i32>(row, LEND_ROW),
    );
  setBestVariant(load<i32>(row, VARIANT));
  if (!insertAtPlace(order)) unreachable();
}

/** True when the first insertion of the list makes the plan better by the levels. */
export function improvesLevels(): bool {
  for (let level = 0; level < levels; level++) {
    const change = at64(insertions, level);
    if (change != 0) return change < 0;
  }
  return false;
}

function rowAt(list: usize, index: i32): usize {
  return list + <usize>index * ROW;
}

/** True when insertion `a` comes before `b`: by the levels, then by route and place. */
function comesBefore(a: usize, b: usize): bool {
  for (let level = 0; level < levels; level++) {
    const difference = at64(a, level) - at64(b, level);
    if (difference != 0) return difference < 0;
  }
  const routeA = load<i32>(a, ROUTE);
  const routeB = load<i32>(b, ROUTE);
  return routeA != routeB ? routeA < routeB : load<i32>(a, PLACE) < load<i32>(b, PLACE);
}

/** Puts a copy of `row` where it belongs in a sorted list of `count` rows, at most `most`; returns the new count. */
function keepRow(row: usize, list: usize, count: i32, most: i32): i32 {
  let index = count;
  while (index > 0 && comesBefore(row, rowAt(list, index - 1))) index--;
  if (index >= most) return count;
  memory.copy(rowAt(list, index + 1), rowAt(list, index), <usize>(count - index) * ROW);
  memory.copy(rowAt(list, index), row, ROW);
  return min(count + 1, most);
}

/** The cheapest place alone, where the constant-time evaluation knows it; false where all places have to be made. */
function tryCheapest(order: i32, route: i32, slots: i32): bool {
  if (slots > 1 || !scalarIsExact || hasNeeds(order)) return false;
  if (!isUsed(route) && at(routeBreakFirst, route + 1) > at(routeBreakFirst, route)) return false;
  // Places in a route with a meeting may keep somebody waiting in another one.
  if (loansOn == 1 && at(routeMeetings, route) > 0) return false;
  resetPlace();
  placeIn(order, route, false);
  if (bestCost == IMPOSSIBLE) return true;
  if (!tryInsertion(order, route, bestAfter, -1, -1, 0)) return false;
  ofRouteCount = keepRow(trial, ofRoute, 0, 1);
  return true;
}

function hasNeeds(order: i32): bool {
  return items > 0 && at(needTo, order) > at(needFrom, order);
}

/** Every place of the route. */
function tryRoute(order: i32, route: i32, slots: i32): void {
  const count = listAfters(order, route);
  const supply = hasNeeds(order) ? freeSupply(route) : -1;
  for (let place = 0; place < count; place++) {
    if (isGluedIn(route, at(afters, place))) continue;
    if (tryVariants(order, route, at(afters, place), -1, -1, place)) {
      ofRouteCount = keepRow(trial, ofRoute, ofRouteCount, slots);
      continue;
    }
    if (supply >= 0) trySupplies(order, route, supply, place, slots);
  }
}

/** The place with a new supply stop somewhere before it; the best of them is kept. */
function trySupplies(order: i32, route: i32, supply: i32, place: i32, slots: i32): void {
  const best = rowAt(ofRoute, MOST_OF_ROUTE);
  let found = false;
  for (let centre = 0; centre < centres; centre++) {
    if (!hasSomething(centre, order)) continue;
    for (let first = 0; first <= place; first++) {
      if (isGluedIn(route, at(afters, first))) continue;
      const after = first == place ? supply : at(afters, place);
      if (!tryVariants(order, route, after, centre, at(afters, first), place)) continue;
      if (found && !comesBefore(trial, best)) continue;
      memory.copy(best, trial, ROW);
      found = true;
    }
  }
  if (!found) return;
  memory.copy(trial, best, ROW);
  ofRouteCount = keepRow(trial, ofRoute, ofRouteCount, slots);
}

/** True when nothing may come behind the stop; stops of a route that is not used are not linked yet. */
function isGluedIn(route: i32, stop: i32): bool {
  return isUsed(route) && isGlued(stop);
}

/** True when the centre has something of what some variant of the order needs. */
function hasSomething(centre: i32, order: i32): bool {
  for (let variant = 0; variant < variantCount(order); variant++) {
    setVariant(order, variant);
    if (hasSome(centre, order)) return true;
  }
  return false;
}

function hasSome(centre: i32, order: i32): bool {
  for (let need = at(needFrom, order); need < at(needTo, order); need++)
    if (at(centreItem, centre * items + at(needItem, need)) > 0) return true;
  return false;
}

/** Lists the nodes behind which the order may begin in time; an unused route gets its mandatory breaks with the order. */
function listAfters(order: i32, route: i32): i32 {
  let count = 0;
  if (!isUsed(route)) {
    put(afters, count++, at(routeHeadNode, route));
    for (let row = at(routeBreakFirst, route); row < at(routeBreakFirst, route + 1); row++)
      if (at(breakPrice, row) < 0) put(afters, count++, firstBreak + row);
    return count;
  }
  const close = load<i32>(record(order), CLOSE);
  const end = firstEnd + route;
  for (let node = at(routeHeadNode, route); node != end; node = load<i32>(record(node), NEXT)) {
    if (load<i32>(record(node), EARLY) + load<i32>(record(node), LENGTH) > close) break;
    put(afters, count++, node);
  }
  return count;
}

/** The cheapest place of the route with a loan, by the scalar cost of both routes. */
function tryLoan(order: i32, route: i32, slots: i32): void {
  const count = listAfters(order, route);
  resetPlace();
  setLending(true);
  placeWithLoan(order, route, false);
  if (bestCost == IMPOSSIBLE) return;
  // The stop that it comes behind, whatever it brings.
  let before = bestAfter == firstBorrow + order ? bestMeetAfter : bestAfter;
  if (bestCentre >= 0 && before == freeSupply(route)) before = bestSupplyAfter;
  let place = 0;
  while (place < count && at(afters, place) != before) place++;
  if (!tryPlace(order, place)) return;
  // Each insertion of a route comes behind another stop.
  for (let i = 0; i < ofRouteCount; i++) {
    const other = rowAt(ofRoute, i);
    if (load<i32>(other, PLACE) != place) continue;
    if (!comesBefore(trial, other)) return;
    memory.copy(other, rowAt(ofRoute, i + 1), <usize>(ofRouteCount - i - 1) * ROW);
    ofRouteCount--;
    break;
  }
  ofRouteCount = keepRow(trial, ofRoute, ofRouteCount, slots);
}

/** The first variant of the order whose parts are there: they cost nothing themselves. */
function tryVariants(order: i32, route: i32, after: i32, centre: i32, supplyAfter: i32, place: i32): bool {
  for (let variant = 0; variant < variantCount(order); variant++) {
    keepPlace(0, route, after, centre, supplyAfter);
    setBestVariant(variant);
    if (tryPlace(order, place)) return true;
  }
  return false;
}

/** Makes the insertion without a loan, fills in `trial` and takes it back; false when a rule breaks. */
function tryInsertion(order: i32, route: i32, after: i32, centre: i32, supplyAfter: i32, place: i32): bool {
  keepPlace(0, route, after, centre, supplyAfter);
  return tryPlace(order, place);
}

/** The same with the best place of insertion.ts. */
function tryPlace(order: i32, place: i32): bool {
  const engineersBefore = totalEngineers;
  const distanceBefore = totalDistance;
  const travelBefore = totalTravel;
  const workBefore = totalWork;
  const softBefore = totalSoft;
  openJournal();
  const fits = insertAtPlace(order);
  if (fits) {
    for (let level = 0; level < levels; level++) {
      const weights = level * MEASURES;
      const value =
        -(<i64>at(levelWeight, weights + UNASSIGNED)) * at(orderUnassigned, order) +
        <i64>at(levelWeight, weights + ENGINEERS_USED) * (totalEngineers - engineersBefore) +
        <i64>at(levelWeight, weights + DISTANCE) * (totalDistance - distanceBefore) +
        <i64>at(levelWeight, weights + TRAVEL_TIME) * (totalTravel - travelBefore) +
        <i64>at(levelWeight, weights + WORKING_TIME) * (totalWork - workBefore) +
        <i64>at(levelWeight, weights + SOFT_COST) * (totalSoft - softBefore - at(orderPrice, order));
      store<i64>(trial + ((<usize>level) << 3), value);
    }
    store<i32>(trial, bestRoute, ROUTE);
    store<i32>(trial, bestAfter, AFTER);
    store<i32>(trial, place, PLACE);
    store<i32>(trial, bestCentre, CENTRE);
    store<i32>(trial, bestSupplyAfter, SUPPLY_AFTER);
    store<i32>(trial, bestNeeds, NEEDS);
    store<i32>(trial, bestVariant, VARIANT);
    store<i32>(trial, bestMeetAfter, MEET_AFTER);
    store<i32>(trial, bestLender, LENDER);
    store<i32>(trial, bestLendAfter, LEND_AFTER);
    store<i32>(trial, bestBorrowRow, BORROW_ROW);
    store<i32>(trial, bestLendRow, LEND_ROW);
  }
  rollBack();
  return fits;
}

/** Links the order at the best place of insertion.ts; the breaks of a route that it opens are settled. False when a rule breaks. */
function insertAtPlace(order: i32): bool {
  const route = bestRoute;
  const opens = !isUsed(route);
  touch(route);
  insertAtBest(order);
  return refresh(route) && (!opens || settleBreaks(route)) && settleShifts() && settleMeetings() && meetingsHold();
}
