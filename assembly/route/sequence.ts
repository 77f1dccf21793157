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
import { allocate } from "../memory/arena";
import { at, put } from "../memory/cells";
import { hoursOn, lastDeparture, setupAt, travelAt } from "./hours";
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

// By position, where there are hours: the row of the stop before, and the set-up.
let rowsBefore: usize = 0;
let setups: usize = 0;

/** Reserves room for routes of so many bytes by position. */
export function bindSequence(bytes: usize): void {
  sequenceStart = allocate(bytes);
  sequenceEdge = allocate(bytes);
  if (!hoursOn) return;
  rowsBefore = allocate(bytes);
  setups = allocate(bytes);
}

/** Evaluates `count` nodes at `list` (start and end left out) on `route`; false when a rule of time or a limit breaks. */
export function evaluateSequence(route: i32, list: usize, count: i32): bool {
  useMatrices(route);
  if (hoursOn) return evaluateByHour(route, list, count);
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
  return keepMeasures(route, list, count, departure, end, unpaid, travel, way, late);
}

/** The limits of a route as a whole and its terms; keeps the results where all are kept. */
function keepMeasures(
  route: i32,
  list: usize,
  count: i32,
  departure: i32,
  end: i32,
  unpaid: i32,
  travel: i32,
  way: i64,
  late: i32,
): bool {
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

/**
 * The same where times depend on the hour. Starts are those of the early pass, edges those of the plan, in which the route leaves as late as it
 * may: the passes between keep every start that counts, as nobody arrives earlier by leaving later.
 */
function evaluateByHour(route: i32, list: usize, count: i32): bool {
  const maxLeg = at(engineerMaxLeg, at(routeEngineer, route));
  const earliest = at(routeEarliest, route);
  let row = at(routeStartRow, route);
  let time = earliest;
  let late = 0;
  let unpaid = 0;
  let way: i64 = at(routeHeadDistance, route);
  let placed = row;
  for (let i = 0; i < count; i++) {
    const node = at(list, i);
    const place = load<i32>(record(node), ROW);
    put(rowsBefore, i, row);
    let leg = 0;
    let setup = 0;
    if (place >= 0) {
      leg = travelAt(row, place, time);
      if (leg >= NEVER) return false;
      setup = setupAt(placed, place, isLoan(node));
      way += distanceOf(row, place);
      row = place;
      if (!isLoan(node)) placed = place;
    } else placed = row;
    put(setups, i, setup);
    const start = nextStart(node, time + leg + setup);
    if (start >= NEVER) return false;
    put(sequenceStart, i, start);
    late += latenessAt(node, start);
    if (isBreak(node) && at(breakPaid, node - firstBreak) == 0) unpaid += at(breakDuration, node - firstBreak);
    time = start + load<i32>(record(node), LENGTH);
  }
  const home = at(routeEndRow, route);
  const lastLeg = travelAt(row, home, time);
  let end = time + lastLeg;
  if (count == 0 && home == rows - 1 && at(routeHeadStops, route) > 0) end = at(routeHeadEnd, route);
  if (lastLeg >= NEVER || end > at(routeLatest, route)) return false;
  way += distanceOf(row, home);

  let departure = earliest;
  if (at(routeDepartureFixed, route) == 0) {
    departure = lastDeparture(row, home, end);
    for (let i = count - 1; i >= 0; i--) {
      const node = at(list, i);
      const place = load<i32>(record(node), ROW);
      const latest = min(departure - load<i32>(record(node), LENGTH), latestInWindow(node, at(sequenceStart, i)));
      departure = place < 0 ? latest : lastDeparture(at(rowsBefore, i), place, latest - at(setups, i));
    }
  }
  let travel = at(routeHeadTravel, route);
  time = departure;
  for (let i = 0; i < count; i++) {
    const node = at(list, i);
    const place = load<i32>(record(node), ROW);
    const leg = place < 0 ? 0 : travelAt(at(rowsBefore, i), place, time);
    if (leg > maxLeg) return false;
    travel += leg;
    put(sequenceEdge, i, leg + at(setups, i));
    time = nextStart(node, time + leg + at(setups, i)) + load<i32>(record(node), LENGTH);
  }
  const driven = travelAt(row, home, time);
  if (driven > maxLeg) return false;
  return keepMeasures(route, list, count, departure, end, unpaid, travel + driven, way, late);
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
