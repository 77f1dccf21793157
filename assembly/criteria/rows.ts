// Rows of costs and masks over all engineers, and how many of them are kept by order class.
import { engineers, NONE } from "../gen/layout";
import { allocate, allocateZeroed } from "../memory/arena";

/** Rows of so many classes are kept; those of later classes are computed for every order anew. */
const KEPT_CLASSES: i32 = 1024;

/** Computes a row of masks, of costs or of both for `order`; a row that the criterion does not keep is 0. */
type FillRow = (order: i32, masks: usize, costs: usize) => void;

// What is kept by class, 12 bytes: masks, costs, number of classes computed.
const COSTS: usize = 4;
const MADE: usize = 8;

/** Memory for a row of masks, of costs or of both by class. */
export function keepRows(classes: i32, masks: bool, costs: bool): usize {
  const cells = <usize>(min(classes, KEPT_CLASSES) + 1) * engineers;
  const kept = allocateZeroed(12);
  if (classes == 0) return kept;
  if (masks) store<usize>(kept, allocate(cells << 1));
  if (costs) store<usize>(kept, allocate(cells << 2), COSTS);
  return kept;
}

/** Adds the row of a class to masks and costs of `order`; `fill` makes it for the first order of the class. NONE adds nothing. */
export function addClass(kept: usize, index: i32, order: i32, masks: usize, costs: usize, fill: FillRow): void {
  if (index == NONE) return;
  const cells = <usize>min(index, KEPT_CLASSES) * engineers;
  const allMasks = load<usize>(kept);
  const allCosts = load<usize>(kept, COSTS);
  const classMasks = allMasks != 0 ? allMasks + (cells << 1) : 0;
  const classCosts = allCosts != 0 ? allCosts + (cells << 2) : 0;
  if (index >= load<i32>(kept, MADE) || index >= KEPT_CLASSES) {
    store<i32>(kept, max(load<i32>(kept, MADE), index + 1), MADE);
    fill(order, classMasks, classCosts);
  }
  if (classMasks != 0) orRow(masks, classMasks);
  if (classCosts != 0) addRow(costs, classCosts);
}

/** Adds a row of costs to another. */
function addRow(target: usize, source: usize): void {
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
function orRow(target: usize, source: usize): void {
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
