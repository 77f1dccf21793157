// Exchange: two engineers take each other's orders, as far as each can serve them.
import { orderRoute, routeClass, routes } from "../gen/layout";
import { at, put } from "../memory/cells";
import { refresh, routeOrders } from "../route/route";
import { absent, absentCount, setAbsentCount } from "./absent";
import { bestCost, IMPOSSIBLE, insertAtBest, placeIn, resetPlace } from "./insertion";
import { touch } from "./journal";
import { settleMeetings } from "./meetings";
import { randomBelow } from "./random";
import { refreshTouched, takeAll } from "./ruin";

/** Routes drawn until two fit each other. */
const DRAWS: i32 = 16;

/** True when not all routes are interchangeable: then it matters who serves what. */
export let mixedRoutes: bool = false;

export function buildExchange(): void {
  mixedRoutes = false;
  for (let route = 1; route < routes; route++) if (at(routeClass, route) != at(routeClass, 0)) mixedRoutes = true;
}

/**
 * Takes all orders out of two routes that are not interchangeable, one of them perhaps unused, and puts those of each into the other, one by one
 * where they are cheapest; orders without a place are absent. False, possibly with changes to take back, when there are no two such routes or one breaks a rule.
 */
export function exchangeRoutes(): bool {
  let a = randomBelow(routes);
  for (let i = 0; i < DRAWS && at(routeOrders, a) == 0; i++) a = randomBelow(routes);
  let b = randomBelow(routes);
  for (let i = 0; i < DRAWS && at(routeClass, b) == at(routeClass, a); i++) b = randomBelow(routes);
  if (at(routeOrders, a) == 0 || at(routeClass, a) == at(routeClass, b)) return false;
  const first = absentCount;
  takeOrders(a);
  const second = absentCount;
  takeOrders(b);
  const last = absentCount;
  // Orders that lose a meeting with these are absent behind them, and stay so here.
  if (!refreshTouched()) return false;
  let stay = first;
  for (let i = first; i < last; i++) {
    const order = at(absent, i);
    const route = i < second ? b : a;
    resetPlace();
    if (at(orderRoute, order) < 0) placeIn(order, route, false);
    if (bestCost == IMPOSSIBLE) put(absent, stay++, order);
    else {
      insertAtBest(order);
      if (!refresh(route) || !settleMeetings()) return false;
    }
  }
  const end = absentCount;
  for (let i = last; i < end; i++) put(absent, stay++, at(absent, i));
  setAbsentCount(stay);
  return true;
}

function takeOrders(route: i32): void {
  touch(route);
  takeAll(route);
}
