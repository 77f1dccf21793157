// Settle: breaks and supply stops of a changed route move to their cheapest place, optional breaks come and go.
import {
  breakPrice,
  engineerPartCapacity,
  items,
  loansOn,
  routeBreakFirst,
  routeEngineer,
  UNLIMITED,
} from "../gen/layout";
import { at } from "../memory/cells";
import { firstShift, picksUpAt, vanHolds } from "../parts/ledger";
import {
  firstBreak,
  firstEnd,
  firstStart,
  isFixed,
  isOrder,
  isSupply,
  NEXT,
  POS,
  PREV,
  ROUTE,
  record,
} from "../route/nodes";
import { costOf, isUsed, link, refresh, routeHeadNode, unlink } from "../route/route";
import { touch, touched, touchedCount } from "./journal";
import { isGlued } from "./meetings";

/**
 * Tries every place for `node` in `route`, and none at all when `optional`; keeps the cheapest. False when the route breaks a rule after all:
 * a supply stop that it needs no more, now that other shifts take less from the van, may have been on its way.
 */
function moveWithin(node: i32, route: i32, optional: bool): bool {
  const linked = load<i32>(record(node), ROUTE) == route;
  let bestCost = costOf(route);
  let bestAfter = linked ? load<i32>(record(node), PREV) : -1;
  if (linked) {
    unlink(node);
    if (optional && refresh(route) && costOf(route) < bestCost) {
      bestCost = costOf(route);
      bestAfter = -1;
    }
  }
  const end = firstEnd + route;
  for (let after = at(routeHeadNode, route); after != end; after = load<i32>(record(after), NEXT)) {
    if (loansOn == 1 && isGlued(after)) continue;
    link(node, after);
    // Only a full refresh knows the route's cost; a supply stop that helps nobody at this place would be pruned, so it is not tried there.
    if (refresh(route) && load<i32>(record(node), ROUTE) == route && costOf(route) < bestCost) {
      bestCost = costOf(route);
      bestAfter = after;
    }
    unlink(node);
  }
  if (bestAfter >= 0) link(node, bestAfter);
  return refresh(route);
}

/** Settles the breaks of `route`; false when it breaks a rule: then the caller takes it back. */
export function settleBreaks(route: i32): bool {
  if (!isUsed(route)) return true;
  for (let row = at(routeBreakFirst, route); row < at(routeBreakFirst, route + 1); row++) {
    const node = firstBreak + row;
    if (!isFixed(node) && !moveWithin(node, route, at(breakPrice, row) >= 0)) return false;
  }
  return true;
}

/** Settles the supply stop of `route` if it has just one: moving one of two could make the other one needless for good; false as for breaks. */
export function settleSupply(route: i32): bool {
  const end = firstEnd + route;
  let supply = -1;
  for (
    let node = load<i32>(record(at(routeHeadNode, route)), NEXT);
    node != end;
    node = load<i32>(record(node), NEXT)
  ) {
    if (!isSupply(node)) continue;
    if (supply >= 0) return true;
    supply = node;
  }
  return supply < 0 || moveSupply(supply, route);
}

/** As moveWithin, but the node is never tried where it would be pruned: an order must come after it. */
function moveSupply(node: i32, route: i32): bool {
  const home = load<i32>(record(node), PREV);
  let bestCost = costOf(route);
  let bestAfter = home;
  const end = firstEnd + route;
  unlink(node);
  let after = at(routeHeadNode, route);
  while (after != end && hasOrderAfter(after, end)) {
    if (loansOn == 1 && isGlued(after)) {
      after = load<i32>(record(after), NEXT);
      continue;
    }
    link(node, after);
    const fits = refresh(route);
    if (load<i32>(record(node), ROUTE) != route) {
      // Pruned: nothing is picked up here, so the route does without it.
      return fits;
    }
    if (fits && costOf(route) < bestCost) {
      bestCost = costOf(route);
      bestAfter = after;
    }
    unlink(node);
    after = load<i32>(record(after), NEXT);
  }
  link(node, bestAfter);
  return refresh(route);
}

/**
 * Takes out the supply stops that other shifts of the engineers touched in this iteration have for nothing: the van gives them more now.
 * False when such a route breaks a rule without its stop.
 */
export function settleShifts(): bool {
  if (items == 0) return true;
  const count = touchedCount;
  for (let i = 0; i < count; i++) {
    const engineer = at(routeEngineer, at(touched, i));
    const last = at(firstShift, engineer + 1);
    for (let shift = at(firstShift, engineer); shift < last; shift++) {
      if (shift == at(touched, i) || !hasNeedlessSupply(shift)) continue;
      touch(shift);
      if (!refresh(shift)) return false;
    }
  }
  return true;
}

/** True while the vans of the engineers touched in this iteration hold what they take on. */
export function vansHold(): bool {
  if (items == 0) return true;
  for (let i = 0; i < touchedCount; i++) {
    const engineer = at(routeEngineer, at(touched, i));
    if (at(engineerPartCapacity, engineer) < UNLIMITED && !vanHolds(engineer)) return false;
  }
  return true;
}

/** True when nothing is picked up at a supply stop of the route that is not locked. */
export function hasNeedlessSupply(route: i32): bool {
  const end = firstEnd + route;
  for (let node = load<i32>(record(firstStart + route), NEXT); node != end; node = load<i32>(record(node), NEXT))
    if (isSupply(node) && !isFixed(node) && !picksUpAt(route, load<i32>(record(node), POS))) return true;
  return false;
}

function hasOrderAfter(node: i32, end: i32): bool {
  for (let next = load<i32>(record(node), NEXT); next != end; next = load<i32>(record(next), NEXT))
    if (isOrder(next)) return true;
  return false;
}
