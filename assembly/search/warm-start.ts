// Warm start: the search begins with what the current plan has behind its locked stops, as far as that can still be driven.
import { eligible } from "../criteria/eligibility";
import {
  dims,
  engineerCapacity,
  engineerMaxOrders,
  items,
  loansOn,
  orderRoute,
  routeEngineer,
  routeHeadStops,
  routeMaxOrders,
  routes,
  warmKind,
  warmNeeds,
  warmPlace,
  warmRoute,
  warmRow,
  warmStops,
} from "../gen/layout";
import { at } from "../memory/cells";
import { setVariant } from "../parts/variants";
import {
  firstBorrow,
  firstBreak,
  firstEnd,
  firstStart,
  freeSupply,
  isFixed,
  isOrder,
  nodeCount,
  PREV,
  ROUTE,
  record,
  setSupplyCentre,
} from "../route/nodes";
import {
  engineerOrders,
  isUsed,
  link,
  rebook,
  refresh,
  routeHeadNode,
  routeLoad,
  routeOrders,
  strip,
  unlink,
} from "../route/route";
import { linkBreaks } from "./mandatory-breaks";
import { givenMeeting } from "./meetings";
import { hasNeedlessSupply } from "./settle";
import { fitMeetings } from "./warm-meetings";

/** Links the stops; of a route that breaks a rule with all of them the last orders are left out, one by one until it does not. */
export function linkWarmStops(): void {
  for (let row = 0; row < warmStops; row++) {
    // The breaks that a route under way was given may have places of their own here.
    if (row == 0 || at(warmRoute, row) != at(warmRoute, row - 1)) strip(at(warmRoute, row));
    linkStop(row);
  }
  if (hasMeetings()) {
    fitMeetings();
    return;
  }
  // Before any stop is judged needless, the books of all routes must say who takes what.
  for (let route = 0; route < routes; route++) rebook(route);
  for (let row = 0; row < warmStops; row++)
    if (row == 0 || at(warmRoute, row) != at(warmRoute, row - 1)) dropUntilFit(at(warmRoute, row));
  // What one shift was left without the van may now give to another one, which then needs no supply stop.
  for (let row = 0; row < warmStops; row++) {
    if (items == 0 || !hasNeedlessSupply(at(warmRoute, row))) continue;
    dropUntilFit(at(warmRoute, row));
    row = -1;
  }
}

/** True when a meeting, locked or not, ties routes together. */
function hasMeetings(): bool {
  if (loansOn == 1)
    for (let node = firstBorrow; node < nodeCount; node++) if (load<i32>(record(node), ROUTE) >= 0) return true;
  return false;
}

function linkStop(row: i32): void {
  const route = at(warmRoute, row);
  const kind = at(warmKind, row);
  if (kind >= 3 && loansOn == 0) return;
  let node = at(warmRow, row);
  if (kind == 0 && !eligible(node, at(routeEngineer, route))) return;
  if (kind == 0) setVariant(node, at(warmNeeds, row));
  if (kind == 1) {
    // Nobody needs anything: without items no stop is ever judged needless.
    if (items == 0) return;
    const centre = node;
    node = freeSupply(route);
    if (node < 0) return;
    setSupplyCentre(node, centre);
  } else if (kind == 2) node += firstBreak;
  else if (kind >= 3) node = givenMeeting(node, kind == 4, at(warmNeeds, row), at(warmPlace, row));
  link(node, load<i32>(record(firstEnd + route), PREV));
}

/** Leaves the last orders out until the route keeps all rules, with its mandatory breaks. */
function dropUntilFit(route: i32): void {
  while (!(refresh(route) && keepsLimits(route) && linkBreaks(route))) {
    const order = lastOrder(route);
    if (order >= 0) unlink(order);
    else {
      // Not even its breaks are where they could be.
      strip(route);
      refresh(route);
      if (at(routeHeadNode, route) != firstStart + route || at(routeHeadStops, route) > 0) linkBreaks(route);
      return;
    }
  }
}

export function keepsLimits(route: i32): bool {
  if (!isUsed(route)) return true;
  const engineer = at(routeEngineer, route);
  if (at(routeOrders, route) > at(routeMaxOrders, route)) return false;
  if (at(engineerOrders, engineer) > at(engineerMaxOrders, engineer)) return false;
  for (let dim = 0; dim < dims; dim++)
    if (at(routeLoad, route * dims + dim) > at(engineerCapacity, engineer * dims + dim)) return false;
  return true;
}

/** The last order behind the locked head, one that is locked to the route only where there is no other; -1 when there is none. */
function lastOrder(route: i32): i32 {
  const head = at(routeHeadNode, route);
  let last = -1;
  for (let node = load<i32>(record(firstEnd + route), PREV); node != head; node = load<i32>(record(node), PREV)) {
    if (!isOrder(node) || isFixed(node)) continue;
    if (at(orderRoute, node) < 0) return node;
    if (last < 0) last = node;
  }
  return last;
}
