// One order with one engineer in a round: what it costs in the engineer's day as it stands, and how it is served.
import { routeBreakFirst } from "../gen/layout";
import { at } from "../memory/cells";
import { firstShift } from "../parts/ledger";
import { refresh, totalCost } from "../route/route";
import { bestCost, IMPOSSIBLE, insertAtBest, placeIn, resetPlace } from "../search/insertion";
import { openJournal, rollBack, touch } from "../search/journal";
import { settleBreaks } from "../search/settle";

/** After bestShift: the cheapest route of the engineer. */
export let shiftRoute: i32 = -1;

/** Scalar cost of `order` with `engineer` in the plan as it stands, breaks settled; IMPOSSIBLE if no shift can take it. */
export function bestShift(order: i32, engineer: i32): i64 {
  let best = IMPOSSIBLE;
  const end = at(firstShift, engineer + 1);
  for (let route = at(firstShift, engineer); route < end; route++) {
    let cost = placeCost(order, route);
    if (cost != IMPOSSIBLE && at(routeBreakFirst, route + 1) > at(routeBreakFirst, route))
      cost = settledCost(order, route);
    if (cost < best) {
      best = cost;
      shiftRoute = route;
    }
  }
  return best;
}

function placeCost(order: i32, route: i32): i64 {
  resetPlace();
  placeIn(order, route, false);
  return bestCost;
}

/** The cost with optional breaks taken where that is cheaper; only serving the order shows it. */
function settledCost(order: i32, route: i32): i64 {
  const before = totalCost;
  const cost = serve(order, route) ? totalCost - before : IMPOSSIBLE;
  if (cost != IMPOSSIBLE) rollBack();
  return cost;
}

/** Serves `order` in `route`; takes it back and answers false when there is no place or the route breaks a rule with it. */
export function serve(order: i32, route: i32): bool {
  if (placeCost(order, route) == IMPOSSIBLE) return false;
  openJournal();
  touch(route);
  insertAtBest(order);
  if (!refresh(route) || !settleBreaks(route)) {
    rollBack();
    return false;
  }
  return true;
}
