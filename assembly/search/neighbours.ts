// For every order the orders nearest to it, nearest first, by travel to and from it in the first set of matrices.
import { edge, modes, orders, rows } from "../gen/layout";
import { shouldStop } from "../host";
import { allocate } from "../memory/arena";
import { at, at64, put64 } from "../memory/cells";
import { selectKeys, sortKeys } from "../memory/sort";
import { travelTicks } from "../route/matrix";
import { CLOSE, LENGTH, OPEN, record } from "../route/nodes";

/** Longest list: strings removed around an order hardly ever reach further. */
const LONGEST: i32 = 200;

/** By order, neighbourCount entries of 16 bytes: see neighbourList. */
let lists: usize = 0;
/** Neighbours of each order. */
export let neighbourCount: i32 = 0;

export function buildNeighbours(): void {
  neighbourCount = min(orders - 1, LONGEST);
  if (neighbourCount <= 0) return;
  lists = allocate((<usize>orders * <usize>neighbourCount) << 4);
  const keys = allocate((<usize>orders) << 3);
  for (let order = 0; order < orders; order++) {
    // Nobody waits for the answer any more: the lists need not be right, only there.
    if ((order & 63) == 0 && shouldStop() != 0) {
      memory.fill(lists, 0, (<usize>orders * <usize>neighbourCount) << 4);
      return;
    }
    let count = 0;
    for (let other = 0; other < orders; other++) {
      if (other == order) continue;
      const there = <i64>travelTicks(order, other);
      const back = <i64>travelTicks(other, order);
      put64(keys, count++, ((there + back) << 20) | <i64>other);
    }
    selectKeys(keys, count, neighbourCount);
    sortKeys(keys, neighbourCount);
    const o = record(order);
    for (let i = 0; i < neighbourCount; i++) {
      const other = <i32>(at64(keys, i) & 0xfffff);
      const n = record(other);
      const ready = load<i32>(n, OPEN) + load<i32>(n, LENGTH) + at(edge, other * rows + order);
      const before = modes > 1 || ready <= load<i32>(o, CLOSE);
      const cell = neighbourCell(order, i);
      store<i32>(cell, other);
      store<i32>(cell, at(edge, other * rows + order), EDGE_IN);
      store<i32>(cell, at(edge, order * rows + other), EDGE_OUT);
      store<i32>(cell, <i32>min(at64(keys, i) >> 20, <i64>0x3fffffff) | (before ? 0 : LATER), 4);
    }
  }
}

/** Bit of an entry's travel: the order cannot be reached in time behind this neighbour, in whatever route. */
export const LATER: i32 = 0x40000000;

function neighbourCell(order: i32, index: i32): usize {
  return lists + ((<usize>order * <usize>neighbourCount + <usize>index) << 4);
}

export function neighbour(order: i32, index: i32): i32 {
  return load<i32>(neighbourCell(order, index));
}

/** Entries of neighbourList: the neighbour at 0, then travel there and back, with LATER added, and the edges in the first set of matrices. */
export const TRAVEL: usize = 4;
/** From the neighbour to the order. */
export const EDGE_IN: usize = 8;
/** From the order to the neighbour. */
export const EDGE_OUT: usize = 12;
export const NEIGHBOUR: usize = 16;

/** Address of the list of `order`, nearest first. */
export function neighbourList(order: i32): usize {
  return neighbourCell(order, 0);
}
