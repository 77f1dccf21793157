// One round: at most one order per engineer, by linear assignment over the cost of serving each order with each engineer.
import { engineers, levels, orderPrice, orders, orderUnassigned, routeEngineer, routes } from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, at64, put, put64 } from "../memory/cells";
import { sortKeys } from "../memory/sort";
import { refresh } from "../route/route";
import { softWeight } from "../route/weights";
import { addAbsent } from "../search/absent";
import { bestCost, bestRoute, IMPOSSIBLE, insertAtBest, placeIn, resetPlace } from "../search/insertion";
import { openJournal, rollBack, saveBest, touch } from "../search/journal";
import { keepLevels, measurePlan, planLevels } from "../search/levels";
import { columnOf, FORBIDDEN, LEFT_OUT, solveAssignment } from "./assignment";

/** i64: orders * engineers pair costs, and by order the cost of leaving it out, both in the scalar problem. */
export let pairCosts: usize = 0;
export let leaveOutCosts: usize = 0;
/** What one unit of UNASSIGNED costs in the scalar problem: more than all pairs of any round together. */
export let unassignedUnit: i64 = 0;
/** i64 by level: the plan before the round, which is not empty where stops are under way. */
export let matchBase: usize = 0;
/** Orders whose engineer could not serve them in the end because shared stock ran out. */
export let conflicts: i32 = 0;

/** Keeps the cheapest place of `order` with `engineer`. */
function placeWith(order: i32, engineer: i32): void {
  resetPlace();
  for (let route = 0; route < routes; route++) if (at(routeEngineer, route) == engineer) placeIn(order, route, false);
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
      placeWith(order, engineer);
      const cost = bestCost == IMPOSSIBLE ? FORBIDDEN : bestCost;
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
  saveBest();
}

/** Serves the chosen pairs, the most urgent first; an order whose stock is gone goes to the cheapest idle engineer who still can. */
function carryOut(): void {
  conflicts = 0;
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
    placeWith(order, engineer);
    if (bestCost == IMPOSSIBLE || !insertIfSound(order)) {
      conflicts++;
      store<u8>(busy + <usize>engineer, 0);
      put(late, lateCount++, order);
    }
  }
  for (let i = 0; i < lateCount; i++) {
    const order = at(late, i);
    resetPlace();
    for (let route = 0; route < routes; route++)
      if (load<u8>(busy + <usize>at(routeEngineer, route)) == 0) placeIn(order, route, false);
    if (bestCost == IMPOSSIBLE || (at(orderUnassigned, order) == 0 && bestCost >= at64(leaveOutCosts, order))) {
      addAbsent(order);
      continue;
    }
    const engineer = at(routeEngineer, bestRoute);
    if (insertIfSound(order)) store<u8>(busy + <usize>engineer, 1);
    else addAbsent(order);
  }
}

/** Inserts at the best place; takes it back and answers false when the route breaks a rule with it. */
function insertIfSound(order: i32): bool {
  openJournal();
  touch(bestRoute);
  const route = bestRoute;
  insertAtBest(order);
  if (refresh(route)) return true;
  rollBack();
  return false;
}
