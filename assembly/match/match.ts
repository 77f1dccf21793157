// One round: at most one order per engineer, by linear assignment over the cost of serving each order with each engineer.
import { engineers, levels, orderPrice, orders, orderUnassigned, routeBreakFirst, routeEngineer } from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, at64, put, put64 } from "../memory/cells";
import { sortKeys } from "../memory/sort";
import { firstShift } from "../parts/ledger";
import { refresh, totalCost } from "../route/route";
import { softWeight } from "../route/weights";
import { addAbsent } from "../search/absent";
import { bestCost, IMPOSSIBLE, insertAtBest, placeIn, resetPlace } from "../search/insertion";
import { openJournal, rollBack, saveBest, touch } from "../search/journal";
import { keepLevels, keepTimes, measurePlan, planLevels } from "../search/levels";
import { settleBreaks } from "../search/settle";
import { columnOf, FORBIDDEN, LEFT_OUT, solveAssignment } from "./assignment";

/** i64: orders * engineers pair costs, and by order the cost of leaving it out, both in the scalar problem. */
export let pairCosts: usize = 0;
export let leaveOutCosts: usize = 0;
/** What one unit of UNASSIGNED costs in the scalar problem: more than all pairs of any round together. */
export let unassignedUnit: i64 = 0;
/** i64 by level: the plan before the round, which is not empty where stops are under way. */
export let matchBase: usize = 0;

/** After bestShift: the cheapest route of the engineer. */
let shiftRoute: i32 = -1;

/** Scalar cost of `order` with `engineer` in the plan as it stands, breaks settled; IMPOSSIBLE if no shift can take it. */
function bestShift(order: i32, engineer: i32): i64 {
  let best = IMPOSSIBLE;
  const end = at(firstShift, engineer + 1);
  for (let route = at(firstShift, engineer); route < end; route++) {
    let cost = placeCost(order, route);
    if (cost != IMPOSSIBLE && at(routeBreakFirst, route + 1) > at(routeBreakFirst, route))
      cost = settledCost(order, route);
    if (cost < best) {
      best = cost;
      shiftRoute = route;
    }
  }
  return best;
}

function placeCost(order: i32, route: i32): i64 {
  resetPlace();
  placeIn(order, route, false);
  return bestCost;
}

/** The cost with optional breaks taken where that is cheaper; only serving the order shows it. */
function settledCost(order: i32, route: i32): i64 {
  const before = totalCost;
  const cost = serve(order, route) ? totalCost - before : IMPOSSIBLE;
  if (cost != IMPOSSIBLE) rollBack();
  return cost;
}

/** Serves `order` in `route`; takes it back and answers false when there is no place or the route breaks a rule with it. */
function serve(order: i32, route: i32): bool {
  if (placeCost(order, route) == IMPOSSIBLE) return false;
  openJournal();
  touch(route);
  insertAtBest(order);
  if (!refresh(route) || !settleBreaks(route)) {
    rollBack();
    return false;
  }
  return true;
}

/** Solves the round and leaves its plan as the best plan. */
export function solveMatch(): void {
  pairCosts = allocate((<usize>(orders * engineers)) << 3);
  leaveOutCosts = allocate((<usize>orders) << 3);
  matchBase = allocate((<usize>levels + 1) << 3);
  measurePlan();
  memory.copy(matchBase, planLevels, (<usize>levels) << 3);
  let largest: i64 = 0;
  for (let order = 0; order < orders; order++) {
    largest = max(largest, softWeight * <i64>at(orderPrice, order));
    for (let engineer = 0; engineer < engineers; engineer++) {
      const best = bestShift(order, engineer);
      const cost = best == IMPOSSIBLE ? FORBIDDEN : best;
      if (cost < FORBIDDEN) largest = max(largest, cost < 0 ? -cost : cost);
      put64(pairCosts, order * engineers + engineer, cost);
    }
  }
  unassignedUnit = (largest + 1) * (<i64>orders + 1) * 2;
  for (let order = 0; order < orders; order++) {
    const out = unassignedUnit * <i64>at(orderUnassigned, order) + softWeight * <i64>at(orderPrice, order);
    put64(leaveOutCosts, order, out);
  }
  solveAssignment(orders, engineers, pairCosts, leaveOutCosts);
  carryOut();
  measurePlan();
  keepLevels();
  keepTimes();
  saveBest();
}

/** Serves the chosen pairs, the most urgent first; an order whose stock is gone goes to the cheapest idle engineer who still can. */
function carryOut(): void {
  const keys = allocate((<usize>(orders + 1)) << 3);
  const busy = allocate(<usize>engineers);
  memory.fill(busy, 0, <usize>engineers);
  for (let order = 0; order < orders; order++) {
    put64(keys, order, ((<i64>(1000 - at(orderUnassigned, order))) << 32) | <i64>order);
    const engineer = at(columnOf, order);
    if (engineer != LEFT_OUT) store<u8>(busy + <usize>engineer, 1);
  }
  sortKeys(keys, orders);
  const late = allocate((<usize>(orders + 1)) << 2);
  let lateCount = 0;
  for (let i = 0; i < orders; i++) {
    const order = <i32>(at64(keys, i) & 0xffffffff);
    const engineer = at(columnOf, order);
    if (engineer == LEFT_OUT) {
      addAbsent(order);
      continue;
    }
    if (bestShift(order, engineer) == IMPOSSIBLE || !serve(order, shiftRoute)) {
      store<u8>(busy + <usize>engineer, 0);
      put(late, lateCount++, order);
    }
  }
  for (let i = 0; i < lateCount; i++) {
    const order = at(late, i);
    let best = IMPOSSIBLE;
    let route = -1;
    for (let engineer = 0; engineer < engineers; engineer++) {
      if (load<u8>(busy + <usize>engineer) != 0) continue;
      const cost = bestShift(order, engineer);
      if (cost >= best) continue;
      best = cost;
      route = shiftRoute;
    }
    const worth = at(orderUnassigned, order) > 0 || best < at64(leaveOutCosts, order);
    if (route >= 0 && worth && serve(order, route)) store<u8>(busy + <usize>at(routeEngineer, route), 1);
    else addAbsent(order);
  }
}
