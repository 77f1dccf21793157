// Plans as words that mean the same in every core with the same problem: who stops where, for taking plans from one search to another.
//
// For each route with stops: route row, number of stops, then for each stop its kind and row: 0 an order, 1 a pick-up at a centre, 2 a break
// (place in the break table minus the route's first).
import { breaks, orders, routeBreakFirst, routes } from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, put } from "../memory/cells";
import {
  firstBreak,
  firstEnd,
  firstStart,
  firstSupply,
  freeSupply,
  isFixed,
  isOrder,
  isSupply,
  ROUTE,
  record,
  SUPPLY_SLOTS,
  setSupplyCentre,
} from "../route/nodes";
import { link, refresh, routeHeadNode, strip } from "../route/route";
import { addAbsent, setAbsentCount } from "./absent";
import { bestCentres, bestNext, rebookAll } from "./journal";

const ORDER: i32 = 0;
const SUPPLY: i32 = 1;
const BREAK: i32 = 2;

/** The words; written by the host before adoptPlan, and by writeStops. */
export let planStops: usize = 0;
/** Words that writeStops wrote. */
export let planStopsCount: i32 = 0;

export function buildPlanStops(): void {
  planStops = allocate((<usize>(2 * (orders + breaks + (SUPPLY_SLOTS + 1) * routes))) << 2);
  planStopsCount = 0;
}

/** Writes the best plan; locked stops at the heads are left out. */
export function writeStops(): void {
  let to = 0;
  for (let route = 0; route < routes; route++) {
    const end = firstEnd + route;
    const from = to;
    to += 2;
    for (let node = at(bestNext, firstStart + route); node != end; node = at(bestNext, node)) {
      if (isFixed(node)) continue;
      if (isOrder(node)) {
        put(planStops, to, ORDER);
        put(planStops, to + 1, node);
      } else if (isSupply(node)) {
        put(planStops, to, SUPPLY);
        put(planStops, to + 1, at(bestCentres, node - firstSupply));
      } else {
        put(planStops, to, BREAK);
        put(planStops, to + 1, node - firstBreak - at(routeBreakFirst, route));
      }
      to += 2;
    }
    if (to == from + 2) to = from;
    else {
      put(planStops, from, route);
      put(planStops, from + 1, (to - from - 2) >> 1);
    }
  }
  planStopsCount = to;
}

/** Links the plan of `count` words, behind the locked stops; orders in none of its routes are absent. False when a route breaks a rule. */
export function linkStops(count: i32): bool {
  for (let route = 0; route < routes; route++) strip(route);
  for (let from = 0; from < count; ) {
    const route = at(planStops, from);
    let last = at(routeHeadNode, route);
    const to = from + 2 + 2 * at(planStops, from + 1);
    for (let word = from + 2; word < to; word += 2) {
      const kind = at(planStops, word);
      let node = at(planStops, word + 1);
      if (kind == SUPPLY) {
        const centre = node;
        node = freeSupply(route);
        if (node < 0) return false;
        setSupplyCentre(node, centre);
      } else if (kind == BREAK) node += firstBreak + at(routeBreakFirst, route);
      link(node, last);
      last = node;
    }
    from = to;
  }
  setAbsentCount(0);
  for (let order = 0; order < orders; order++) if (load<i32>(record(order), ROUTE) < 0) addAbsent(order);
  rebookAll();
  let fits = true;
  for (let route = 0; route < routes; route++) if (!refresh(route)) fits = false;
  return fits;
}
