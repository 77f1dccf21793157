// The orders that are in no route.
import { orderPrice, orderRoute, orders, orderUnassigned } from "../gen/layout";
import { allocate, allocateZeroed } from "../memory/arena";
import { at, put } from "../memory/cells";
import { softWeight, unassignedWeight } from "../route/weights";

export let absent: usize = 0;
export let absentCount: i32 = 0;
/** By order: the iteration that took it out last. */
let removedIn: usize = 0;
let iteration: i32 = 0;

export function buildAbsent(): void {
  absent = allocate((<usize>(orders + 1)) << 2);
  removedIn = allocateZeroed((<usize>orders) << 2);
  given = allocateZeroed(<usize>orders);
  absentCount = 0;
  iteration = 0;
}

/** Begins an iteration: what is absent now was not removed in it. */
export function openAbsent(): void {
  iteration++;
}

/** True when `order` was taken out in this iteration. */
export function isRemoved(order: i32): bool {
  return at(removedIn, order) == iteration;
}

export function setAbsentCount(count: i32): void {
  absentCount = count;
}

export function addAbsent(order: i32): void {
  put(absent, absentCount++, order);
  put(removedIn, order, iteration);
}

/** u8 by order: 1 where the running plan does not serve it although it is locked: it need not be served any more. */
let given: usize = 0;

/** The running plan is noted: locked orders that it does not serve count as others do. */
export function giveUpLocks(): void {
  for (let i = 0; i < absentCount; i++) store<u8>(given + <usize>at(absent, i), 1);
}

/** True for an order that has to stay where it is locked to. */
function isHeld(order: i32): bool {
  return at(orderRoute, order) >= 0 && load<u8>(given + <usize>order) == 0;
}

/** A locked order weighs as much as this many others: it is left out only where it cannot be served at all. */
const LOCK_WEIGHT: i64 = 10000;

/** Scalar cost of leaving `order` out. */
export function absentCost(order: i32): i64 {
  const locked = isHeld(order) ? unassignedWeight * LOCK_WEIGHT : 0;
  return locked + unassignedWeight * <i64>at(orderUnassigned, order) + softWeight * <i64>at(orderPrice, order);
}

/** Locked orders left out that have to stay. */
export function lockedOut(): i32 {
  let count = 0;
  for (let i = 0; i < absentCount; i++) if (isHeld(at(absent, i))) count++;
  return count;
}

/** Scalar cost of all orders left out. */
export function absentTotal(): i64 {
  let sum: i64 = 0;
  for (let i = 0; i < absentCount; i++) sum += absentCost(at(absent, i));
  return sum;
}
