// Which problems the genetic search takes: plain ones, where a route is its sequence of orders and nothing else.
import {
  breaks,
  chainStops,
  edge,
  engineerMaxLeg,
  engineerMaxOrders,
  engineers,
  items,
  modes,
  NEVER,
  orderLastStart,
  orderRoute,
  orderService,
  orders,
  orderUnassigned,
  orderWindowFirst,
  overtimeOn,
  routeEndRow,
  routeEngineer,
  routeHeadStops,
  routeLatest,
  routeMaxDistance,
  routeMaxOrders,
  routeMaxTravel,
  routeMaxWorking,
  routeShiftEnd,
  routeStartRow,
  routes,
  rows,
  windowEnd,
} from "../gen/layout";
import { at } from "../memory/cells";
import { hoursOn } from "../route/hours";
import { isRich } from "../route/nodes";
import { termsOn } from "../route/terms";
import { softWeight } from "../route/weights";
import { bindLegs } from "./legs";

/** Orders and routes are kept as u16 in individuals; 0xffff is nobody. */
const MOST: i32 = 0xfffe;
/** Fewer orders than this leave nothing to cross over. */
const FEWEST: i32 = 8;

/**
 * True when the bound problem is plain: every order is mandatory, free and has one window without grace; no breaks, items, locked stops,
 * limits beyond shift and capacity, or terms of a route; one shift for each engineer; one set of matrices in which every way exists.
 */
export function isPlainProblem(): bool {
  if (orders < FEWEST || orders > MOST || routes == 0 || routes > MOST) return false;
  if (termsOn || hoursOn || modes != 1 || items > 0 || breaks > 0 || chainStops > 0 || routes > engineers) return false;
  for (let order = 0; order < orders; order++) {
    const window = at(orderWindowFirst, order);
    if (at(orderWindowFirst, order + 1) != window + 1 || at(orderLastStart, order) != at(windowEnd, window))
      return false;
    if (isRich(order) || at(orderUnassigned, order) == 0 || at(orderRoute, order) >= 0) return false;
  }
  for (let route = 0; route < routes; route++) {
    const engineer = at(routeEngineer, route);
    // Routes are in the order of their engineers: a second shift follows the first.
    if (route > 0 && at(routeEngineer, route - 1) == engineer) return false;
    if (at(routeHeadStops, route) > 0) return false;
    if (at(routeMaxOrders, route) < orders || at(engineerMaxOrders, engineer) < orders) return false;
    if (at(engineerMaxLeg, engineer) < NEVER || at(routeMaxTravel, route) < NEVER) return false;
    if (at(routeMaxWorking, route) < NEVER || at(routeMaxDistance, route) < 0x7fffffff) return false;
    if (overtimeOn == 1 && softWeight > 0 && at(routeLatest, route) > at(routeShiftEnd, route)) return false;
  }
  return everyWayExists() && bindLegs();
}

/** No leg is missing, and a route through all orders does not leave the range of times. */
function everyWayExists(): bool {
  let longest = 0;
  for (let from = 0; from < orders; from++)
    for (let to = 0; to < orders; to++) longest = max(longest, at(edge, from * rows + to));
  let sum: i64 = 0;
  for (let order = 0; order < orders; order++) sum += at(orderService, order);
  for (let route = 0; route < routes; route++) {
    const start = at(routeStartRow, route);
    const end = at(routeEndRow, route);
    for (let order = 0; order < orders; order++)
      longest = max(longest, max(at(edge, start * rows + order), at(edge, order * rows + end)));
    sum = max(sum, at(routeLatest, route));
  }
  return longest < NEVER && sum + <i64>longest * (orders + 1) < NEVER;
}
