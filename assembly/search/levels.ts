// The objective's levels of the plan as it stands, and of the best plan.
import { levels, levelWeight, orderPrice, orderUnassigned, routes } from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, at64, put64 } from "../memory/cells";
import { untimed } from "../route/matrix";
import {
  isPlain,
  isUsed,
  listRoute,
  scratchList,
  softTicks,
  totalDistance,
  totalEngineers,
  totalSoft,
  totalTravel,
  totalWork,
} from "../route/route";
import { evaluateSequence, sequenceOvertime, sequenceWork } from "../route/sequence";
import { DISTANCE, ENGINEERS_USED, MEASURES, SOFT_COST, TRAVEL_TIME, UNASSIGNED, WORKING_TIME } from "../route/weights";
import { absent, absentCount, lockedOut } from "./absent";

/** i64 by measure: values of the plan as it stands, after measurePlan. */
export let measures: usize = 0;
/** i64 by level: the plan as it stands, after measurePlan. */
export let planLevels: usize = 0;
let planLockedOut: i32 = 0;
let bestLockedOut: i32 = 0;
/** i64 by level: the best plan. */
export let bestLevels: usize = 0;
/** i64 by measure: the best plan. */
export let bestMeasures: usize = 0;

export function buildLevels(): void {
  measures = allocate(MEASURES << 3);
  bestMeasures = allocate(MEASURES << 3);
  planLevels = allocate((<usize>(levels + 1)) << 3);
  bestLevels = allocate((<usize>(levels + 1)) << 3);
  for (let level = 0; level < levels; level++) put64(bestLevels, level, i64.MAX_VALUE);
}

export function measurePlan(): void {
  planLockedOut = lockedOut();
  let unassigned: i64 = 0;
  let prices: i64 = 0;
  for (let i = 0; i < absentCount; i++) {
    const order = at(absent, i);
    unassigned += at(orderUnassigned, order);
    prices += at(orderPrice, order);
  }
  put64(measures, UNASSIGNED, unassigned);
  put64(measures, ENGINEERS_USED, totalEngineers);
  put64(measures, DISTANCE, totalDistance);
  put64(measures, TRAVEL_TIME, totalTravel);
  put64(measures, WORKING_TIME, totalWork);
  put64(measures, SOFT_COST, totalSoft + prices);
  for (let level = 0; level < levels; level++) {
    let value: i64 = 0;
    for (let measure = 0; measure < MEASURES; measure++)
      value += <i64>at(levelWeight, level * MEASURES + measure) * at64(measures, measure);
    put64(planLevels, level, value);
  }
}

/** True when the plan measured last is better than the best: a lock comes before every level. */
export function isBetter(): bool {
  if (planLockedOut != bestLockedOut) return planLockedOut < bestLockedOut;
  for (let level = 0; level < levels; level++) {
    const a = at64(planLevels, level);
    const b = at64(bestLevels, level);
    if (a != b) return a < b;
  }
  return false;
}

/** Fills in the best plan's working time and soft cost, which the search does without where its cost knows no time; the plan is linked. */
export function keepTimes(): void {
  if (!untimed) return;
  let work: i64 = 0;
  let soft: i64 = 0;
  for (let route = 0; route < routes; route++) {
    if (!isUsed(route) || !isPlain(route)) continue;
    const count = listRoute(route, scratchList);
    if (!evaluateSequence(route, scratchList, count)) unreachable();
    work += sequenceWork;
    soft += sequenceWork + softTicks(0, sequenceOvertime);
  }
  put64(bestMeasures, WORKING_TIME, at64(bestMeasures, WORKING_TIME) + work);
  put64(bestMeasures, SOFT_COST, at64(bestMeasures, SOFT_COST) + soft);
}

/** Makes the plan measured last the best. */
export function keepLevels(): void {
  bestLockedOut = planLockedOut;
  memory.copy(bestLevels, planLevels, (<usize>levels) << 3);
  memory.copy(bestMeasures, measures, MEASURES << 3);
}
