// on_time_rate: starts on time, shrunk to the prior.
import type { Engineer } from "../../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { shrunkRate } from "../curves.ts";

/** Score 0 to 10000. */
export function onTimeRateScore(engineer: Engineer, cases: number, prior: number, neutralScore: number): number {
  return engineer.onTime ? shrunkRate(engineer.onTime, cases, prior) : neutralScore;
}
