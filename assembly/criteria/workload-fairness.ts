// workload_fairness: work of seven days and of the plan is shared evenly. Soft.
import { engineers, engineerTarget, engineerWorked, fairnessCap, fairnessWeight, ticksPerSecond } from "../gen/layout";
import { at } from "../memory/cells";

/** Seconds that the cost of one engineer falls at most when the work grows by a minute; beyond, no work is worth a bound. */
const STEEPEST: i64 = 60;

/** True when it weighs something for somebody. */
export function isFairnessOn(): bool {
  if (fairnessWeight == 0) return false;
  for (let engineer = 0; engineer < engineers; engineer++) if (at(engineerTarget, engineer) > 0) return true;
  return false;
}

/** Ticks of an engineer who works so many ticks in the whole plan. */
export function workloadFairness(engineer: i32, work: i64): i64 {
  const target = <i64>at(engineerTarget, engineer);
  if (target == 0) return 0;
  const off = at(engineerWorked, engineer) + work / (60 * <i64>ticksPerSecond) - target;
  // Targets are at most a million minutes and the cap a million seconds: this is beyond the cap, and would leave an i64.
  if (<f64>fairnessWeight * <f64>off * <f64>off > 4e18) return <i64>fairnessCap * ticksPerSecond;
  const square = target * target;
  const cost = (2 * <i64>fairnessWeight * off * off + square) / (2 * square);
  return min(cost, <i64>fairnessCap) * ticksPerSecond;
}

/** The least that any work from `from` to `to` ticks in the whole plan costs. */
export function leastFairnessBetween(engineer: i32, from: i64, to: i64): i64 {
  const target = <i64>at(engineerTarget, engineer);
  const minute = 60 * <i64>ticksPerSecond;
  const worked = <i64>at(engineerWorked, engineer);
  if (worked + from / minute >= target) return workloadFairness(engineer, from);
  return worked + to / minute <= target ? workloadFairness(engineer, to) : 0;
}

/**
 * Ticks that an engineer costs at least with `work` ticks or more, when each further tick past `work + span` costs a tick beside: where there
 * is too little work, more of it makes the plan fairer, but by less than its own cost.
 */
export function leastFairness(engineer: i32, work: i64, span: i64): i64 {
  const target = <i64>at(engineerTarget, engineer);
  if (target == 0) return 0;
  const cost = workloadFairness(engineer, work);
  const minute = 60 * <i64>ticksPerSecond;
  if (at(engineerWorked, engineer) + work / minute >= target) return cost;
  const steepness = (2 * <i64>fairnessWeight + target - 1) / target;
  if (steepness > STEEPEST) return 0;
  const fall = steepness * (span / minute + 2) + 1;
  return max(cost - fall * ticksPerSecond, 0);
}
