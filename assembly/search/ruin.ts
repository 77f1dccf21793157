// Ruin: strings of neighbouring orders are taken out of nearby routes (slack induction by string removals,
// Christiaens & Vanden Berghe 2020).
import { orders, routes } from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, put } from "../memory/cells";
import { firstEnd, firstStart, isFixed, isOrder, NEXT, ROUTE, record } from "../route/nodes";
import { refresh, routeOrders, unlink } from "../route/route";
import { addAbsent } from "./absent";
import { touch, touched, touchedCount } from "./journal";
import { dissolveMeetings, settleMeetings } from "./meetings";
import { neighbour, neighbourCount } from "./neighbours";
import { randomBelow, randomUnit } from "./random";

/** Mean number of orders taken out. */
const MEAN_REMOVED: f64 = 10;
/** Longest string. */
const LONGEST_STRING: f64 = 10;
/** Chance that a string keeps a run of orders in its middle. */
const SPLIT_RATE: f64 = 0.5;
/** Chance that the run grows, at each step. */
const SPLIT_DEPTH: f64 = 0.01;

/** Orders of one route in sequence. */
let string: usize = 0;
/** By route: the ruin that took a string out of it last. */
let ruinedIn: usize = 0;
let ruin: i32 = 0;

export function buildRuin(): void {
  string = allocate((<usize>(orders + 1)) << 2);
  ruinedIn = allocate((<usize>routes) << 2);
  memory.fill(ruinedIn, 0, (<usize>routes) << 2);
  ruin = 0;
}

/** Takes strings out of routes around a random order; false when a route breaks without them. */
export function ruinStrings(meanLength: f64): bool {
  return ruinStringsAt(randomBelow(orders), meanLength);
}

/** Takes strings out of routes around `seed`, which may be absent; false when a route breaks without them. */
export function ruinStringsAt(seed: i32, meanLength: f64): bool {
  ruin++;
  const longest = min(LONGEST_STRING, meanLength);
  const most = max(1.0, (4 * MEAN_REMOVED) / (1 + longest) - 1);
  let strings = <i32>(randomUnit() * most) + 1;
  if (removeAround(seed, longest)) strings--;
  for (let i = 0; i < neighbourCount && strings > 0; i++) {
    if (removeAround(neighbour(seed, i), longest)) strings--;
  }
  return refreshTouched();
}

/** Meetings that lost a side come apart, then every route is timed; false when one breaks a rule. */
export function refreshTouched(): bool {
  dissolveMeetings();
  let fits = true;
  for (let i = 0; i < touchedCount; i++) if (!refresh(at(touched, i))) fits = false;
  return fits && settleMeetings();
}

/** Takes the orders out of the route that are not locked. */
export function takeAll(route: i32): void {
  const end = firstEnd + route;
  for (let node = load<i32>(record(firstStart + route), NEXT); node != end; ) {
    const next = load<i32>(record(node), NEXT);
    if (isOrder(node) && !isFixed(node)) {
      unlink(node);
      addAbsent(node);
    }
    node = next;
  }
}

/** Takes a random route apart altogether, and a string out of each of a few routes around it; false when a route breaks without them. */
export function ruinRoute(meanLength: f64): bool {
  ruin++;
  const seed = randomBelow(orders);
  const route = load<i32>(record(seed), ROUTE);
  if (route < 0) return ruinStrings(meanLength);
  put(ruinedIn, route, ruin);
  touch(route);
  const end = firstEnd + route;
  let count = 0;
  for (let node = load<i32>(record(firstStart + route), NEXT); node != end; node = load<i32>(record(node), NEXT))
    if (isOrder(node) && !isFixed(node)) put(string, count++, node);
  for (let i = 0; i < count; i++) {
    unlink(at(string, i));
    addAbsent(at(string, i));
  }
  const longest = min(LONGEST_STRING, meanLength);
  let strings = randomBelow(4);
  const centre = count > 0 ? at(string, randomBelow(count)) : seed;
  for (let i = 0; i < neighbourCount && strings > 0; i++) if (removeAround(neighbour(centre, i), longest)) strings--;
  return refreshTouched();
}

/** Takes a string with `center` out of its route, unless that is ruined already or the order is absent or locked. */
function removeAround(center: i32, longest: f64): bool {
  const route = load<i32>(record(center), ROUTE);
  if (route < 0 || at(ruinedIn, route) == ruin || isFixed(center)) return false;
  put(ruinedIn, route, ruin);
  let count = 0;
  let place = 0;
  const end = firstEnd + route;
  for (let node = load<i32>(record(firstStart + route), NEXT); node != end; node = load<i32>(record(node), NEXT)) {
    if (!isOrder(node) || isFixed(node)) continue;
    if (node == center) place = count;
    put(string, count++, node);
  }
  const length = min(count, <i32>(randomUnit() * min(longest, <f64>at(routeOrders, route))) + 1);
  let kept = 0;
  if (length > 1 && length < count && randomUnit() < SPLIT_RATE) {
    kept = 1;
    while (length + kept < count && randomUnit() < SPLIT_DEPTH) kept++;
  }
  const span = length + kept;
  const lowest = max(0, place - span + 1);
  const highest = min(place, count - span);
  const first = lowest + randomBelow(highest - lowest + 1);
  const keptFrom = kept > 0 ? first + 1 + randomBelow(length - 1) : -1;
  touch(route);
  for (let i = first; i < first + span; i++) {
    if (keptFrom >= 0 && i >= keptFrom && i < keptFrom + kept) continue;
    const order = at(string, i);
    unlink(order);
    addAbsent(order);
  }
  return true;
}
