// Columns of the routes and of their breaks.
import { asI32, type EncodedColumns } from "./columns.ts";
import type { Route } from "./encode.ts";
import type { MatrixSets } from "./encode-matrices.ts";
import { pairCostTicks } from "./explain/pair.ts";
import { headCosts } from "./explain/route-terms.ts";
import { clip, NEVER, NO_LIMIT, NONE } from "./layout.ts";
import type { Head, Problem, ProblemEngineer } from "./model/problem.ts";
import { idRows, type Rows } from "./names.ts";
import { routeClasses } from "./route-classes.ts";

const START_MEETS = { nobody: 0, lender: 1, both: 2 } as const;

const limit = (ticks: number | undefined) => (ticks === undefined ? NEVER : Math.min(ticks, NEVER - 1));

export function encodeRoutes(
  problem: Problem,
  routes: readonly Route[],
  sets: MatrixSets,
  dims: Rows,
  column: EncodedColumns,
): void {
  encodePlaces(problem, routes, sets, column);
  encodeLimits(routes, column);
  encodeHeads(problem, routes, dims, column);
  encodeBreaks(routes, sets, column);
  column.routeClass = routeClasses(problem, routes);
  column.routeStartMeets = routes.map(({ shift }) => START_MEETS[shift.startMeets]);
}

function encodePlaces(problem: Problem, routes: readonly Route[], sets: MatrixSets, column: EncodedColumns): void {
  const engineerRows = idRows(problem.engineers);
  const nowhere = sets.rows - 1;
  const engineers: number[] = [];
  const matrices: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (const route of routes) {
    const { engineer, shift } = route;
    const set = sets.setOf(route);
    engineers.push(engineerRows.get(engineer.id)!);
    matrices.push(set);
    starts.push(sets.siteRow(set, shift.startRow));
    ends.push(shift.endRow === undefined ? nowhere : sets.siteRow(set, shift.endRow));
  }
  column.routeEngineer = engineers;
  column.routeMatrices = matrices;
  column.routeStartRow = starts;
  column.routeEndRow = ends;
}

function encodeLimits(routes: readonly Route[], column: EncodedColumns): void {
  const earliest: number[] = [];
  const ends: number[] = [];
  const latest: number[] = [];
  const orders: number[] = [];
  const travel: number[] = [];
  const distance: number[] = [];
  const working: number[] = [];
  for (const { shift } of routes) {
    earliest.push(shift.earliest);
    ends.push(shift.end);
    latest.push(shift.latest);
    orders.push(shift.maxOrders === undefined ? NO_LIMIT : shift.maxOrders - (shift.head?.orders.length ?? 0));
    travel.push(limit(shift.maxTravelTicks));
    distance.push(shift.maxDistance === undefined ? NO_LIMIT : Math.min(shift.maxDistance, NO_LIMIT - 1));
    working.push(limit(shift.maxWorkingTicks));
  }
  column.routeEarliest = earliest;
  column.routeShiftEnd = ends;
  column.routeLatest = latest;
  column.routeMaxOrders = orders;
  column.routeMaxTravel = travel;
  column.routeMaxDistance = distance;
  column.routeMaxWorking = working;
}

/** What of the routes is already under way. */
function encodeHeads(problem: Problem, routes: readonly Route[], dims: Rows, column: EncodedColumns): void {
  const fixed: number[] = [];
  const working: number[] = [];
  const travel: number[] = [];
  const distance: number[] = [];
  const soft: number[] = [];
  const stops: number[] = [];
  const orders: number[] = [];
  const ends: number[] = [];
  const loads = new Int32Array(routes.length * dims.size);
  for (let row = 0; row < routes.length; row++) {
    const { engineer, shift } = routes[row]!;
    const { head } = shift;
    fixed.push(head ? 1 : 0);
    working.push(head?.workingTicks ?? 0);
    travel.push(head?.travelTicks ?? 0);
    distance.push(head?.distance ?? 0);
    soft.push(head ? headSoftTicks(problem, engineer, head) : 0);
    stops.push(head?.stops ?? 0);
    orders.push(head?.orders.length ?? 0);
    ends.push(clip(head?.endTicks ?? 0));
    if (head) addLoads(head, dims, loads, row * dims.size);
  }
  column.routeDepartureFixed = fixed;
  column.routeHeadWorking = working;
  column.routeHeadTravel = travel;
  column.routeHeadDistance = distance;
  column.routeHeadSoft = soft;
  column.routeHeadStops = stops;
  column.routeHeadOrders = orders;
  column.routeHeadEnd = ends;
  column.routeHeadLoad = loads;
}

/** What the stops under way cost beside time, ticks of soft cost. */
function headSoftTicks(problem: Problem, engineer: ProblemEngineer, head: Head): number {
  let ticks = problem.policy.criteria.get("time_window_fit")!.mode === "off" ? 0 : 3 * head.latenessTicks;
  for (const cost of headCosts(problem, engineer, head).values()) ticks += cost;
  for (const { order } of head.orders) ticks += pairCostTicks({ problem, order, engineer });
  return ticks;
}

/** Adds the loads of the orders under way to those from `first` on. */
function addLoads({ orders }: Head, dims: Rows, loads: Int32Array, first: number): void {
  for (const { order } of orders)
    for (const { id, quantity } of order.loads) {
      const dimension = dims.get(id);
      if (dimension !== undefined)
        loads[first + dimension] = asI32(loads[first + dimension]! + quantity, "routeHeadLoad");
    }
}

function encodeBreaks(routes: readonly Route[], sets: MatrixSets, column: EncodedColumns): void {
  const first = [0];
  const rows: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const durations: number[] = [];
  const paid: number[] = [];
  const prices: number[] = [];
  for (const route of routes) {
    for (const { placeRow, window, durationTicks, paid: isPaid, priceTicks } of route.shift.breaks) {
      rows.push(placeRow === undefined ? NONE : sets.siteRow(sets.setOf(route), placeRow));
      starts.push(window.start);
      ends.push(window.end);
      durations.push(durationTicks);
      paid.push(isPaid ? 1 : 0);
      prices.push(priceTicks ?? -1);
    }
    first.push(rows.length);
  }
  column.routeBreakFirst = first;
  column.breakRow = rows;
  column.breakStart = starts;
  column.breakEnd = ends;
  column.breakDuration = durations;
  column.breakPaid = paid;
  column.breakPrice = prices;
}
