// The way back: every route as it was when an iteration first touched it, and the whole plan at its best.
import { breaks, dims, items, loansOn, orders, routeEngineer, routes } from "../gen/layout";
import { allocate, allocateZeroed } from "../memory/arena";
import { add, at, at64, put, put64 } from "../memory/cells";
import { closeBooks, openBooks, setLoanNeeds } from "../parts/ledger";
import { loanNeeds } from "../parts/loans";
import { setVariant, variantOf, variantsOn } from "../parts/variants";
import { chargeMeetings, clearPending, dropMeetings, setSide, sideOf } from "../route/meetings";
import {
  CLOSE,
  firstBorrow,
  firstEnd,
  firstStart,
  firstSupply,
  isLoan,
  isOrder,
  isSupply,
  NEXT,
  nodeCount,
  OPEN,
  PREV,
  ROUTE,
  ROW,
  record,
  releaseSupply,
  SUPPLY_SLOTS,
  setSupplyCentre,
  supplyCentre,
} from "../route/nodes";
import {
  engineerOrders,
  engineerShifts,
  engineerWork,
  link,
  nodeRow,
  rebook,
  refresh,
  richNodes,
  routeCost,
  routeDistance,
  routeLoad,
  routeMeetings,
  routeOrders,
  routeSoft,
  routeTravel,
  routeVersion,
  routeWork,
  setTotals,
  setUsedChanged,
  strip,
  totalCost,
  totalDistance,
  totalEngineers,
  totalSoft,
  totalTravel,
  totalWork,
} from "../route/route";
import { absent, absentCount, openAbsent, setAbsentCount } from "./absent";
import { timeJointly } from "./joint-times";
import { settleMeetings } from "./meetings";

/** By route: the iteration that touched it last. */
let touchedIn: usize = 0;
let iteration: i32 = 0;
/** Routes touched in this iteration. */
export let touched: usize = 0;
export let touchedCount: i32 = 0;

// A snapshot is a header, the loads, then one entry for each node from the route's start to its end:
//   header: cost soft (i64) | orders rich distance travel work version engineerOrders engineerShifts nodes | centres of the supply slots, meetings
//   entry:  the record of the node (64 bytes), node, nodeRow, of an order the needs that are lent and of a loan node its side, of an order its variant
const COST: usize = 0;
const SOFT: usize = 8;
const ORDERS: usize = 16;
const RICH: usize = 20;
const DISTANCE: usize = 24;
const TRAVEL: usize = 28;
const WORK: usize = 32;
const VERSION: usize = 36;
const ENGINEER_ORDERS: usize = 40;
const ENGINEER_SHIFTS: usize = 44;
const NODES: usize = 48;
const CENTRES: usize = 52;
const MEETINGS: usize = 60;
const HEADER: usize = 64;
const NODE: usize = 64;
const NODE_ROW: usize = 68;
const LOAN: usize = 72;
const VARIANT: usize = 76;
const ENTRY: usize = 80;

let snapshots: usize = 0;
let snapshotsEnd: usize = 0;
/** By touched route: address of its snapshot. */
let snapshotOf: usize = 0;
let absentBefore: usize = 0;
let absentCountBefore: i32 = 0;
let costBefore: i64 = 0;
let distanceBefore: i64 = 0;
let travelBefore: i64 = 0;
let workBefore: i64 = 0;
let softBefore: i64 = 0;
let engineersBefore: i32 = 0;

/** The best plan: for each node the one behind it, the centres of the supply slots, and the absent orders. */
export let bestNext: usize = 0;
export let bestCentres: usize = 0;
let bestAbsent: usize = 0;
export let bestVariants: usize = 0;
/** Of the best plan: by order the needs that are lent; by loan node minus firstBorrow its row, from when to when the other one can, and its side. */
export let bestNeeds: usize = 0;
export let bestRows: usize = 0;
let bestOpens: usize = 0;
let bestCloses: usize = 0;
let bestSides: usize = 0;
export let bestAbsentCount: i32 = 0;

export function buildJournal(): void {
  touchedIn = allocateZeroed((<usize>routes) << 2);
  touched = allocate((<usize>routes) << 2);
  snapshotOf = allocate((<usize>routes) << 2);
  const loanNodes = nodeCount - firstBorrow;
  const entries = <usize>(orders + breaks + (SUPPLY_SLOTS + 2) * routes + loanNodes);
  snapshots = allocate(entries * ENTRY + <usize>routes * snapshotHeader());
  bestNext = allocate((<usize>nodeCount) << 2);
  bestCentres = allocate((<usize>(SUPPLY_SLOTS * routes + 1)) << 2);
  bestVariants = allocate((<usize>(orders + 1)) << 2);
  bestNeeds = allocate((<usize>(orders + 1)) << 2);
  bestRows = allocate((<usize>(loanNodes + 1)) << 2);
  bestCloses = allocate((<usize>(loanNodes + 1)) << 2);
  bestOpens = allocate((<usize>(loanNodes + 1)) << 2);
  bestSides = allocate((<usize>(loanNodes + 1)) << 2);
  absentBefore = allocate((<usize>(orders + 1)) << 2);
  bestAbsent = allocate((<usize>(orders + 1)) << 2);
  iteration = 0;
  touchedCount = 0;
}

function snapshotHeader(): usize {
  return HEADER + ((((<usize>dims) << 2) + 15) & ~(<usize>15));
}

/** Begins an iteration. */
export function openJournal(): void {
  iteration++;
  openAbsent();
  touchedCount = 0;
  if (loansOn == 1) clearPending();
  snapshotsEnd = snapshots;
  absentCountBefore = absentCount;
  memory.copy(absentBefore, absent, (<usize>absentCount) << 2);
  costBefore = totalCost;
  distanceBefore = totalDistance;
  travelBefore = totalTravel;
  workBefore = totalWork;
  softBefore = totalSoft;
  engineersBefore = totalEngineers;
}

/** Call before the first change of `route` in an iteration. */
export function touch(route: i32): void {
  if (at(touchedIn, route) == iteration) return;
  put(touchedIn, route, iteration);
  put(snapshotOf, touchedCount, <i32>snapshotsEnd);
  put(touched, touchedCount++, route);
  const header = snapshotsEnd;
  const engineer = at(routeEngineer, route);
  store<i64>(header, at64(routeCost, route), COST);
  store<i64>(header, at64(routeSoft, route), SOFT);
  store<i32>(header, at(routeOrders, route), ORDERS);
  store<i32>(header, at(richNodes, route), RICH);
  store<i32>(header, at(routeDistance, route), DISTANCE);
  store<i32>(header, at(routeTravel, route), TRAVEL);
  store<i32>(header, at(routeWork, route), WORK);
  store<i32>(header, at(routeVersion, route), VERSION);
  store<i32>(header, at(engineerOrders, engineer), ENGINEER_ORDERS);
  store<i32>(header, at(engineerShifts, engineer), ENGINEER_SHIFTS);
  store<i32>(header, at(routeMeetings, route), MEETINGS);
  for (let slot = 0; slot < SUPPLY_SLOTS; slot++)
    store<i32>(header + ((<usize>slot) << 2), at(supplyCentre, SUPPLY_SLOTS * route + slot), CENTRES);
  for (let dim = 0; dim < dims; dim++)
    store<i32>(header + ((<usize>dim) << 2), at(routeLoad, route * dims + dim), HEADER);
  const end = firstEnd + route;
  let entry = header + snapshotHeader();
  let count = 0;
  for (let node = firstStart + route; ; ) {
    const r = record(node);
    copyRecord(entry, r);
    store<i32>(entry, node, NODE);
    store<i32>(entry, at(nodeRow, node), NODE_ROW);
    if (loansOn == 1) store<i32>(entry, loanOf(node), LOAN);
    if (variantsOn && isOrder(node)) store<i32>(entry, at(variantOf, node), VARIANT);
    entry += ENTRY;
    count++;
    if (node == end) break;
    node = load<i32>(r, NEXT);
  }
  store<i32>(header, count, NODES);
  snapshotsEnd = entry;
}

function loanOf(node: i32): i32 {
  return isOrder(node) ? at(loanNeeds, node) : isLoan(node) ? sideOf(node) : 0;
}

function copyRecord(to: usize, from: usize): void {
  v128.store(to, v128.load(from));
  v128.store(to, v128.load(from, 16), 16);
  v128.store(to, v128.load(from, 32), 32);
  v128.store(to, v128.load(from, 48), 48);
}

/** Takes everything but start and end out of the route and out of the books. */
function clearRoute(route: i32): void {
  const end = firstEnd + route;
  for (let node = load<i32>(record(firstStart + route), NEXT); node != end; ) {
    const r = record(node);
    store<i32>(r, -1, ROUTE);
    if (isSupply(node)) releaseSupply(node);
    node = load<i32>(r, NEXT);
  }
  if (items > 0) closeBooks(route);
}

function restoreRoute(route: i32, header: usize): void {
  const engineer = at(routeEngineer, route);
  if (at(routeOrders, route) > 0 != load<i32>(header, ORDERS) > 0) setUsedChanged(true);
  add(engineerWork, engineer, load<i32>(header, WORK) - at(routeWork, route));
  put64(routeCost, route, load<i64>(header, COST));
  put64(routeSoft, route, load<i64>(header, SOFT));
  put(routeOrders, route, load<i32>(header, ORDERS));
  put(richNodes, route, load<i32>(header, RICH));
  put(routeDistance, route, load<i32>(header, DISTANCE));
  put(routeTravel, route, load<i32>(header, TRAVEL));
  put(routeWork, route, load<i32>(header, WORK));
  put(routeVersion, route, load<i32>(header, VERSION));
  put(engineerOrders, engineer, load<i32>(header, ENGINEER_ORDERS));
  put(engineerShifts, engineer, load<i32>(header, ENGINEER_SHIFTS));
  put(routeMeetings, route, load<i32>(header, MEETINGS));
  for (let slot = 0; slot < SUPPLY_SLOTS; slot++) {
    const centre = load<i32>(header + ((<usize>slot) << 2), CENTRES);
    const supply = SUPPLY_SLOTS * route + slot;
    // The slot may have stood for another centre meanwhile, with other opening hours.
    if (centre >= 0) setSupplyCentre(firstSupply + supply, centre);
    else put(supplyCentre, supply, -1);
  }
  for (let dim = 0; dim < dims; dim++)
    put(routeLoad, route * dims + dim, load<i32>(header + ((<usize>dim) << 2), HEADER));
  let entry = header + snapshotHeader();
  for (let left = load<i32>(header, NODES); left > 0; left--) {
    const node = load<i32>(entry, NODE);
    copyRecord(record(node), entry);
    put(nodeRow, node, load<i32>(entry, NODE_ROW));
    if (variantsOn && isOrder(node)) setVariant(node, load<i32>(entry, VARIANT));
    if (loansOn == 1) {
      if (isOrder(node)) setLoanNeeds(node, load<i32>(entry, LOAN));
      else if (isLoan(node)) setSide(node, load<i32>(entry, LOAN));
    }
    entry += ENTRY;
  }
}

/** Takes back everything since openJournal. */
export function rollBack(): void {
  for (let i = 0; i < touchedCount; i++) clearRoute(at(touched, i));
  // The last touched first: engineers with several shifts get back what they had before the first of them was touched.
  for (let i = touchedCount - 1; i >= 0; i--) restoreRoute(at(touched, i), <usize>at(snapshotOf, i));
  if (items > 0) for (let i = 0; i < touchedCount; i++) openBooks(at(touched, i));
  memory.copy(absent, absentBefore, (<usize>absentCountBefore) << 2);
  setAbsentCount(absentCountBefore);
  if (loansOn == 1) {
    clearPending();
    // Nobody lends to an order that is left out, whatever was tried.
    for (let i = 0; i < absentCount; i++)
      if (load<i32>(record(at(absent, i)), ROUTE) < 0) setLoanNeeds(at(absent, i), 0);
  }
  setTotals(costBefore, distanceBefore, travelBefore, workBefore, softBefore, engineersBefore);
}

/** Takes everything that is not locked out of all routes; loadBest brings the best plan back. */
export function emptyPlan(): void {
  dropMeetings();
  for (let route = 0; route < routes; route++) strip(route);
  timeJointly();
  for (let route = 0; route < routes; route++) refresh(route);
  // Those that are locked take place all the same.
  settleMeetings();
}

/** Keeps the plan as the best. */
export function saveBest(): void {
  for (let route = 0; route < routes; route++) {
    const end = firstEnd + route;
    for (let node = firstStart + route; node != end; ) {
      const next = load<i32>(record(node), NEXT);
      put(bestNext, node, next);
      node = next;
    }
  }
  memory.copy(bestCentres, supplyCentre, (<usize>(SUPPLY_SLOTS * routes)) << 2);
  memory.copy(bestVariants, variantOf, (<usize>orders) << 2);
  if (loansOn == 1) saveLoans();
  bestAbsentCount = absentCount;
  memory.copy(bestAbsent, absent, (<usize>absentCount) << 2);
}

function saveLoans(): void {
  memory.copy(bestNeeds, loanNeeds, (<usize>orders) << 2);
  for (let node = firstBorrow; node < nodeCount; node++) {
    put(bestRows, node - firstBorrow, load<i32>(record(node), ROW));
    put(bestOpens, node - firstBorrow, load<i32>(record(node), OPEN));
    put(bestCloses, node - firstBorrow, load<i32>(record(node), CLOSE));
    put(bestSides, node - firstBorrow, sideOf(node));
  }
}

function loadLoans(): void {
  memory.copy(loanNeeds, bestNeeds, (<usize>orders) << 2);
  for (let node = firstBorrow; node < nodeCount; node++) {
    store<i32>(record(node), at(bestRows, node - firstBorrow), ROW);
    store<i32>(record(node), at(bestOpens, node - firstBorrow), OPEN);
    store<i32>(record(node), at(bestCloses, node - firstBorrow), CLOSE);
    setSide(node, at(bestSides, node - firstBorrow));
  }
}

/** Enters all routes in the books: before any stop is judged needless, they must say who takes what. */
export function rebookAll(): void {
  for (let route = 0; route < routes; route++) rebook(route);
}

/** Goes back to the best plan. */
export function loadBest(): void {
  if (loansOn == 1) chargeMeetings(false);
  for (let route = 0; route < routes; route++) clearRoute(route);
  memory.copy(supplyCentre, bestCentres, (<usize>(SUPPLY_SLOTS * routes)) << 2);
  for (let slot = 0; slot < SUPPLY_SLOTS * routes; slot++)
    if (at(supplyCentre, slot) >= 0) setSupplyCentre(firstSupply + slot, at(supplyCentre, slot));
  for (let route = 0; route < routes; route++) {
    const start = firstStart + route;
    const end = firstEnd + route;
    store<i32>(record(start), end, NEXT);
    store<i32>(record(end), start, PREV);
    for (let last = start; at(bestNext, last) != end; last = at(bestNext, last)) link(at(bestNext, last), last);
  }
  if (loansOn == 1) {
    loadLoans();
    chargeMeetings(true);
  }
  if (variantsOn) for (let order = 0; order < orders; order++) setVariant(order, at(bestVariants, order));
  rebookAll();
  for (let route = 0; route < routes; route++) refresh(route);
  if (loansOn == 1) clearPending();
  memory.copy(absent, bestAbsent, (<usize>bestAbsentCount) << 2);
  setAbsentCount(bestAbsentCount);
}
