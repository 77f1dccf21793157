// service_cost: wage, kilometres and fees in equivalent ticks, soft; what a visit costs is within the order's budget, hard.
import {
  engineers,
  engineerWage,
  engineerWayCost,
  engineerWayPrice,
  engineerWorkPrice,
  orderBudget,
  orderService,
} from "../gen/layout";
import { at } from "../memory/cells";
import { FAILS_BUDGET } from "./masks";
import { moneyAt, NO_MONEY } from "./money";
import { orCell } from "./rows";

const MILLION: i64 = 1000000;

/** Sets mask bits where not even service alone is within the order's budget. */
export function budgetExclusions(order: i32, masks: usize): void {
  if (moneyAt(orderBudget, order) == NO_MONEY) return;
  for (let engineer = 0; engineer < engineers; engineer++)
    if (isOverBudget(order, engineer, at(orderService, order), 0)) orCell(masks, engineer, FAILS_BUDGET);
}

/** True when `busy` ticks of travel, set-up and service and the way cost more than the order's budget. */
export function isOverBudget(order: i32, engineer: i32, busy: i32, way: i32): bool {
  const budget = moneyAt(orderBudget, order);
  if (budget == NO_MONEY) return false;
  return (
    <i64>at(engineerWage, engineer) * busy + <i64>at(engineerWayCost, engineer) * way > budget * MILLION || budget < 0
  );
}

/** Ticks that working time and distance of a route cost. */
export function drivingCost(engineer: i32, work: i64, way: i64): i64 {
  return (
    (<i64>at(engineerWorkPrice, engineer) * work + <i64>at(engineerWayPrice, engineer) * way + MILLION / 2) / MILLION
  );
}
