// Value in care and budgets along a route (docs/plan.md, hard rule 5): dispatchers without a solver mind them, too.
import type { Engineer } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { type Stop, Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { isOverBudget } from "../../solver/check/criteria/service-cost.ts";
import type { Day } from "./day.ts";

/** A stop with the ticks of its leg, set-up and length and the metres of its leg. */
interface Visit {
  readonly stop: Stop;
  readonly leg: number;
  readonly distance: number;
  readonly setup: number;
  readonly length: number;
}

/** Whether the engineer's cover holds at every service, and every visit is within its order's budget. */
export function withinMoney({ facts, orders }: Day, engineer: Engineer, visits: readonly Visit[]): boolean {
  const { policy, clock } = facts;
  const covered = policy.mode("trust_limit") === "hard" ? engineer.trustLimitMinor : undefined;
  let carried = engineer.trustCarriedMinor;
  for (const { stop, leg, distance, setup, length } of visits) {
    if (stop.kind !== Stop_Kind.SERVICE) continue;
    const order = orders.get(stop.orderId)!;
    const value = order.trustValueMinor;
    if (value > 0n && covered !== undefined && carried + value > covered) return false;
    if (order.takenAlong) carried += value;
    if (policy.mode("service_cost") === "off") continue;
    if (isOverBudget(order, engineer, leg + setup + length, distance, clock.ticksPerSecond)) return false;
  }
  return true;
}
