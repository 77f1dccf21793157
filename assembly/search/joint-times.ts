// When all meetings begin, from the early pass over all routes together (docs/plan.md, "Loans"): before any limit of a route is looked at.
import { loansOn, NEVER, routeEarliest, routeStartRow, routes } from "../gen/layout";
import { at } from "../memory/cells";
import { hoursOn, setupAt, travelAt } from "../route/hours";
import { legTicks, useMatrices } from "../route/matrix";
import { setMeeting } from "../route/meetings";
import {
  firstBorrow,
  firstEnd,
  firstStart,
  isLoan,
  LENGTH,
  NEXT,
  nextStart,
  nodeCount,
  OPEN,
  partnerOf,
  ROUTE,
  ROW,
  record,
} from "../route/nodes";

/** Passes over all routes: a chain of meetings through more of them does not fit into a day, a circle never ends. */
const MOST_PASSES: i32 = 200;

/** Tells each side of every meeting when the other one is there; costs of meetings are not counted and no route is refreshed. */
export function timeJointly(): void {
  if (loansOn == 0) return;
  for (let node = firstBorrow; node < nodeCount; node++)
    if (load<i32>(record(node), ROUTE) >= 0) setMeeting(node, load<i32>(record(node), ROW));
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    let changed = false;
    for (let route = 0; route < routes; route++) if (passRoute(route)) changed = true;
    if (!changed) return;
  }
}

/** One early pass; true when somebody hears anything new. */
function passRoute(route: i32): bool {
  const end = firstEnd + route;
  useMatrices(route);
  let row = at(routeStartRow, route);
  let placed = row;
  let time = at(routeEarliest, route);
  let changed = false;
  for (let node = load<i32>(record(firstStart + route), NEXT); node != end; node = load<i32>(record(node), NEXT)) {
    const place = load<i32>(record(node), ROW);
    let leg = 0;
    if (place >= 0) {
      if (!hoursOn) leg = legTicks(placed, row, place, isLoan(node));
      else leg = travelAt(row, place, time) + setupAt(placed, place, isLoan(node));
      row = place;
    }
    if (!isLoan(node)) placed = row;
    if (leg >= NEVER) return changed;
    const ready = time + leg;
    if (isLoan(node)) {
      const partner = record(partnerOf(node));
      if (load<i32>(partner, OPEN) != ready) {
        store<i32>(partner, ready, OPEN);
        changed = true;
      }
    }
    const start = nextStart(node, ready);
    if (start >= NEVER) return changed;
    time = start + load<i32>(record(node), LENGTH);
  }
  return changed;
}
