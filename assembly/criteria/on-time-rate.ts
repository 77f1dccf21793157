// on_time_rate: starts on time of the last 90 days, shrunk to the prior. Soft.
import { engineerOnTime, engineerStarts, neutralScore, onTimeCases, onTimePrior, onTimeWeight } from "../gen/layout";
import { at } from "../memory/cells";
import { costOfScore, rate } from "./score";

/** Ticks of the engineer's punctuality. */
export function onTimeRate(engineer: i32): i32 {
  const onTime = at(engineerOnTime, engineer);
  const score = onTime < 0 ? neutralScore : rate(onTime, at(engineerStarts, engineer), onTimeCases, onTimePrior);
  return costOfScore(onTimeWeight, score);
}
