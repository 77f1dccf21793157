// service_cost: wage and kilometres, in equivalent ticks for the plan and in money for a budget.
import type { Engineer } from "../../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../../proto/gen/shanpai/dispatch/v1/order_pb.ts";

const MILLION = 1_000_000n;

/** Ticks for working time and distance of a route. */
export function drivingCost(
  { wagePerHourMinor, costPerKmMinor }: Engineer,
  working: number,
  distance: number,
  secondsPerCurrencyUnit: number,
  ticksPerSecond: number,
): number {
  const ofTick = BigInt(Math.floor((Number(wagePerHourMinor) * secondsPerCurrencyUnit * 1e6) / 360_000 + 0.5));
  const ofMetre = BigInt(Math.floor(Number(costPerKmMinor) * secondsPerCurrencyUnit * ticksPerSecond * 10 + 0.5));
  return Number((BigInt(working) * ofTick + BigInt(distance) * ofMetre + MILLION / 2n) / MILLION);
}

/** Whether `busy` ticks of travel, set-up and service, `distance` metres and the visit's fee are beyond the order's budget. */
export function isOverBudget(
  { budgetMinor, visitFeeMinor }: Order,
  { wagePerHourMinor, costPerKmMinor }: Engineer,
  busy: number,
  distance: number,
  ticksPerSecond: number,
): boolean {
  if (budgetMinor === undefined) return false;
  const ofTick = BigInt(Math.floor((Number(wagePerHourMinor) * 1e6) / (3600 * ticksPerSecond) + 0.5));
  const spent = BigInt(busy) * ofTick + BigInt(distance) * costPerKmMinor * 1000n;
  return spent + visitFeeMinor * MILLION > budgetMinor * MILLION;
}
