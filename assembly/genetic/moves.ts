// Moves of the local search around a pair of stops, each made at once when it lowers the cost: exchanges of strings, of tails, and reversals.
import { at, at64 } from "../memory/cells";
import { leg } from "./legs";
import {
  arriveAt,
  backwards,
  departFrom,
  endNodes,
  forwards,
  gap,
  isOrder,
  join,
  legPrice,
  loadPriceAfter,
  loadPrices,
  loadPriceWith,
  next,
  noteChange,
  pairPrice,
  pairPriceOf,
  pairsCount,
  position,
  previous,
  routeOf,
  rowOf,
  sameEnd,
  sizes,
  timePrices,
  usePrice,
  visit,
  visitAll,
  visitBackwards,
} from "./tour";

/** Longest string that moves, and longest that makes room for it. */
const LONGEST_MOVED: i32 = 3;
const LONGEST_REPLACED: i32 = 2;

/** Lets a string that begins with order `u` follow stop `v`, in exchange for none, one or two orders behind `v`; true when one was made. */
export function exchange(u: i32, v: i32): bool {
  const before = previous(u);
  if (before == v) return false;
  const routeU = routeOf(u);
  const routeV = routeOf(v);
  const same = routeU == routeV;
  const rowU = rowOf(u);
  const rowV = rowOf(v);
  const rowBefore = rowOf(before);
  const afterV = next(v);
  const slackness = same
    ? at64(timePrices, routeU)
    : at64(timePrices, routeU) + at64(timePrices, routeV) + at64(loadPrices, routeU) + at64(loadPrices, routeV);
  const entering = leg(rowV, rowU) - leg(rowBefore, rowU);
  let last = u;
  for (let moved = 1; moved <= LONGEST_MOVED; moved++) {
    const after = next(last);
    const rowLast = rowOf(last);
    const lastLeg = leg(rowLast, rowOf(after));
    let end = v;
    for (let replaced = 0; ; replaced++) {
      const behind = next(end);
      // Strings that touch: the same as a move without a replacement.
      if (replaced > 0 && behind == u) break;
      let way = entering - lastLeg + leg(rowLast, rowOf(behind));
      if (replaced == 0) way += gap(before, after) - gap(v, afterV);
      else {
        const rowEnd = rowOf(end);
        way += leg(rowBefore, rowOf(afterV)) + leg(rowEnd, rowOf(after));
        way -= leg(rowV, rowOf(afterV)) + leg(rowEnd, rowOf(behind));
      }
      let delta = legPrice * <i64>way;
      if (!same) {
        if (replaced == 0) {
          if (moved == at(sizes, routeU)) delta -= usePrice;
          if (at(sizes, routeV) == 0) delta += usePrice;
        }
        if (pairsCount) {
          delta += pairPriceOf(u, after, routeV) - pairPriceOf(u, after, routeU);
          delta += pairPriceOf(afterV, behind, routeU) - pairPriceOf(afterV, behind, routeV);
        }
      }
      if (delta < slackness) {
        if (!same) {
          delta += loadPriceAfter(routeU, v, end, before, last) - at64(loadPrices, routeU);
          delta += loadPriceAfter(routeV, before, last, v, end) - at64(loadPrices, routeV);
          delta -= at64(timePrices, routeU) + at64(timePrices, routeV);
          if (delta < 0) {
            departFrom(v);
            visitAll(u, after);
            delta += arriveAt(behind);
            if (delta < 0 && (replaced > 0 || moved < at(sizes, routeU))) {
              departFrom(before);
              if (replaced > 0) visitAll(afterV, behind);
              delta += arriveAt(after);
            }
          }
        } else {
          delta -= slackness;
          if (position(u) < position(v)) {
            departFrom(before);
            if (replaced > 0) visitAll(afterV, behind);
            visitAll(after, afterV);
            visitAll(u, after);
            delta += arriveAt(behind);
          } else {
            departFrom(v);
            visitAll(u, after);
            visitAll(behind, u);
            if (replaced > 0) visitAll(afterV, behind);
            delta += arriveAt(after);
          }
        }
        if (delta < 0) {
          if (replaced == 0) join(before, after);
          else {
            join(before, afterV);
            join(end, after);
          }
          join(v, u);
          join(last, behind);
          noteChange(routeU, routeV, delta);
          return true;
        }
      }
      if (replaced == LONGEST_REPLACED || !isOrder(behind) || behind == u) break;
      end = behind;
    }
    if (!isOrder(after) || after == v) break;
    last = after;
  }
  return false;
}

/** 2-opt* (Potvin & Rousseau 1995): lets order `u` with all behind it follow `v` in another route, whose tail goes the other way. */
export function exchangeTails(u: i32, v: i32): bool {
  const routeU = routeOf(u);
  const routeV = routeOf(v);
  const before = previous(u);
  const afterV = next(v);
  // Two whole routes would only change places.
  if (!isOrder(before) && !isOrder(v)) return false;
  const endU = endNodes + routeU;
  const endV = endNodes + routeV;
  const emptied = !isOrder(afterV);
  const afterBefore = emptied ? endU : afterV;
  const lastU = previous(endU);
  const lastV = previous(endV);
  const alike = sameEnd(routeU, routeV);
  let way = leg(rowOf(v), rowOf(u)) - leg(rowOf(before), rowOf(u)) + gap(before, afterBefore) - gap(v, afterV);
  if (!alike) {
    way += leg(rowOf(lastU), rowOf(endV)) - leg(rowOf(lastU), rowOf(endU));
    if (!emptied) way += leg(rowOf(lastV), rowOf(endU)) - leg(rowOf(lastV), rowOf(endV));
  }
  const vanishes = emptied && !isOrder(before);
  let delta = legPrice * <i64>way;
  if (vanishes) delta -= usePrice;
  if (at(sizes, routeV) == 0) delta += usePrice;
  if (pairsCount) {
    delta += pairPriceOf(u, endU, routeV) - pairPriceOf(u, endU, routeU);
    delta += pairPriceOf(afterV, endV, routeU) - pairPriceOf(afterV, endV, routeV);
  }
  const times = at64(timePrices, routeU) + at64(timePrices, routeV);
  if (delta >= times + at64(loadPrices, routeU) + at64(loadPrices, routeV)) return false;
  delta += loadPriceAfter(routeU, v, lastV, before, lastU) - at64(loadPrices, routeU);
  delta += loadPriceAfter(routeV, before, lastU, v, lastV) - at64(loadPrices, routeV);
  delta -= times;
  if (delta >= 0) return false;
  departFrom(v);
  if (!alike) visitAll(u, endU);
  delta += arriveAt(alike ? u : endV);
  if (delta >= 0) return false;
  if (!vanishes) {
    departFrom(before);
    if (!alike && !emptied) visitAll(afterV, endV);
    delta += arriveAt(alike && !emptied ? afterV : endU);
    if (delta >= 0) return false;
  }
  join(v, u);
  join(lastU, endV);
  if (emptied) join(before, endU);
  else {
    join(before, afterV);
    join(lastV, endU);
  }
  noteChange(routeU, routeV, delta);
  return true;
}

/** 2-opt: order `u` follows `v` in the same route, everything between them is turned round. */
export function turnRound(u: i32, v: i32): bool {
  if (position(u) <= position(v) + 1) return false;
  const route = routeOf(u);
  const first = next(v);
  const behind = next(u);
  const way =
    leg(rowOf(v), rowOf(u)) +
    leg(rowOf(first), rowOf(behind)) -
    leg(rowOf(v), rowOf(first)) -
    leg(rowOf(u), rowOf(behind)) +
    (at(backwards, u) - at(backwards, first)) -
    (at(forwards, u) - at(forwards, first));
  let delta = legPrice * <i64>way - at64(timePrices, route);
  if (delta >= 0) return false;
  departFrom(v);
  visitBackwards(u, v);
  delta += arriveAt(behind);
  if (delta >= 0) return false;
  for (let node = u, last = v; ; ) {
    const before = previous(node);
    join(last, node);
    last = node;
    if (node == first) break;
    node = before;
  }
  join(first, behind);
  noteChange(route, route, delta);
  return true;
}

/** What it costs to put `order`, which is in no route, behind stop `before`. */
export function insertionPrice(order: i32, before: i32): i64 {
  const route = routeOf(before);
  const after = next(before);
  const way = leg(rowOf(before), rowOf(order)) + leg(rowOf(order), rowOf(after)) - gap(before, after);
  let price = legPrice * <i64>way + pairPrice(order, route) - at64(timePrices, route);
  price += loadPriceWith(route, order) - at64(loadPrices, route);
  if (at(sizes, route) == 0) price += usePrice;
  departFrom(before);
  visit(order);
  return price + arriveAt(after);
}
