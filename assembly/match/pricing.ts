// A round of which few pairs are known to begin with: those of candidates. Others are priced in where they might cost less than the duals of
// their order and engineer, which a bound from below mostly rules out without a look at the pair (column generation).
import { eligible, pairCost } from "../criteria/eligibility";
import { leastFairnessBetween } from "../criteria/workload-fairness";
import {
  breakPrice,
  centreFee,
  centres,
  chainStops,
  engineers,
  fairnessCap,
  items,
  latenessFactor,
  metric,
  mostSoftTicks,
  movedStart,
  NEVER,
  orderFee,
  orderGrace,
  orderService,
  orders,
  routeBreakFirst,
  routeEarliest,
  routeEndRow,
  routeHeadStops,
  routeLatest,
  routeMaxDistance,
  routeStartRow,
  routes,
  rowSetup,
  ticksPerSecond,
} from "../gen/layout";
import { shouldStop } from "../host";
import { allocate, allocateZeroed } from "../memory/arena";
import { add, at, at64, put, put64 } from "../memory/cells";
import { selectKeys, sortKeys } from "../memory/sort";
import { firstShift } from "../parts/ledger";
import { columnStep, edgesInto, edgesOutOf, useMatrices } from "../route/matrix";
import { SUPPLY_SLOTS } from "../route/nodes";
import { drivingTicks, fairnessOn, fairnessTicks, termsOn } from "../route/terms";
import { distanceWeight, engineerWeight, softWeight, travelWeight, workWeight } from "../route/weights";
import { IMPOSSIBLE } from "../search/insertion";
import { hasCandidates, nearEngineer, nearEngineers } from "../search/near-engineers";
import { addRow, columnCount, FORBIDDEN, nextRow } from "./rows";
import { bestShift } from "./serve";

/** Pairs of an engineer that are looked at in one pass at most: those that promise most. */
const PROMISING: i32 = 32;
/** Costs that are sums of all orders' stay below this, however urgent the orders. */
const MOST_SAFE: i64 = (<i64>1) << 50;
/** Ticks that rounding may make a way by other places shorter than the direct one. */
const ROUNDING: i32 = 2;

let known: usize = 0; // u8 by pair: its cost was computed
let pairOrders: usize = 0;
let pairEngineers: usize = 0;
let pairCosts: usize = 0; // i64
let pairCount: i32 = 0;
let room: i32 = 0;
/** i64 by order: bound from below of its cost with the engineer at hand, without pair costs. */
let ways: usize = 0;
let keys: usize = 0;

/** True where few pairs need be known: the search has candidates, and what bounds costs from below and above holds. */
export function canPrice(): bool {
  if (!hasCandidates || distanceWeight != 0 || mostSoftTicks < 0 || chainStops > 0) return false;
  for (let route = 0; route < routes; route++) if (at(routeHeadStops, route) > 0) return false;
  return !termsOn || mostCost() < MOST_SAFE / (<i64>orders + 1);
}

/** What no pair costs more than: a whole shift of work, the latest start and everything soft. */
export function mostCost(): i64 {
  let span = 0;
  let prices: i64 = 0;
  for (let route = 0; route < routes; route++) {
    span = max(span, at(routeLatest, route) - at(routeEarliest, route));
    let sum: i64 = 0;
    const end = at(routeBreakFirst, route + 1);
    for (let pause = at(routeBreakFirst, route); pause < end; pause++) sum += max(0, at(breakPrice, pause));
    prices = max(prices, sum);
  }
  let grace = 0;
  for (let order = 0; order < orders; order++) grace = max(grace, at(orderGrace, order));
  const soft = <i64>latenessFactor * grace + <i64>mostSoftTicks + prices + <i64>span;
  return (workWeight + travelWeight) * <i64>span + softWeight * (soft + mostTerms(span)) + engineerWeight;
}

/** What route terms cost at most in a day of `span` ticks with one order, beside those that cost no more than their criterion's weight. */
function mostTerms(span: i32): i64 {
  if (!termsOn) return 0;
  let fee = 0;
  for (let order = 0; order < orders; order++) fee = max(fee, at(orderFee, order));
  let pickUp = 0;
  for (let centre = 0; centre < centres; centre++) pickUp = max(pickUp, at(centreFee, centre));
  let way = 0;
  for (let route = 0; route < routes; route++) way = max(way, at(routeMaxDistance, route));
  let driving: i64 = 0;
  for (let engineer = 0; engineer < engineers; engineer++) driving = max(driving, drivingTicks(engineer, span, way));
  const fairness = fairnessOn ? <i64>fairnessCap * ticksPerSecond : 0;
  return <i64>movedStart + fee + <i64>SUPPLY_SLOTS * pickUp + driving + fairness;
}

/** Computes the pairs of candidates; false when the time was over before. */
export function openPricing(): bool {
  known = allocateZeroed(<usize>orders * <usize>engineers);
  ways = allocate((<usize>orders) << 3);
  keys = allocate((<usize>orders) << 3);
  pairCount = 0;
  room = 0;
  for (let order = 0; order < orders; order++) {
    if (shouldStop() != 0) return false;
    for (let i = 0, count = nearEngineers(order); i < count; i++) learn(order, nearEngineer(order, i));
  }
  return true;
}

/** Computes and keeps a pair's cost. */
function learn(order: i32, engineer: i32): i64 {
  store<u8>(known + <usize>order * engineers + engineer, 1);
  const cost = bestShift(order, engineer);
  if (cost == IMPOSSIBLE) return cost;
  if (pairCount == room) grow();
  put(pairOrders, pairCount, order);
  put(pairEngineers, pairCount, engineer);
  put64(pairCosts, pairCount++, cost);
  return cost;
}

function grow(): void {
  const more = max(1 << 12, 2 * room);
  const wereOrders = pairOrders;
  const wereEngineers = pairEngineers;
  const wereCosts = pairCosts;
  pairOrders = allocate((<usize>more) << 2);
  pairEngineers = allocate((<usize>more) << 2);
  pairCosts = allocate((<usize>more) << 3);
  memory.copy(pairOrders, wereOrders, (<usize>room) << 2);
  memory.copy(pairEngineers, wereEngineers, (<usize>room) << 2);
  memory.copy(pairCosts, wereCosts, (<usize>room) << 3);
  room = more;
}

/** Adds the pairs known as rows of the assignment, of engineers or of orders. */
export function writeRows(byEngineer: bool): void {
  const rowsOf = byEngineer ? pairEngineers : pairOrders;
  const columnsOf = byEngineer ? pairOrders : pairEngineers;
  const count = byEngineer ? engineers : orders;
  const first = allocateZeroed((<usize>(count + 2)) << 2);
  const byRow = allocate((<usize>pairCount) << 2);
  for (let pair = 0; pair < pairCount; pair++) add(first, at(rowsOf, pair) + 2, 1);
  for (let row = 0; row < count; row++) add(first, row + 2, at(first, row + 1));
  for (let pair = 0; pair < pairCount; pair++) {
    const row = at(rowsOf, pair) + 1;
    put(byRow, at(first, row), pair);
    add(first, row, 1);
  }
  for (let column = 0; column < columnCount; column++) put64(nextRow, column, FORBIDDEN);
  for (let row = 0; row < count; row++) {
    for (let i = at(first, row); i < at(first, row + 1); i++) {
      const pair = at(byRow, i);
      put64(nextRow, at(columnsOf, pair), at64(pairCosts, pair));
    }
    addRow();
    for (let i = at(first, row); i < at(first, row + 1); i++) put64(nextRow, at(columnsOf, at(byRow, i)), FORBIDDEN);
  }
}

/** Learns pairs that might cost less than their duals; false when there are none left, or when the time is over. */
export function priceIn(orderDual: usize, engineerDual: usize): bool {
  let unsettled = false;
  for (let engineer = 0; engineer < engineers; engineer++) {
    if (shouldStop() != 0) return false;
    measureWays(engineer);
    const dual = at64(engineerDual, engineer);
    let count = 0;
    for (let order = 0; order < orders; order++) {
      const spare = at64(orderDual, order) + dual;
      if (at64(ways, order) >= spare) continue;
      const pair = order * engineers + engineer;
      const low = at64(ways, order) + softWeight * <i64>at(pairCost, pair);
      if (low >= spare || load<u8>(known + <usize>pair) != 0 || !eligible(order, engineer)) continue;
      put64(keys, count++, (max(low - spare, -((<i64>1) << 42)) << 20) | <i64>order);
    }
    const looked = min(count, PROMISING);
    selectKeys(keys, count, looked);
    sortKeys(keys, looked);
    if (looked < count) unsettled = true;
    for (let i = 0; i < looked; i++) {
      const order = <i32>(at64(keys, i) & 0xfffff);
      if (learn(order, engineer) < at64(orderDual, order) + dual) unsettled = true;
    }
  }
  return unsettled;
}

/** Way there and back and service of every order alone: no day that serves it costs less. */
function measureWays(engineer: i32): void {
  for (let order = 0; order < orders; order++) put64(ways, order, FORBIDDEN);
  const end = at(firstShift, engineer + 1);
  // Where a way by other places may be shorter than the direct one, and there may be such a way, ways tell nothing.
  const direct =
    metric == 1 || (items == 0 && at(routeBreakFirst, end) == at(routeBreakFirst, at(firstShift, engineer)));
  for (let route = at(firstShift, engineer); route < end; route++) {
    useMatrices(route);
    const span = at(routeLatest, route) - at(routeEarliest, route);
    const outOf = edgesOutOf(at(routeStartRow, route));
    const into = edgesInto(at(routeEndRow, route));
    for (let order = 0; order < orders; order++) {
      let ride: i64 = 0;
      if (direct) {
        const there = at(outOf, order);
        const back = load<i32>(into + <usize>order * columnStep);
        if (there >= NEVER || back >= NEVER) continue;
        const setup = rowSetup != 0 ? at(rowSetup, order) : 0;
        ride = <i64>max(0, there - setup) + <i64>back - ROUNDING;
      }
      const work = max(<i64>0, ride) + at(orderService, order);
      let cost = travelWeight * max(<i64>0, ride) + workWeight * work + engineerWeight;
      // The other route terms are never less than 0.
      if (fairnessOn) cost += softWeight * (leastFairnessBetween(engineer, work, span) - fairnessTicks(engineer, 0));
      put64(ways, order, min(at64(ways, order), cost));
    }
  }
}
