// The plan as rows of numbers for the host: every used route with its canonical schedule.
import {
  breaks,
  loansOn,
  orders,
  routeDepartureFixed,
  routeEarliest,
  routeEndRow,
  routeEngineer,
  routeStartRow,
  routes,
} from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, put } from "../memory/cells";
import { loanNeeds } from "../parts/loans";
import { variantOf } from "../parts/variants";
import { hoursOn, travelAt } from "./hours";
import { distanceOf, legTicks, samePlace, travelTicks, useMatrices } from "./matrix";
import { meetingCost } from "./meetings";
import {
  firstBreak,
  firstSupply,
  isLend,
  isLoan,
  isOrder,
  isSupply,
  LENGTH,
  latenessAt,
  loanOrder,
  nextStart,
  partnerOf,
  ROUTE,
  ROW,
  record,
  SUPPLY_SLOTS,
  supplyCentre,
} from "./nodes";
import { isUsed, listRoute, scratchList } from "./route";
import {
  evaluateSequence,
  sequenceDeparture,
  sequenceDistance,
  sequenceEnd,
  sequenceOvertime,
  sequenceTravel,
  sequenceWork,
} from "./sequence";

export const ROUTE_WORDS: i32 = 10;
export const STOP_WORDS: i32 = 8;
/** Of an order the row has its variant in the bits from here on. */
const VARIANT_SHIFT: i32 = 20;

/**
 * Route rows: route, stops, departure, end, working, travel, distance, overtime, travel and distance of the final leg.
 * Stop rows: kind (0 order, 1 supply, 2 break, 3 borrow, 4 lend), row, arrival, start, leg travel, leg distance, set-up, lateness. The row of a loan
 * is the order that it is for; in place of set-up and lateness, which it has not, come the order at whose place it is, -1 at the lender's start, -2 at
 * the borrower's, and on the borrower's side the needs that are lent, as in parts/loans.ts, on the lender's the soft cost of the meeting.
 */
export let planWords: usize = 0;
export let planLength: i32 = 0;

export function buildPlan(): void {
  const stops = orders + breaks + SUPPLY_SLOTS * routes + (loansOn == 1 ? 2 * orders : 0);
  planWords = allocate((<usize>(ROUTE_WORDS * routes + STOP_WORDS * stops)) << 2);
  planLength = 0;
}

function push(value: i32): void {
  put(planWords, planLength++, value);
}

/** The order at whose place the meeting is, -1 at the lender's start, -2 at the borrower's. */
function placeOf(node: i32): i32 {
  const lend = record(isLend(node) ? node : partnerOf(node));
  const row = load<i32>(lend, ROW);
  if (row < orders) return row;
  const lender = load<i32>(lend, ROUTE);
  return samePlace(lender, row, at(routeStartRow, lender)) ? -1 : -2;
}

/** Writes the plan as it stands. */
export function writePlan(): void {
  planLength = 0;
  for (let route = 0; route < routes; route++) if (isUsed(route)) writeRoute(route);
}

/** Writes the used routes of one engineer. */
export function writeEngineer(engineer: i32): void {
  planLength = 0;
  for (let route = 0; route < routes; route++)
    if (at(routeEngineer, route) == engineer && isUsed(route)) writeRoute(route);
}

function writeRoute(route: i32): void {
  const count = listRoute(route, scratchList);
  if (!evaluateSequence(route, scratchList, count)) unreachable();
  const header = planLength;
  push(route);
  push(count);
  push(sequenceDeparture);
  push(sequenceEnd);
  push(sequenceWork);
  push(sequenceTravel);
  push(sequenceDistance);
  push(sequenceOvertime);
  push(0);
  push(0);
  useMatrices(route);
  let row = at(routeStartRow, route);
  let placed = row;
  let time = at(routeDepartureFixed, route) == 1 ? at(routeEarliest, route) : sequenceDeparture;
  for (let i = 0; i < count; i++) {
    const node = at(scratchList, i);
    const place = load<i32>(record(node), ROW);
    const moves = place >= 0;
    const least = moves ? travelTicks(row, place) : 0;
    const loan = isLoan(node);
    const setup = moves ? legTicks(placed, row, place, loan) - least : 0;
    const travel = moves && hoursOn ? travelAt(row, place, time) : least;
    if (!loan) placed = moves ? place : row;
    const start = nextStart(node, time + travel + setup);
    push(isOrder(node) ? 0 : isSupply(node) ? 1 : isLend(node) ? 4 : loan ? 3 : 2);
    if (isOrder(node)) push(node | (at(variantOf, node) << VARIANT_SHIFT));
    else if (isSupply(node)) push(at(supplyCentre, node - firstSupply));
    else push(loan ? loanOrder(node) : node - firstBreak);
    push(time + travel);
    push(start);
    push(travel);
    push(moves ? distanceOf(row, place) : 0);
    push(loan ? placeOf(node) : setup);
    if (!loan) push(latenessAt(node, start));
    else push(isLend(node) ? <i32>meetingCost(node) : at(loanNeeds, loanOrder(node)));
    if (moves) row = place;
    time = start + load<i32>(record(node), LENGTH);
  }
  const home = at(routeEndRow, route);
  put(planWords, header + 8, hoursOn ? travelAt(row, home, time) : travelTicks(row, home));
  put(planWords, header + 9, distanceOf(row, home));
}
