// Both days of a meeting as tables of places, and what a meeting at a place costs at least: travel and hand-over without any waiting.
import {
  breakPaid,
  breakPrice,
  handOver,
  modes,
  NEVER,
  routeBreakFirst,
  routeEarliest,
  routeEndRow,
  routeHeadTravel,
  routeHeadWorking,
  routeLatest,
  routeMatrices,
  routeStartRow,
  routes,
  startRowIn,
} from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, at64, put } from "../memory/cells";
import { hoursOn, travelAt } from "../route/hours";
import { distanceOf, edgeTicks, travelTicks, useMatrices } from "../route/matrix";
import {
  CLOSE,
  EARLY,
  firstBreak,
  firstEnd,
  firstStart,
  isBreak,
  LATE,
  LENGTH,
  OPEN,
  ROW,
  record,
} from "../route/nodes";
import {
  isUsed,
  listRoute,
  pairSum,
  routeCost,
  routeHeadNode,
  routeTravel,
  routeWork,
  skippedBreaks,
} from "../route/route";
import { distanceWeight, softWeight, travelWeight, workWeight } from "../route/weights";

// A side: header, then one entry for each place of its route.
const ROUTE: usize = 0;
const COUNT: usize = 4;
/** Stops up to the last locked one. */
const HEAD: usize = 8;
/**
 * Ticks that the engineer waits, where there are hours with those driven beyond the quickest slices: a detour takes no more working time until they
 * are used up.
 */
const WAITING: usize = 12;
/** What the route costs now, and what of it no place changes; i64. */
const COST: usize = 16;
const FIXED: usize = 24;
/** Ticks driven beyond the quickest slices; 0 without hours. */
const SLOW: usize = 32;
const HEADER: usize = 40;
/** When and where the engineer is free to leave, and when to be at the next place at the latest. */
const FREE: usize = 0;
const BEFORE: usize = 4;
const AFTER: usize = 8;
const UNTIL: usize = 12;
const ENTRY: usize = 16;

export let borrowerSide: usize = 0;
export let lenderSide: usize = 0;
/** Nodes of both routes without start and end. */
export let borrowerList: usize = 0;
export let lenderList: usize = 0;

export function buildLoanSides(maxLength: i32): void {
  const places = <usize>(maxLength + 8);
  borrowerSide = allocate(HEADER + places * ENTRY);
  lenderSide = allocate(HEADER + places * ENTRY);
  borrowerList = allocate(places << 2);
  lenderList = allocate(places << 2);
}

function entry(side: usize, place: i32): usize {
  return side + HEADER + <usize>place * ENTRY;
}

export function countOf(side: usize): i32 {
  return load<i32>(side, COUNT);
}

export function headOf(side: usize): i32 {
  return load<i32>(side, HEAD);
}

export function costOf(side: usize): i64 {
  return load<i64>(side, COST);
}

export function fixedOf(side: usize): i64 {
  return load<i64>(side, FIXED);
}

/** Reads the stops of `route` into the side; an unused route gets its mandatory breaks where they are asked for. */
export function bindSide(side: usize, list: usize, route: i32, withBreaks: bool): void {
  const used = isUsed(route);
  const count = used ? listRoute(route, list) : withBreaks ? listBreaks(route, list) : 0;
  store<i32>(side, route, ROUTE);
  store<i32>(side, count, COUNT);
  store<i64>(side, used ? at64(routeCost, route) : 0, COST);
  store<i64>(side, softWeight * (skippedBreaks(route) + (used ? pairSum(route) : 0)), FIXED);
  const head = at(routeHeadNode, route);
  store<i32>(side, 0, HEAD);
  useMatrices(route);
  let row = at(routeStartRow, route);
  let free = at(routeEarliest, route);
  let busy = 0;
  let driven = 0;
  for (let i = 0; i <= count; i++) {
    const e = entry(side, i);
    store<i32>(e, free, FREE);
    store<i32>(e, row, BEFORE);
    if (i == count) break;
    const node = at(list, i);
    const r = record(node);
    if (node == head) store<i32>(side, i + 1, HEAD);
    const place = load<i32>(r, ROW);
    if (place >= 0) {
      busy += edgeTicks(row, place);
      driven += travelTicks(row, place);
      row = place;
    }
    if (!isBreak(node) || at(breakPaid, node - firstBreak) == 1) busy += load<i32>(r, LENGTH);
    if (used) free = load<i32>(r, EARLY) + load<i32>(r, LENGTH);
  }
  const home = at(routeEndRow, route);
  busy += edgeTicks(row, home);
  driven += travelTicks(row, home);
  const slow = hoursOn && used ? max(at(routeTravel, route) - at(routeHeadTravel, route) - driven, 0) : 0;
  store<i32>(side, slow, SLOW);
  store<i32>(side, used ? max(at(routeWork, route) - at(routeHeadWorking, route) - busy, 0) : NEVER, WAITING);
  let after = home;
  let until = used ? load<i32>(record(firstEnd + route), LATE) : at(routeLatest, route);
  for (let i = count; i >= 0; i--) {
    const e = entry(side, i);
    if (i < count) {
      const r = record(at(list, i));
      const place = load<i32>(r, ROW);
      if (place >= 0) after = place;
      until = place >= 0 && used ? load<i32>(r, LATE) : NEVER;
    }
    store<i32>(e, after, AFTER);
    store<i32>(e, until, UNTIL);
  }
}

function listBreaks(route: i32, list: usize): i32 {
  let count = 0;
  for (let row = at(routeBreakFirst, route); row < at(routeBreakFirst, route + 1); row++)
    if (at(breakPrice, row) < 0) put(list, count++, firstBreak + row);
  return count;
}

/** The node before place `place` of the side. */
export function nodeBefore(side: usize, list: usize, place: i32): i32 {
  return place == 0 ? firstStart + load<i32>(side, ROUTE) : at(list, place - 1);
}

/** When the engineer is free to leave the stop before place `place`, and when to be at the next one with a place at the latest. */
export function freeAt(side: usize, place: i32): i32 {
  return load<i32>(entry(side, place), FREE);
}

export function untilAt(side: usize, place: i32): i32 {
  return load<i32>(entry(side, place), UNTIL);
}

/** Row of the start of route `of` in the matrices of the side. */
export function rowOfStart(side: usize, there: i32): i32 {
  return modes == 1
    ? at(routeStartRow, there)
    : at(startRowIn, at(routeMatrices, load<i32>(side, ROUTE)) * routes + there);
}

/** After detourTo: ticks and way more than without the stop, and when the engineer is there at the earliest. */
export let detourTicks: i32 = 0;
export let detourWay: i32 = 0;
export let arrival: i32 = 0;
/** After detourTo: until when a hand-over must begin. */
export let latestStart: i32 = 0;

/** The detour over `row` at place `place` of the side, on the way to `order` there unless that is negative; false where there is no way. */
export function detourTo(side: usize, place: i32, row: i32, order: i32): bool {
  useMatrices(load<i32>(side, ROUTE));
  const e = entry(side, place);
  const before = load<i32>(e, BEFORE);
  const after = order >= 0 ? order : load<i32>(e, AFTER);
  if (edgeTicks(before, row) >= NEVER || edgeTicks(row, after) >= NEVER) return false;
  const into = travelTicks(before, row);
  const out = travelTicks(row, after);
  arrival = load<i32>(e, FREE) + (hoursOn ? travelAt(before, row, load<i32>(e, FREE)) : into);
  latestStart = (order >= 0 ? NEVER : load<i32>(e, UNTIL)) - out - handOver;
  // Without the stop nobody may drive there at all: then nothing is known of the detour.
  const direct = edgeTicks(before, after) >= NEVER || isFresh(side, order) ? into + out : travelTicks(before, after);
  detourTicks = max(into + out - direct, 0);
  detourWay =
    distanceWeight == 0 ? 0 : max(distanceOf(before, row) + distanceOf(row, after) - distanceOf(before, after), 0);
  return arrival <= latestStart;
}

/** True for an unused route that is not on its way to an order: nothing is driven without the stop. */
function isFresh(side: usize, order: i32): bool {
  return order < 0 && !isUsed(load<i32>(side, ROUTE));
}

/** The least that a detour of `ticks` and `way`, with `busy` ticks of other work, adds to the cost of the side. */
export function leastCost(side: usize, ticks: i32, way: i32, busy: i32): i64 {
  const waiting = load<i32>(side, WAITING);
  // With hours whoever leaves later may need less time.
  const least = hoursOn && waiting < NEVER ? i32.MIN_VALUE : 0;
  const work = max(ticks + busy - waiting, least);
  const travel = ticks - load<i32>(side, SLOW);
  return distanceWeight * <i64>way + travelWeight * <i64>travel + workWeight * <i64>work;
}

/** The ticks and way that `order` at place `place` of the side adds, in orderBusy with its set-up, orderTravel and orderWay; false where it cannot be in time. */
export function orderDetour(side: usize, place: i32, order: i32): bool {
  useMatrices(load<i32>(side, ROUTE));
  const e = entry(side, place);
  const before = load<i32>(e, BEFORE);
  const after = load<i32>(e, AFTER);
  if (edgeTicks(before, order) >= NEVER || edgeTicks(order, after) >= NEVER) return false;
  const o = record(order);
  const start = max(load<i32>(e, FREE) + edgeTicks(before, order), load<i32>(o, OPEN));
  if (start > load<i32>(o, CLOSE)) return false;
  if (start + load<i32>(o, LENGTH) + travelTicks(order, after) > load<i32>(e, UNTIL)) return false;
  const known = isUsed(load<i32>(side, ROUTE)) && edgeTicks(before, after) < NEVER;
  orderBusy = edgeTicks(before, order) + edgeTicks(order, after) - (known ? edgeTicks(before, after) : 0);
  orderTravel = travelTicks(before, order) + travelTicks(order, after) - (known ? travelTicks(before, after) : 0);
  orderWay =
    distanceWeight == 0
      ? 0
      : distanceOf(before, order) + distanceOf(order, after) - (known ? distanceOf(before, after) : 0);
  return true;
}

export let orderBusy: i32 = 0;
export let orderTravel: i32 = 0;
export let orderWay: i32 = 0;
