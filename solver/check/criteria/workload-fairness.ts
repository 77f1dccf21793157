// workload_fairness: work of seven days and of the plan against the target.
import type { Engineer } from "../../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";

/** Equivalent seconds of an engineer who works so many ticks in the plan; 0 where recent work is not stated. */
export function workloadFairnessCost(
  { workload }: Engineer,
  working: number,
  weightS: number,
  capS: number,
  ticksPerSecond: number,
): number {
  if (!workload) return 0;
  const target = BigInt(workload.targetMinutes);
  const off = BigInt(workload.minutes) + BigInt(working) / BigInt(60 * ticksPerSecond) - target;
  // Half of the square more: rounded to the nearest second.
  const twice = (2n * BigInt(weightS) * off * off) / (target * target) + 1n;
  return Math.min(capS, Number(twice / 2n));
}
