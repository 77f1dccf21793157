// The cheapest place for one order: in constant time per place on plain routes, from end to end on the others.
import { eligible, maskAt, pairCost } from "../criteria/eligibility";
import {
  breakPrice,
  centres,
  dims,
  engineerCapacity,
  engineerMaxOrders,
  engineers,
  items,
  loansOn,
  NEVER,
  orderLoad,
  orders,
  routeBreakFirst,
  routeEngineer,
  routeMaxOrders,
  routeShiftEnd,
  routes,
} from "../gen/layout";
import { at } from "../memory/cells";
import { centreGives, hasRoomBehind, needAfter, needSupply, needsAt, setLoanNeeds } from "../parts/ledger";
import { setVariant, variantCount, variantsOn } from "../parts/variants";
import {
  columnStep,
  distanceOf,
  edgesInto,
  edgesOutOf,
  edgeTicks,
  legWeight,
  travelTicks,
  untimed,
  useMatrices,
} from "../route/matrix";
import { setMeeting } from "../route/meetings";
import {
  CLOSE,
  EARLY,
  firstBorrow,
  firstBreak,
  firstEnd,
  firstLend,
  freeSupply,
  INTO,
  isRich,
  isSupply,
  LATE,
  LENGTH,
  NEXT,
  OPEN,
  POS,
  PRE_D,
  PRE_E,
  PRE_L,
  PREV,
  ROW,
  record,
  releaseSupply,
  SUF_D,
  SUF_E,
  SUF_L,
  setSupplyCentre,
} from "../route/nodes";
import {
  engineerOrders,
  engineerShifts,
  isPlain,
  isUsed,
  link,
  routeHeadNode,
  routeLoad,
  routeOrders,
  scalarCost,
  softTicks,
} from "../route/route";
import { appendSegment, segmentD, segmentE, segmentL, setSegment } from "../route/segment";
import { termsOn } from "../route/terms";
import { engineerWeight, softWeight, workWeight } from "../route/weights";
import { touch } from "./journal";
import { loanPlaces } from "./loan-places";
import { PlaceCost } from "./place-cost";
import { blink } from "./random";
import { strictPlaces, strictPlacesWith } from "./strict-places";
import { addTried } from "./tried";

export const IMPOSSIBLE: i64 = i64.MAX_VALUE;

/** Cheapest place found: scalar cost, the node before, and the supply stop to add (centre and the node before it), or -1. */
export let bestCost: i64 = IMPOSSIBLE;
export let bestRoute: i32 = -1;
export let bestAfter: i32 = -1;
export let bestCentre: i32 = -1;
export let bestSupplyAfter: i32 = -1;
/** Of a place with a loan: needs that are lent, 0 without; the stops before the meeting in both routes, the lender's route, and the rows of the meeting. */
export let bestNeeds: i32 = 0;
/** Variant of the order that the place is for: parts/variants.ts. */
export let bestVariant: i32 = 0;
export let bestMeetAfter: i32 = -1;
export let bestLender: i32 = -1;
export let bestLendAfter: i32 = -1;
export let bestBorrowRow: i32 = -1;
export let bestLendRow: i32 = -1;

export function buildInsertion(): void {
  notAfter = -1;
  lending = true;
  selective = false;
  for (let pair = 0; pair < orders * engineers; pair++) if (maskAt(pair) != 0) selective = true;
  counted = false;
  for (let route = 0; route < routes; route++)
    if (at(routeMaxOrders, route) < orders || at(engineerMaxOrders, at(routeEngineer, route)) < orders) counted = true;
}

/** Some engineer may not serve some order. */
let selective: bool = true;
/** Some route or engineer takes fewer orders than there are. */
let counted: bool = true;
/** No place right behind this node; -1: all places. */
export let notAfter: i32 = -1;

/** Forgets the best place, for placeIn on chosen routes. */
export function resetPlace(): void {
  bestCost = IMPOSSIBLE;
}

/** As placeAlone after resetPlace, but without the place right behind `node`, and with blinks. */
export function placeElsewhere(order: i32, route: i32, node: i32): void {
  bestCost = IMPOSSIBLE;
  notAfter = node;
  placeAlone(order, route, true);
  notAfter = -1;
}

/** True when the engineer may serve the order and the route has room for it. */
export function hasRoom(order: i32, route: i32, engineer: i32): bool {
  if (selective && !eligible(order, engineer)) return false;
  if (counted) {
    if (at(routeOrders, route) >= at(routeMaxOrders, route)) return false;
    if (at(engineerOrders, engineer) >= at(engineerMaxOrders, engineer)) return false;
  }
  for (let dim = 0; dim < dims; dim++)
    if (
      at(orderLoad, order * dims + dim) + at(routeLoad, route * dims + dim) >
      at(engineerCapacity, engineer * dims + dim)
    )
      return false;
  return true;
}

/** Keeps the best place of `order` in `route` if it is cheaper than the best so far. */
export function placeIn(order: i32, route: i32, blinks: bool): void {
  placeAlone(order, route, blinks);
  if (loansOn == 1 && lending) placeWithLoan(order, route, blinks);
}

/** The same without loans. */
export function placeAlone(order: i32, route: i32, blinks: bool): void {
  if (!isOpenTo(order, route)) return;
  if (!variantsOn || variantCount(order) == 1) placeAsIs(order, route, blinks);
  else {
    for (let variant = 0; variant < variantCount(order); variant++) {
      const before = bestCost;
      setVariant(order, variant);
      placeAsIs(order, route, blinks);
      if (bestCost < before) bestVariant = variant;
    }
  }
}

/** The same with the variant at hand. */
function placeAsIs(order: i32, route: i32, blinks: bool): void {
  if (items > 0) {
    needSupplyHere = false;
    firstPos = 0;
    if (!needsAt(order, route)) return;
    needSupplyHere = needSupply;
    firstPos = needAfter;
    if (needSupplyHere && freeSupply(route) < 0) return;
  }
  placeOwn(order, route, blinks);
}

/** The same with loans only. */
export function placeWithLoan(order: i32, route: i32, blinks: bool): void {
  if (!isOpenTo(order, route)) return;
  for (let variant = 0; variant < variantCount(order); variant++) {
    const before = bestCost;
    if (variantsOn) setVariant(order, variant);
    loanPlaces(order, route, base, blinks);
    if (bestCost < before) bestVariant = variant;
  }
}

/** Cost of the cheapest place of `order` in `route` if parts and tools did not matter, IMPOSSIBLE without one; the best place is kept. */
export function bareCost(order: i32, route: i32): i64 {
  const cost = bestCost;
  const kept = bestRoute;
  const after = bestAfter;
  const centre = bestCentre;
  const supplyAfter = bestSupplyAfter;
  const needs = bestNeeds;
  const variant = bestVariant;
  bestCost = IMPOSSIBLE;
  if (isOpenTo(order, route)) placeOwn(order, route, false);
  const bare = bestCost;
  bestCost = cost;
  bestRoute = kept;
  bestAfter = after;
  bestCentre = centre;
  bestSupplyAfter = supplyAfter;
  bestNeeds = needs;
  bestVariant = variant;
  return bare;
}

/** False when the engineer may not serve the order, has no room for it, or costs too much. Sets what the places of the pair have in common. */
function isOpenTo(order: i32, route: i32): bool {
  const engineer = at(routeEngineer, route);
  if (!hasRoom(order, route, engineer)) return false;
  addTried(at(routeOrders, route) + 1);
  needSupplyHere = false;
  firstPos = 0;
  base = softWeight * at(pairCost, order * engineers + engineer);
  if (at(engineerShifts, engineer) == 0) base += engineerWeight;
  // Terms of the stops beside it may become less, so that an order can pay for itself.
  return termsOn || base < bestCost;
}

/** Whether orders may be served with loans: not in a round, which looks at every engineer alone. */
export let lending: bool = true;

export function setLending(on: bool): void {
  lending = on;
}

/** The places of the order whose parts come from the van or a centre. */
function placeOwn(order: i32, route: i32, blinks: bool): void {
  useMatrices(route);
  if (isPlain(route) && !isRich(order)) {
    if (needSupplyHere) plainWithSupply(order, route, blinks);
    else if (untimed) untimedPlain(order, route, blinks);
    else plain(order, route, blinks);
  } else strictPlaces(order, route, needSupplyHere, firstPos, base, blinks);
}

let needSupplyHere: bool = false;
/** The order comes after this position. */
let firstPos: i32 = 0;
/** Cost of the insertion that does not depend on the place. */
let base: i64 = 0;

/** Places where the cost knows no time, in constant time each. */
function untimedPlain(order: i32, route: i32, blinks: bool): void {
  const o = record(order);
  const open = load<i32>(o, OPEN);
  const close = load<i32>(o, CLOSE);
  const length = load<i32>(o, LENGTH);
  const into = edgesInto(order);
  const step = columnStep;
  const outOf = edgesOutOf(order);
  const end = firstEnd + route;
  const counts = isUsed(route) ? -1 : 0;
  let least = i32.MAX_VALUE;
  let leastAfter = -1;
  let before = at(routeHeadNode, route);
  let b = record(before);
  while (before != end) {
    const leave = load<i32>(b, EARLY) + load<i32>(b, LENGTH);
    if (leave > close) break;
    const after = load<i32>(b, NEXT);
    const a = record(after);
    const late = load<i32>(a, LATE);
    if (late >= open + length) {
      const edgeIn = load<i32>(into + <usize>load<i32>(b, ROW) * step);
      const edgeOut = load<i32>(outOf + ((<usize>load<i32>(a, ROW)) << 2));
      const start = max(leave + edgeIn, open);
      if (start <= close && start + length + edgeOut <= late) {
        const delta = edgeIn + edgeOut - (load<i32>(a, INTO) & counts);
        if (delta < least && before != notAfter && !(blinks && blink())) {
          least = delta;
          leastAfter = before;
        }
      }
    }
    before = after;
    b = a;
  }
  if (leastAfter < 0) return;
  const cost = base + legWeight * <i64>least;
  if (cost < bestCost) keepPlace(cost, route, leastAfter, -1, -1);
}

/** Places without a new supply stop, in constant time each. */
function plain(order: i32, route: i32, blinks: bool): void {
  const o = record(order);
  const open = load<i32>(o, OPEN);
  const close = load<i32>(o, CLOSE);
  const length = load<i32>(o, LENGTH);
  const into = edgesInto(order);
  const step = columnStep;
  const outOf = edgesOutOf(order);
  const end = firstEnd + route;
  const fresh = !isUsed(route);
  const oldTime = fresh ? 0 : PlaceCost.ofTimeNow(route);
  let before = at(routeHeadNode, route);
  while (load<i32>(record(before), POS) < firstPos) before = load<i32>(record(before), NEXT);
  for (; before != end; before = load<i32>(record(before), NEXT)) {
    const b = record(before);
    const leave = load<i32>(b, EARLY) + load<i32>(b, LENGTH);
    if (leave > close) break;
    const after = load<i32>(b, NEXT);
    const a = record(after);
    const late = load<i32>(a, LATE);
    if (late < open + length) continue;
    const rowBefore = load<i32>(b, ROW);
    const rowAfter = load<i32>(a, ROW);
    const edgeIn = load<i32>(into + <usize>rowBefore * step);
    const start = max(leave + edgeIn, open);
    if (start > close) continue;
    const edgeOut = load<i32>(outOf + ((<usize>rowAfter) << 2));
    if (start + length + edgeOut > late) continue;
    let cost = base;
    if (workWeight != 0) {
      cost += PlaceCost.ofTime(b, a, open, close, length, edgeIn, edgeOut, route) - oldTime;
      if (cost >= bestCost) continue;
    }
    cost += PlaceCost.ofWay(rowBefore, order, rowAfter, !fresh);
    if (cost < bestCost && before != notAfter && !(blinks && blink())) keepPlace(cost, route, before, -1, -1);
  }
}

/** Makes this the best place. */
export function keepPlace(cost: i64, route: i32, after: i32, centre: i32, supplyAfter: i32): void {
  bestCost = cost;
  bestRoute = route;
  bestAfter = after;
  bestCentre = centre;
  bestSupplyAfter = supplyAfter;
  bestNeeds = 0;
  bestVariant = 0;
}

/** The best place is for this variant of the order. */
export function setBestVariant(variant: i32): void {
  bestVariant = variant;
}

/** The same with a loan. */
export function keepLoanPlace(
  cost: i64,
  route: i32,
  after: i32,
  centre: i32,
  supplyAfter: i32,
  meetAfter: i32,
  lender: i32,
  lendAfter: i32,
  needs: i32,
  borrowRow: i32,
  lendRow: i32,
): void {
  keepPlace(cost, route, after, centre, supplyAfter);
  bestNeeds = needs;
  bestMeetAfter = meetAfter;
  bestLender = lender;
  bestLendAfter = lendAfter;
  bestBorrowRow = borrowRow;
  bestLendRow = lendRow;
}

/** Places with a new supply stop anywhere before the order: every pair of places, joined segment by segment. */
function plainWithSupply(order: i32, route: i32, blinks: bool): void {
  const o = record(order);
  const open = load<i32>(o, OPEN);
  const close = load<i32>(o, CLOSE);
  const length = load<i32>(o, LENGTH);
  const end = firstEnd + route;
  const supply = freeSupply(route);
  const fresh = !isUsed(route);
  const e = record(end);
  const oldWork = fresh ? 0 : load<i32>(e, PRE_D);
  const oldOver = fresh ? 0 : max(load<i32>(e, EARLY) - at(routeShiftEnd, route), 0);
  for (let centre = 0; centre < centres; centre++) {
    if (!centreGives(centre, order, route)) continue;
    setSupplyCentre(supply, centre);
    const s = record(supply);
    const supplyRow = load<i32>(s, ROW);
    if (!isRich(supply)) {
      let first = lastSupply(route);
      for (; first != end; first = load<i32>(record(first), NEXT)) {
        if (!hasRoomBehind(first, route)) continue;
        const f = record(first);
        if (load<i32>(f, EARLY) + load<i32>(f, LENGTH) > close) break;
        // The segment from the start to the node before the order, the supply stop behind `first`.
        setSegment(load<i32>(f, PRE_D), load<i32>(f, PRE_E), load<i32>(f, PRE_L));
        const toSupply = edgeTicks(load<i32>(f, ROW), supplyRow);
        if (toSupply >= NEVER) continue;
        if (!appendSegment(toSupply, load<i32>(s, LENGTH), load<i32>(s, OPEN), load<i32>(s, CLOSE))) continue;
        let way: i64 = distanceOf(load<i32>(f, ROW), supplyRow);
        let travel: i64 = travelTicks(load<i32>(f, ROW), supplyRow);
        let lastRow = supplyRow;
        let last = first;
        while (true) {
          const after = load<i32>(record(last), NEXT);
          const a = record(after);
          if (load<i32>(record(last), POS) >= firstPos && !(blinks && blink())) {
            const d = segmentD;
            const se = segmentE;
            const sl = segmentL;
            const edgeIn = edgeTicks(lastRow, order);
            const rowAfter = load<i32>(a, ROW);
            const edgeOut = edgeTicks(order, rowAfter);
            if (
              edgeIn < NEVER &&
              edgeOut < NEVER &&
              appendSegment(edgeIn, length, open, close) &&
              appendSegment(edgeOut, load<i32>(a, SUF_D), load<i32>(a, SUF_E), load<i32>(a, SUF_L))
            ) {
              let newWay = way + distanceOf(lastRow, order) + distanceOf(order, rowAfter);
              let newTravel = travel + travelTicks(lastRow, order) + travelTicks(order, rowAfter);
              if (!fresh) {
                const firstAfter = load<i32>(record(load<i32>(f, NEXT)), ROW);
                newWay -= distanceOf(load<i32>(f, ROW), firstAfter);
                newTravel -= travelTicks(load<i32>(f, ROW), firstAfter);
                if (last != first) {
                  newWay -= distanceOf(lastRow, rowAfter);
                  newTravel -= travelTicks(lastRow, rowAfter);
                }
              }
              const over = max(segmentE + segmentD - at(routeShiftEnd, route), 0);
              const soft = softTicks(0, over) - softTicks(0, oldOver);
              const cost = base + scalarCost(newWay, newTravel, segmentD - oldWork, soft);
              if (cost < bestCost && last != notAfter)
                keepPlace(cost, route, last == first ? supply : last, centre, first);
            }
            setSegment(d, se, sl);
          }
          if (after == end) break;
          // The next node joins the segment; the leg into it changes only right behind the supply stop.
          const rowNext = load<i32>(a, ROW);
          const leg = edgeTicks(lastRow, rowNext);
          if (leg >= NEVER || !appendSegment(leg, load<i32>(a, LENGTH), load<i32>(a, OPEN), load<i32>(a, CLOSE))) break;
          if (last == first) {
            way += distanceOf(lastRow, rowNext);
            travel += travelTicks(lastRow, rowNext);
          }
          lastRow = rowNext;
          last = after;
        }
      }
    } else strictPlacesWith(order, route, supply, centre, firstPos, base, blinks);
  }
  releaseSupply(supply);
}

/** The last supply stop of the route, or the node after which insertions may start: new supply stops come behind it. */
function lastSupply(route: i32): i32 {
  const head = at(routeHeadNode, route);
  for (let node = load<i32>(record(firstEnd + route), PREV); node != head; node = load<i32>(record(node), PREV))
    if (isSupply(node)) return node;
  return head;
}

/** Links the order at the best place found, with the supply stop and the mandatory breaks it brings. The caller refreshes the route. */
export function insertAtBest(order: i32): void {
  const route = bestRoute;
  if (variantsOn) setVariant(order, bestVariant);
  if (bestNeeds != 0) setLoanNeeds(order, bestNeeds);
  if (!isUsed(route)) {
    let last = at(routeHeadNode, route);
    for (let row = at(routeBreakFirst, route); row < at(routeBreakFirst, route + 1); row++) {
      if (at(breakPrice, row) >= 0) continue;
      link(firstBreak + row, last);
      last = firstBreak + row;
    }
  }
  if (bestCentre >= 0) {
    const supply = freeSupply(route);
    setSupplyCentre(supply, bestCentre);
    link(supply, bestSupplyAfter);
  }
  if (bestNeeds != 0) {
    setMeeting(firstBorrow + order, bestBorrowRow);
    link(firstBorrow + order, bestMeetAfter);
    touch(bestLender);
    setMeeting(firstLend + order, bestLendRow);
    link(firstLend + order, bestLendAfter);
  }
  link(order, bestAfter);
}
