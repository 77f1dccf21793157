// Everything a route can stop at, as nodes of doubly linked lists: one record of 64 bytes each.
//
//   node ids:  orders | starts | ends | breaks | supplies (SUPPLY_SLOTS for each route) | borrows | lends (one each for each order, with loans)
//
//   record:    next prev route row | open close length early | late preD preE preL | sufD sufE sufL pos
//
// `row` is the matrix row, -1 for a break taken at the place before; open..close are the moments of the first and last allowed start.
import {
  breakDuration,
  breakEnd,
  breakRow,
  breakStart,
  breaks,
  centrePick,
  centreRow,
  centreWindowFirst,
  handOver,
  loansOn,
  NEVER,
  orderDue,
  orderGrace,
  orderLastStart,
  orderService,
  orders,
  orderWindowFirst,
  routeDepartureFixed,
  routeEarliest,
  routeEndRow,
  routeLatest,
  routeStartRow,
  routes,
  slaHard,
  windowEnd,
  windowStart,
} from "../gen/layout";
import { allocate, allocateZeroed } from "../memory/arena";
import { at, put } from "../memory/cells";

export const NEXT: usize = 0;
export const PREV: usize = 4;
export const ROUTE: usize = 8;
export const ROW: usize = 12;
export const OPEN: usize = 16;
export const CLOSE: usize = 20;
export const LENGTH: usize = 24;
/** Earliest start given the stops before. */
export const EARLY: usize = 28;
/** Latest start given the stops after. */
export const LATE: usize = 32;
/** Segment from the route's start to this node: least duration, earliest and latest start of it. */
export const PRE_D: usize = 36;
export const PRE_E: usize = 40;
export const PRE_L: usize = 44;
/** Segment from this node to the route's end. */
export const SUF_D: usize = 48;
/** Where the cost knows no time (untimed), the edge into the node instead: the segments are then not kept. */
export const INTO: usize = 48;
export const SUF_E: usize = 52;
export const SUF_L: usize = 56;
/** Place in the route: 0 at the start. */
export const POS: usize = 60;

/** Supply stops a route can have. */
export const SUPPLY_SLOTS: i32 = 2;

export let nodes: usize = 0;
export let firstStart: i32 = 0;
export let firstEnd: i32 = 0;
export let firstBreak: i32 = 0;
export let firstSupply: i32 = 0;
/** The order's engineer meets a lender here; the same number of orders further on are the lenders' stops. */
export let firstBorrow: i32 = 0;
export let firstLend: i32 = 0;
export let nodeCount: i32 = 0;
/** u8 by node: 1 when one [open, close] does not say it all: several windows, grace, or a place of the stop before. */
export let nodeRich: usize = 0;
/** u8 by node: 1 when it is locked at the head of its route. */
export let nodeFixed: usize = 0;
/** By supply node minus firstSupply: centre row, -1 when the slot is free. */
export let supplyCentre: usize = 0;

export function record(node: i32): usize {
  return nodes + ((<usize>node) << 6);
}

export function isOrder(node: i32): bool {
  return node < firstStart;
}

export function isBreak(node: i32): bool {
  return node >= firstBreak && node < firstSupply;
}

export function isSupply(node: i32): bool {
  return node >= firstSupply && node < firstBorrow;
}

/** True for a meeting, on either side of it. */
export function isLoan(node: i32): bool {
  return node >= firstBorrow;
}

export function isLend(node: i32): bool {
  return node >= firstLend;
}

/** The order that the parts of the meeting are for. */
export function loanOrder(node: i32): i32 {
  return node - (node >= firstLend ? firstLend : firstBorrow);
}

/** The same meeting in the other one's route. */
export function partnerOf(node: i32): i32 {
  return node >= firstLend ? node - firstLend + firstBorrow : node - firstBorrow + firstLend;
}

export function isRich(node: i32): bool {
  return load<u8>(nodeRich + <usize>node) != 0;
}

export function isFixed(node: i32): bool {
  return load<u8>(nodeFixed + <usize>node) != 0;
}

function setNode(node: i32, route: i32, row: i32, open: i32, close: i32, length: i32): void {
  const r = record(node);
  store<i32>(r, -1, NEXT);
  store<i32>(r, -1, PREV);
  store<i32>(r, route, ROUTE);
  store<i32>(r, row, ROW);
  store<i32>(r, open, OPEN);
  store<i32>(r, close, CLOSE);
  store<i32>(r, length, LENGTH);
}

/** Builds all nodes of the bound problem; every route is empty, every order absent (route -1). */
export function buildNodes(): void {
  firstStart = orders;
  firstEnd = firstStart + routes;
  firstBreak = firstEnd + routes;
  firstSupply = firstBreak + breaks;
  firstBorrow = firstSupply + SUPPLY_SLOTS * routes;
  firstLend = firstBorrow + (loansOn == 1 ? orders : 0);
  nodeCount = firstLend + (loansOn == 1 ? orders : 0);
  nodes = allocate((<usize>nodeCount) << 6);
  nodeRich = allocateZeroed(<usize>nodeCount);
  nodeFixed = allocateZeroed(<usize>nodeCount);
  supplyCentre = allocate((<usize>(SUPPLY_SLOTS * routes + 1)) << 2);
  for (let order = 0; order < orders; order++) {
    const first = at(orderWindowFirst, order);
    const last = at(orderWindowFirst, order + 1) - 1;
    const grace = at(orderGrace, order);
    const open = at(windowStart, first);
    const due = at(orderDue, order);
    let close = at(orderLastStart, order);
    // A promise that is kept stays kept when the route leaves later; a hard one ends the windows.
    const rich =
      last > first || grace > 0 || close > at(windowEnd, last) || (due < close && (slaHard == 0 || due < open));
    if (slaHard == 1) close = min(close, due);
    setNode(order, -1, order, open, close, at(orderService, order));
    if (rich) store<u8>(nodeRich + <usize>order, 1);
  }
  for (let route = 0; route < routes; route++) {
    const earliest = at(routeEarliest, route);
    const latest = at(routeLatest, route);
    const leave = at(routeDepartureFixed, route) == 1 ? earliest : latest;
    setNode(firstStart + route, route, at(routeStartRow, route), earliest, leave, 0);
    setNode(firstEnd + route, route, at(routeEndRow, route), earliest, latest, 0);
    store<i32>(record(firstStart + route), firstEnd + route, NEXT);
    store<i32>(record(firstEnd + route), firstStart + route, PREV);
    for (let slot = 0; slot < SUPPLY_SLOTS; slot++) {
      put(supplyCentre, SUPPLY_SLOTS * route + slot, -1);
      setNode(firstSupply + SUPPLY_SLOTS * route + slot, -1, 0, 0, NEVER - 1, 0);
    }
  }
  for (let row = 0; row < breaks; row++) {
    const place = at(breakRow, row);
    setNode(firstBreak + row, -1, place, at(breakStart, row), at(breakEnd, row), at(breakDuration, row));
    if (place < 0) store<u8>(nodeRich + <usize>(firstBreak + row), 1);
  }
  for (let node = firstBorrow; node < nodeCount; node++) {
    setNode(node, -1, 0, 0, NEVER - 1, handOver);
    store<u8>(nodeRich + <usize>node, 1);
  }
}

/** Makes the supply node stand for a pick-up at `centre`. */
export function setSupplyCentre(node: i32, centre: i32): void {
  put(supplyCentre, node - firstSupply, centre);
  const first = at(centreWindowFirst, centre);
  const last = at(centreWindowFirst, centre + 1) - 1;
  const r = record(node);
  store<i32>(r, at(centreRow, centre), ROW);
  store<i32>(r, at(windowStart, first), OPEN);
  store<i32>(r, at(windowEnd, last), CLOSE);
  store<i32>(r, at(centrePick, centre), LENGTH);
  store<u8>(nodeRich + <usize>node, last > first ? 1 : 0);
}

/** A free supply node of `route`, or -1. */
export function freeSupply(route: i32): i32 {
  for (let slot = SUPPLY_SLOTS * route; slot < SUPPLY_SLOTS * (route + 1); slot++)
    if (at(supplyCentre, slot) < 0) return firstSupply + slot;
  return -1;
}

export function releaseSupply(node: i32): void {
  put(supplyCentre, node - firstSupply, -1);
}

/** Rows of the window table that hold the windows of `node`, from windowsFrom to windowsTo - 1; grace in windowsGrace. */
let windowsFrom: i32 = 0;
let windowsTo: i32 = 0;
let windowsGrace: i32 = 0;
/** Last start that keeps a promise; NEVER without one. */
let windowsDue: i32 = 0;

/** False when the node has just [open, close]. */
function openWindows(node: i32): bool {
  if (node < firstStart) {
    windowsFrom = at(orderWindowFirst, node);
    windowsTo = at(orderWindowFirst, node + 1);
    windowsGrace = at(orderGrace, node);
    windowsDue = at(orderDue, node);
    return true;
  }
  if (node < firstSupply || node >= firstBorrow) return false;
  const centre = at(supplyCentre, node - firstSupply);
  windowsFrom = at(centreWindowFirst, centre);
  windowsTo = at(centreWindowFirst, centre + 1);
  windowsGrace = 0;
  windowsDue = NEVER;
  return true;
}

/** First allowed start of `node` at or after `time`, NEVER if there is none. */
export function nextStart(node: i32, time: i32): i32 {
  const r = record(node);
  if (!isRich(node) || !openWindows(node)) return time > load<i32>(r, CLOSE) ? NEVER : max(time, load<i32>(r, OPEN));
  for (let row = windowsFrom; row < windowsTo; row++)
    if (time <= at(windowEnd, row) + windowsGrace) {
      const start = max(time, at(windowStart, row));
      return slaHard == 1 && start > windowsDue ? NEVER : start;
    }
  return time > load<i32>(r, CLOSE) ? NEVER : time;
}

/** Last allowed start of `node` at or before `time`, -1 if there is none. */
export function lastStart(node: i32, time: i32): i32 {
  const r = record(node);
  if (!isRich(node) || !openWindows(node)) return time < load<i32>(r, OPEN) ? -1 : min(time, load<i32>(r, CLOSE));
  if (slaHard == 1) time = min(time, windowsDue);
  if (time < load<i32>(r, OPEN)) return -1;
  if (time >= load<i32>(r, CLOSE)) return load<i32>(r, CLOSE);
  if (time > at(windowEnd, windowsTo - 1) + windowsGrace) return time;
  for (let row = windowsTo - 1; row >= windowsFrom; row--)
    if (time >= at(windowStart, row)) return min(time, at(windowEnd, row) + windowsGrace);
  return -1;
}

/** Ticks by which an allowed start `time` of `node` is late. */
export function latenessAt(node: i32, time: i32): i32 {
  if (!isRich(node) || !openWindows(node)) return 0;
  let late = 0;
  for (let row = windowsFrom; row < windowsTo; row++) {
    const end = at(windowEnd, row);
    if (end < time) late = time - end;
    else if (at(windowStart, row) <= time) return 0;
  }
  return late;
}

/** How late the start `time` of `node` may become without leaving its window, growing later than it is, or breaking a promise that it keeps. */
export function latestInWindow(node: i32, time: i32): i32 {
  // The other one is there then.
  if (isLoan(node)) return time;
  if (!isRich(node) || !openWindows(node)) return load<i32>(record(node), CLOSE);
  if (time > windowsDue) return time;
  for (let row = windowsFrom; row < windowsTo; row++)
    if (at(windowStart, row) <= time && time <= at(windowEnd, row)) return min(at(windowEnd, row), windowsDue);
  return time;
}
