// The plan as rows of numbers for the host: every used route with its canonical schedule.
import {
  breaks,
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
import { distanceOf, edgeTicks, travelTicks, useMatrices } from "./matrix";
import {
  firstBreak,
  firstSupply,
  isOrder,
  isSupply,
  LENGTH,
  latenessAt,
  nextStart,
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

/**
 * Route rows: route, stops, departure, end, working, travel, distance, overtime, travel and distance of the final leg.
 * Stop rows: kind (0 order, 1 supply, 2 break), row, arrival, start, leg travel, leg distance, set-up, lateness.
 */
export let planWords: usize = 0;
export let planLength: i32 = 0;

export function buildPlan(): void {
  const stops = orders + breaks + SUPPLY_SLOTS * routes;
  planWords = allocate((<usize>(ROUTE_WORDS * routes + STOP_WORDS * stops)) << 2);
  planLength = 0;
}

function push(value: i32): void {
  put(planWords, planLength++, value);
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
  let time = at(routeDepartureFixed, route) == 1 ? at(routeEarliest, route) : sequenceDeparture;
  for (let i = 0; i < count; i++) {
    const node = at(scratchList, i);
    const place = load<i32>(record(node), ROW);
    const moves = place >= 0;
    const travel = moves ? travelTicks(row, place) : 0;
    const setup = moves ? edgeTicks(row, place) - travel : 0;
    const start = nextStart(node, time + travel + setup);
    push(isOrder(node) ? 0 : isSupply(node) ? 1 : 2);
    push(isOrder(node) ? node : isSupply(node) ? at(supplyCentre, node - firstSupply) : node - firstBreak);
    push(time + travel);
    push(start);
    push(travel);
    push(moves ? distanceOf(row, place) : 0);
    push(setup);
    push(latenessAt(node, start));
    if (moves) row = place;
    time = start + load<i32>(record(node), LENGTH);
  }
  put(planWords, header + 8, travelTicks(row, at(routeEndRow, route)));
  put(planWords, header + 9, distanceOf(row, at(routeEndRow, route)));
}
