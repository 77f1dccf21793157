// One order with one engineer in a round: what it costs in the engineer's day as it stands, and how it is served.
import { eligible } from "../criteria/eligibility";
import { routeBreakFirst, routeEngineer } from "../gen/layout";
import { at } from "../memory/cells";
import { firstShift } from "../parts/ledger";
import { isRich } from "../route/nodes";
import { isPlain, refresh, totalCost } from "../route/route";
import { bestCost, bestRoute, IMPOSSIBLE, insertAtBest, placeIn, resetPlace } from "../search/insertion";
import { openJournal, rollBack, touch } from "../search/journal";
import { settleBreaks } from "../search/settle";
import { emptyShiftCost, fillEmptyShift, hasEmptyShifts } from "./empty-shifts";

/** After bestShift: the cheapest route of the engineer. */
export let shiftRoute: i32 = -1;

/** Scalar cost of `order` with `engineer` in the plan as it stands, breaks settled; IMPOSSIBLE if no shift can take it. */
export function bestShift(order: i32, engineer: i32): i64 {
  let best = IMPOSSIBLE;
  if (!eligible(order, engineer)) return best;
  const end = at(firstShift, engineer + 1);
  for (let route = at(firstShift, engineer); route < end; route++) {
    const cost = isListed(order, route) ? emptyShiftCost(order, route) : shiftCost(order, route);
    if (cost < best) {
      best = cost;
      shiftRoute = route;
    }
  }
  return best;
}

/** True where the sequences of the order with its pick-up and the breaks are evaluated as lists: there are few, but segments need none. */
function isListed(order: i32, route: i32): bool {
  return hasEmptyShifts(at(routeEngineer, route)) && (!isPlain(route) || isRich(order));
}

/** The cost in any shift; where there are breaks only serving the order shows it. */
function shiftCost(order: i32, route: i32): i64 {
  const cost = placeCost(order, route);
  if (cost == IMPOSSIBLE || at(routeBreakFirst, route + 1) == at(routeBreakFirst, route)) return cost;
  const before = totalCost;
  if (!serveAtBest(order)) return IMPOSSIBLE;
  const settled = totalCost - before;
  rollBack();
  return settled;
}

function placeCost(order: i32, route: i32): i64 {
  resetPlace();
  placeIn(order, route, false);
  return bestCost;
}

/** Serves `order` in `route`; takes it back and answers false when there is no place or the route breaks a rule with it. */
export function serve(order: i32, route: i32): bool {
  if (!isListed(order, route)) return placeCost(order, route) != IMPOSSIBLE && serveAtBest(order);
  const before = totalCost;
  openJournal();
  touch(route);
  const cost = fillEmptyShift(order, route);
  if (cost == IMPOSSIBLE) return false;
  const fits = refresh(route);
  assert(fits && totalCost - before == cost, "cost in an empty shift");
  if (!fits) rollBack();
  return fits;
}

/** The same at the best place found. */
function serveAtBest(order: i32): bool {
  const route = bestRoute;
  openJournal();
  touch(route);
  insertAtBest(order);
  if (!refresh(route) || !settleBreaks(route)) {
    rollBack();
    return false;
  }
  return true;
}
