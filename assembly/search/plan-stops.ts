// Plans as words that mean the same in every core with the same problem: who stops where, for taking plans from one search to another.
//
// For each route with stops: route row, number of stops, then for each stop its kind and row: 0 an order (plus 8 times its variant), 1 a pick-up at a centre, 2 a break
// (place in the break table minus the route's first), 3 a borrower's meeting and 4 a lender's (the order that it is for). Two more words follow a
// meeting, as if they were a stop: the needs that are lent and the matrix row of its place.
import { breaks, loansOn, orders, routeBreakFirst, routes } from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, put } from "../memory/cells";
import { setLoanNeeds } from "../parts/ledger";
import { setVariant } from "../parts/variants";
import { dropMeetings, setMeeting } from "../route/meetings";
import {
  firstBorrow,
  firstBreak,
  firstEnd,
  firstLend,
  firstStart,
  firstSupply,
  freeSupply,
  isFixed,
  isLend,
  isLoan,
  isOrder,
  isSupply,
  loanOrder,
  ROUTE,
  record,
  SUPPLY_SLOTS,
  setSupplyCentre,
} from "../route/nodes";
import { link, refresh, routeHeadNode, strip } from "../route/route";
import { addAbsent, setAbsentCount } from "./absent";
import { timeJointly } from "./joint-times";
import { bestCentres, bestNeeds, bestNext, bestRows, bestVariants, openJournal, rebookAll } from "./journal";
import { settleMeetings } from "./meetings";

const ORDER: i32 = 0;
const SUPPLY: i32 = 1;
const BREAK: i32 = 2;
const BORROW: i32 = 3;
const LEND: i32 = 4;

/** The words; written by the host before adoptPlan, and by writeStops. */
export let planStops: usize = 0;
/** Words that writeStops wrote. */
export let planStopsCount: i32 = 0;

export function buildPlanStops(): void {
  const stops = (loansOn == 1 ? 5 : 1) * orders + breaks + (SUPPLY_SLOTS + 1) * routes;
  planStops = allocate((<usize>(2 * stops)) << 2);
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
        put(planStops, to, ORDER | (at(bestVariants, node) << 3));
        put(planStops, to + 1, node);
      } else if (isSupply(node)) {
        put(planStops, to, SUPPLY);
        put(planStops, to + 1, at(bestCentres, node - firstSupply));
      } else if (isLoan(node)) {
        const order = loanOrder(node);
        put(planStops, to, isLend(node) ? LEND : BORROW);
        put(planStops, to + 1, order);
        to += 2;
        put(planStops, to, at(bestNeeds, order));
        put(planStops, to + 1, at(bestRows, node - firstBorrow));
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
  if (loansOn == 1) {
    openJournal();
    dropMeetings();
    for (let order = 0; order < orders; order++) if (!isFixed(firstBorrow + order)) setLoanNeeds(order, 0);
  }
  for (let route = 0; route < routes; route++) strip(route);
  for (let from = 0; from < count; ) {
    const route = at(planStops, from);
    let last = at(routeHeadNode, route);
    const to = from + 2 + 2 * at(planStops, from + 1);
    for (let word = from + 2; word < to; word += 2) {
      const kind = at(planStops, word) & 7;
      let node = at(planStops, word + 1);
      if (kind == SUPPLY) {
        const centre = node;
        node = freeSupply(route);
        if (node < 0) return false;
        setSupplyCentre(node, centre);
      } else if (kind == BORROW || kind == LEND) {
        word += 2;
        setLoanNeeds(node, at(planStops, word));
        node += kind == LEND ? firstLend : firstBorrow;
        setMeeting(node, at(planStops, word + 1));
      } else if (kind == ORDER) setVariant(node, at(planStops, word) >> 3);
      else if (kind == BREAK) node += firstBreak + at(routeBreakFirst, route);
      link(node, last);
      last = node;
    }
    from = to;
  }
  setAbsentCount(0);
  for (let order = 0; order < orders; order++) if (load<i32>(record(order), ROUTE) < 0) addAbsent(order);
  rebookAll();
  timeJointly();
  let fits = true;
  for (let route = 0; route < routes; route++) if (!refresh(route)) fits = false;
  return fits && settleMeetings();
}
