// The plan under local search: linked routes with prefix and suffix segments that allow time warp (Vidal et al. 2013), apart from the main plan.
//
//   node ids:  orders | starts | ends
//
//   record:    next prev route pos | row open close length | clock slack idle warp | from until idleAfter warpAfter
//
// The prefix of a node is a segment from its route's start to its service: it ends at `clock`, can start `slack` later at no cost, and has waited
// `idle` and warped `warp` ticks. The suffix begins with the node: started in from..until it waits `idleAfter` and warps `warpAfter` ticks.
import { maskAt, pairCost } from "../criteria/eligibility";
import {
  dims,
  edge,
  engineerCapacity,
  engineers,
  orderLoad,
  orderService,
  orders,
  orderWindowFirst,
  routeClass,
  routeDepartureFixed,
  routeEarliest,
  routeEndRow,
  routeEngineer,
  routeLatest,
  routeStartRow,
  routes,
  rows,
  windowEnd,
  windowStart,
} from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, at64, put, put64 } from "../memory/cells";
import { engineerWeight, softWeight, workWeight } from "../route/weights";
import { leg, legWeight } from "./legs";
import { excessPrice, FRACTION, loadScale, RULED_OUT, warpPrice } from "./penalties";

export const NEXT: usize = 0;
export const PREV: usize = 4;
export const ROUTE: usize = 8;
export const POS: usize = 12;
export const ROW: usize = 16;
export const OPEN: usize = 20;
export const CLOSE: usize = 24;
export const LENGTH: usize = 28;
export const CLOCK: usize = 32;
export const SLACK: usize = 36;
export const IDLE: usize = 40;
export const WARP: usize = 44;
export const FROM: usize = 48;
export const UNTIL: usize = 52;
export const IDLE_AFTER: usize = 56;
export const WARP_AFTER: usize = 60;

let records: usize = 0;
export let startNodes: i32 = 0;
export let endNodes: i32 = 0;
/** By node and dimension: load from the route's start to the node. */
let loads: usize = 0;
/** By node: leg costs from the route's start to the node, forwards and backwards. */
export let forwards: usize = 0;
export let backwards: usize = 0;

// By route.
/** Orders. */
export let sizes: usize = 0;
/** i64: price of idle time and time warp. */
export let timePrices: usize = 0;
/** i64: price of excess load. */
export let loadPrices: usize = 0;
/** i64: price of its pairs. */
let pairPrices: usize = 0;
/** Number of the last change; 0: as in a plan in which no move is left. */
export let changed: usize = 0;
/** First route with the same end place and latest return. */
let endKinds: usize = 0;
/** Changes since the plan was linked; the links themselves are the first. */
export let changes: i32 = 1;
/** True when some pair costs something or is ruled out. */
export let pairsCount: bool = false;
/** Cost of a tick of waiting. */
export let idlePrice: i64 = 0;
/** Working time of all services, whoever gives them. */
let serviceCost: i64 = 0;
/** Cost of a leg unit, and of a used route. */
export let legPrice: i64 = 0;
export let usePrice: i64 = 0;

export function record(node: i32): usize {
  return records + ((<usize>node) << 6);
}

export function next(node: i32): i32 {
  return load<i32>(record(node), NEXT);
}

export function previous(node: i32): i32 {
  return load<i32>(record(node), PREV);
}

export function routeOf(node: i32): i32 {
  return load<i32>(record(node), ROUTE);
}

export function position(node: i32): i32 {
  return load<i32>(record(node), POS);
}

export function rowOf(node: i32): i32 {
  return load<i32>(record(node), ROW);
}

export function isOrder(node: i32): bool {
  return node < startNodes;
}

/** Takes the memory of the plan under local search and fills in what never changes. */
export function buildTour(): void {
  startNodes = orders;
  endNodes = orders + routes;
  const nodes = orders + 2 * routes;
  records = allocate((<usize>nodes) << 6);
  loads = allocate((<usize>(nodes * dims + 1)) << 2);
  forwards = allocate((<usize>nodes) << 2);
  backwards = allocate((<usize>nodes) << 2);
  sizes = allocate((<usize>routes) << 2);
  timePrices = allocate((<usize>routes) << 3);
  loadPrices = allocate((<usize>routes) << 3);
  pairPrices = allocate((<usize>routes) << 3);
  changed = allocate((<usize>routes) << 2);
  endKinds = allocate((<usize>routes) << 2);
  for (let order = 0; order < orders; order++) {
    const window = at(orderWindowFirst, order);
    setNode(order, order, at(windowStart, window), at(windowEnd, window), at(orderService, order));
  }
  for (let route = 0; route < routes; route++) {
    const earliest = at(routeEarliest, route);
    const latest = at(routeLatest, route);
    const leave = at(routeDepartureFixed, route) == 1 ? earliest : latest;
    setNode(startNodes + route, at(routeStartRow, route), earliest, leave, 0);
    setNode(endNodes + route, at(routeEndRow, route), earliest, latest, 0);
    put(endKinds, route, route);
    for (let first = 0; first < route; first++)
      if (
        at(endKinds, first) == first &&
        at(routeEndRow, first) == at(routeEndRow, route) &&
        at(routeLatest, first) == latest &&
        at(routeEarliest, first) == earliest
      ) {
        put(endKinds, route, first);
        break;
      }
  }
  pairsCount = false;
  for (let order = 0; order < orders; order++) {
    const first = order * engineers;
    for (let pair = first; pair < first + engineers; pair++)
      if (maskAt(pair) != 0 || (softWeight > 0 && at(pairCost, pair) != at(pairCost, first))) pairsCount = true;
  }
  idlePrice = workWeight << FRACTION;
  serviceCost = 0;
  for (let order = 0; order < orders; order++) {
    serviceCost += idlePrice * <i64>at(orderService, order);
    // What an order costs with whomever is no reason to look at pairs.
    if (!pairsCount) serviceCost += (softWeight * <i64>at(pairCost, order * engineers)) << FRACTION;
  }
  legPrice = legWeight << FRACTION;
  usePrice = engineerWeight << FRACTION;
}

function setNode(node: i32, row: i32, open: i32, close: i32, length: i32): void {
  const r = record(node);
  store<i32>(r, row, ROW);
  store<i32>(r, open, OPEN);
  store<i32>(r, close, CLOSE);
  store<i32>(r, length, LENGTH);
}

/** Empties every route; no order is linked. */
export function clearTour(): void {
  for (let order = 0; order < orders; order++) store<i32>(record(order), -1, ROUTE);
  for (let route = 0; route < routes; route++) {
    join(startNodes + route, endNodes + route);
    refreshRoute(route);
    put(changed, route, 0);
  }
  changes = 1;
}

/** Marks the route as one whose moves are not known. */
export function markChanged(route: i32): void {
  put(changed, route, 1);
}

/** True when the route has time warp or excess load, whose prices may change. */
export function isPenalised(route: i32): bool {
  return load<i32>(record(endNodes + route), WARP) > 0 || excessOf(route) > 0;
}

/** Lets `to` follow `from`. */
export function join(from: i32, to: i32): void {
  store<i32>(record(from), to, NEXT);
  store<i32>(record(to), from, PREV);
}

/** Counts a change of the routes, said to change the cost by `delta`; their times are refreshed. */
export function noteChange(route: i32, other: i32, delta: i64): void {
  changes++;
  const before = routePrice(route) + (other == route ? 0 : routePrice(other));
  refreshRoute(route);
  put(changed, route, changes);
  if (other != route) {
    refreshRoute(other);
    put(changed, other, changes);
  }
  assert(routePrice(route) + (other == route ? 0 : routePrice(other)) - before == delta, "a move's cost is exact");
}

/** Cost of the route as it was refreshed last. */
function routePrice(route: i32): i64 {
  if (at(sizes, route) == 0) return 0;
  const way = legPrice * <i64>at(forwards, endNodes + route);
  return way + usePrice + at64(timePrices, route) + at64(loadPrices, route) + at64(pairPrices, route);
}

/** Cost of serving `order` by the engineer of `route` beyond way and time. */
export function pairPrice(order: i32, route: i32): i64 {
  if (!pairsCount) return 0;
  const pair = order * engineers + at(routeEngineer, route);
  return maskAt(pair) != 0 ? RULED_OUT : (softWeight * <i64>at(pairCost, pair)) << FRACTION;
}

/** Cost of the pairs of the orders from `from` up to and without `to`, were they in `route`. */
export function pairPriceOf(from: i32, to: i32, route: i32): i64 {
  if (!pairsCount) return 0;
  let price: i64 = 0;
  for (let node = from; node != to; node = next(node)) price += pairPrice(node, route);
  return price;
}

/** True when the ends of both routes are the same in place and time, so that suffixes fit either. */
export function sameEnd(route: i32, other: i32): bool {
  return at(endKinds, route) == at(endKinds, other);
}

/** True when the empty route stands for all empty routes like it. */
export function isFirstEmpty(route: i32): bool {
  const kind = at(routeClass, route);
  for (let other = kind; other < route; other++)
    if (at(routeClass, other) == kind && at(sizes, other) == 0) return false;
  return true;
}

/** Recomputes everything about the route after its links changed. */
export function refreshRoute(route: i32): void {
  const start = startNodes + route;
  const end = endNodes + route;
  const s = record(start);
  const open = load<i32>(s, OPEN);
  let pos = 0;
  let way = 0;
  let back = 0;
  let pairs: i64 = 0;
  store<i32>(s, route, ROUTE);
  store<i32>(s, 0, POS);
  store<i32>(s, open, CLOCK);
  store<i32>(s, load<i32>(s, CLOSE) - open, SLACK);
  store<i32>(s, 0, IDLE);
  store<i32>(s, 0, WARP);
  put(forwards, start, 0);
  put(backwards, start, 0);
  for (let dim = 0; dim < dims; dim++) put(loads, start * dims + dim, 0);
  departFrom(start);
  let before = start;
  for (let node = load<i32>(s, NEXT); ; node = load<i32>(record(node), NEXT)) {
    const n = record(node);
    const place = load<i32>(n, ROW);
    way += leg(lastRow, place);
    back += leg(place, lastRow);
    visit(node);
    store<i32>(n, route, ROUTE);
    store<i32>(n, ++pos, POS);
    store<i32>(n, clock, CLOCK);
    store<i32>(n, slack, SLACK);
    store<i32>(n, idle, IDLE);
    store<i32>(n, warp, WARP);
    put(forwards, node, way);
    put(backwards, node, back);
    for (let dim = 0; dim < dims; dim++)
      put(
        loads,
        node * dims + dim,
        at(loads, before * dims + dim) + (node == end ? 0 : at(orderLoad, node * dims + dim)),
      );
    if (node == end) break;
    if (pairsCount) pairs += pairPrice(node, route);
    before = node;
  }
  put(sizes, route, pos - 1);

  const e = record(end);
  let from = load<i32>(e, OPEN);
  let until = load<i32>(e, CLOSE);
  let idleAfter = 0;
  let warpAfter = 0;
  store<i32>(e, from, FROM);
  store<i32>(e, until, UNTIL);
  store<i32>(e, 0, IDLE_AFTER);
  store<i32>(e, 0, WARP_AFTER);
  let row = load<i32>(e, ROW);
  for (let node = load<i32>(e, PREV); node != start; node = load<i32>(record(node), PREV)) {
    const n = record(node);
    const place = load<i32>(n, ROW);
    const open = load<i32>(n, OPEN);
    const close = load<i32>(n, CLOSE);
    const delta = load<i32>(n, LENGTH) + at(edge, place * rows + row);
    const wait = max(from - delta - close, 0);
    const late = max(open + delta - until, 0);
    idleAfter += wait;
    warpAfter += late;
    from = max(from - delta, open) - wait;
    until = min(until - delta, close) + late;
    store<i32>(n, from, FROM);
    store<i32>(n, until, UNTIL);
    store<i32>(n, idleAfter, IDLE_AFTER);
    store<i32>(n, warpAfter, WARP_AFTER);
    row = place;
  }
  const used = pos > 1;
  put64(timePrices, route, used ? idlePrice * <i64>idle + warpPrice * <i64>warp : 0);
  put64(loadPrices, route, excessPrice * excessOf(route));
  put64(pairPrices, route, pairs);
}

/** Excess of the route in units of all dimensions. */
function excessOf(route: i32): i64 {
  let excess: i64 = 0;
  for (let dim = 0; dim < dims; dim++) excess += excessIn(route, dim, at(loads, (endNodes + route) * dims + dim));
  return excess;
}

function excessIn(route: i32, dim: i32, carried: i32): i64 {
  const over = carried - at(engineerCapacity, at(routeEngineer, route) * dims + dim);
  return over > 0 ? <i64>over * <i64>at(loadScale, dim) : 0;
}

/**
 * Price of the load of `route` when the orders after `plusBefore` up to `plusLast` of one route come in and those after `minusBefore` up to
 * `minusLast` of its own go out.
 */
export function loadPriceAfter(route: i32, plusBefore: i32, plusLast: i32, minusBefore: i32, minusLast: i32): i64 {
  let excess: i64 = 0;
  for (let dim = 0; dim < dims; dim++) {
    const plus = at(loads, plusLast * dims + dim) - at(loads, plusBefore * dims + dim);
    const minus = at(loads, minusLast * dims + dim) - at(loads, minusBefore * dims + dim);
    excess += excessIn(route, dim, at(loads, (endNodes + route) * dims + dim) + plus - minus);
  }
  return excessPrice * excess;
}

/** Price of the load of `route` with one order more. */
export function loadPriceWith(route: i32, order: i32): i64 {
  let excess: i64 = 0;
  for (let dim = 0; dim < dims; dim++)
    excess += excessIn(route, dim, at(loads, (endNodes + route) * dims + dim) + at(orderLoad, order * dims + dim));
  return excessPrice * excess;
}

// The way along a changed route.
let lastRow: i32 = 0;
let clock: i32 = 0;
let slack: i32 = 0;
let idle: i32 = 0;
let warp: i32 = 0;

/** Begins with everything up to `node`. */
export function departFrom(node: i32): void {
  const n = record(node);
  lastRow = load<i32>(n, ROW);
  clock = load<i32>(n, CLOCK);
  slack = load<i32>(n, SLACK);
  idle = load<i32>(n, IDLE);
  warp = load<i32>(n, WARP);
}

/** Goes on to `node`. */
export function visit(node: i32): void {
  const n = record(node);
  const place = load<i32>(n, ROW);
  const open = load<i32>(n, OPEN);
  const close = load<i32>(n, CLOSE);
  let time = clock + at(edge, lastRow * rows + place);
  lastRow = place;
  if (time < open) {
    idle += max(open - time - slack, 0);
    slack = min(max(slack - (open - time), 0), close - open);
    time = open;
  } else if (time > close) {
    warp += time - close;
    slack = 0;
    time = close;
  } else slack = min(slack, close - time);
  clock = time + load<i32>(n, LENGTH);
}

/** Goes on to `from` and all up to and without `to`. */
export function visitAll(from: i32, to: i32): void {
  for (let node = from; node != to; node = next(node)) visit(node);
}

/** The same backwards, from `from` down to and without `to`. */
export function visitBackwards(from: i32, to: i32): void {
  for (let node = from; node != to; node = previous(node)) visit(node);
}

/** Price of time of the way so far and on with everything from `node` on. */
export function arriveAt(node: i32): i64 {
  const n = record(node);
  const time = clock + at(edge, lastRow * rows + load<i32>(n, ROW));
  const late = warp + load<i32>(n, WARP_AFTER) + max(time - load<i32>(n, UNTIL), 0);
  if (idlePrice == 0) return warpPrice * <i64>late;
  const waiting = idle + load<i32>(n, IDLE_AFTER) + max(load<i32>(n, FROM) - time - slack, 0);
  return idlePrice * <i64>waiting + warpPrice * <i64>late;
}

/** Cost of the leg between neighbours of a route; none where an unused route would be left. */
export function gap(from: i32, to: i32): i32 {
  return from >= startNodes && to >= startNodes ? 0 : leg(rowOf(from), rowOf(to));
}

// Of the whole plan, after measureTour.
/** Cost without warp and excess. */
export let tourCost: i64 = 0;
export let tourWarp: i32 = 0;
export let tourExcess: i64 = 0;

/** Sums cost, warp and excess over the routes. */
export function measureTour(): void {
  let ways: i64 = 0;
  tourCost = serviceCost;
  tourWarp = 0;
  tourExcess = 0;
  for (let route = 0; route < routes; route++) {
    if (at(sizes, route) == 0) continue;
    const end = endNodes + route;
    ways += at(forwards, end);
    tourCost += usePrice + at64(pairPrices, route) + idlePrice * <i64>load<i32>(record(end), IDLE);
    tourWarp += load<i32>(record(end), WARP);
    tourExcess += excessOf(route);
  }
  tourCost += legPrice * ways;
}
