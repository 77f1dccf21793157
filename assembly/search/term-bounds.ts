// What the terms of a route cost at least with one more order in it: the part of an insertion's bound that strict-places.ts adds where the
// problem has terms. Stops are numbered as there: 0 is the start, count + 1 the end.
import { moneyAt } from "../criteria/money";
import { trustLimit } from "../criteria/trust-limit";
import { leastFairness } from "../criteria/workload-fairness";
import { engineerTrustCarried, orderTakenAlong, orderValue, routeEndRow, routeStartRow } from "../gen/layout";
import { allocate } from "../memory/arena";
import { at } from "../memory/cells";
import { isOrder } from "../route/nodes";
import { engineerWork, routeWork } from "../route/route";
import { clusterCost, drivingTicks, fairnessOn, fairnessTicks, feeOf, startCost } from "../route/terms";
import { softWeight } from "../route/weights";

// Stop number i of the route as it is, 64 bytes.
/** Ticks by starts of stops up to this one, and from it on, all at their early starts; i64. */
const UNTIL: usize = 0;
const FROM: usize = 8;
/** Ticks by starts from this one on, when each begins as soon as its windows open; i64. */
const OPENED_FROM: usize = 16;
/** Ticks of the order's detour; 0 where the stop is no order. */
const DETOUR: usize = 24;
/** The last order up to this stop, and the first from it on: stops, the start or the end where there is none. */
const ORDER_BY: usize = 28;
const ORDER_FROM: usize = 32;
/** Matrix row of an order, of the start or of the end; -1 for other stops. */
const ORDER_ROW: usize = 36;
const NODE: usize = 40;

let stops: usize = 0;
/** Ticks wherever and whenever the stops are. */
let fixed: i64 = 0;
/** Ticks of all detours, and the largest of them. */
let detours: i64 = 0;
let largest: i64 = 0;
let engineer: i32 = 0;
let route: i32 = 0;
/** Working ticks of the engineer's other shifts. */
let otherWork: i32 = 0;

export function buildTermBounds(maxLength: i32): void {
  stops = allocate((<usize>(maxLength + 4)) << 6);
}

function stop(index: i32): usize {
  return stops + ((<usize>index) << 6);
}

/** Begins with a route of `ofEngineer`; returns the scalar cost of the engineer's work as it is. */
export function openTerms(ofRoute: i32, ofEngineer: i32): i64 {
  route = ofRoute;
  engineer = ofEngineer;
  fixed = 0;
  detours = 0;
  largest = 0;
  if (!fairnessOn) return 0;
  otherWork = at(engineerWork, engineer) - at(routeWork, route);
  return softWeight * fairnessTicks(engineer, at(engineerWork, engineer));
}

/** Scalar cost of the engineer's work when the route takes `work` ticks. */
export function fairnessWith(work: i32): i64 {
  return fairnessOn ? softWeight * fairnessTicks(engineer, otherWork + work) : 0;
}

/** Enters stop number `index`, in order from the start (node -1) on: its early start, and the first start of its windows. */
export function enterStop(index: i32, node: i32, start: i32, open: i32): void {
  const s = stop(index);
  const service = node >= 0 && isOrder(node);
  store<i32>(s, node, NODE);
  store<i32>(s, service ? node : index == 0 ? at(routeStartRow, route) : -1, ORDER_ROW);
  store<i32>(s, service || index == 0 ? index : load<i32>(stop(index - 1), ORDER_BY), ORDER_BY);
  store<i64>(s, service ? <i64>startCost(node, start) : 0, FROM);
  store<i64>(s, service ? <i64>startCost(node, open) : 0, OPENED_FROM);
  store<i64>(s, load<i64>(s, FROM) + (index > 0 ? load<i64>(stop(index - 1), UNTIL) : 0), UNTIL);
  if (node >= 0) fixed += feeOf(node);
}

/** Ends with stop number `count`, the last before the end. */
export function closeTerms(count: i32): void {
  const end = stop(count + 1);
  store<i64>(end, 0, FROM);
  store<i64>(end, 0, OPENED_FROM);
  store<i32>(end, at(routeEndRow, route), ORDER_ROW);
  store<i32>(end, count + 1, ORDER_FROM);
  for (let i = count; i > 0; i--) {
    const s = stop(i);
    const after = load<i32>(stop(i + 1), ORDER_FROM);
    store<i64>(s, load<i64>(s, FROM) + load<i64>(stop(i + 1), FROM), FROM);
    store<i64>(s, load<i64>(s, OPENED_FROM) + load<i64>(stop(i + 1), OPENED_FROM), OPENED_FROM);
    const row = load<i32>(s, ORDER_ROW);
    store<i32>(s, row >= 0 ? i : after, ORDER_FROM);
    const ticks = row >= 0 ? clusterCost(rowOf(load<i32>(stop(i - 1), ORDER_BY)), row, rowOf(after), route) : 0;
    store<i32>(s, ticks, DETOUR);
    detours += ticks;
    largest = max(largest, <i64>ticks);
  }
  fixed += margins(count);
}

function rowOf(index: i32): i32 {
  return load<i32>(stop(index), ORDER_ROW);
}

/** Ticks of the value in care as the route is: one more order makes none of them less. */
function margins(count: i32): i64 {
  let care = moneyAt(engineerTrustCarried, engineer);
  let ticks: i64 = 0;
  for (let i = 1; i <= count; i++) {
    const node = load<i32>(stop(i), NODE);
    if (!isOrder(node)) continue;
    const value = moneyAt(orderValue, node);
    if (value == 0) continue;
    ticks += trustLimit(engineer, care + value);
    if (at(orderTakenAlong, node) == 1) care += value;
  }
  return ticks;
}

/**
 * Ticks that terms of the stops cost at least when `order` begins at `start` behind stop `place`; stops behind it are not `earlier` than they
 * are, or nothing is known of them but their windows.
 */
export function leastByStarts(order: i32, start: i32, place: i32, earlier: bool): i64 {
  const after = stop(place + 1);
  const behind = earlier ? load<i64>(after, OPENED_FROM) : load<i64>(after, FROM);
  return fixed + feeOf(order) + load<i64>(stop(place), UNTIL) + startCost(order, start) + behind;
}

/** Ticks of all detours with `order` behind stop `place` of a route of `count` stops. */
export function detoursWith(order: i32, place: i32, count: i32): i64 {
  const before = load<i32>(stop(place), ORDER_BY);
  const after = load<i32>(stop(place + 1), ORDER_FROM);
  let ticks = detours + clusterCost(rowOf(before), order, rowOf(after), route);
  if (before > 0) {
    const earlier = rowOf(load<i32>(stop(before - 1), ORDER_BY));
    ticks += clusterCost(earlier, rowOf(before), order, route) - load<i32>(stop(before), DETOUR);
  }
  if (after <= count) {
    const later = rowOf(load<i32>(stop(after + 1), ORDER_FROM));
    ticks += clusterCost(order, rowOf(after), later, route) - load<i32>(stop(after), DETOUR);
  }
  return ticks;
}

/** Ticks of all detours at least, whatever one order more changes of its neighbours'. */
export function leastDetours(): i64 {
  return max(detours - 2 * largest, 0);
}

/** Scalar cost of terms of at least `ticks`, of `work` ticks or more, at most `span` of them uncertain, and of the way. */
export function leastTerms(ticks: i64, work: i64, span: i64, way: i64): i64 {
  const fairness = fairnessOn ? leastFairness(engineer, otherWork + work, span) : 0;
  return softWeight * (ticks + drivingTicks(engineer, work, way) + fairness);
}
