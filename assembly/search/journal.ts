// The way back: nodes of every route as they were when an iteration first touched it, and of the whole plan at its best.
import { breaks, items, orders, routes } from "../gen/layout";
import { allocate, allocateZeroed } from "../memory/arena";
import { at, put } from "../memory/cells";
import { closeBooks } from "../parts/ledger";
import {
  firstEnd,
  firstStart,
  firstSupply,
  isSupply,
  NEXT,
  record,
  releaseSupply,
  SUPPLY_SLOTS,
  setSupplyCentre,
  supplyCentre,
} from "../route/nodes";
import { link, rebook, refresh, strip, unlink } from "../route/route";
import { absent, absentCount, setAbsentCount } from "./absent";

/** By route: the iteration that touched it last. */
let touchedIn: usize = 0;
let iteration: i32 = 0;
/** Routes touched in this iteration. */
export let touched: usize = 0;
export let touchedCount: i32 = 0;
// Entries: route, number of nodes, then (node, centre) pairs.
let entries: usize = 0;
let entriesEnd: i32 = 0;
let absentBefore: usize = 0;
let absentCountBefore: i32 = 0;

/** The best plan: entries of all routes one after the other, then the absent orders. */
let bestEntries: usize = 0;
let bestEnd: i32 = 0;
let bestAbsent: usize = 0;
export let bestAbsentCount: i32 = 0;

export function buildJournal(): void {
  touchedIn = allocateZeroed((<usize>routes) << 2);
  touched = allocate((<usize>routes) << 2);
  const words = (<usize>(2 * (orders + breaks + SUPPLY_SLOTS * routes) + 2 * routes + 16)) << 2;
  entries = allocate(words);
  bestEntries = allocate(words);
  absentBefore = allocate((<usize>(orders + 1)) << 2);
  bestAbsent = allocate((<usize>(orders + 1)) << 2);
  iteration = 0;
  touchedCount = 0;
}

/** Begins an iteration. */
export function openJournal(): void {
  iteration++;
  touchedCount = 0;
  entriesEnd = 0;
  absentCountBefore = absentCount;
  memory.copy(absentBefore, absent, (<usize>absentCount) << 2);
}

function writeRoute(route: i32, target: usize, from: i32): i32 {
  const end = firstEnd + route;
  let to = from + 2;
  for (let node = load<i32>(record(firstStart + route), NEXT); node != end; node = load<i32>(record(node), NEXT)) {
    put(target, to++, node);
    put(target, to++, isSupply(node) ? at(supplyCentre, node - firstSupply) : -1);
  }
  put(target, from, route);
  put(target, from + 1, (to - from - 2) >> 1);
  return to;
}

/** Call before the first change of `route` in an iteration. */
export function touch(route: i32): void {
  if (at(touchedIn, route) == iteration) return;
  put(touchedIn, route, iteration);
  put(touched, touchedCount++, route);
  entriesEnd = writeRoute(route, entries, entriesEnd);
}

function clearRoute(route: i32): void {
  const end = firstEnd + route;
  let node = load<i32>(record(firstStart + route), NEXT);
  while (node != end) {
    const next = load<i32>(record(node), NEXT);
    unlink(node);
    if (isSupply(node)) releaseSupply(node);
    node = next;
  }
}

function readRoutes(source: usize, to: i32): void {
  // All routes are cleared before any is filled: orders may have moved between them.
  for (let from = 0; from < to; from += 2 + 2 * at(source, from + 1)) {
    clearRoute(at(source, from));
    if (items > 0) closeBooks(at(source, from));
  }
  for (let from = 0; from < to; from += 2 + 2 * at(source, from + 1)) {
    let last = firstStart + at(source, from);
    const count = at(source, from + 1);
    for (let i = 0; i < count; i++) {
      const node = at(source, from + 2 + 2 * i);
      if (isSupply(node)) setSupplyCentre(node, at(source, from + 3 + 2 * i));
      link(node, last);
      last = node;
    }
  }
  // Before any stop is judged needless, the books of all these routes must say who takes what.
  for (let from = 0; from < to; from += 2 + 2 * at(source, from + 1)) rebook(at(source, from));
  for (let from = 0; from < to; from += 2 + 2 * at(source, from + 1)) refresh(at(source, from));
}

/** Takes back everything since openJournal. */
export function rollBack(): void {
  readRoutes(entries, entriesEnd);
  memory.copy(absent, absentBefore, (<usize>absentCountBefore) << 2);
  setAbsentCount(absentCountBefore);
}

/** Takes everything that is not locked out of all routes; loadBest brings the best plan back. */
export function emptyPlan(): void {
  for (let route = 0; route < routes; route++) strip(route);
  for (let route = 0; route < routes; route++) refresh(route);
}

/** Keeps the plan as the best. */
export function saveBest(): void {
  bestEnd = 0;
  for (let route = 0; route < routes; route++) bestEnd = writeRoute(route, bestEntries, bestEnd);
  bestAbsentCount = absentCount;
  memory.copy(bestAbsent, absent, (<usize>absentCount) << 2);
}

/** Goes back to the best plan. */
export function loadBest(): void {
  readRoutes(bestEntries, bestEnd);
  memory.copy(absent, bestAbsent, (<usize>bestAbsentCount) << 2);
  setAbsentCount(bestAbsentCount);
}
