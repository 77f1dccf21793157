// The cheapest place for an order whose parts a colleague lends: where both meet, and when it fits into both days.
import {
  breakPrice,
  centres,
  engineers,
  handOver,
  items,
  loansOn,
  modes,
  NEVER,

  routeBreakFirst,
  routeEarliest,
  routeEngineer,
  routeMatrices,
  routeStartRow,
  routes,
  startRowIn,
} from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, at64, put } from "../memory/cells";
import {
  askColleagues,
  borrowable,
  centreGives,
  firstShift,
  hasRoomBehind,
  lendableNeeds,
  needAfter,
  needPickUps,
  needSupply,
  needsAt,
  roomBehind,
  setLoanNeeds,
} from "../parts/ledger";
import { unitsLent } from "../parts/loans";
import { travelTicks, useMatrices } from "../route/matrix";
import { costOfDetour, detourAt } from "../route/meetings";
import {
  CLOSE,
  firstBorrow,
  firstBreak,
  firstLend,
  firstStart,
  freeSupply,
  isLend,
  isLoan,
  isOrder,
  isSupply,
  LENGTH,
  OPEN,
  ROW,
  record,
  releaseSupply,
  setSupplyCentre,
} from "../route/nodes";
import {
  isUsed,
  listRoute,
  routeCost,
  routeHeadNode,
  routeOrders,
  routeSoftFixed,
  scalarCost,
  softTicks,
} from "../route/route";
import {
  evaluateSequence,
  sequenceDistance,
  sequenceLate,
  sequenceOvertime,
  sequenceStart,
  sequenceTravel,
  sequenceWait,
  sequenceWork,
} from "../route/sequence";
import { softWeight } from "../route/weights";
import { bestCost, keepLoanPlace, notAfter } from "./insertion";
import { isGlued } from "./meetings";
import { blink, coin, randomBelow } from "./random";

// The borrower's route: its stops, and those with the order, the meeting and perhaps a supply stop.
let route: i32 = 0;
let list: usize = 0;
let count: i32 = 0;
let trial: usize = 0;
/** What the borrower's route costs now, and what of its cost no place changes. */
let oldCost: i64 = 0;
let fixedCost: i64 = 0;
let headCount: i32 = 0;
// The same of the lender's.
let lender: i32 = 0;
let lenderList: usize = 0;
let lenderCount: i32 = 0;
let lenderTrial: usize = 0;
let lenderOldCost: i64 = 0;
let lenderFixedCost: i64 = 0;
let lenderHeadCount: i32 = 0;
/** By place in the lender's list: when and where its engineer is free to leave. */
let lenderFree: usize = 0;
let lenderRow: usize = 0;

let order: i32 = 0;
let borrow: i32 = 0;
let lend: i32 = 0;
let needs: i32 = 0;
/** Units that existing supply stops give more, and the last position of those. */
let pickUps: i32 = 0;
let pickedAt: i32 = 0;
let supply: i32 = -1;
let centre: i32 = -1;
let base: i64 = 0;
let blinking: bool = false;
/** Every other meeting is not seen: those that come to mind first would always be the same. */
let absentMinded: bool = false;
/** Engineers who serve nobody yet may lend. */
let daring: bool = false;
/** One search for places in this many is absent-minded. */
const ABSENT_MINDED_RATE: i32 = 2;

export function setDaring(on: bool): void {
  daring = on;
}

export function buildLoanPlaces(maxLength: i32): void {
  if (loansOn == 0) return;
  const bytes = (<usize>(maxLength + 8)) << 2;
  list = allocate(bytes);
  trial = allocate(bytes);
  lenderList = allocate(bytes);
  lenderTrial = allocate(bytes);
  lenderFree = allocate(bytes);
  lenderRow = allocate(bytes);
}

/** Keeps the cheapest place of `chosen` in `chosenRoute` with a loan, if it is cheaper than the best so far. `price` is what the engineer costs beside. */
export function loanPlaces(chosen: i32, chosenRoute: i32, price: i64, blinks: bool): void {
  const missing = borrowable(chosen, chosenRoute);
  if (missing == 0) return;
  askColleagues();
  order = chosen;
  route = chosenRoute;
  borrow = firstBorrow + order;
  lend = firstLend + order;
  base = price;
  blinking = blinks;
  absentMinded = blinks && randomBelow(ABSENT_MINDED_RATE) == 0;
  const borrower = at(routeEngineer, route);
  let listed = false;
  for (let engineer = 0; engineer < engineers; engineer++) {
    if (engineer == borrower) continue;
    needs = lendableNeeds(order, missing, engineer);
    if (needs == 0) continue;
    if (!listed) listBorrower();
    listed = true;
    setLoanNeeds(order, needs);
    if (needsAt(order, route)) {
      const after = needAfter;
      pickedAt = after;
      pickUps = needPickUps;
      const more = needSupply;
      for (let shift = at(firstShift, engineer); shift < at(firstShift, engineer + 1); shift++)
        if (at(routeOrders, shift) > 0 || (daring && canBegin(shift))) meetOnShift(shift, after, more);
    }
    setLoanNeeds(order, 0);
  }
}

/** True when the route, which nobody uses yet, has no mandatory breaks to be put in. */
function canBegin(shift: i32): bool {
  for (let row = at(routeBreakFirst, shift); row < at(routeBreakFirst, shift + 1); row++)
    if (at(breakPrice, row) < 0) return false;
  return true;
}

function listBorrower(): void {
  oldCost = isUsed(route) ? at64(routeCost, route) : 0;
  fixedCost = softWeight * routeSoftFixed(route);
  headCount = 0;
  if (isUsed(route)) {
    count = listRoute(route, list);
    headCount = headOf(route, list, count);
    return;
  }
  count = 0;
  for (let row = at(routeBreakFirst, route); row < at(routeBreakFirst, route + 1); row++)
    if (at(breakPrice, row) < 0) put(list, count++, firstBreak + row);
}

/** Stops up to the last locked one. */
function headOf(owner: i32, stops: usize, length: i32): i32 {
  const head = at(routeHeadNode, owner);
  for (let i = 0; i < length; i++) if (at(stops, i) == head) return i + 1;
  return 0;
}

/** The meeting with the engineer of the route `shift`. */
function meetOnShift(shift: i32, after: i32, more: bool): void {
  lender = shift;
  lenderCount = listRoute(shift, lenderList);
  lenderHeadCount = headOf(shift, lenderList, lenderCount);
  lenderOldCost = isUsed(shift) ? at64(routeCost, shift) : 0;
  lenderFixedCost = softWeight * routeSoftFixed(shift);
  if (!evaluateSequence(shift, lenderList, lenderCount)) return;
  let row = at(routeStartRow, shift);
  let free = at(routeEarliest, shift);
  for (let i = 0; i <= lenderCount; i++) {
    put(lenderFree, i, free);
    put(lenderRow, i, row);
    if (i == lenderCount) break;
    const node = at(lenderList, i);
    free = at(sequenceStart, i) + load<i32>(record(node), LENGTH);
    if (load<i32>(record(node), ROW) >= 0) row = load<i32>(record(node), ROW);
  }
  if (!more) {
    supply = -1;
    centre = -1;
    meetAnywhere(after);
    return;
  }
  supply = freeSupply(route);
  if (supply < 0) return;
  for (centre = 0; centre < centres; centre++) {
    if (!centreGives(centre, order, route)) continue;
    setSupplyCentre(supply, centre);
    meetAnywhere(after);
  }
  releaseSupply(supply);
}

/** Every place of the order behind position `after`, every place of the meeting before it. */
function meetAnywhere(after: i32): void {
  for (let last = max(headCount, after); last <= count; last++) {
    if (last < count && isGluedBehind(list, last, route)) continue;
    if ((last == 0 ? firstStart + route : at(list, last - 1)) == notAfter) continue;
    // Who lends goes where the borrower is.
    for (let stop = headCount; stop < last; stop++) {
      const host = at(list, stop);
      if (!isOrder(host)) continue;
      if (!isGluedBehind(list, stop, route)) comeTo(host, stop, last);
      if (!isGluedBehind(list, stop + 1, route) || stop + 1 == last) comeTo(host, stop + 1, last);
    }
    comeTo(order, last, last);
    // Who borrows goes where the lender is.
    for (let first = headCount; first <= last; first++) {
      if (first < last && isGluedBehind(list, first, route)) continue;
      if (lenderHeadCount == 0) goTo(rowOfStart(lender), at(routeStartRow, lender), 0, first, last);
      for (let stop = lenderHeadCount; stop < lenderCount; stop++) {
        const host = at(lenderList, stop);
        if (!isOrder(host)) continue;
        goTo(host, host, stop, first, last);
        goTo(host, host, stop + 1, first, last);
      }
    }
  }
}

/** Row of the lender's start in the matrices of the borrower. */
function rowOfStart(shift: i32): i32 {
  return modes == 1 ? at(routeStartRow, shift) : at(startRowIn, at(routeMatrices, route) * routes + shift);
}

/** True when nothing may come behind stop number `place` of the list. */
function isGluedBehind(stops: usize, place: i32, owner: i32): bool {
  return isUsed(owner) && isGlued(place == 0 ? firstStart + owner : at(stops, place - 1));
}

/** The borrower's meeting at place `first` at its own stop at `host`; the lender comes from anywhere in its route. */
function comeTo(host: i32, first: i32, last: i32): void {
  if (absentMinded && coin()) return;
  for (let stop = lenderHeadCount; stop <= lenderCount; stop++)
    if (!isGluedBehind(lenderList, stop, lender)) tryMeeting(host, host, stop, first, last);
}

/** The meeting at row `there` where the lender is at place `stop`; the borrower comes at place `first`. */
function goTo(there: i32, rowOfLender: i32, stop: i32, first: i32, last: i32): void {
  if (absentMinded && coin()) return;
  tryMeeting(there, rowOfLender, stop, first, last);
}

function tryMeeting(borrowRow: i32, lendRow: i32, stop: i32, first: i32, last: i32): void {
  useMatrices(lender);
  const ready = at(lenderFree, stop) + travelTicks(at(lenderRow, stop), lendRow);
  if (ready + handOver > load<i32>(record(order), CLOSE)) return;
  if (blinking && blink()) return;
  const b = record(borrow);
  store<i32>(b, borrowRow, ROW);
  store<i32>(b, ready, OPEN);
  store<i32>(b, NEVER - 1, CLOSE);
  store<i32>(record(lend), lendRow, ROW);
  store<i32>(record(lend), NEVER - 1, CLOSE);
  if (supply < 0) tryLists(stop, first, last, -1);
  else
    for (let pick = headCount; pick <= last; pick++)
      if (hasRoomBehind(pick == 0 || !isUsed(route) ? firstStart + route : at(list, pick - 1), route))
        tryLists(stop, first, last, pick);
}

/** True when the borrowed units fit into the van from the meeting to the order, together with what is picked up for the order meanwhile. */
function hasRoom(first: i32, last: i32): bool {
  const units = unitsLent(order);
  for (let place = first; place <= last; place++) {
    const before = place == 0 || !isUsed(route) ? firstStart + route : at(list, place - 1);
    // Only taking on more can overfill a van.
    if (place > first && !isSupply(before) && !(isLoan(before) && !isLend(before))) continue;
    const own = place >= pickedAt ? pickUps : 0;
    if (roomBehind(before, route) < units + own) return false;
  }
  return true;
}

/** Evaluates both routes: meeting at `first` and order at `last` in the borrower's, a supply stop at `pick` unless negative, meeting at `stop` in the lender's. */
function tryLists(stop: i32, first: i32, last: i32, pick: i32): void {
  if (!hasRoom(first, last)) return;
  let total = 0;
  let meeting = 0;
  for (let i = 0; i <= count; i++) {
    if (i == pick) put(trial, total++, supply);
    if (i == first) {
      meeting = total;
      put(trial, total++, borrow);
    }
    if (i == last) put(trial, total++, order);
    if (i < count) put(trial, total++, at(list, i));
  }
  if (!evaluateSequence(route, trial, total)) return;
  let cost = base + fixedCost + sequenceCost() - oldCost;
  const start = at(sequenceStart, meeting);
  const side = detourAt(route, trial, total, meeting) + handOver;
  if (cost >= bestCost) return;

  store<i32>(record(lend), start, OPEN);
  let lenders = 0;
  for (let i = 0; i <= lenderCount; i++) {
    if (i == stop) put(lenderTrial, lenders++, lend);
    if (i < lenderCount) put(lenderTrial, lenders++, at(lenderList, i));
  }
  if (!evaluateSequence(lender, lenderTrial, lenders)) return;
  cost += lenderFixedCost + sequenceCost() - lenderOldCost;
  const theirs = detourAt(lender, lenderTrial, lenders, stop) + sequenceWait(lenderTrial, stop);
  cost += softWeight * costOfDetour(side + theirs);
  if (cost >= bestCost) return;
  // What comes before the order and the meeting: the meeting itself where it is directly before the order.
  const before = last == 0 ? firstStart + route : at(list, last - 1);
  const meetAfter = first == 0 ? firstStart + route : at(list, first - 1);
  const pickAfter = pick < 0 ? -1 : pick == 0 ? firstStart + route : at(list, pick - 1);
  keepLoanPlace(
    cost,
    route,
    first == last ? borrow : pick == last ? supply : before,
    pick < 0 ? -1 : centre,
    pickAfter,
    pick >= 0 && pick == first ? supply : meetAfter,
    lender,
    stop == 0 ? firstStart + lender : at(lenderList, stop - 1),
    needs,
    load<i32>(record(borrow), ROW),
    load<i32>(record(lend), ROW),
  );
}

/** Scalar cost of the sequence evaluated last, without what no place changes. */
function sequenceCost(): i64 {
  return scalarCost(sequenceDistance, sequenceTravel, sequenceWork, softTicks(sequenceLate, sequenceOvertime));
}
