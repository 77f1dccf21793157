// The state of all routes: what is linked where, its times, its measures, and their totals over the plan.

import { pairCost } from "../criteria/eligibility";
import {
  breakPrice,
  breaks,
  dims,
  engineerMaxLeg,
  engineers,
  items,
  latenessFactor,
  loansOn,
  NEVER,
  orderLoad,
  orders,
  overtimeOn,
  routeBreakFirst,
  routeEarliest,
  routeEngineer,
  routeHeadDistance,
  routeHeadLoad,
  routeHeadOrders,
  routeHeadSoft,
  routeHeadStops,
  routeHeadTravel,
  routeHeadWorking,
  routeMaxDistance,
  routeMaxTravel,
  routeMaxWorking,
  routeShiftEnd,
  routes,
} from "../gen/layout";
import { allocate, allocateZeroed } from "../memory/arena";
import { add, at, at64, put, put64 } from "../memory/cells";
import { closeBooks, openBooks, picksUpAt } from "../parts/ledger";
import { hoursOn, lastDeparture, setupAt, travelAt } from "./hours";
import { distanceOf, edgeTicks, legTicks, legWeight, travelTicks, untimed, useMatrices } from "./matrix";
import { timeMeetings } from "./meetings";
import {
  CLOSE,
  EARLY,
  firstBreak,
  firstEnd,
  firstStart,
  INTO,
  isFixed,
  isLoan,
  isOrder,
  isRich,
  isSupply,
  LATE,
  LENGTH,
  lastStart,
  NEXT,
  nextStart,
  nodeCount,
  OPEN,
  POS,
  PRE_D,
  PRE_E,
  PRE_L,
  PREV,
  ROUTE,
  ROW,
  record,
  releaseSupply,
  SUF_D,
  SUF_E,
  SUF_L,
} from "./nodes";
import { appendSegment, segmentD, segmentE, segmentL, setSegment } from "./segment";
import {
  bindSequence,
  evaluateSequence,
  sequenceDistance,
  sequenceLate,
  sequenceOvertime,
  sequenceTerms,
  sequenceTravel,
  sequenceWork,
} from "./sequence";
import { fairnessOn, fairnessTicks, termsOn } from "./terms";
import { distanceWeight, engineerWeight, softWeight, travelWeight, workWeight } from "./weights";

// By route.
/** Orders in the route, head stops left out. */
export let routeOrders: usize = 0;
/** u8: 1 when the limits or breaks of the route ask for evaluation from end to end. */
let routeStrict: usize = 0;
/** Rich nodes linked in the route. */
export let richNodes: usize = 0;
/** State of the route: a number that no other state of it has, until it is back in this one. */
export let routeVersion: usize = 0;
let versions: i32 = 0;
/** Set when a route becomes used or unused. */
export let usedChanged: bool = true;
export let routeCost: usize = 0; // i64, scalar
export let routeDistance: usize = 0;
export let routeTravel: usize = 0;
export let routeWork: usize = 0;
export let routeSoft: usize = 0; // i64
/** dims by route: load. */
export let routeLoad: usize = 0;
/** Node after which insertions may start: the route's start or the last locked stop. */
export let routeHeadNode: usize = 0;
/** Meetings in the route. */
export let routeMeetings: usize = 0;
// By engineer.
/** Orders over all shifts, head stops left out. */
export let engineerOrders: usize = 0;
/** Shifts with orders, head stops counted. */
export let engineerShifts: usize = 0;
/** Working ticks over all shifts. */
export let engineerWork: usize = 0;

// Totals over the plan.
export let totalCost: i64 = 0; // scalar of all routes, orders left out not counted
export let totalDistance: i64 = 0;
export let totalTravel: i64 = 0;
export let totalWork: i64 = 0;
export let totalSoft: i64 = 0;
export let totalEngineers: i32 = 0;

/** By position in the route at hand: ticks into the stop, with set-up. */
let legs: usize = 0;
/** Room for a list of the nodes of one route. */
export let scratchList: usize = 0;
/** By node: matrix row after it, the same as ROW but for breaks at the place before. */
export let nodeRow: usize = 0;

export function buildRoutes(): void {
  const words = (<usize>routes) << 2;
  routeOrders = allocateZeroed(words);
  routeMeetings = allocateZeroed(words);
  routeStrict = allocateZeroed(<usize>routes);
  richNodes = allocateZeroed(words);
  routeVersion = allocateZeroed(words);
  versions = 0;
  usedChanged = true;
  routeCost = allocateZeroed(words << 1);
  routeDistance = allocateZeroed(words);
  routeTravel = allocateZeroed(words);
  routeWork = allocateZeroed(words);
  routeSoft = allocateZeroed(words << 1);
  routeLoad = allocateZeroed(words * <usize>dims);
  routeHeadNode = allocate(words);
  engineerOrders = allocateZeroed((<usize>engineers) << 2);
  engineerShifts = allocateZeroed((<usize>engineers) << 2);
  engineerWork = allocateZeroed((<usize>engineers) << 2);
  const list = (<usize>((loansOn == 1 ? 3 : 1) * orders + breaks + 8)) << 2;
  scratchList = allocate(list);
  legs = allocate(list + 16);
  bindSequence(list);
  nodeRow = allocate((<usize>nodeCount) << 2);
  // What moves with the route it is in, a pick-up or a break at the place before, is set when the route is timed.
  for (let node = 0; node < nodeCount; node++) put(nodeRow, node, load<i32>(record(node), ROW));
  totalCost = 0;
  totalDistance = 0;
  totalTravel = 0;
  totalWork = 0;
  totalSoft = 0;
  totalEngineers = 0;
  if (fairnessOn) for (let engineer = 0; engineer < engineers; engineer++) addFairness(engineer, 1);
  for (let route = 0; route < routes; route++) {
    put(routeHeadNode, route, firstStart + route);
    store<u8>(routeStrict + <usize>route, isStrict(route) ? 1 : 0);
    if (at(routeHeadOrders, route) > 0) {
      add(engineerShifts, at(routeEngineer, route), 1);
      if (at(engineerShifts, at(routeEngineer, route)) == 1) totalEngineers++;
    }
    refresh(route);
  }
}

/** True when limits, breaks, stops under way, terms or hours ask for evaluation from end to end, whatever the stops. */
export function isStrict(route: i32): bool {
  return (
    termsOn ||
    hoursOn ||
    at(routeBreakFirst, route + 1) > at(routeBreakFirst, route) ||
    at(engineerMaxLeg, at(routeEngineer, route)) < NEVER ||
    at(routeMaxTravel, route) < NEVER ||
    at(routeMaxDistance, route) < 0x7fffffff ||
    at(routeMaxWorking, route) < NEVER ||
    at(routeHeadStops, route) > 0
  );
}

/** True when insertions into the route can be evaluated in constant time by segments. */
export function isPlain(route: i32): bool {
  return load<u8>(routeStrict + <usize>route) == 0 && at(richNodes, route) == 0;
}

/** True when the route has orders, meetings or stops under way: then its way, breaks and time count. */
export function isUsed(route: i32): bool {
  return at(routeOrders, route) + at(routeHeadStops, route) > 0 || (loansOn == 1 && at(routeMeetings, route) > 0);
}

/** Puts `node` behind `previous`. */
export function link(node: i32, previous: i32): void {
  const p = record(previous);
  const n = record(node);
  const next = load<i32>(p, NEXT);
  store<i32>(n, next, NEXT);
  store<i32>(n, previous, PREV);
  store<i32>(n, load<i32>(p, ROUTE), ROUTE);
  store<i32>(p, node, NEXT);
  store<i32>(record(next), node, PREV);
}

/** Takes `node` out of its route. */
export function unlink(node: i32): void {
  const n = record(node);
  const previous = load<i32>(n, PREV);
  const next = load<i32>(n, NEXT);
  store<i32>(record(previous), next, NEXT);
  store<i32>(record(next), previous, PREV);
  store<i32>(n, -1, ROUTE);
}

/** Writes the nodes of the route, start and end left out, to `list` and returns their number. */
export function listRoute(route: i32, list: usize): i32 {
  const end = firstEnd + route;
  let count = 0;
  for (let node = load<i32>(record(firstStart + route), NEXT); node != end; node = load<i32>(record(node), NEXT))
    put(list, count++, node);
  return count;
}

/** Ticks of soft cost of the optional breaks that are not linked, if the route has orders. */
export function skippedBreaks(route: i32): i64 {
  let price: i64 = 0;
  for (let row = at(routeBreakFirst, route); row < at(routeBreakFirst, route + 1); row++)
    if (at(breakPrice, row) >= 0 && load<i32>(record(firstBreak + row), ROUTE) < 0) price += at(breakPrice, row);
  return price;
}

/** Soft ticks of a used route that its sequence does not know: pair costs and the head's. */
export function pairSum(route: i32): i64 {
  const engineer = at(routeEngineer, route);
  const end = firstEnd + route;
  let sum: i64 = at(routeHeadSoft, route);
  for (let node = load<i32>(record(firstStart + route), NEXT); node != end; node = load<i32>(record(node), NEXT))
    if (isOrder(node)) sum += at(pairCost, node * engineers + engineer);
  return sum;
}

/** Scalar cost of a route from its measures. */
export function scalarCost(way: i64, travel: i64, work: i64, soft: i64): i64 {
  return distanceWeight * way + travelWeight * travel + workWeight * work + softWeight * soft;
}

/** Adds what the engineer's work costs to the totals, or takes it off with sign -1. */
function addFairness(engineer: i32, sign: i64): void {
  const ticks = sign * fairnessTicks(engineer, at(engineerWork, engineer));
  totalSoft += ticks;
  totalCost += softWeight * ticks;
}

/** Scalar cost of the route with what its engineer's work costs: what changes when the route alone does. */
export function costOf(route: i32): i64 {
  const engineer = at(routeEngineer, route);
  return at64(routeCost, route) + softWeight * fairnessTicks(engineer, at(engineerWork, engineer));
}

/** Ticks that workload_fairness changes by when the route takes `work` ticks instead. */
export function fairnessChange(route: i32, work: i32): i64 {
  if (!fairnessOn) return 0;
  const engineer = at(routeEngineer, route);
  const now = at(engineerWork, engineer);
  return fairnessTicks(engineer, now - at(routeWork, route) + work) - fairnessTicks(engineer, now);
}

/** Soft cost in ticks without working time. */
export function softTicks(late: i64, overtime: i32): i64 {
  return late * latenessFactor + (overtimeOn == 1 ? <i64>(overtime >> 1) : 0);
}

/** Adds ticks of soft cost that belong to no route alone. */
export function addSoft(ticks: i64): void {
  totalSoft += ticks;
  totalCost += softWeight * ticks;
}

/** Takes everything that is not locked out of the route; the caller refreshes it. */
export function strip(route: i32): void {
  const end = firstEnd + route;
  let node = load<i32>(record(firstStart + route), NEXT);
  while (node != end) {
    const next = load<i32>(record(node), NEXT);
    if (!isFixed(node)) {
      unlink(node);
      if (isSupply(node)) releaseSupply(node);
    }
    node = next;
  }
}

/** Recomputes everything about the route after its links changed; false when it breaks a rule (then the caller takes it back). */
export function refresh(route: i32): bool {
  const engineer = at(routeEngineer, route);
  if (fairnessOn) {
    addFairness(engineer, -1);
    add(engineerWork, engineer, -at(routeWork, route));
  }
  totalCost -= at64(routeCost, route);
  totalDistance -= at(routeDistance, route);
  totalTravel -= at(routeTravel, route);
  totalWork -= at(routeWork, route);
  totalSoft -= at64(routeSoft, route);
  const before = at(routeOrders, route);
  const count = countOrders(route);
  add(engineerOrders, engineer, count - before);
  put(routeOrders, route, count);
  if (at(routeHeadOrders, route) == 0 && before > 0 != count > 0) {
    add(engineerShifts, engineer, count > 0 ? 1 : -1);
    const shifts = at(engineerShifts, engineer);
    if (count > 0 && shifts == 1) {
      totalEngineers++;
      totalCost += engineerWeight;
    } else if (count == 0 && shifts == 0) {
      totalEngineers--;
      totalCost -= engineerWeight;
    }
  }
  if (!isUsed(route)) strip(route);
  if (before > 0 != count > 0) usedChanged = true;
  put(routeVersion, route, ++versions);
  let fits = true;
  if (items > 0) {
    closeBooks(route);
    placeNodes(route);
    fits = openBooks(route);
    if (fits) pruneSupplies(route);
  }
  const timed = timeRoute(route);
  fits = timed && fits;
  totalCost += at64(routeCost, route);
  totalDistance += at(routeDistance, route);
  totalTravel += at(routeTravel, route);
  totalWork += at(routeWork, route);
  totalSoft += at64(routeSoft, route);
  if (fairnessOn) {
    add(engineerWork, engineer, at(routeWork, route));
    addFairness(engineer, 1);
  }
  return fits;
}

/** Sets the totals to what they were, when the routes are what they were. */
export function setTotals(cost: i64, way: i64, travel: i64, work: i64, soft: i64, engineersUsed: i32): void {
  totalCost = cost;
  totalDistance = way;
  totalTravel = travel;
  totalWork = work;
  totalSoft = soft;
  totalEngineers = engineersUsed;
}

export function setUsedChanged(changed: bool): void {
  usedChanged = changed;
}

/** As refresh, right after `order` was linked at a feasible place: on plain routes only the stops that it moves are visited. */
export function refreshInserted(order: i32, route: i32): bool {
  if (items > 0 || at(routeOrders, route) == 0 || !isPlain(route) || isRich(order)) return refresh(route);
  const engineer = at(routeEngineer, route);
  add(routeOrders, route, 1);
  add(engineerOrders, engineer, 1);
  for (let dim = 0; dim < dims; dim++) add(routeLoad, route * dims + dim, at(orderLoad, order * dims + dim));
  put(routeVersion, route, ++versions);
  return untimed ? spliceUntimed(order, route, engineer) : spliceTimed(order, route, engineer);
}

/** Early starts behind the order and late starts before it, as far as they change. */
function spliceUntimed(order: i32, route: i32, engineer: i32): bool {
  const n = record(order);
  const before = record(load<i32>(n, PREV));
  const after = record(load<i32>(n, NEXT));
  useMatrices(route);
  const into = edgeTicks(load<i32>(before, ROW), order);
  const out = edgeTicks(order, load<i32>(after, ROW));
  const delta = into + out - load<i32>(after, INTO);
  store<i32>(n, into, INTO);
  store<i32>(after, out, INTO);
  let time = load<i32>(before, EARLY) + load<i32>(before, LENGTH);
  const end = firstEnd + route;
  for (let node = order; ; ) {
    const r = record(node);
    const early = max(time + load<i32>(r, INTO), load<i32>(r, OPEN));
    if (early > load<i32>(r, CLOSE)) return false;
    if (node != order && early == load<i32>(r, EARLY)) break;
    store<i32>(r, early, EARLY);
    if (node == end) break;
    time = early + load<i32>(r, LENGTH);
    node = load<i32>(r, NEXT);
  }
  const start = firstStart + route;
  let next = after;
  for (let node = order; ; ) {
    const r = record(node);
    const late = min(load<i32>(next, LATE) - load<i32>(next, INTO) - load<i32>(r, LENGTH), load<i32>(r, CLOSE));
    if (node != order && late == load<i32>(r, LATE)) break;
    store<i32>(r, late, LATE);
    if (node == start) break;
    next = r;
    node = load<i32>(r, PREV);
  }
  const cost = legWeight * <i64>delta;
  add(routeDistance, route, delta);
  add(routeTravel, route, delta);
  put64(routeCost, route, at64(routeCost, route) + cost);
  totalDistance += delta;
  totalTravel += delta;
  totalCost += cost;
  // Pair costs weigh nothing here, but they are part of the soft cost that is reported.
  const pair = <i64>at(pairCost, order * engineers + engineer);
  put64(routeSoft, route, at64(routeSoft, route) + pair);
  totalSoft += pair;
  return true;
}

/** Early starts and segments from the start behind the order, late starts and segments to the end before it. */
function spliceTimed(order: i32, route: i32, engineer: i32): bool {
  useMatrices(route);
  const end = firstEnd + route;
  const start = firstStart + route;
  const n = record(order);
  const previous = load<i32>(n, PREV);
  const following = load<i32>(n, NEXT);
  const rowBefore = load<i32>(record(previous), ROW);
  const rowAfter = load<i32>(record(following), ROW);
  const way = distanceOf(rowBefore, order) + distanceOf(order, rowAfter) - distanceOf(rowBefore, rowAfter);
  const travel = travelTicks(rowBefore, order) + travelTicks(order, rowAfter) - travelTicks(rowBefore, rowAfter);
  const oldFinish = load<i32>(record(end), EARLY);
  const oldWork = load<i32>(record(end), PRE_D);
  let b = record(previous);
  for (let node = order; ; ) {
    const r = record(node);
    const edge = edgeTicks(load<i32>(b, ROW), load<i32>(r, ROW));
    const open = load<i32>(r, OPEN);
    const close = load<i32>(r, CLOSE);
    const early = max(load<i32>(b, EARLY) + load<i32>(b, LENGTH) + edge, open);
    if (early > close) return false;
    store<i32>(r, early, EARLY);
    const d = load<i32>(b, PRE_D) + edge;
    const e = load<i32>(b, PRE_E);
    const l = load<i32>(b, PRE_L);
    const wait = max(open - d - l, 0);
    store<i32>(r, d + load<i32>(r, LENGTH) + wait, PRE_D);
    store<i32>(r, max(open - d, e) - wait, PRE_E);
    store<i32>(r, min(close - d, l), PRE_L);
    if (node == end) break;
    b = r;
    node = load<i32>(r, NEXT);
  }
  let a = record(following);
  for (let node = order; ; ) {
    const r = record(node);
    const edge = edgeTicks(load<i32>(r, ROW), load<i32>(a, ROW));
    const length = load<i32>(r, LENGTH);
    const open = load<i32>(r, OPEN);
    const close = load<i32>(r, CLOSE);
    store<i32>(r, min(load<i32>(a, LATE) - edge - length, close), LATE);
    const d = length + edge;
    const e = load<i32>(a, SUF_E);
    const wait = max(e - d - close, 0);
    store<i32>(r, d + load<i32>(a, SUF_D) + wait, SUF_D);
    store<i32>(r, max(e - d, open) - wait, SUF_E);
    store<i32>(r, min(load<i32>(a, SUF_L) - d, close), SUF_L);
    if (node == start) break;
    a = r;
    node = load<i32>(r, PREV);
  }
  const shiftEnd = at(routeShiftEnd, route);
  const overtime = softTicks(0, max(load<i32>(record(end), EARLY) - shiftEnd, 0));
  const extra = overtime - softTicks(0, max(oldFinish - shiftEnd, 0)) + <i64>at(pairCost, order * engineers + engineer);
  const work = load<i32>(record(end), PRE_D) - oldWork;
  const cost = scalarCost(way, travel, work, extra);
  add(routeDistance, route, way);
  add(routeTravel, route, travel);
  add(routeWork, route, work);
  put64(routeSoft, route, at64(routeSoft, route) + extra + work);
  put64(routeCost, route, at64(routeCost, route) + cost);
  totalDistance += way;
  totalTravel += travel;
  totalWork += work;
  totalSoft += extra + work;
  totalCost += cost;
  return true;
}

function countOrders(route: i32): i32 {
  const end = firstEnd + route;
  let count = 0;
  let meetings = 0;
  for (let dim = 0; dim < dims; dim++) put(routeLoad, route * dims + dim, at(routeHeadLoad, route * dims + dim));
  for (let node = load<i32>(record(firstStart + route), NEXT); node != end; node = load<i32>(record(node), NEXT)) {
    if (isLoan(node)) meetings++;
    if (!isOrder(node)) continue;
    count++;
    for (let dim = 0; dim < dims; dim++) add(routeLoad, route * dims + dim, at(orderLoad, node * dims + dim));
  }
  put(routeMeetings, route, meetings);
  return count;
}

/** Sets positions, so that the ledger can say what comes before what. */
function placeNodes(route: i32): void {
  const end = firstEnd + route;
  let pos = 0;
  for (let node = firstStart + route; node != end; node = load<i32>(record(node), NEXT))
    store<i32>(record(node), pos++, POS);
}

/** Enters the route in the books as it is linked. */
export function rebook(route: i32): void {
  if (items == 0) return;
  closeBooks(route);
  placeNodes(route);
  openBooks(route);
}

/** Takes out supply stops at which nothing is picked up any more. */
function pruneSupplies(route: i32): void {
  const end = firstEnd + route;
  let node = load<i32>(record(firstStart + route), NEXT);
  while (node != end) {
    const next = load<i32>(record(node), NEXT);
    if (isSupply(node) && !isFixed(node) && !picksUpAt(route, load<i32>(record(node), POS))) {
      unlink(node);
      releaseSupply(node);
      closeBooks(route);
      placeNodes(route);
      openBooks(route);
      node = load<i32>(record(firstStart + route), NEXT);
    } else node = next;
  }
}

/** As timeRoute, for plain routes whose cost knows no time. */
function timeUntimed(route: i32): bool {
  const start = firstStart + route;
  const end = firstEnd + route;
  const s = record(start);
  const engineer = at(routeEngineer, route);
  let time = load<i32>(s, OPEN);
  store<i32>(s, time, EARLY);
  let row = load<i32>(s, ROW);
  let way: i64 = 0;
  let pair: i64 = 0;
  for (let node = load<i32>(s, NEXT); ; ) {
    const n = record(node);
    const place = load<i32>(n, ROW);
    const leg = edgeTicks(row, place);
    row = place;
    way += leg;
    store<i32>(n, leg, INTO);
    const early = max(time + leg, load<i32>(n, OPEN));
    // An unused route is never driven: there need be no way from its start to its end.
    if (early > load<i32>(n, CLOSE) && isUsed(route)) return false;
    store<i32>(n, early, EARLY);
    if (node == end) break;
    time = early + load<i32>(n, LENGTH);
    pair += at(pairCost, node * engineers + engineer);
    node = load<i32>(n, NEXT);
  }
  let next = record(end);
  store<i32>(next, load<i32>(next, CLOSE), LATE);
  for (let node = load<i32>(next, PREV); ; ) {
    const n = record(node);
    const late = load<i32>(next, LATE) - load<i32>(next, INTO) - load<i32>(n, LENGTH);
    store<i32>(n, min(late, load<i32>(n, CLOSE)), LATE);
    if (node == start) break;
    next = n;
    node = load<i32>(n, PREV);
  }
  if (!isUsed(route)) return true;
  if (way > 0x7fffffff) return false;
  put(routeDistance, route, <i32>way);
  put(routeTravel, route, <i32>way);
  put64(routeSoft, route, pair);
  put64(routeCost, route, legWeight * way);
  return true;
}

/** True when a stop of the route is rich; counts them. */
function countRich(route: i32): bool {
  const end = firstEnd + route;
  let rich = 0;
  for (let node = load<i32>(record(firstStart + route), NEXT); node != end; node = load<i32>(record(node), NEXT))
    if (isRich(node)) rich++;
  put(richNodes, route, rich);
  return rich > 0;
}

/** Sets times, segments and measures; false when the route is not feasible in time (its measures are then 0). */
function timeRoute(route: i32): bool {
  useMatrices(route);
  const start = firstStart + route;
  const end = firstEnd + route;
  put(routeDistance, route, 0);
  put(routeTravel, route, 0);
  put(routeWork, route, 0);
  put64(routeSoft, route, 0);
  put64(routeCost, route, 0);
  if (hoursOn) return timeByHour(route);
  if (untimed && load<u8>(routeStrict + <usize>route) == 0 && !countRich(route)) return timeUntimed(route);

  // Forward: early starts, places, prefix segments.
  const s = record(start);
  const open = load<i32>(s, OPEN);
  store<i32>(s, open, EARLY);
  store<i32>(s, 0, POS);
  store<i32>(s, 0, PRE_D);
  store<i32>(s, open, PRE_E);
  store<i32>(s, load<i32>(s, CLOSE), PRE_L);
  let row = load<i32>(s, ROW);
  put(nodeRow, start, row);
  setSegment(0, open, load<i32>(s, CLOSE));
  let time = open;
  let pos = 1;
  let rich = 0;
  let placed = row;
  let way: i64 = 0;
  let travel: i64 = 0;
  let feasible = true;
  let pair: i64 = 0;
  const engineer = at(routeEngineer, route);
  for (let node = load<i32>(s, NEXT); ; node = load<i32>(record(node), NEXT)) {
    const n = record(node);
    const place = load<i32>(n, ROW);
    let leg = 0;
    if (place >= 0) {
      if (loansOn == 0) leg = edgeTicks(row, place);
      else {
        leg = legTicks(placed, row, place, isLoan(node));
        if (!isLoan(node)) placed = place;
      }
      travel += travelTicks(row, place);
      way += distanceOf(row, place);
      row = place;
    } else placed = row;
    put(nodeRow, node, row);
    put(legs, pos, leg);
    store<i32>(n, pos++, POS);
    if (isRich(node)) rich++;
    const early = leg >= NEVER ? NEVER : nextStart(node, time + leg);
    if (early >= NEVER) {
      feasible = false;
      time = 0;
    } else time = early + load<i32>(n, LENGTH);
    store<i32>(n, early, EARLY);
    if (feasible && !appendSegment(leg, load<i32>(n, LENGTH), load<i32>(n, OPEN), load<i32>(n, CLOSE)) && rich == 0)
      feasible = false;
    store<i32>(n, segmentD, PRE_D);
    store<i32>(n, segmentE, PRE_E);
    store<i32>(n, segmentL, PRE_L);
    if (node == end) break;
    if (isOrder(node)) pair += at(pairCost, node * engineers + engineer);
  }
  put(richNodes, route, rich);
  // An unused route is never driven: there need be no way from its start to its end.
  if (!feasible && isUsed(route)) return false;
  const finish = load<i32>(record(end), EARLY);
  const work = segmentD;

  // Backward: latest starts, suffix segments.
  const e = record(end);
  store<i32>(e, load<i32>(e, CLOSE), LATE);
  store<i32>(e, 0, SUF_D);
  store<i32>(e, load<i32>(e, OPEN), SUF_E);
  store<i32>(e, load<i32>(e, CLOSE), SUF_L);
  for (let node = load<i32>(e, PREV), next = end; ; ) {
    const n = record(node);
    const x = record(next);
    const leg = at(legs, load<i32>(x, POS));
    const length = load<i32>(n, LENGTH);
    store<i32>(n, lastStart(node, load<i32>(x, LATE) - leg - length), LATE);
    setSegment(length, load<i32>(n, OPEN), load<i32>(n, CLOSE));
    appendSegment(leg, load<i32>(x, SUF_D), load<i32>(x, SUF_E), load<i32>(x, SUF_L));
    store<i32>(n, segmentD, SUF_D);
    store<i32>(n, segmentE, SUF_E);
    store<i32>(n, segmentL, SUF_L);
    if (node == start) break;
    next = node;
    node = load<i32>(n, PREV);
  }

  if (!isUsed(route)) return true;
  let soft: i64 = pair + <i64>at(routeHeadSoft, route);
  if (isPlain(route)) {
    way += at(routeHeadDistance, route);
    if (way > 0x7fffffff) return false;
    travel += at(routeHeadTravel, route);
    put(routeWork, route, work + at(routeHeadWorking, route));
    soft += softTicks(0, max(finish - at(routeShiftEnd, route), 0));
  } else return measureSequence(route, soft);
  put(routeDistance, route, <i32>way);
  put(routeTravel, route, <i32>travel);
  put64(routeSoft, route, soft + at(routeWork, route));
  put64(routeCost, route, scalarCost(way, travel, at(routeWork, route), soft));
  return true;
}

/** Sets the measures of a used route, whose nodes are timed, from end to end; `soft` is what its sequence does not know. */
function measureSequence(route: i32, soft: i64): bool {
  const count = listRoute(route, scratchList);
  if (!evaluateSequence(route, scratchList, count)) return false;
  if (loansOn == 1) timeMeetings(route, scratchList, count, at(routeEarliest, route));
  soft += softTicks(sequenceLate, sequenceOvertime);
  if (termsOn) soft += sequenceTerms;
  if (at(routeOrders, route) + at(routeHeadOrders, route) > 0) soft += skippedBreaks(route);
  put(routeDistance, route, sequenceDistance);
  put(routeTravel, route, sequenceTravel);
  put(routeWork, route, sequenceWork);
  put64(routeSoft, route, soft + sequenceWork);
  put64(routeCost, route, scalarCost(sequenceDistance, sequenceTravel, sequenceWork, soft));
  return true;
}

/** As timeRoute, each leg from when it begins: no segment says what a stretch of stops takes. */
function timeByHour(route: i32): bool {
  const start = firstStart + route;
  const end = firstEnd + route;
  const engineer = at(routeEngineer, route);
  const s = record(start);
  let time = load<i32>(s, OPEN);
  let row = load<i32>(s, ROW);
  let placed = row;
  let pos = 0;
  let rich = 0;
  let feasible = true;
  let pair: i64 = 0;
  store<i32>(s, time, EARLY);
  store<i32>(s, pos++, POS);
  put(nodeRow, start, row);
  for (let node = load<i32>(s, NEXT); ; node = load<i32>(record(node), NEXT)) {
    const n = record(node);
    const place = load<i32>(n, ROW);
    let leg = 0;
    let setup = 0;
    if (place >= 0) {
      leg = travelAt(row, place, time);
      setup = setupAt(placed, place, isLoan(node));
      row = place;
      if (!isLoan(node)) placed = row;
    } else placed = row;
    put(nodeRow, node, row);
    put(legs, pos, setup);
    store<i32>(n, pos++, POS);
    if (isRich(node)) rich++;
    const early = leg >= NEVER ? NEVER : nextStart(node, time + leg + setup);
    if (early >= NEVER) {
      feasible = false;
      time = 0;
    } else time = early + load<i32>(n, LENGTH);
    store<i32>(n, early, EARLY);
    if (node == end) break;
    if (isOrder(node)) pair += at(pairCost, node * engineers + engineer);
  }
  put(richNodes, route, rich);
  // An unused route is never driven: there need be no way from its start to its end.
  if (!feasible && isUsed(route)) return false;
  const e = record(end);
  store<i32>(e, load<i32>(e, CLOSE), LATE);
  for (let node = load<i32>(e, PREV), next = end; ; ) {
    const n = record(node);
    const x = record(next);
    const place = load<i32>(x, ROW);
    const ready = load<i32>(x, LATE) - at(legs, load<i32>(x, POS));
    const leave = place < 0 ? ready : lastDeparture(at(nodeRow, node), place, ready);
    store<i32>(n, lastStart(node, leave - load<i32>(n, LENGTH)), LATE);
    if (node == start) break;
    next = node;
    node = load<i32>(n, PREV);
  }
  return !isUsed(route) || measureSequence(route, pair + <i64>at(routeHeadSoft, route));
}
