// One round: at most one order per engineer, by linear assignment over the cost of serving each order with each engineer.
import { eligible } from "../criteria/eligibility";
import { engineers, levels, orderPrice, orders, orderUnassigned, routeEngineer } from "../gen/layout";
import { shouldStop } from "../host";
import { allocate, allocateZeroed } from "../memory/arena";
import { at, at64, put, put64 } from "../memory/cells";
import { sortKeys } from "../memory/sort";
import { softWeight } from "../route/weights";
import { addAbsent } from "../search/absent";
import { IMPOSSIBLE, setLending } from "../search/insertion";
import { saveBest } from "../search/journal";
import { keepLevels, keepTimes, measurePlan, planLevels } from "../search/levels";
import { solveAssignment } from "./assignment";
import { columnDual, columnOf, LEFT_OUT, rowDual } from "./duals";
import { findEmptyShifts } from "./empty-shifts";
import { canPrice, mostCost, openPricing, priceIn, writeRows } from "./pricing";
import { addRow, columnCount, costAt, FORBIDDEN, largestCost, nextRow, openRows, rowCount } from "./rows";
import { bestShift, serve, shiftRoute } from "./serve";

/** How far a round got. */
export const COMPLETE: i32 = 0;
/** All pair costs were known, but not every order and engineer was settled: the duals are a bound. */
export const CUT_IN_ASSIGNMENT: i32 = 1;
/** Not even all pair costs were known: there are no duals. */
export const CUT_IN_COSTS: i32 = 2;
export let matchStage: i32 = COMPLETE;

/** By order: its engineer in the assignment, or LEFT_OUT. */
export let engineerOf: usize = 0;
/** i64 by order and by engineer: costs of leaving out, duals. */
export let leaveOutCosts: usize = 0;
export let orderDual: usize = 0;
export let engineerDual: usize = 0;
/** What one unit of UNASSIGNED costs in the scalar problem: more than all pairs of any round together. */
export let unassignedUnit: i64 = 0;
/** i64 by level: the plan before the round, which is not empty where stops are under way. */
export let matchBase: usize = 0;

/** Rows are engineers: always the fewer of the two, because each row takes a path of its own. */
let byEngineer: bool = false;
/** Eligible engineers that a late order tries when the time is over. */
const HASTY_TRIES: i32 = 128;

/** Solves the round and leaves its plan linked, and as the best plan. */
export function solveMatch(): void {
  // A round looks at every engineer alone.
  setLending(false);
  matchBase = allocate((<usize>levels + 1) << 3);
  measurePlan();
  memory.copy(matchBase, planLevels, (<usize>levels) << 3);
  byEngineer = engineers < orders;
  matchStage = COMPLETE;
  idle = allocateZeroed((<usize>engineers) << 3);
  findEmptyShifts();
  if (canPrice()) assignByPricing();
  else assignAll();
  listEngineers();
  carryOut();
  measurePlan();
  keepLevels();
  keepTimes();
  saveBest();
}

/** i64 by engineer: nothing, which is what leaving an engineer out costs. */
let idle: usize = 0;

function assignAll(): void {
  if (!addRows()) matchStage = CUT_IN_COSTS;
  priceLeavingOut(largestCost);
  if (!assign() && matchStage == COMPLETE) matchStage = CUT_IN_ASSIGNMENT;
}

/** Knows the pairs of candidates and solves, until no other pair costs less than its duals: then they are those of all pairs. */
function assignByPricing(): void {
  priceLeavingOut(mostCost());
  let inTime = openPricing();
  while (true) {
    openRows(byEngineer ? engineers : orders, byEngineer ? orders : engineers);
    writeRows(byEngineer);
    inTime = assign() && inTime;
    if (!inTime || !priceIn(orderDual, engineerDual)) break;
  }
  if (!inTime || shouldStop() != 0) matchStage = CUT_IN_COSTS;
}

/** Solves for the rows there are; false when the time was over before. */
function assign(): bool {
  const inTime = solveAssignment(byEngineer ? idle : leaveOutCosts, byEngineer ? leaveOutCosts : idle);
  orderDual = byEngineer ? columnDual : rowDual;
  engineerDual = byEngineer ? rowDual : columnDual;
  return inTime;
}

/** Computes every pair's cost; false when the time was over before. */
function addRows(): bool {
  const rows = byEngineer ? engineers : orders;
  openRows(rows, byEngineer ? orders : engineers);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columnCount; column++) {
      if ((column & 255) == 0 && shouldStop() != 0) return false;
      const cost = byEngineer ? bestShift(column, row) : bestShift(row, column);
      put64(nextRow, column, cost == IMPOSSIBLE ? FORBIDDEN : cost);
    }
    addRow();
  }
  return true;
}

/** `most`: no pair costs more, without sign. */
function priceLeavingOut(most: i64): void {
  let largest = most;
  for (let order = 0; order < orders; order++) largest = max(largest, softWeight * <i64>at(orderPrice, order));
  unassignedUnit = (largest + 1) * (<i64>orders + 1) * 2;
  leaveOutCosts = allocate((<usize>orders) << 3);
  for (let order = 0; order < orders; order++) {
    const out = unassignedUnit * <i64>at(orderUnassigned, order) + softWeight * <i64>at(orderPrice, order);
    put64(leaveOutCosts, order, out);
  }
}

/** Reads the assignment by order, whichever way it was solved. */
function listEngineers(): void {
  engineerOf = allocate((<usize>orders) << 2);
  for (let order = 0; order < orders; order++) put(engineerOf, order, LEFT_OUT);
  for (let row = 0; row < rowCount; row++) {
    const column = at(columnOf, row);
    if (column == LEFT_OUT) continue;
    if (byEngineer) put(engineerOf, column, row);
    else put(engineerOf, row, column);
  }
}

/** Scalar cost of a pair, FORBIDDEN where it must not be; of the rows that there was time for. */
export function matchCost(order: i32, engineer: i32): i64 {
  return byEngineer ? costAt(engineer, order) : costAt(order, engineer);
}

/**
 * Serves the chosen pairs, the most urgent first; an order whose stock is gone goes to the cheapest idle engineer who still can. So does
 * an order for which the assignment had no time.
 */
function carryOut(): void {
  const keys = allocate((<usize>(orders + 1)) << 3);
  const busy = allocateZeroed(<usize>engineers);
  for (let order = 0; order < orders; order++) {
    put64(keys, order, ((<i64>(1000 - at(orderUnassigned, order))) << 32) | <i64>order);
    const engineer = at(engineerOf, order);
    if (engineer != LEFT_OUT) store<u8>(busy + <usize>engineer, 1);
  }
  sortKeys(keys, orders);
  const late = allocate((<usize>(orders + 1)) << 2);
  let lateCount = 0;
  for (let i = 0; i < orders; i++) {
    const order = <i32>(at64(keys, i) & 0xffffffff);
    const engineer = at(engineerOf, order);
    if (engineer == LEFT_OUT) {
      if (matchStage == COMPLETE) addAbsent(order);
      else put(late, lateCount++, order);
      continue;
    }
    if (bestShift(order, engineer) == IMPOSSIBLE || !serve(order, shiftRoute)) {
      store<u8>(busy + <usize>engineer, 0);
      put(late, lateCount++, order);
    }
  }
  for (let i = 0; i < lateCount; i++) {
    const order = at(late, i);
    const route = idleRoute(order, busy);
    if (route >= 0 && serve(order, route)) store<u8>(busy + <usize>at(routeEngineer, route), 1);
    else addAbsent(order);
  }
}

/** The cheapest route of an idle engineer, -1 where leaving the order out is cheaper; when the time is over, of the first few who may. */
function idleRoute(order: i32, busy: usize): i32 {
  let tries = shouldStop() != 0 ? HASTY_TRIES : engineers;
  let best = at(orderUnassigned, order) > 0 ? IMPOSSIBLE : at64(leaveOutCosts, order);
  let route = -1;
  for (let i = 0; i < engineers && tries > 0; i++) {
    // Not always the same first ones, who may be idle because they can do little.
    const engineer = (order + i) % engineers;
    if (load<u8>(busy + <usize>engineer) != 0 || !eligible(order, engineer)) continue;
    tries--;
    const cost = bestShift(order, engineer);
    if (cost >= best) continue;
    best = cost;
    route = shiftRoute;
  }
  return route;
}
