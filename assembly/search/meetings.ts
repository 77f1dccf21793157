// Meetings while the plan changes: times go from route to route, and a meeting that has lost its place or its order comes apart.
import { loansOn, routeHeadOrders, routeStartMeets } from "../gen/layout";
import { at } from "../memory/cells";
import { setLoanNeeds } from "../parts/ledger";
import { samePlace } from "../route/matrix";
import {
  clearPending,
  forgetSide,
  meetingCost,
  nextPending,
  pendingLate,
  pendingNode,
  pendingReady,
  setMeeting,
} from "../route/meetings";
import {
  CLOSE,
  firstBorrow,
  firstEnd,
  firstLend,
  firstStart,
  isFixed,
  isLend,
  isLoan,
  isOrder,
  loanOrder,
  NEXT,
  OPEN,
  PREV,
  ROUTE,
  ROW,
  record,
} from "../route/nodes";
import { addSoft, refresh, routeMeetings, routeOrders, unlink } from "../route/route";
import { addAbsent } from "./absent";
import { touch, touched, touchedCount } from "./journal";

/** Routes timed anew for one change: no chain of meetings that fits into a day is longer, a circle of them never ends. */
const MOST_ROUNDS: i32 = 200;

/** Times the routes that wait for somebody whose arrival changed, until nobody does; false when one breaks a rule. */
export function settleMeetings(): bool {
  if (loansOn == 0) return true;
  for (let round = 0; nextPending(); round++) {
    const node = pendingNode;
    const route = load<i32>(record(node), ROUTE);
    touch(route);
    store<i32>(record(node), pendingReady, OPEN);
    store<i32>(record(node), pendingLate, CLOSE);
    if (refresh(route) && round < MOST_ROUNDS) continue;
    clearPending();
    return false;
  }
  return true;
}

/** True when nothing may come between `before` and the stop behind it: a meeting takes place there directly before or after the other one. */
export function isGlued(before: i32): bool {
  if (loansOn == 0) return false;
  const next = load<i32>(record(before), NEXT);
  if (!isLoan(before) && !isLoan(next)) return false;
  const b = record(before);
  return samePlace(load<i32>(b, ROUTE), load<i32>(b, ROW), load<i32>(record(next), ROW));
}

/** Takes apart the meetings in touched routes that have lost their order or their place; orders that have lost their meeting are absent. */
export function dissolveMeetings(): void {
  if (loansOn == 0) return;
  for (let i = 0; i < touchedCount; i++) {
    const route = at(touched, i);
    const end = firstEnd + route;
    let node = load<i32>(record(firstStart + route), NEXT);
    while (node != end) {
      const next = load<i32>(record(node), NEXT);
      if (!isLoan(node) || takesPlace(loanOrder(node))) {
        node = next;
        continue;
      }
      dissolve(loanOrder(node));
      // Orders and other meetings of this route may have gone with it, and routes looked at before may have changed.
      i = -1;
      break;
    }
  }
}

/** Takes apart all meetings of the route that are not locked, before it is stripped. */
export function dissolveRoute(route: i32): void {
  if (loansOn == 0) return;
  const end = firstEnd + route;
  for (let node = load<i32>(record(firstStart + route), NEXT); node != end; ) {
    if (isLoan(node) && !isFixed(node)) {
      dissolve(loanOrder(node));
      node = firstStart + route;
    }
    node = load<i32>(record(node), NEXT);
  }
}

/** True when every meeting in the touched routes takes place where it may be, with a lender who serves somebody too. */
export function meetingsHold(): bool {
  if (loansOn == 0) return true;
  for (let i = 0; i < touchedCount; i++) {
    const route = at(touched, i);
    if (at(routeMeetings, route) == 0) continue;
    const end = firstEnd + route;
    for (let node = load<i32>(record(firstStart + route), NEXT); node != end; node = load<i32>(record(node), NEXT))
      if (isLoan(node) && !takesPlace(loanOrder(node))) return false;
  }
  return true;
}

/** True when the route has orders, those under way counted: who serves nobody does not lend. */
export function servesSomebody(route: i32): bool {
  return at(routeOrders, route) + at(routeHeadOrders, route) > 0;
}

/** The loan node of one side of a meeting that the current plan has, made ready to be linked. */
export function givenMeeting(order: i32, lends: bool, needs: i32, place: i32): i32 {
  const node = (lends ? firstLend : firstBorrow) + order;
  setLoanNeeds(order, needs);
  setMeeting(node, place);
  return node;
}

/** Takes the meeting of the order out of both routes, and the order too. */
function dissolve(order: i32): void {
  const borrow = firstBorrow + order;
  const lend = firstLend + order;
  addSoft(-meetingCost(borrow));
  takeOut(borrow);
  takeOut(lend);
  forgetSide(borrow);
  forgetSide(lend);
  setLoanNeeds(order, 0);
  if (load<i32>(record(order), ROUTE) < 0) return;
  touch(load<i32>(record(order), ROUTE));
  unlink(order);
  addAbsent(order);
}

function takeOut(node: i32): void {
  const route = load<i32>(record(node), ROUTE);
  if (route < 0) return;
  touch(route);
  unlink(node);
}

/** True while both sides of the order's meeting are linked where they may be, and the order behind it. */
export function takesPlace(order: i32): bool {
  const borrow = firstBorrow + order;
  const lend = firstLend + order;
  const borrower = load<i32>(record(borrow), ROUTE);
  const lender = load<i32>(record(lend), ROUTE);
  if (borrower < 0 || lender < 0 || load<i32>(record(order), ROUTE) != borrower) return false;
  return serves(lender) && (isHosted(borrow) || isHosted(lend));
}

/** As servesSomebody, by what is linked now. */
function serves(route: i32): bool {
  if (at(routeHeadOrders, route) > 0) return true;
  const end = firstEnd + route;
  for (let node = load<i32>(record(firstStart + route), NEXT); node != end; node = load<i32>(record(node), NEXT))
    if (isOrder(node)) return true;
  return false;
}

/** True when the engineer of the loan node is there anyhow: at a service directly before or after it, or at the start where that counts. */
function isHosted(node: i32): bool {
  const route = load<i32>(record(node), ROUTE);
  const row = load<i32>(record(node), ROW);
  let before = load<i32>(record(node), PREV);
  while (isLoan(before) && isAt(route, before, row)) before = load<i32>(record(before), PREV);
  if (isOrder(before) && isAt(route, before, row)) return true;
  const atStart = before == firstStart + route && at(routeStartMeets, route) >= (isLend(node) ? 1 : 2);
  if (atStart && isAt(route, before, row)) return true;
  let after = load<i32>(record(node), NEXT);
  while (isLoan(after) && isAt(route, after, row)) after = load<i32>(record(after), NEXT);
  return isOrder(after) && isAt(route, after, row);
}

function isAt(route: i32, node: i32, row: i32): bool {
  return samePlace(route, load<i32>(record(node), ROW), row);
}
