// A route given as a list of nodes, evaluated from end to end by the canonical schedule: exact for every rule, in time linear in its length.
import {
  breakDuration,
  breakPaid,
  engineerMaxLeg,
  loansOn,
  NEVER,
  routeDepartureFixed,
  routeEarliest,
  routeEndRow,
  routeEngineer,
  routeHeadDistance,
  routeHeadEnd,
  routeHeadStops,
  routeHeadTravel,
  routeHeadWorking,
  routeLatest,
  routeMaxDistance,
  routeMaxTravel,
  routeMaxWorking,
  routeShiftEnd,
  routeStartRow,
  rows,
} from "../gen/layout";
import { at, put } from "../memory/cells";
import { distanceOf, edgeTicks, legTicks, travelTicks, useMatrices } from "./matrix";
import { firstBreak, isBreak, isLoan, LENGTH, latenessAt, latestInWindow, nextStart, ROW, record } from "./nodes";
import { drivingTicks, priceStops, stopTicks, termsOn } from "./terms";

/** Results of the last feasible evaluation. */
export let sequenceWork: i32 = 0;
export let sequenceTravel: i32 = 0;
export let sequenceDistance: i32 = 0;
export let sequenceLate: i32 = 0;
export let sequenceOvertime: i32 = 0;
/** Ticks of the terms of the route: route/terms.ts. */
export let sequenceTerms: i64 = 0;
export let sequenceDeparture: i32 = 0;
export let sequenceEnd: i32 = 0;

/** Early starts by position, and edges into each position; filled as far as the evaluation came. */
export let sequenceStart: usize = 0;
export let sequenceEdge: usize = 0;

export function bindSequence(starts: usize, edges: usize): void {
  sequenceStart = starts;
  sequenceEdge = edges;
}

/** Evaluates `count` nodes at `list` (start and end left out) on `route`; false when a rule of time or a limit breaks. */
export function evaluateSequence(route: i32, list: usize, count: i32): bool {
  useMatrices(route);
  const maxLeg = at(engineerMaxLeg, at(routeEngineer, route));
  const earliest = at(routeEarliest, route);
  let row = at(routeStartRow, route);
  let time = earliest;
  let late = 0;
  let unpaid = 0;
  let travel = at(routeHeadTravel, route);
  let way: i64 = at(routeHeadDistance, route);
  let placed = row;
  for (let i = 0; i < count; i++) {
    const node = at(list, i);
    const place = load<i32>(record(node), ROW);
    let leg = 0;
    if (place >= 0) {
      if (loansOn == 0) leg = edgeTicks(row, place);
      else {
        leg = legTicks(placed, row, place, isLoan(node));
        if (!isLoan(node)) placed = place;
      }
      if (leg >= NEVER) return false;
      const ticks = travelTicks(row, place);
      if (ticks > maxLeg) return false;
      travel += ticks;
      way += distanceOf(row, place);
      row = place;
    } else placed = row;
    const start = nextStart(node, time + leg);
    if (start >= NEVER) return false;
    put(sequenceStart, i, start);
    put(sequenceEdge, i, leg);
    late += latenessAt(node, start);
    if (isBreak(node) && at(breakPaid, node - firstBreak) == 0) unpaid += at(breakDuration, node - firstBreak);
    time = start + load<i32>(record(node), LENGTH);
  }
  const home = at(routeEndRow, route);
  const lastEdge = edgeTicks(row, home);
  const lastLeg = travelTicks(row, home);
  let end = time + lastEdge;
  if (count == 0 && home == rows - 1 && at(routeHeadStops, route) > 0) {
    // Nothing comes after the head and the route ends where it is: then it ended when the head did.
    end = at(routeHeadEnd, route);
  }
  if (lastEdge >= NEVER || lastLeg > maxLeg || end > at(routeLatest, route)) return false;
  travel += lastLeg;
  way += distanceOf(row, home);

  let departure = end - lastEdge;
  for (let i = count - 1; i >= 0; i--) {
    const node = at(list, i);
    const latest = min(departure - load<i32>(record(node), LENGTH), latestInWindow(node, at(sequenceStart, i)));
    departure = latest - at(sequenceEdge, i);
  }
  if (at(routeDepartureFixed, route) == 1) departure = earliest;
  const work = end - departure - unpaid + at(routeHeadWorking, route);
  if (work > at(routeMaxWorking, route) || travel > at(routeMaxTravel, route)) return false;
  if (way > <i64>at(routeMaxDistance, route)) return false;
  if (termsOn) {
    if (!priceStops(route, list, count, departure)) return false;
    sequenceTerms = stopTicks + drivingTicks(at(routeEngineer, route), work, way);
  }
  sequenceWork = work;
  sequenceTravel = travel;
  sequenceDistance = <i32>way;
  sequenceLate = late;
  sequenceOvertime = max(end - at(routeShiftEnd, route), 0);
  sequenceDeparture = departure;
  sequenceEnd = end;
  return true;
}

/** Of the sequence evaluated last: ticks that its engineer waits at stop `index` when it departs as late as it may. */
export function sequenceWait(list: usize, index: i32): i32 {
  let time = sequenceDeparture;
  for (let i = 0; i < index; i++) {
    const node = at(list, i);
    time = nextStart(node, time + at(sequenceEdge, i)) + load<i32>(record(node), LENGTH);
  }
  const ready = time + at(sequenceEdge, index);
  return nextStart(at(list, index), ready) - ready;
}
