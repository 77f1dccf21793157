// The cheapest place for an order whose parts a colleague lends: where both meet, and when it fits into both days.
import {
  breakPrice,
  centres,
  engineerItem,
  engineerLends,
  engineerPartCapacity,
  engineerSafety,
  engineers,
  handOver,
  items,
  loansOn,
  NEVER,
  needItem,
  orderService,
  orders,
  routeBreakFirst,
  routeEngineer,
  routeStartMeets,
  routeStartRow,
  skus,
  UNLIMITED,
} from "../gen/layout";
import { allocate, allocateZeroed } from "../memory/arena";
import { at, put } from "../memory/cells";
import {
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
import { needBit, unitsLent } from "../parts/loans";
import { needFrom, needTo } from "../parts/variants";
import { samePlace } from "../route/matrix";
import { costOfDetour, detourAt } from "../route/meetings";
import {
  CLOSE,
  firstBorrow,
  firstLend,
  firstStart,
  freeSupply,
  isLend,
  isLoan,
  isOrder,
  isSupply,
  OPEN,
  POS,
  partnerOf,
  ROUTE,
  ROW,
  record,
  releaseSupply,
  setSupplyCentre,
} from "../route/nodes";
import { fairnessChange, isUsed, routeMeetings, scalarCost, softTicks } from "../route/route";
import {
  evaluateSequence,
  sequenceDistance,
  sequenceLate,
  sequenceOvertime,
  sequenceStart,
  sequenceTerms,
  sequenceTravel,
  sequenceWait,
  sequenceWork,
} from "../route/sequence";
import { termsOn } from "../route/terms";
import { softWeight } from "../route/weights";
import { bestCost, keepLoanPlace, notAfter } from "./insertion";
import {
  arrival,
  bindSide,
  borrowerList,
  borrowerSide,
  buildLoanSides,
  costOf,
  countOf,
  detourTicks,
  detourTo,
  detourWay,
  fixedOf,
  freeAt,
  headOf,
  latestStart,
  leastCost,
  lenderList,
  lenderSide,
  nodeBefore,
  orderBusy,
  orderDetour,
  orderTravel,
  orderWay,
  rowOfStart,
  untilAt,
} from "./loan-sides";
import { isGlued, servesSomebody } from "./meetings";
import { neighbour, neighbourCount } from "./neighbours";
import { blink, coin, randomBelow } from "./random";

// Both routes at hand, and how they would be.
let route: i32 = 0;
let lender: i32 = 0;
let trial: usize = 0;
let lenderTrial: usize = 0;

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
/** Also those of them who would have to take breaks, as if they had not. */
let withoutBreaks: bool = false;
/** A van may borrow more than it holds: lending to somebody else may make the room. */
let overfilling: bool = false;
/** Somebody who may lend has a van with a capacity. */
export let vansFill: bool = false;
/** Engineer whose van is too full, from whom everybody borrows, also what they have; -1 without. */
let relieved: i32 = -1;
/** One search for places in this many is absent-minded. */
const ABSENT_MINDED_RATE: i32 = 2;

/** By item: engineers who may lend it, whatever they and others need; itemLenderFirst has one row more than there are items. */
let itemLenderFirst: usize = 0;
let itemLenders: usize = 0;

/** By engineer: the search for near ones that found it last. */
let nearIn: usize = 0;
let nearSearch: i32 = 0;
/** Orders whose engineers are near enough to lend, while the search goes on. */
const NEAR_ORDERS: i32 = 40;

export function setDaring(on: bool, breakless: bool = false): void {
  daring = on;
  withoutBreaks = breakless;
}

export function setOverfilling(on: bool): void {
  overfilling = on;
}

export function setRelieved(engineer: i32): void {
  relieved = engineer;
}

export function buildLoanPlaces(maxLength: i32): void {
  relieved = -1;
  overfilling = false;
  vansFill = false;
  if (loansOn == 0) return;
  buildLoanSides(maxLength);
  nearIn = allocateZeroed((<usize>engineers) << 2);
  nearSearch = 0;
  trial = allocate((<usize>(maxLength + 8)) << 2);
  lenderTrial = allocate((<usize>(maxLength + 8)) << 2);
  itemLenderFirst = allocate((<usize>(skus + 1)) << 2);
  let count = 0;
  for (let item = 0; item < skus; item++)
    for (let engineer = 0; engineer < engineers; engineer++) {
      if (!mayLend(engineer, item)) continue;
      count++;
      if (at(engineerPartCapacity, engineer) < UNLIMITED) vansFill = true;
    }
  itemLenders = allocate((<usize>count) << 2);
  count = 0;
  for (let item = 0; item < skus; item++) {
    put(itemLenderFirst, item, count);
    for (let engineer = 0; engineer < engineers; engineer++)
      if (mayLend(engineer, item)) put(itemLenders, count++, engineer);
  }
  put(itemLenderFirst, skus, count);
}

function mayLend(engineer: i32, item: i32): bool {
  const cell = engineer * items + item;
  return at(engineerLends, engineer) == 1 && at(engineerItem, cell) > at(engineerSafety, cell);
}

/** Keeps the cheapest place of `chosen` in `chosenRoute` with a loan, if it is cheaper than the best so far. `price` is what the engineer costs beside. */
export function loanPlaces(chosen: i32, chosenRoute: i32, price: i64, blinks: bool): void {
  const missing = borrowable(chosen, chosenRoute, relieved >= 0);
  if (missing == 0) return;
  order = chosen;
  route = chosenRoute;
  borrow = firstBorrow + order;
  lend = firstLend + order;
  base = price;
  blinking = blinks;
  absentMinded = blinks && randomBelow(ABSENT_MINDED_RATE) == 0;
  if (blinking) listNear();
  bindSide(borrowerSide, borrowerList, route, true);
  const first = at(needFrom, order);
  for (let need = first; need < at(needTo, order); need++) {
    if ((missing & needBit(order, need)) == 0) continue;
    const item = at(needItem, need);
    for (let i = at(itemLenderFirst, item); i < at(itemLenderFirst, item + 1); i++) {
      const engineer = at(itemLenders, i);
      if (relieved >= 0 && engineer != relieved) continue;
      if (blinking && at(nearIn, engineer) != nearSearch && !daring) continue;
      if (engineer == at(routeEngineer, route) || lendsEarlier(engineer, first, need, missing)) continue;
      needs = lendableNeeds(order, missing, engineer);
      if (needs != 0) meetEngineer(engineer);
    }
  }
}

/** Marks the engineers who serve orders near the one at hand. */
function listNear(): void {
  nearSearch++;
  const last = min(NEAR_ORDERS, neighbourCount);
  for (let i = 0; i < last; i++) {
    const near = load<i32>(record(neighbour(order, i)), ROUTE);
    if (near >= 0) put(nearIn, at(routeEngineer, near), nearSearch);
  }
}

/** True when the engineer may also lend one of the missing needs before `need`: then its turn has been. */
function lendsEarlier(engineer: i32, first: i32, need: i32, missing: i32): bool {
  for (let earlier = first; earlier < need; earlier++)
    if ((missing & needBit(order, earlier)) != 0 && mayLend(engineer, at(needItem, earlier))) return true;
  return false;
}

function meetEngineer(engineer: i32): void {
  setLoanNeeds(order, needs);
  if (needsAt(order, route)) {
    const after = needAfter;
    pickedAt = after;
    pickUps = needPickUps;
    const more = needSupply;
    for (let shift = at(firstShift, engineer); shift < at(firstShift, engineer + 1); shift++)
      if (servesSomebody(shift) || (daring && canBegin(shift))) meetOnShift(shift, after, more);
  }
  setLoanNeeds(order, 0);
}

/** True when the route, which nobody uses yet, has no mandatory breaks to be put in. */
function canBegin(shift: i32): bool {
  if (withoutBreaks) return true;
  for (let row = at(routeBreakFirst, shift); row < at(routeBreakFirst, shift + 1); row++)
    if (at(breakPrice, row) < 0) return false;
  return true;
}

/** The meeting with the engineer of the route `shift`. */
function meetOnShift(shift: i32, after: i32, more: bool): void {
  lender = shift;
  bindSide(lenderSide, lenderList, shift, false);
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

/** What the order at its place costs at least, without a meeting; and the ticks and way it adds there. */
let orderCost: i64 = 0;
let placeBusy: i32 = 0;
let placeTravel: i32 = 0;
let placeWay: i32 = 0;

/** Every place of the order behind position `after`, every place of the meeting before it. */
function meetAnywhere(after: i32): void {
  const count = countOf(borrowerSide);
  const head = headOf(borrowerSide);
  for (let last = max(head, after); last <= count; last++) {
    if (freeAt(borrowerSide, last) > load<i32>(record(order), CLOSE)) break;
    if (last < count && isGluedBehind(borrowerSide, borrowerList, last, route)) continue;
    if (nodeBefore(borrowerSide, borrowerList, last) == notAfter) continue;
    if (!orderDetour(borrowerSide, last, order)) continue;
    placeBusy = orderBusy - orderTravel + at(orderService, order);
    placeTravel = orderTravel;
    placeWay = orderWay;
    orderCost = base + leastCost(borrowerSide, placeTravel, placeWay, placeBusy);
    if (orderCost + softWeight * costOfDetour(handOver) >= bestCost) continue;
    for (let first = head; first <= last; first++) {
      boundStops(first);
      // Who lends goes where the borrower is.
      const behind = hostBehind(borrowerSide, borrowerList, first, route, false);
      besideEarlier = true;
      if (behind >= 0) comeTo(behind, first, last);
      besideEarlier = false;
      const ahead = first == last ? order : hostAhead(borrowerSide, borrowerList, first, route);
      if (ahead >= 0 && ahead != behind) comeTo(ahead, first, last);
      goWhereLenderIs(first, last);
    }
  }
}

/** Who borrows comes, at place `first`, to wherever the lender is. */
function goWhereLenderIs(first: i32, last: i32): void {
  const free = freeAt(borrowerSide, first);
  const until = first == last ? NEVER : untilAt(borrowerSide, first);
  const count = countOf(lenderSide);
  for (let stop = earliestStop; stop <= latestStop; stop++) {
    // From the stop before on the engineer is there.
    if (stop > 0 && freeAt(lenderSide, stop - 1) > until) break;
    if (stop < count && free > untilAt(lenderSide, stop)) continue;
    const fromStart = headOf(lenderSide) == 0 && at(routeStartMeets, lender) > 0;
    const behind = hostBehind(lenderSide, lenderList, stop, lender, fromStart);
    if (behind >= 0) goTo(behind, stop, first, last);
    const ahead = hostAhead(lenderSide, lenderList, stop, lender);
    if (ahead >= 0 && ahead != behind) goTo(ahead, stop, first, last);
  }
}

/** The order before place `place`, with only meetings there in between, or the row of the start where that counts; -1 without. */
function hostBehind(_side: usize, list: usize, place: i32, owner: i32, fromStart: bool): i32 {
  if (place == 0) return fromStart ? at(routeStartRow, owner) : -1;
  const last = at(list, place - 1);
  const row = load<i32>(record(last), ROW);
  let i = place - 1;
  while (i >= 0 && isLoan(at(list, i)) && samePlace(owner, load<i32>(record(at(list, i)), ROW), row)) i--;
  const start = at(routeStartRow, owner);
  if (i < 0) return fromStart && samePlace(owner, start, row) ? start : -1;
  return isOrder(at(list, i)) && samePlace(owner, at(list, i), row) ? at(list, i) : -1;
}

/** The same behind place `place`. */
function hostAhead(side: usize, list: usize, place: i32, owner: i32): i32 {
  const count = countOf(side);
  if (place == count) return -1;
  const row = load<i32>(record(at(list, place)), ROW);
  let i = place;
  while (i < count && isLoan(at(list, i)) && samePlace(owner, load<i32>(record(at(list, i)), ROW), row)) i++;
  return i < count && isOrder(at(list, i)) && samePlace(owner, at(list, i), row) ? at(list, i) : -1;
}

/** True when nothing but meetings at the same place may come behind stop number `place` of the side. */
function isGluedBehind(side: usize, list: usize, place: i32, owner: i32): bool {
  return isUsed(owner) && isGlued(nodeBefore(side, list, place));
}

/** True when a meeting at `row` may not come there. */
function isTornAt(side: usize, list: usize, place: i32, owner: i32, row: i32): bool {
  return (
    isGluedBehind(side, list, place, owner) &&
    !samePlace(owner, load<i32>(record(nodeBefore(side, list, place)), ROW), row)
  );
}

/** After borrowerMeets: its arrival and the last start of a hand-over, its detour, and what both cost at least. */
let mineReady: i32 = 0;
let mineLate: i32 = 0;
let mineTicks: i32 = 0;
let mineCost: i64 = 0;

/** The borrower's meeting at `row` at place `first`, the order at `last`; false where it cannot be or costs too much. */
function borrowerMeets(row: i32, first: i32, last: i32): bool {
  if (!detourTo(borrowerSide, first, row, first == last ? order : -1)) return false;
  mineReady = arrival;
  mineLate = latestStart;
  mineLate = min(mineLate, load<i32>(record(order), CLOSE) - handOver);
  mineTicks = detourTicks;
  mineCost =
    base +
    leastCost(borrowerSide, placeTravel + mineTicks, placeWay + detourWay, placeBusy + handOver) +
    softWeight * costOfDetour(mineTicks + handOver);
  return mineReady <= mineLate && mineCost < bestCost;
}

/** Places of the lender's route between which a meeting at place `first` of the borrower's waits for no other meeting of the two that waits for it. */
let earliestStop: i32 = 0;
let latestStop: i32 = 0;

function boundStops(first: i32): void {
  const count = countOf(borrowerSide);
  earliestStop = headOf(lenderSide);
  latestStop = countOf(lenderSide);
  if (at(routeMeetings, route) == 0 || at(routeMeetings, lender) == 0) return;
  for (let i = 0; i < count; i++) {
    const node = at(borrowerList, i);
    if (!isLoan(node) || load<i32>(record(partnerOf(node)), ROUTE) != lender) continue;
    const pos = load<i32>(record(partnerOf(node)), POS);
    if (i < first) earliestStop = max(earliestStop, pos);
    else latestStop = min(latestStop, pos - 1);
  }
}

/** The meeting is where it is for the borrower's stop before it: no supply stop comes between the two. */
let besideEarlier: bool = false;

/** The borrower's meeting at place `first` at its own order `host`; the lender comes from anywhere in its route. */
function comeTo(host: i32, first: i32, last: i32): void {
  if (absentMinded && coin()) return;
  if (first < last && isTornAt(borrowerSide, borrowerList, first, route, host)) return;
  if (!borrowerMeets(host, first, last)) return;
  for (let stop = earliestStop; stop <= latestStop; stop++) {
    if (freeAt(lenderSide, stop) > mineLate) break;
    if (mineReady <= untilAt(lenderSide, stop) && !isTornAt(lenderSide, lenderList, stop, lender, host))
      meet(host, host, stop, first, last);
  }
}

/** The meeting at `host`, an order or the start, where the lender is, at place `stop` of its route; the borrower comes at place `first`. */
function goTo(host: i32, stop: i32, first: i32, last: i32): void {
  if (absentMinded && coin()) return;
  const there = host < orders ? host : rowOfStart(borrowerSide, lender);
  if (isTornAt(lenderSide, lenderList, stop, lender, host)) return;
  if (first < last && isTornAt(borrowerSide, borrowerList, first, route, there)) return;
  if (borrowerMeets(there, first, last)) meet(there, host, stop, first, last);
}

/**
 * After borrowerMeets. What terms of other stops become less by is not foreseen: only meetings that cost less than the best place before terms
 * are evaluated, and those exactly.
 */
function meet(borrowRow: i32, lendRow: i32, stop: i32, first: i32, last: i32): void {
  if (!detourTo(lenderSide, stop, lendRow, -1)) return;
  const start = max(arrival, mineReady);
  if (start > mineLate || start > latestStart) return;
  const least = leastCost(lenderSide, detourTicks, detourWay, handOver);
  const charge = softWeight * (costOfDetour(mineTicks + detourTicks + handOver) - costOfDetour(mineTicks + handOver));
  if (mineCost + least + charge >= bestCost) return;
  if (blinking && blink()) return;
  const b = record(borrow);
  store<i32>(b, borrowRow, ROW);
  store<i32>(b, arrival, OPEN);
  store<i32>(b, NEVER - 1, CLOSE);
  store<i32>(record(lend), lendRow, ROW);
  store<i32>(record(lend), NEVER - 1, CLOSE);
  if (supply < 0) tryLists(stop, first, last, -1);
  else
    for (let pick = headOf(borrowerSide); pick <= last; pick++)
      if (
        !(pick == first && besideEarlier) &&
        !isGluedBehind(borrowerSide, borrowerList, pick, route) &&
        hasRoomBehind(isUsed(route) ? nodeBefore(borrowerSide, borrowerList, pick) : firstStart + route, route)
      )
        tryLists(stop, first, last, pick);
}

/** True when the borrowed units fit into the van from the meeting to the order, together with what is picked up for the order meanwhile. */
function hasRoom(first: i32, last: i32): bool {
  if (overfilling) return true;
  const units = unitsLent(order);
  for (let place = first; place <= last; place++) {
    const before = isUsed(route) ? nodeBefore(borrowerSide, borrowerList, place) : firstStart + route;
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
  const count = countOf(borrowerSide);
  let total = 0;
  let meeting = 0;
  for (let i = 0; i <= count; i++) {
    if (i == pick) put(trial, total++, supply);
    if (i == first) {
      meeting = total;
      put(trial, total++, borrow);
    }
    if (i == last) put(trial, total++, order);
    if (i < count) put(trial, total++, at(borrowerList, i));
  }
  if (!evaluateSequence(route, trial, total)) return;
  let cost = base + fixedOf(borrowerSide) + sequenceCost(route) - costOf(borrowerSide);
  const start = at(sequenceStart, meeting);
  const side = detourAt(route, trial, total, meeting) + handOver;
  // Terms of the lender's route may become less.
  if (!termsOn && cost >= bestCost) return;

  store<i32>(record(lend), start, OPEN);
  const lenderCount = countOf(lenderSide);
  let lenders = 0;
  for (let i = 0; i <= lenderCount; i++) {
    if (i == stop) put(lenderTrial, lenders++, lend);
    if (i < lenderCount) put(lenderTrial, lenders++, at(lenderList, i));
  }
  if (!evaluateSequence(lender, lenderTrial, lenders)) return;
  cost += fixedOf(lenderSide) + sequenceCost(lender) - costOf(lenderSide);
  const theirs = detourAt(lender, lenderTrial, lenders, stop) + sequenceWait(lenderTrial, stop);
  cost += softWeight * costOfDetour(side + theirs);
  if (cost >= bestCost) return;
  // What comes before the order and the meeting: the meeting itself where it is directly before the order.
  const before = nodeBefore(borrowerSide, borrowerList, last);
  const meetAfter = nodeBefore(borrowerSide, borrowerList, first);
  keepLoanPlace(
    cost,
    route,
    first == last ? borrow : pick == last ? supply : before,
    pick < 0 ? -1 : centre,
    pick < 0 ? -1 : nodeBefore(borrowerSide, borrowerList, pick),
    pick >= 0 && pick == first ? supply : meetAfter,
    lender,
    nodeBefore(lenderSide, lenderList, stop),
    needs,
    load<i32>(record(borrow), ROW),
    load<i32>(record(lend), ROW),
  );
}

/** Scalar cost of the sequence of `owner` evaluated last, without what no place changes; with what its work changes of workload_fairness. */
function sequenceCost(owner: i32): i64 {
  const soft = softTicks(sequenceLate, sequenceOvertime);
  if (!termsOn) return scalarCost(sequenceDistance, sequenceTravel, sequenceWork, soft);
  const terms = sequenceTerms + fairnessChange(owner, sequenceWork);
  return scalarCost(sequenceDistance, sequenceTravel, sequenceWork, soft + terms);
}
