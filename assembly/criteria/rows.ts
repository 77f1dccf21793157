// Rows of costs and masks over all engineers, and how many of them are kept by order class.
import { engineers } from "../gen/layout";
import { allocate } from "../memory/arena";

/** Rows of so many classes are kept; those of later classes are computed for every order anew. */
export const KEPT_CLASSES: i32 = 1024;

/** Memory for one row of i32 by class. */
export function classRows(classes: i32): usize {
  return allocate((<usize>(min(classes, KEPT_CLASSES) + 1) * engineers) << 2);
}

/** The row of a class. */
export function classRow(rows: usize, index: i32): usize {
  return rows + ((<usize>min(index, KEPT_CLASSES) * engineers) << 2);
}

/** Memory for one row of masks (u16) by class. */
export function classMasks(classes: i32): usize {
  return allocate((<usize>(min(classes, KEPT_CLASSES) + 1) * engineers) << 1);
}

/** The row of masks of a class. */
export function classMask(masks: usize, index: i32): usize {
  return masks + ((<usize>min(index, KEPT_CLASSES) * engineers) << 1);
}

/** Adds a row of costs to another. */
export function addRow(target: usize, source: usize): void {
  const end = target + ((<usize>engineers) << 2);
  while (target + 16 <= end) {
    v128.store(target, i32x4.add(v128.load(target), v128.load(source)));
    target += 16;
    source += 16;
  }
  while (target < end) {
    store<i32>(target, load<i32>(target) + load<i32>(source));
    target += 4;
    source += 4;
  }
}

/** Adds one cost to a whole row. */
export function addToRow(target: usize, cost: i32): void {
  if (cost == 0) return;
  const end = target + ((<usize>engineers) << 2);
  const costs = i32x4.splat(cost);
  for (; target + 16 <= end; target += 16) v128.store(target, i32x4.add(v128.load(target), costs));
  for (; target < end; target += 4) store<i32>(target, load<i32>(target) + cost);
}

/** Sets in a row of masks the bits of another. */
export function orRow(target: usize, source: usize): void {
  const end = target + ((<usize>engineers) << 1);
  while (target + 16 <= end) {
    v128.store(target, v128.or(v128.load(target), v128.load(source)));
    target += 16;
    source += 16;
  }
  while (target < end) {
    store<u16>(target, load<u16>(target) | load<u16>(source));
    target += 2;
    source += 2;
  }
}

/** Sets bits in one cell of a row of masks. */
export function orCell(masks: usize, engineer: i32, bits: i32): void {
  const cell = masks + ((<usize>engineer) << 1);
  store<u16>(cell, load<u16>(cell) | bits);
}

/** Sets one cell of a row of masks. */
export function setCell(masks: usize, engineer: i32, bits: i32): void {
  store<u16>(masks + ((<usize>engineer) << 1), bits);
}
