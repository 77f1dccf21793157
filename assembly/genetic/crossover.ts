// Selective route exchange (SREX, Nagata & Braysy 2010): some routes of one parent give way to routes of the other that serve about the same orders.
import { orders, routeClass, routes } from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, put } from "../memory/cells";
import { randomBelow } from "../search/random";
import { insertCheapest } from "./local-search";
import { orderAt, routeAt, sizeAt, usedRoutes } from "./population";
import { near, nearCount } from "./proximity";
import { clearTour, endNodes, join, markChanged, refreshRoute, startNodes } from "./tour";

/** Orders that are exchanged at most, about: a child of a large plan is not searched all over. */
const WIDEST: i32 = 100;

/** By order: index of its used route in the first parent. */
let inFirst: usize = 0;
// By index of a used route: 1 when it is exchanged; place of its first order.
let leaves: usize = 0;
let enters: usize = 0;
let placesFirst: usize = 0;
let placesSecond: usize = 0;
/** By route row: 1 when the child uses it. */
let taken: usize = 0;
/** By order: 1 when the child serves it. */
let served: usize = 0;
let missing: usize = 0;

export function buildCrossover(): void {
  const byOrder = (<usize>orders) << 2;
  const byRoute = (<usize>routes) << 2;
  inFirst = allocate(byOrder);
  missing = allocate(byOrder);
  served = allocate(byOrder);
  leaves = allocate(byRoute);
  enters = allocate(byRoute);
  placesFirst = allocate(byRoute);
  placesSecond = allocate(byRoute);
  taken = allocate(byRoute);
}

function listPlaces(slot: i32, places: usize): void {
  let place = 0;
  for (let i = 0; i < usedRoutes(slot); i++) {
    put(places, i, place);
    place += sizeAt(slot, i);
  }
}

/** Links a child of the two individuals as the plan under local search. */
export function crossOver(first: i32, second: i32): void {
  const usedFirst = usedRoutes(first);
  const usedSecond = usedRoutes(second);
  listPlaces(first, placesFirst);
  listPlaces(second, placesSecond);
  for (let i = 0; i < usedFirst; i++)
    for (let k = 0; k < sizeAt(first, i); k++) put(inFirst, orderAt(first, at(placesFirst, i) + k), i);
  const most = min(usedFirst, usedSecond);
  const widest = min(most - 1, max(1, (WIDEST * most) / orders));
  const exchanged = widest <= 1 ? 1 : 1 + randomBelow(widest);
  const found = chooseLeaving(usedFirst, exchanged);
  chooseEntering(second, usedSecond, found);

  memory.fill(taken, 0, (<usize>routes) << 2);
  memory.fill(served, 0, (<usize>orders) << 2);
  clearTour();
  for (let i = 0; i < usedFirst; i++) if (at(leaves, i) == 0) put(taken, routeAt(first, i), 1);
  // Orders in entering and in staying routes go to those that are linked first.
  const enteringFirst = randomBelow(2) == 0;
  if (enteringFirst) linkEntering(first, second, usedSecond);
  for (let i = 0; i < usedFirst; i++)
    if (at(leaves, i) == 0) linkOrders(first, i, at(placesFirst, i), routeAt(first, i));
  if (!enteringFirst) linkEntering(first, second, usedSecond);
  insertMissing();
}

/** Marks `wanted` routes of the first parent around a random order; returns how many there are. */
function chooseLeaving(used: i32, wanted: i32): i32 {
  memory.fill(leaves, 0, (<usize>used) << 2);
  const seed = randomBelow(orders);
  put(leaves, at(inFirst, seed), 1);
  let found = 1;
  for (let i = 0; i < nearCount && found < wanted; i++) {
    const route = at(inFirst, near(seed, i));
    if (at(leaves, route) == 1) continue;
    put(leaves, route, 1);
    found++;
  }
  while (found < wanted) {
    const route = randomBelow(used);
    if (at(leaves, route) == 1) continue;
    put(leaves, route, 1);
    found++;
  }
  return found;
}

/** Marks as many routes of the second parent: those with most orders of leaving routes against orders of others. */
function chooseEntering(second: i32, used: i32, wanted: i32): void {
  memory.fill(enters, 0, (<usize>used) << 2);
  for (let n = 0; n < wanted; n++) {
    let best = -1;
    let bestScore = i32.MIN_VALUE;
    for (let i = 0; i < used; i++) {
      if (at(enters, i) == 1) continue;
      let score = 0;
      const place = at(placesSecond, i);
      for (let k = 0; k < sizeAt(second, i); k++)
        score += at(leaves, at(inFirst, orderAt(second, place + k))) == 1 ? 1 : -1;
      if (score > bestScore) {
        bestScore = score;
        best = i;
      }
    }
    put(enters, best, 1);
  }
}

function linkEntering(first: i32, second: i32, used: i32): void {
  for (let i = 0; i < used; i++) {
    if (at(enters, i) == 0) continue;
    const twin = twinOf(first, second, i);
    const route = rowFor(twin >= 0 ? routeAt(first, twin) : routeAt(second, i));
    if (twin < 0) markChanged(route);
    linkOrders(second, i, at(placesSecond, i), route);
  }
}

/** Links into `route` those orders of the individual's route at `place` that the child does not serve yet. */
function linkOrders(slot: i32, i: i32, place: i32, route: i32): void {
  let last = startNodes + route;
  for (let k = 0; k < sizeAt(slot, i); k++) {
    const order = orderAt(slot, place + k);
    if (at(served, order) == 1) {
      markChanged(route);
      continue;
    }
    put(served, order, 1);
    join(last, order);
    last = order;
  }
  join(last, endNodes + route);
  refreshRoute(route);
}

/** Index of a leaving route of the first parent with the same orders in the same sequence, -1 if there is none. */
function twinOf(first: i32, second: i32, i: i32): i32 {
  const place = at(placesSecond, i);
  const twin = at(inFirst, orderAt(second, place));
  if (at(leaves, twin) == 0 || sizeAt(first, twin) != sizeAt(second, i)) return -1;
  if (at(routeClass, routeAt(first, twin)) != at(routeClass, routeAt(second, i))) return -1;
  const from = at(placesFirst, twin);
  for (let k = 0; k < sizeAt(second, i); k++) if (orderAt(first, from + k) != orderAt(second, place + k)) return -1;
  return twin;
}

/** A free route for what was `route` in the other parent: itself, one interchangeable with it, or any. */
function rowFor(route: i32): i32 {
  if (at(taken, route) == 1) {
    let any = -1;
    let alike = -1;
    for (let other = 0; other < routes; other++) {
      if (at(taken, other) == 1) continue;
      if (any < 0) any = other;
      if (at(routeClass, other) == at(routeClass, route)) {
        alike = other;
        break;
      }
    }
    route = alike >= 0 ? alike : any;
  }
  put(taken, route, 1);
  return route;
}

function insertMissing(): void {
  let count = 0;
  for (let order = 0; order < orders; order++) if (at(served, order) == 0) put(missing, count++, order);
  insertShuffled(count);
}

function insertShuffled(count: i32): void {
  for (let i = count - 1; i >= 0; i--) {
    const j = randomBelow(i + 1);
    const order = at(missing, j);
    put(missing, j, at(missing, i));
    insertCheapest(order);
  }
}

/** Links a plan in which every order, in random sequence, is at its cheapest place. */
export function buildAnew(): void {
  clearTour();
  memory.fill(served, 0, (<usize>orders) << 2);
  insertMissing();
}
