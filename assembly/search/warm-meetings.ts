// Warm start with meetings: routes that hang together are made to fit together.
import { orderRoute, routes } from "../gen/layout";
import { allocateZeroed } from "../memory/arena";
import { at, put } from "../memory/cells";
import { dropMeetings, pendingNode } from "../route/meetings";
import { firstEnd, isFixed, isLend, isOrder, loanOrder, PREV, ROUTE, record } from "../route/nodes";
import { refresh, routeHeadNode, strip, unlink } from "../route/route";
import { timeJointly } from "./joint-times";
import { openJournal, rebookAll, touch } from "./journal";
import { linkBreaks } from "./mandatory-breaks";
import { dissolveMeetings, settleMeetings } from "./meetings";
import { hasNeedlessSupply } from "./settle";
import { keepsLimits } from "./warm-start";

/** By route: 1 when even its locked stops break a rule. */
let hopeless: usize = 0;

export function buildWarmMeetings(): void {
  hopeless = allocateZeroed((<usize>routes) << 2);
}

/**
 * Takes meetings apart that cannot take place, with the orders that they are for; of a route that breaks a rule the hand-overs to others
 * are left out, the last first, and then the last orders, one by one until it does not.
 */
export function fitMeetings(): void {
  openJournal();
  for (let route = 0; route < routes; route++) touch(route);
  while (true) {
    dissolveMeetings();
    rebookAll();
    const route = brokenRoute();
    if (route < 0 || at(hopeless, route) == 1) return;
    if (leaveOutLast(route)) continue;
    strip(route);
    put(hopeless, route, 1);
  }
}

/** Times all routes together; a route that breaks a rule, -1 without. */
function brokenRoute(): i32 {
  dropMeetings();
  timeJointly();
  for (let route = 0; route < routes; route++)
    if (!(refresh(route) && keepsLimits(route) && linkBreaks(route)) && at(hopeless, route) == 0) return route;
  // What others were left without the van may give now, so that a supply stop is for nothing.
  for (let route = 0; route < routes; route++)
    if (hasNeedlessSupply(route) && !refresh(route) && at(hopeless, route) == 0) return route;
  return settleMeetings() ? -1 : load<i32>(record(pendingNode), ROUTE);
}

/** Leaves the last hand-over to somebody else out, or else the last order, what is locked only where there is nothing else; false when there is nothing. */
function leaveOutLast(route: i32): bool {
  let last = lastOf(route, true);
  if (last < 0) last = lastOf(route, false);
  if (last < 0) return false;
  unlink(last);
  return true;
}

function lastOf(route: i32, lends: bool): i32 {
  const head = at(routeHeadNode, route);
  let last = -1;
  for (let node = load<i32>(record(firstEnd + route), PREV); node != head; node = load<i32>(record(node), PREV)) {
    if (isFixed(node) || !(lends ? isLend(node) : isOrder(node))) continue;
    if (at(orderRoute, lends ? loanOrder(node) : node) < 0) return node;
    if (last < 0) last = node;
  }
  return last;
}
