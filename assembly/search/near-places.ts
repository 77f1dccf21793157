// The cheapest place for one order among those next to its neighbours, and at the ends of the routes that changed: on large plain problems
// nearly as good as looking at every place, and many times faster (granular neighbourhoods, Toth & Vigo 2003).
import { pairCost } from "../criteria/eligibility";
import { engineers, routeEngineer } from "../gen/layout";
import { at } from "../memory/cells";
import { columnStep, edgesInto, edgesOutOf, legWeight, untimed } from "../route/matrix";
import {
  CLOSE,
  EARLY,
  firstEnd,
  firstStart,
  INTO,
  LATE,
  LENGTH,
  NEXT,
  OPEN,
  PREV,
  ROUTE,
  ROW,
  record,
} from "../route/nodes";
import { isUsed } from "../route/route";
import { softWeight, workWeight } from "../route/weights";
import { hasRoom } from "./insertion";
import { touched, touchedCount } from "./journal";
import { EDGE_IN, EDGE_OUT, LATER, NEIGHBOUR, neighbourCount, neighbourList, TRAVEL } from "./neighbours";
import { PlaceCost } from "./place-cost";
import { blink } from "./random";
import { addTried } from "./tried";

/** Neighbours whose places are looked at. */
const NEAREST: i32 = 100;

/** Cheapest place found: scalar cost, route and the node before; nearRoute is -1 when there is none. */
export let nearCost: i64 = 0;
export let nearRoute: i32 = -1;
export let nearAfter: i32 = -1;

// The order at hand.
let order: i32 = 0;
let open: i32 = 0;
let close: i32 = 0;
let length: i32 = 0;
let into: usize = 0;
let outOf: usize = 0;

/** Cheapest of the places of `chosen` beside its neighbours and at the ends of touched routes, below `limit`; all routes are plain. */
export function findNear(chosen: i32, limit: i64): void {
  nearCost = min(limit, i64.MAX_VALUE >> 1);
  nearRoute = -1;
  order = chosen;
  const o = record(chosen);
  open = load<i32>(o, OPEN);
  close = load<i32>(o, CLOSE);
  length = load<i32>(o, LENGTH);
  into = edgesInto(chosen);
  outOf = edgesOutOf(chosen);
  const weight = legWeight + workWeight;
  let entry = neighbourList(chosen);
  let tried = 2 * touchedCount;
  for (let last = entry + <usize>min(NEAREST, neighbourCount) * NEIGHBOUR; entry < last; entry += NEIGHBOUR) {
    const travel = load<i32>(entry, TRAVEL);
    // By the triangle inequality a place between two stops that are both this far costs more, but for the longest legs.
    if (weight * <i64>(travel & ~LATER) > nearCost << 1) break;
    const node = load<i32>(entry);
    const n = record(node);
    const route = load<i32>(n, ROUTE);
    if (route < 0) continue;
    const early = load<i32>(n, EARLY) + load<i32>(n, LENGTH) + load<i32>(entry, EDGE_IN);
    const mayFollow = travel < LATER && early <= close;
    const mayPrecede = open + length + load<i32>(entry, EDGE_OUT) <= load<i32>(n, LATE);
    if (!mayFollow && !mayPrecede) continue;
    const engineer = at(routeEngineer, route);
    if (!hasRoom(chosen, route, engineer)) continue;
    tried += (mayPrecede ? 1 : 0) + (mayFollow ? 1 : 0);
    if (mayPrecede) consider(load<i32>(n, PREV), route, engineer);
    if (mayFollow) consider(node, route, engineer);
  }
  addTried(tried);
  for (let i = 0; i < touchedCount; i++) {
    const route = at(touched, i);
    if (!isUsed(route)) continue;
    const engineer = at(routeEngineer, route);
    if (!hasRoom(chosen, route, engineer)) continue;
    consider(firstStart + route, route, engineer);
    const last = load<i32>(record(firstEnd + route), PREV);
    if (last != firstStart + route) consider(last, route, engineer);
  }
}

/** Keeps the place behind `before` in the used plain `route` if it is cheaper. */
function consider(before: i32, route: i32, engineer: i32): void {
  const b = record(before);
  const leave = load<i32>(b, EARLY) + load<i32>(b, LENGTH);
  if (leave > close) return;
  const a = record(load<i32>(b, NEXT));
  const late = load<i32>(a, LATE);
  if (late < open + length) return;
  const rowBefore = load<i32>(b, ROW);
  const rowAfter = load<i32>(a, ROW);
  const edgeIn = load<i32>(into + <usize>rowBefore * columnStep);
  const start = max(leave + edgeIn, open);
  if (start > close) return;
  const edgeOut = load<i32>(outOf + ((<usize>rowAfter) << 2));
  if (start + length + edgeOut > late) return;
  let cost: i64 = 0;
  if (untimed) cost = legWeight * <i64>(edgeIn + edgeOut - load<i32>(a, INTO));
  else {
    cost = softWeight * <i64>at(pairCost, order * engineers + engineer);
    if (workWeight != 0)
      cost += PlaceCost.ofTime(b, a, open, close, length, edgeIn, edgeOut, route) - PlaceCost.ofTimeNow(route);
    if (cost >= nearCost) return;
    cost += PlaceCost.ofWay(rowBefore, order, rowAfter, true);
  }
  if (cost >= nearCost || blink()) return;
  nearCost = cost;
  nearRoute = route;
  nearAfter = before;
}
