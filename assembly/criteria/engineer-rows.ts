// The criteria that depend on the engineer alone, summed once: one row for every order, and one for orders of customers with a tier.
import { engineers, orderVip } from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, put } from "../memory/cells";
import { acceptanceRate } from "./acceptance-rate";
import { customerRating } from "./customer-rating";
import { engineerTier } from "./engineer-tier";
import { onTimeRate } from "./on-time-rate";

let plainRow: usize = 0;
let vipRow: usize = 0;

export function buildEngineerRows(): void {
  plainRow = allocate((<usize>engineers) << 2);
  vipRow = allocate((<usize>engineers) << 2);
  for (let engineer = 0; engineer < engineers; engineer++) {
    const cost = engineerTier(engineer) + onTimeRate(engineer) + acceptanceRate(engineer);
    put(plainRow, engineer, cost + customerRating(engineer, false));
    put(vipRow, engineer, cost + customerRating(engineer, true));
  }
}

/** Begins the order's row of costs. */
export function addEngineerRow(order: i32, costs: usize): void {
  memory.copy(costs, at(orderVip, order) == 1 ? vipRow : plainRow, (<usize>engineers) << 2);
}
