// The cheapest place for an order on routes that no segments can say: places that a bound rules out are not evaluated, and of the others
// only the stops that an insertion moves.
import {
  breakDuration,
  breakPaid,
  breakPrice,
  centres,
  engineerMaxLeg,
  NEVER,
  routeBreakFirst,
  routeDepartureFixed,
  routeEarliest,
  routeEndRow,
  routeEngineer,
  routeHeadDistance,
  routeHeadTravel,
  routeHeadWorking,
  routeLatest,
  routeMaxDistance,
  routeMaxTravel,
  routeMaxWorking,
  routeShiftEnd,
  routeStartRow,
} from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, at64, put } from "../memory/cells";
import { centreGives, hasRoomBehind } from "../parts/ledger";
import { hoursOn, lastDeparture, setupAt, travelAt } from "../route/hours";
import { distanceOf, edgeTicks, travelTicks } from "../route/matrix";
import {
  CLOSE,
  firstBreak,
  firstEnd,
  firstStart,
  freeSupply,
  isBreak,
  isSupply,
  LENGTH,
  lastStart,
  latenessAt,
  latestInWindow,
  nextStart,
  OPEN,
  POS,
  PREV,
  ROW,
  record,
  releaseSupply,
  setSupplyCentre,
} from "../route/nodes";
import {
  isUsed,
  listRoute,
  pairSum,
  routeCost,
  routeHeadNode,
  routeMeetings,
  scalarCost,
  skippedBreaks,
  softTicks,
} from "../route/route";
import {
  evaluateSequence,
  sequenceDistance,
  sequenceLate,
  sequenceOvertime,
  sequenceTerms,
  sequenceTravel,
  sequenceWork,
} from "../route/sequence";
import { feeOf, termsOn } from "../route/terms";
import { bestCost, keepPlace, notAfter } from "./insertion";
import { isGlued } from "./meetings";
import { blink } from "./random";
import {
  buildTermBounds,
  closeTerms,
  detoursWith,
  enterStop,
  fairnessWith,
  leastByStarts,
  leastDetours,
  leastTerms,
  openTerms,
} from "./term-bounds";

// Stop number i of the route as it is, 64 bytes; 0 is the start, count + 1 the end.
const NODE: usize = 0;
/** Matrix row while there. */
const HERE: usize = 4;
/** Early start, and the latest one that the stops behind allow. */
const EARLY: usize = 8;
const LATE: usize = 12;
/** Ticks of legs and stops from the departure to the end of this stop. */
const BUSY: usize = 16;
/** Latest departure that stops up to this one allow, none of them later than it costs. */
const CAP: usize = 20;
/** Lateness up to this stop, and from it on. */
const LATE_UNTIL: usize = 24;
const LATE_FROM: usize = 28;
/** Start in the late pass, the end kept. */
const LATEST: usize = 32;
/** First stop from this one on that has a place of its own. */
const PLACED: usize = 36;
/** Of the insertion at hand: start, and edge into the stop. */
const NEW_START: usize = 40;
const NEW_EDGE: usize = 44;
/** What legs and service of the order cost behind this stop, and the least of that from this stop on; i64. */
const PRICE: usize = 48;
const PRICE_FROM: usize = 56;
/** Price where there is no way; sums with it do not overflow. */
const NO_WAY: i64 = i64.MAX_VALUE >> 2;

let stops: usize = 0;
let count: i32 = 0;
let list: usize = 0;
let trial: usize = 0;

// The route at hand.
let route: i32 = 0;
let used: bool = false;
/** The route is feasible as it is, so that its times bound those with the order. */
let bounded: bool = false;
let maxLeg: i32 = 0;
let travel: i32 = 0;
let way: i64 = 0;
let unpaid: i32 = 0;
/** Soft ticks that do not depend on the place: pair costs, the head's, breaks left out. */
let soft: i64 = 0;
/** Scalar cost that the insertion adds for the engineer, less that of the route as it is. */
let base: i64 = 0;

// The order at hand.
let order: i32 = 0;
let length: i32 = 0;
let close: i32 = 0;

export function buildStrictPlaces(maxLength: i32): void {
  stops = allocate((<usize>(maxLength + 4)) << 6);
  buildTermBounds(maxLength);
  list = allocate((<usize>(maxLength + 4)) << 2);
  trial = allocate((<usize>(maxLength + 4)) << 2);
}

function stop(index: i32): usize {
  return stops + ((<usize>index) << 6);
}

/**
 * Keeps the cheapest place of `chosen` in `chosenRoute`, not before position `firstPos`, if it is cheaper than the best so far; with a new
 * supply stop before it where `needsSupply`. `price` is what the engineer costs beside.
 */
export function strictPlaces(
  chosen: i32,
  chosenRoute: i32,
  needsSupply: bool,
  firstPos: i32,
  price: i64,
  blinks: bool,
): void {
  bindPair(chosen, chosenRoute, price);
  if (!needsSupply) {
    for (let place = max(headPosition(), firstPos); place <= count; place++) {
      if (!bounded) tryList(-1, -1, place, place, blinks);
      else if (leaving(stop(place)) > close) break;
      else tryPlace(place, blinks);
    }
    return;
  }
  if (bounded) priceLegs();
  const supply = freeSupply(route);
  for (let centre = 0; centre < centres; centre++) {
    if (!centreGives(centre, order, route)) continue;
    setSupplyCentre(supply, centre);
    trySupply(supply, centre, firstPos, blinks);
  }
  releaseSupply(supply);
}

/** The same with the supply node `supply`, which stands for a pick-up at `centre`. */
export function strictPlacesWith(
  chosen: i32,
  chosenRoute: i32,
  supply: i32,
  centre: i32,
  firstPos: i32,
  price: i64,
  blinks: bool,
): void {
  bindPair(chosen, chosenRoute, price);
  if (bounded) priceLegs();
  trySupply(supply, centre, firstPos, blinks);
}

function bindPair(chosen: i32, chosenRoute: i32, price: i64): void {
  order = chosen;
  route = chosenRoute;
  used = isUsed(route);
  length = load<i32>(record(order), LENGTH);
  close = load<i32>(record(order), CLOSE);
  maxLeg = at(engineerMaxLeg, at(routeEngineer, route));
  base = price - (used ? at64(routeCost, route) : 0);
  if (termsOn) base -= openTerms(route, at(routeEngineer, route));
  soft = skippedBreaks(route) + (used ? pairSum(route) : 0);
  // Meetings have no bound: a place may keep a colleague waiting.
  bounded = bindRoute() && at(routeMeetings, route) == 0;
}

/** Position of the last locked stop of the route, 0 without. */
function headPosition(): i32 {
  const node = at(routeHeadNode, route);
  return node == firstStart + route ? 0 : load<i32>(record(node), POS);
}

/** Earliest departure from a stop. */
function leaving(from: usize): i32 {
  return load<i32>(from, EARLY) + load<i32>(record(load<i32>(from, NODE)), LENGTH);
}

/** The places with a supply stop right behind stop `first` and the order behind stop `last`, for all of them. */
function trySupply(supply: i32, centre: i32, firstPos: i32, blinks: bool): void {
  const supplyRow = load<i32>(record(supply), ROW);
  const pick = load<i32>(record(supply), LENGTH);
  const headNode = at(routeHeadNode, route);
  let from = headPosition();
  const orderFrom = max(from, firstPos);
  // New supply stops come behind earlier ones.
  if (used) {
    let node = load<i32>(record(firstEnd + route), PREV);
    while (node != headNode && !isSupply(node)) node = load<i32>(record(node), PREV);
    if (node != headNode) from = load<i32>(record(node), POS);
  }
  for (let first = from; first <= count; first++) {
    const f = stop(first);
    if (!hasRoomBehind(used && first > 0 ? at(list, first - 1) : firstStart + route, route)) continue;
    if (!bounded) {
      for (let last = max(orderFrom, first); last <= count; last++) tryList(supply, centre, first, last, blinks);
      continue;
    }
    const leave = leaving(f);
    if (leave > close) break;
    const here = load<i32>(f, HERE);
    const edgeIn = edgeTicks(here, supplyRow);
    const start = edgeIn >= NEVER ? NEVER : nextStart(supply, leave + edgeIn);
    if (start + pick > close) continue;
    const next = load<i32>(stop(first + 1), PLACED);
    const there = load<i32>(stop(next), HERE);
    const edgeOut = edgeTicks(supplyRow, there);
    const wayIn: i64 = <i64>distanceOf(here, supplyRow) - distanceOf(here, there);
    const travelIn: i64 = travelTicks(here, supplyRow) - travelTicks(here, there);
    const busyIn: i64 = edgeIn + pick - edgeTicks(here, there);
    // The order on the same leg as the supply stop.
    let last = max(orderFrom, first);
    if (last < next) {
      const toOrder = edgeTicks(supplyRow, order);
      const toNext = edgeTicks(order, there);
      if (toOrder < NEVER && toNext < NEVER && start + pick + toOrder <= close) {
        const moreWay = wayIn + distanceOf(supplyRow, order) + distanceOf(order, there);
        const moreTravel = travelIn + travelTicks(supplyRow, order) + travelTicks(order, there);
        const moreBusy = busyIn + toOrder + length + toNext;
        const terms = termsOn ? leastWithSupply(supply, first, start + pick, moreWay, moreBusy, 0) : 0;
        if (leastCost(moreWay, moreTravel, moreBusy, 0) + terms < bestCost)
          for (; last < next && last <= count; last++) tryList(supply, centre, first, last, blinks);
      }
      last = next;
    }
    // The order past stops that the detour does not make too late.
    if (last > count || start + pick + edgeOut > load<i32>(stop(next), LATE)) continue;
    const detourWay = wayIn + distanceOf(supplyRow, there);
    const detourBusy = busyIn + edgeOut;
    let detour = leastCost(detourWay, travelIn + travelTicks(supplyRow, there), detourBusy, 0);
    if (termsOn)
      detour += leastWithSupply(
        supply,
        first,
        start + pick,
        detourWay + leastWay,
        detourBusy + leastBusy,
        mostBusy - leastBusy,
      );
    if (detour + load<i64>(stop(last), PRICE_FROM) >= bestCost) continue;
    for (; last <= count; last++)
      if (detour + load<i64>(stop(last), PRICE) < bestCost) tryList(supply, centre, first, last, blinks);
  }
}

// Of the order on a leg, after priceLegs: the least way and the least and most ticks that it adds.
let leastWay: i64 = 0;
let leastBusy: i64 = 0;
let mostBusy: i64 = 0;

/** A bound of the terms with a pick-up behind stop `first` that ends at `end`, and the order somewhere behind it. */
function leastWithSupply(supply: i32, first: i32, end: i32, moreWay: i64, moreBusy: i64, span: i64): i64 {
  const ticks = leastByStarts(order, end, first, true) + feeOf(supply) + leastDetours();
  return leastTerms(ticks, workWith(moreBusy), span, way + moreWay);
}

/** Working ticks at least with so many more of legs and stops. */
function workWith(moreBusy: i64): i64 {
  return <i64>load<i32>(stop(count + 1), BUSY) + moreBusy - unpaid + at(routeHeadWorking, route);
}

/** Prices the order on every leg of the route, as legs and stops alone cost. */
function priceLegs(): void {
  let least: i64 = NO_WAY;
  leastWay = 0;
  leastBusy = 0;
  mostBusy = 0;
  for (let place = count; place >= 0; place--) {
    const s = stop(place);
    const here = load<i32>(s, HERE);
    const there = load<i32>(stop(load<i32>(stop(place + 1), PLACED)), HERE);
    const edgeIn = edgeTicks(here, order);
    const edgeOut = edgeTicks(order, there);
    let price = NO_WAY;
    if (edgeIn < NEVER && edgeOut < NEVER) {
      const moreWay: i64 = <i64>distanceOf(here, order) + distanceOf(order, there) - distanceOf(here, there);
      const moreBusy: i64 = edgeIn + length + edgeOut - edgeTicks(here, there);
      const moreTravel = travelTicks(here, order) + travelTicks(order, there) - travelTicks(here, there);
      price = scalarCost(moreWay, moreTravel, moreBusy, 0);
      leastWay = min(leastWay, moreWay);
      leastBusy = min(leastBusy, moreBusy);
      mostBusy = max(mostBusy, moreBusy);
    }
    least = min(least, price);
    store<i64>(s, price, PRICE);
    store<i64>(s, least, PRICE_FROM);
  }
}

/** A bound of the cost with so much more distance, travel and ticks of legs and stops, and `late` ticks of lateness at least. */
function leastCost(moreWay: i64, moreTravel: i64, moreBusy: i64, late: i32): i64 {
  return base + scalarCost(way + moreWay, travel + moreTravel, workWith(moreBusy), soft + softTicks(late, 0));
}

/** Evaluates the order behind stop `place`: forward until nothing changes, then back over the same stops. */
function tryPlace(place: i32, blinks: bool): void {
  const b = stop(place);
  const before = load<i32>(b, NODE);
  const rowBefore = load<i32>(b, HERE);
  const edgeIn = edgeTicks(rowBefore, order);
  const travelIn = travelTicks(rowBefore, order);
  if (edgeIn >= NEVER || travelIn > maxLeg) return;
  const start = nextStart(order, readyAt(rowBefore, order, leaving(b)));
  if (start >= NEVER) return;
  const nextPlaced = load<i32>(stop(place + 1), PLACED);
  const next = stop(nextPlaced);
  const rowAfter = load<i32>(next, HERE);
  const edgeOut = edgeTicks(order, rowAfter);
  const travelOut = travelTicks(order, rowAfter);
  if (travelOut > maxLeg || start + length + edgeOut > load<i32>(next, LATE)) return;
  if (hoursOn && readyAt(order, rowAfter, start + length) > load<i32>(next, LATE)) return;
  const moreTravel = travelIn + travelOut - travelTicks(rowBefore, rowAfter);
  const moreWay: i64 =
    <i64>distanceOf(rowBefore, order) + distanceOf(order, rowAfter) - distanceOf(rowBefore, rowAfter);
  if (travel + moreTravel > at(routeMaxTravel, route) || way + moreWay > <i64>at(routeMaxDistance, route)) return;
  let late = load<i32>(b, LATE_UNTIL) + latenessAt(order, start);
  const moreBusy = edgeIn + length + edgeOut - edgeTicks(rowBefore, rowAfter);
  const least = leastCost(moreWay, moreTravel, moreBusy, late);
  if (termsOn) {
    // Stops behind begin no earlier than they do where the way to the next one is no shorter now.
    const old = edgeTicks(rowBefore, rowAfter);
    const earlier = hoursOn
      ? nextPlaced > place + 1 || readyAt(order, rowAfter, start + length) < readyAt(rowBefore, rowAfter, leaving(b))
      : nextPlaced == place + 1
        ? start + length + edgeOut < leaving(b) + old
        : edgeOut < old || start < leaving(b);
    const ticks = leastByStarts(order, start, place, earlier) + detoursWith(order, place, count);
    if (least + leastTerms(ticks, workWith(moreBusy), 0, way + moreWay) < bestCost)
      tryList(-1, -1, place, place, blinks);
    return;
  }
  if (least >= bestCost) return;
  if (before == notAfter || (blinks && blink())) return;

  let time = start + length;
  let row = order;
  let index = place + 1;
  // The latest end of the stop before `index`, the end of the route kept.
  let latest = 0;
  let finish = -1;
  for (; index <= count; index++) {
    const s = stop(index);
    const node = load<i32>(s, NODE);
    const placed = load<i32>(record(node), ROW) >= 0;
    let leg = 0;
    let ready = time;
    if (placed) {
      leg = edgeTicks(row, load<i32>(s, HERE));
      ready = readyAt(row, load<i32>(s, HERE), time);
      row = load<i32>(s, HERE);
    }
    const begin = nextStart(node, ready);
    if (begin >= NEVER) return;
    if (placed) {
      if (begin > load<i32>(s, LATE)) return;
      if (begin == load<i32>(s, EARLY)) {
        late += load<i32>(s, LATE_FROM);
        finish = load<i32>(stop(count + 1), EARLY);
        latest = load<i32>(s, LATEST) - leg;
        break;
      }
    }
    store<i32>(s, begin, NEW_START);
    store<i32>(s, leg, NEW_EDGE);
    late += latenessAt(node, begin);
    time = begin + load<i32>(record(node), LENGTH);
  }
  if (finish < 0) {
    const leg = edgeTicks(row, at(routeEndRow, route));
    finish = readyAt(row, at(routeEndRow, route), time);
    if (leg >= NEVER || finish > at(routeLatest, route)) return;
    latest = finish - leg;
  }
  for (index--; index > place; index--) {
    const s = stop(index);
    const node = load<i32>(s, NODE);
    latest = min(latest - load<i32>(record(node), LENGTH), latestInWindow(node, load<i32>(s, NEW_START)));
    latest -= load<i32>(s, NEW_EDGE);
  }
  latest = min(latest - length, latestInWindow(order, start)) - edgeIn;
  const departure =
    at(routeDepartureFixed, route) == 1
      ? at(routeEarliest, route)
      : min(latest - load<i32>(b, BUSY), load<i32>(b, CAP));
  const work = finish - departure - unpaid + at(routeHeadWorking, route);
  if (work > at(routeMaxWorking, route)) return;
  const overtime = max(finish - at(routeShiftEnd, route), 0);
  const cost = base + scalarCost(way + moreWay, travel + moreTravel, work, soft + softTicks(late, overtime));
  if (cost >= bestCost) return;
  // Finish and lateness are exact, departure and travel so far only bounded: by the quickest slices.
  if (hoursOn) tryList(-1, -1, place, place, false);
  else keepPlace(cost, route, before, -1, -1);
}

/** When the engineer who leaves one row at `time` can begin at another, NEVER or later without a way. */
function readyAt(from: i32, to: i32, time: i32): i32 {
  return time + (hoursOn ? travelAt(from, to, time) + setupAt(from, to, false) : edgeTicks(from, to));
}

/** Evaluates the whole route with the order behind stop `last` and the supply stop, if there is one, behind stop `first`. */
function tryList(supply: i32, centre: i32, first: i32, last: i32, blinks: bool): void {
  const before = last == 0 ? firstStart + route : at(list, last - 1);
  if (before == notAfter || isGluedAt(last) || (first != last && supply >= 0 && isGluedAt(first))) return;
  if (blinks && blink()) return;
  let total = 0;
  for (let i = 0; i <= count; i++) {
    if (supply >= 0 && i == first) put(trial, total++, supply);
    if (i == last) put(trial, total++, order);
    if (i < count) put(trial, total++, at(list, i));
  }
  if (!evaluateSequence(route, trial, total)) return;
  let ticks = softTicks(sequenceLate, sequenceOvertime) + soft;
  if (termsOn) ticks += sequenceTerms;
  let cost = base + scalarCost(sequenceDistance, sequenceTravel, sequenceWork, ticks);
  if (termsOn) cost += fairnessWith(sequenceWork);
  if (cost >= bestCost) return;
  const supplyAfter = first == 0 ? firstStart + route : at(list, first - 1);
  keepPlace(cost, route, supply >= 0 && first == last ? supply : before, centre, supplyAfter);
}

/** True when nothing may come behind stop `place`: isGlued of meetings.ts, also for a route that is not linked yet. */
function isGluedAt(place: i32): bool {
  if (bounded || place == count) return false;
  return isGlued(place == 0 ? firstStart + route : at(list, place - 1));
}

/** Nodes of the route as they would be with the order: an unused route gets its mandatory breaks. */
function listStops(): void {
  if (used) {
    count = listRoute(route, list);
    return;
  }
  count = 0;
  for (let row = at(routeBreakFirst, route); row < at(routeBreakFirst, route + 1); row++)
    if (at(breakPrice, row) < 0) put(list, count++, firstBreak + row);
}

/** Lists the stops of the route with times and sums; false when it is not feasible as it is, which an unused one need not be. */
function bindRoute(): bool {
  listStops();
  const first = stop(0);
  let row = at(routeStartRow, route);
  let time = at(routeEarliest, route);
  let busy = 0;
  let cap = i32.MAX_VALUE;
  let late = 0;
  unpaid = 0;
  travel = at(routeHeadTravel, route);
  way = at(routeHeadDistance, route);
  store<i32>(first, firstStart + route, NODE);
  store<i32>(first, row, HERE);
  store<i32>(first, time, EARLY);
  store<i32>(first, 0, BUSY);
  store<i32>(first, cap, CAP);
  store<i32>(first, 0, LATE_UNTIL);
  if (termsOn) enterStop(0, -1, time, time);
  for (let i = 1; i <= count; i++) {
    const node = at(list, i - 1);
    const s = stop(i);
    const place = load<i32>(record(node), ROW);
    let leg = 0;
    let ready = time;
    if (place >= 0) {
      leg = edgeTicks(row, place);
      ready = readyAt(row, place, time);
      travel += travelTicks(row, place);
      way += distanceOf(row, place);
      row = place;
    }
    if (leg >= NEVER) return false;
    const start = nextStart(node, ready);
    if (start >= NEVER) return false;
    cap = min(cap, latestInWindow(node, start) - busy - leg);
    late += latenessAt(node, start);
    if (isBreak(node) && at(breakPaid, node - firstBreak) == 0) unpaid += at(breakDuration, node - firstBreak);
    const ticks = load<i32>(record(node), LENGTH);
    busy += leg + ticks;
    time = start + ticks;
    store<i32>(s, node, NODE);
    store<i32>(s, row, HERE);
    store<i32>(s, start, EARLY);
    store<i32>(s, leg, NEW_EDGE);
    store<i32>(s, busy, BUSY);
    store<i32>(s, cap, CAP);
    store<i32>(s, late, LATE_UNTIL);
    if (termsOn) enterStop(i, node, start, max(load<i32>(record(node), OPEN), at(routeEarliest, route)));
  }
  const home = at(routeEndRow, route);
  const lastLeg = edgeTicks(row, home);
  const finish = readyAt(row, home, time);
  if (lastLeg >= NEVER || finish > at(routeLatest, route)) return false;
  travel += travelTicks(row, home);
  way += distanceOf(row, home);
  const e = stop(count + 1);
  store<i32>(e, firstEnd + route, NODE);
  store<i32>(e, home, HERE);
  store<i32>(e, finish, EARLY);
  store<i32>(e, at(routeLatest, route), LATE);
  store<i32>(e, busy + lastLeg, BUSY);
  store<i32>(e, count + 1, PLACED);
  let leave = hoursOn ? lastDeparture(row, home, at(routeLatest, route)) : at(routeLatest, route) - lastLeg;
  // With hours only bounded from above, like busy ticks from below.
  let latest = hoursOn ? finish - lastLeg : time;
  let lateFrom = 0;
  let placed = count + 1;
  for (let i = count; i > 0; i--) {
    const s = stop(i);
    const node = load<i32>(s, NODE);
    const ticks = load<i32>(record(node), LENGTH);
    const start = load<i32>(s, EARLY);
    const leg = load<i32>(s, NEW_EDGE);
    const last = lastStart(node, leave - ticks);
    const to = load<i32>(record(node), ROW);
    if (!hoursOn) leave = last - leg;
    else if (to < 0) leave = last;
    else {
      const from = load<i32>(stop(i - 1), HERE);
      leave = lastDeparture(from, to, last - setupAt(from, to, false));
    }
    latest = min(latest - ticks, latestInWindow(node, start));
    lateFrom += latenessAt(node, start);
    if (load<i32>(record(node), ROW) >= 0) placed = i;
    store<i32>(s, last, LATE);
    store<i32>(s, latest, LATEST);
    store<i32>(s, lateFrom, LATE_FROM);
    store<i32>(s, placed, PLACED);
    latest -= leg;
  }
  if (termsOn) closeTerms(count);
  return true;
}
