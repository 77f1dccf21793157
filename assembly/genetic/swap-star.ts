// SWAP* (Vidal 2022): two orders of different routes change routes, each at the best place there, not only at the other's.
import { orders } from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, at64, put, put64 } from "../memory/cells";
import { leg } from "./legs";
import {
  arriveAt,
  departFrom,
  isOrder,
  join,
  legPrice,
  loadPriceAfter,
  loadPrices,
  next,
  noteChange,
  pairPrice,
  position,
  previous,
  routeOf,
  rowOf,
  startNodes,
  timePrices,
  visit,
  visitAll,
} from "./tour";

/** Places kept for each order. */
const PLACES: i32 = 3;

/** By order, PLACES each: cheapest stops to come behind in the other route, -1 none, and what that costs. */
let places: usize = 0;
let prices: usize = 0;
/** i64 by order: gain of taking it out. */
let gains: usize = 0;

export function buildSwapStar(): void {
  places = allocate((<usize>(orders * PLACES)) << 2);
  prices = allocate((<usize>(orders * PLACES)) << 3);
  gains = allocate((<usize>orders) << 3);
}

/** Makes the best swap between two used routes; true when it lowers the cost. */
export function swapStar(route: i32, other: i32): bool {
  rankPlaces(route, other);
  rankPlaces(other, route);
  let best: i64 = 0;
  let bestU = -1;
  let bestV = -1;
  const loadsBefore = at64(loadPrices, route) + at64(loadPrices, other);
  for (let u = next(startNodes + route); isOrder(u); u = next(u)) {
    for (let v = next(startNodes + other); isOrder(v); v = next(v)) {
      let delta = -at64(gains, u) - at64(gains, v);
      if (delta >= best + loadsBefore) continue;
      delta += loadPriceAfter(route, previous(v), v, previous(u), u);
      delta += loadPriceAfter(other, previous(u), u, previous(v), v) - loadsBefore;
      if (delta >= best) continue;
      delta += placePrice(u, v) + placePrice(v, u);
      if (delta < best) {
        best = delta;
        bestU = u;
        bestV = v;
      }
    }
  }
  if (bestU < 0) return false;
  placePrice(bestU, bestV);
  const beforeU = placeFound;
  placePrice(bestV, bestU);
  const beforeV = placeFound;
  const delta = swapPrice(bestU, bestV, beforeU, beforeV);
  if (delta >= 0) return false;
  const homeU = previous(bestU);
  const homeV = previous(bestV);
  takeOut(bestU);
  takeOut(bestV);
  putBehind(bestU, beforeU == bestV ? homeV : beforeU);
  putBehind(bestV, beforeV == bestU ? homeU : beforeV);
  noteChange(route, other, delta);
  return true;
}

function takeOut(node: i32): void {
  join(previous(node), next(node));
}

function putBehind(node: i32, before: i32): void {
  const after = next(before);
  join(before, node);
  join(node, after);
}

/** Ranks the places in `other` for every order of `route`, and what each order's own place costs. */
function rankPlaces(route: i32, other: i32): void {
  for (let u = next(startNodes + route); isOrder(u); u = next(u)) {
    const before = previous(u);
    const after = next(u);
    const way = leg(rowOf(before), rowOf(u)) + leg(rowOf(u), rowOf(after)) - leg(rowOf(before), rowOf(after));
    departFrom(before);
    put64(gains, u, legPrice * <i64>way + at64(timePrices, route) - arriveAt(after) + pairPrice(u, route));
    for (let i = 0; i < PLACES; i++) put(places, u * PLACES + i, -1);
    for (let stop = startNodes + other; ; stop = next(stop)) {
      const price = insertionWithoutLoad(u, stop);
      let i = PLACES;
      while (i > 0 && (at(places, u * PLACES + i - 1) < 0 || at64(prices, u * PLACES + i - 1) > price)) {
        i--;
        if (i + 1 < PLACES) {
          put(places, u * PLACES + i + 1, at(places, u * PLACES + i));
          put64(prices, u * PLACES + i + 1, at64(prices, u * PLACES + i));
        }
      }
      if (i < PLACES) {
        put(places, u * PLACES + i, stop);
        put64(prices, u * PLACES + i, price);
      }
      if (!isOrder(next(stop))) break;
    }
  }
}

function insertionWithoutLoad(order: i32, before: i32): i64 {
  const route = routeOf(before);
  const after = next(before);
  const way = leg(rowOf(before), rowOf(order)) + leg(rowOf(order), rowOf(after)) - leg(rowOf(before), rowOf(after));
  departFrom(before);
  visit(order);
  return legPrice * <i64>way + pairPrice(order, route) - at64(timePrices, route) + arriveAt(after);
}

/** Stop behind which placePrice puts the order; the order that leaves itself: in its place. */
let placeFound: i32 = -1;

/** About what it costs to put `u` into the route that `v` leaves: at v's place, or at the best one of three that v does not touch. */
function placePrice(u: i32, v: i32): i64 {
  const before = previous(v);
  const after = next(v);
  const way = leg(rowOf(before), rowOf(u)) + leg(rowOf(u), rowOf(after)) - leg(rowOf(before), rowOf(after));
  const route = routeOf(v);
  departFrom(before);
  visit(u);
  let best = legPrice * <i64>way + pairPrice(u, route) + arriveAt(after);
  departFrom(before);
  best -= arriveAt(after);
  placeFound = v;
  for (let i = 0; i < PLACES; i++) {
    const stop = at(places, u * PLACES + i);
    if (stop < 0) break;
    if (stop == v || stop == before) continue;
    const price = at64(prices, u * PLACES + i);
    if (price < best) {
      best = price;
      placeFound = stop;
    }
    break;
  }
  return best;
}

/** Exact change of cost when the orders change routes, each behind the stop given, or in the other's place. */
function swapPrice(u: i32, v: i32, beforeU: i32, beforeV: i32): i64 {
  const routeU = routeOf(u);
  const routeV = routeOf(v);
  let price = loadPriceAfter(routeU, previous(v), v, previous(u), u) - at64(loadPrices, routeU);
  price += loadPriceAfter(routeV, previous(u), u, previous(v), v) - at64(loadPrices, routeV);
  price += pairPrice(u, routeV) + pairPrice(v, routeU) - pairPrice(u, routeU) - pairPrice(v, routeV);
  return price + replacedPrice(u, v, beforeU) + replacedPrice(v, u, beforeV);
}

/** Change of way and time of the route that `out` leaves and `order` enters behind `before`. */
function replacedPrice(order: i32, out: i32, before: i32): i64 {
  const first = previous(out);
  const last = next(out);
  const time = at64(timePrices, routeOf(out));
  const leaving = leg(rowOf(first), rowOf(out)) + leg(rowOf(out), rowOf(last));
  if (before == out) {
    departFrom(first);
    visit(order);
    const way = leg(rowOf(first), rowOf(order)) + leg(rowOf(order), rowOf(last)) - leaving;
    return legPrice * <i64>way + arriveAt(last) - time;
  }
  const after = next(before);
  const entering =
    leg(rowOf(before), rowOf(order)) + leg(rowOf(order), rowOf(after)) - leg(rowOf(before), rowOf(after));
  const way = entering + leg(rowOf(first), rowOf(last)) - leaving;
  const comesFirst = position(before) < position(out);
  departFrom(comesFirst ? before : first);
  if (comesFirst) {
    visit(order);
    visitAll(after, out);
    return legPrice * <i64>way + arriveAt(last) - time;
  }
  visitAll(last, after);
  visit(order);
  return legPrice * <i64>way + arriveAt(after) - time;
}
