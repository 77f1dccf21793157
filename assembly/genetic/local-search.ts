// Local search with penalised infeasibility over granular neighbourhoods, in pieces that the caller can interrupt (Vidal 2022, Kool et al. 2022).
import { orders, routes } from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, put } from "../memory/cells";
import { randomBelow } from "../search/random";
import { exchange, exchangeTails, insertionPrice, turnRound } from "./moves";
import { near, nearCount } from "./proximity";
import { swapStar } from "./swap-star";
import {
  changed,
  changes,
  isFirstEmpty,
  isOrder,
  join,
  markChanged,
  next,
  previous,
  refreshRoute,
  routeOf,
  sizes,
  startNodes,
} from "./tour";

/** Orders in the sequence in which they are looked at. */
let sequence: usize = 0;
/** By order: changes of the plan when its moves were tried last, 0 never. */
let tried: usize = 0;
/** By route: changes of the plan when SWAP* with later routes was tried last, 0 never. */
let swapped: usize = 0;
/** u8 by route: 1 when it serves near neighbours of the route at hand. */
let overlaps: usize = 0;

/** Routes overlap when one serves an order among this many neighbours of an order of the other. */
const OVERLAP_REACH: i32 = 8;

// Where the search stands.
let place: i32 = 0;
let improved: bool = false;
let firstPass: bool = true;
let swapRoute: i32 = -1;

export function buildLocalSearch(): void {
  sequence = allocate((<usize>orders) << 2);
  tried = allocate((<usize>orders) << 2);
  swapped = allocate((<usize>routes) << 2);
  overlaps = allocate(<usize>routes);
  for (let order = 0; order < orders; order++) put(sequence, order, order);
}

/** Makes ready for a search from the plan that is linked, around its routes that are marked as changed. */
export function beginSearch(): void {
  for (let i = orders - 1; i > 0; i--) {
    const j = randomBelow(i + 1);
    const order = at(sequence, i);
    put(sequence, i, at(sequence, j));
    put(sequence, j, order);
  }
  memory.fill(tried, 0, (<usize>orders) << 2);
  memory.fill(swapped, 0, (<usize>routes) << 2);
  place = 0;
  improved = false;
  firstPass = true;
  swapRoute = -1;
}

/** Looks at up to `count` orders or routes; true when no move is left. */
export function searchSome(count: i32): bool {
  for (let i = 0; i < count; i++) {
    if (swapRoute < 0) {
      improveAround(at(sequence, place++));
      if (place < orders) continue;
      place = 0;
      if (improved || firstPass) {
        improved = false;
        firstPass = false;
      } else swapRoute = 0;
    } else {
      if (at(sizes, swapRoute) > 0) swapRouteWithOthers(swapRoute);
      if (++swapRoute < routes) continue;
      swapRoute = -1;
      if (!improved) return true;
      improved = false;
    }
  }
  return false;
}

/** Tries the moves that bring `order` behind one of its neighbours, to the start of a neighbour's route, or to an empty one. */
function improveAround(order: i32): void {
  const last = at(tried, order);
  put(tried, order, changes);
  for (let i = 0; i < nearCount; i++) {
    const other = near(order, i);
    if (max(at(changed, routeOf(order)), at(changed, routeOf(other))) <= last) continue;
    if (improve(order, other)) {
      improved = true;
      continue;
    }
    const before = previous(other);
    if (!isOrder(before) && improve(order, before)) improved = true;
  }
  if (!firstPass && at(changed, routeOf(order)) > last) tryEmpty(order);
}

function improve(order: i32, stop: i32): bool {
  if (exchange(order, stop)) return true;
  return routeOf(order) == routeOf(stop) ? turnRound(order, stop) : exchangeTails(order, stop);
}

function tryEmpty(order: i32): void {
  if (at(sizes, routeOf(order)) == 1) return;
  for (let route = 0; route < routes; route++) {
    if (at(sizes, route) > 0 || !isFirstEmpty(route)) continue;
    if (improve(order, startNodes + route)) {
      improved = true;
      return;
    }
  }
}

/** SWAP* with every later route that serves a near neighbour of one of its orders. */
function swapRouteWithOthers(route: i32): void {
  const last = at(swapped, route);
  put(swapped, route, changes);
  memory.fill(overlaps, 0, <usize>routes);
  const reach = min(nearCount, OVERLAP_REACH);
  for (let order = next(startNodes + route); isOrder(order); order = next(order))
    for (let i = 0; i < reach; i++) store<u8>(overlaps + <usize>routeOf(near(order, i)), 1);
  for (let other = route + 1; other < routes; other++) {
    if (load<u8>(overlaps + <usize>other) == 0) continue;
    if (max(at(changed, route), at(changed, other)) <= last) continue;
    if (swapStar(route, other)) improved = true;
  }
}

/** Puts an order that is in no route at its cheapest place beside its neighbours or at the start of a route. */
export function insertCheapest(order: i32): void {
  let best = i64.MAX_VALUE;
  let bestBefore = -1;
  for (let i = 0; i < nearCount; i++) {
    const other = near(order, i);
    if (routeOf(other) < 0) continue;
    const price = insertionPrice(order, other);
    if (price < best) {
      best = price;
      bestBefore = other;
    }
    const before = previous(other);
    const early = insertionPrice(order, before);
    if (early < best) {
      best = early;
      bestBefore = before;
    }
  }
  for (let route = 0; route < routes; route++) {
    if (at(sizes, route) == 0 && !isFirstEmpty(route)) continue;
    const price = insertionPrice(order, startNodes + route);
    if (price < best) {
      best = price;
      bestBefore = startNodes + route;
    }
  }
  const after = next(bestBefore);
  join(bestBefore, order);
  join(order, after);
  refreshRoute(routeOf(bestBefore));
  markChanged(routeOf(bestBefore));
}
