// engineer_tier: output against the target, in four tiers.
import type { Engineer } from "../../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { TIER_SCORES } from "../../criteria.ts";

/** Score of the tier; `least` are the least percents of A, B and C. */
export function engineerTierScore(engineer: Engineer, least: readonly number[], neutralScore: number): number {
  const { attendanceDays = 0, ordersPerDay = 0, targetDays = 0, targetOrdersPerDay = 0 } = engineer.tier ?? {};
  const thousandths = (perDay: number) => BigInt(Math.round(perDay * 1000));
  const target = BigInt(targetDays) * thousandths(targetOrdersPerDay);
  if (target === 0n) return neutralScore;
  const percent = (100n * BigInt(attendanceDays) * thousandths(ordersPerDay)) / target;
  const tier = least.findIndex((bound) => percent >= BigInt(bound));
  return TIER_SCORES[tier < 0 ? 3 : tier]!;
}
