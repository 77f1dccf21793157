// The orders that are in no route.
import { orderPrice, orders, orderUnassigned } from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, put } from "../memory/cells";
import { softWeight, unassignedWeight } from "../route/weights";

export let absent: usize = 0;
export let absentCount: i32 = 0;

export function buildAbsent(): void {
  absent = allocate((<usize>(orders + 1)) << 2);
  absentCount = 0;
}

export function setAbsentCount(count: i32): void {
  absentCount = count;
}

export function addAbsent(order: i32): void {
  put(absent, absentCount++, order);
}

/** Scalar cost of leaving `order` out. */
export function absentCost(order: i32): i64 {
  return unassignedWeight * <i64>at(orderUnassigned, order) + softWeight * <i64>at(orderPrice, order);
}

/** Scalar cost of all orders left out. */
export function absentTotal(): i64 {
  let sum: i64 = 0;
  for (let i = 0; i < absentCount; i++) sum += absentCost(at(absent, i));
  return sum;
}
