// The pool: good routes of plans that the search has been at, to be put into later plans (after Rochat & Taillard 1995, without their set partitioning).
import {
  engineerMaxOrders,
  orderRoute,
  orders,
  routeBreakFirst,
  routeClass,
  routeEngineer,
  routes,
} from "../gen/layout";
import { allocate, allocateZeroed } from "../memory/arena";
import { add, at, at64, put, put64 } from "../memory/cells";
import {
  firstEnd,
  firstStart,
  firstSupply,
  freeSupply,
  isBreak,
  isFixed,
  isLoan,
  isOrder,
  isSupply,
  NEXT,
  ROUTE,
  record,
  setSupplyCentre,
  supplyCentre,
} from "../route/nodes";
import { engineerOrders, isUsed, link, refresh, routeCost, routeHeadNode, strip, unlink } from "../route/route";
import { absent, absentCount, setAbsentCount } from "./absent";
import { touch, touched, touchedCount } from "./journal";
import { dissolveMeetings, dissolveRoute, settleMeetings } from "./meetings";
import { randomBelow } from "./random";
import { takeAll } from "./ruin";

/** Most entries, a power of two, and most words of all entries; the pool is emptied when either is reached. */
const MOST_ENTRIES: i32 = 4096;
const MOST_WORDS: i32 = 1 << 17;

// Entries: route, number of stops, then (node, centre or -1) pairs. For each class of routes and set of orders there is one, the cheapest found.
let words: usize = 0;
let wordsEnd: i32 = 0;
/** Entries in the pool. */
export let poolCount: i32 = 0;
// By entry: first word, key, scalar cost (i64).
let entryFrom: usize = 0;
let entryKey: usize = 0;
let entryCost: usize = 0;
/** Hash table with open addressing: entry + 1, 0 where free. */
let slots: usize = 0;
const SLOT_MASK: i32 = 2 * MOST_ENTRIES - 1;
/** By route: routes of one group can drive each other's entries. */
let group: usize = 0;
/** By route: orders that it has in common with the entry at hand; 0 in between. By order: 1 where the entry has it. */
let common: usize = 0;
let inEntry: usize = 0;

export function buildPool(): void {
  words = allocate((<usize>MOST_WORDS) << 2);
  entryFrom = allocate((<usize>MOST_ENTRIES) << 2);
  entryKey = allocate((<usize>MOST_ENTRIES) << 3);
  entryCost = allocate((<usize>MOST_ENTRIES) << 3);
  slots = allocate((<usize>(SLOT_MASK + 1)) << 2);
  group = allocate((<usize>routes) << 2);
  common = allocateZeroed((<usize>routes) << 2);
  inEntry = allocateZeroed((<usize>orders) << 2);
  memory.copy(group, routeClass, (<usize>routes) << 2);
  // What is locked to one engineer is not for the others of the class.
  for (let order = 0; order < orders; order++) {
    const locked = at(orderRoute, order);
    if (locked >= 0) put(group, locked, routes + locked);
  }
  emptyPool();
}

function emptyPool(): void {
  poolCount = 0;
  wordsEnd = 0;
  memory.fill(slots, 0, (<usize>(SLOT_MASK + 1)) << 2);
}

/** Collects the routes touched in this iteration. */
export function collectTouched(): void {
  for (let i = 0; i < touchedCount; i++) collect(at(touched, i));
}

/** Finalizer of splitmix64. */
function mix(value: i32): i64 {
  let z = (<u64>(<u32>value) + 1) * 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return <i64>(z ^ (z >> 31));
}

function collect(route: i32): void {
  if (!isUsed(route)) return;
  const end = firstEnd + route;
  let key = mix(orders + at(group, route));
  let count = 0;
  for (let node = load<i32>(record(firstStart + route), NEXT); node != end; node = load<i32>(record(node), NEXT)) {
    // A meeting is only what it is while the other one is there.
    if (isLoan(node)) return;
    if (isOrder(node)) key += mix(node);
    count++;
  }
  const length = 2 + 2 * count;
  if (length > MOST_WORDS) return;
  const cost = at64(routeCost, route);
  let slot = <i32>(key >> 32) & SLOT_MASK;
  let entry = -1;
  while (at(slots, slot) != 0) {
    const other = at(slots, slot) - 1;
    if (at64(entryKey, other) == key) {
      if (at64(entryCost, other) <= cost) return;
      entry = other;
      break;
    }
    slot = (slot + 1) & SLOT_MASK;
  }
  if (wordsEnd + length > MOST_WORDS || (entry < 0 && poolCount == MOST_ENTRIES)) {
    emptyPool();
    entry = -1;
    slot = <i32>(key >> 32) & SLOT_MASK;
  }
  if (entry < 0) {
    entry = poolCount++;
    put(slots, slot, entry + 1);
    put64(entryKey, entry, key);
  }
  put64(entryCost, entry, cost);
  put(entryFrom, entry, wordsEnd);
  put(words, wordsEnd++, route);
  put(words, wordsEnd++, count);
  for (let node = load<i32>(record(firstStart + route), NEXT); node != end; node = load<i32>(record(node), NEXT)) {
    put(words, wordsEnd++, node);
    put(words, wordsEnd++, isSupply(node) ? at(supplyCentre, node - firstSupply) : -1);
  }
}

/**
 * Puts a random entry into the plan, in place of the route that has most of its orders; the others lose its orders, and the orders it displaces
 * are absent. False when a route breaks a rule without them.
 */
export function ruinByEntry(): bool {
  const from = at(entryFrom, randomBelow(poolCount));
  const route = routeFor(from);
  touch(route);
  takeAll(route);
  dissolveRoute(route);
  strip(route);
  takeOrders(from);
  dissolveMeetings();
  linkEntry(from, route);
  const engineer = at(routeEngineer, route);
  let fits = true;
  // The route of the entry was touched first and comes last: the others have given its orders and their parts up by then.
  for (let i = touchedCount - 1; i >= 0; i--) if (!refresh(at(touched, i))) fits = false;
  return fits && settleMeetings() && at(engineerOrders, engineer) <= at(engineerMaxOrders, engineer);
}

/** Of the routes that can drive the entry, the one that has most of its orders. */
function routeFor(from: i32): i32 {
  let best = at(words, from);
  const kind = at(group, best);
  const end = from + 2 + 2 * at(words, from + 1);
  for (let word = from + 2; word < end; word += 2) {
    const node = at(words, word);
    if (!isOrder(node)) continue;
    const route = load<i32>(record(node), ROUTE);
    if (route < 0 || at(group, route) != kind) continue;
    add(common, route, 1);
    if (at(common, route) > at(common, best)) best = route;
  }
  for (let word = from + 2; word < end; word += 2) {
    const node = at(words, word);
    if (isOrder(node) && load<i32>(record(node), ROUTE) >= 0) put(common, load<i32>(record(node), ROUTE), 0);
  }
  return best;
}

function markOrders(from: i32, mark: i32): void {
  const end = from + 2 + 2 * at(words, from + 1);
  for (let word = from + 2; word < end; word += 2) if (isOrder(at(words, word))) put(inEntry, at(words, word), mark);
}

/** Takes the entry's orders out of their routes and off the list of absent ones. */
function takeOrders(from: i32): void {
  const end = from + 2 + 2 * at(words, from + 1);
  for (let word = from + 2; word < end; word += 2) {
    const node = at(words, word);
    if (!isOrder(node) || isFixed(node) || load<i32>(record(node), ROUTE) < 0) continue;
    touch(load<i32>(record(node), ROUTE));
    unlink(node);
  }
  markOrders(from, 1);
  let stay = 0;
  for (let i = 0; i < absentCount; i++) if (at(inEntry, at(absent, i)) == 0) put(absent, stay++, at(absent, i));
  setAbsentCount(stay);
  markOrders(from, 0);
}

/** Links the entry's stops behind the locked ones of `route`, which has no others. */
function linkEntry(from: i32, route: i32): void {
  let last = at(routeHeadNode, route);
  const end = from + 2 + 2 * at(words, from + 1);
  const breakShift = at(routeBreakFirst, route) - at(routeBreakFirst, at(words, from));
  for (let word = from + 2; word < end; word += 2) {
    let node = at(words, word);
    if (isFixed(node)) continue;
    if (isSupply(node)) {
      node = freeSupply(route);
      setSupplyCentre(node, at(words, word + 1));
    } else if (isBreak(node)) node += breakShift;
    link(node, last);
    last = node;
  }
}
