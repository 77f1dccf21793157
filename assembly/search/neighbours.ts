// For every order the orders nearest to it, nearest first, by travel to and from it in the first set of matrices.
import { orders, rows } from "../gen/layout";
import { shouldStop } from "../host";
import { allocate } from "../memory/arena";
import { at, at64, put, put64 } from "../memory/cells";
import { sortKeys } from "../memory/sort";
import { travels } from "../route/matrix";

/** Longest list: strings removed around an order hardly ever reach further. */
const LONGEST: i32 = 200;

let lists: usize = 0;
/** Neighbours of each order. */
export let neighbourCount: i32 = 0;

export function buildNeighbours(): void {
  neighbourCount = min(orders - 1, LONGEST);
  if (neighbourCount <= 0) return;
  lists = allocate((<usize>(orders * neighbourCount)) << 2);
  const keys = allocate((<usize>orders) << 3);
  for (let order = 0; order < orders; order++) {
    // Nobody waits for the answer any more: the lists need not be right, only there.
    if ((order & 63) == 0 && shouldStop() != 0) {
      memory.fill(lists, 0, (<usize>(orders * neighbourCount)) << 2);
      return;
    }
    let count = 0;
    for (let other = 0; other < orders; other++) {
      if (other == order) continue;
      const there = <i64>at(travels, order * rows + other);
      const back = <i64>at(travels, other * rows + order);
      put64(keys, count++, ((there + back) << 20) | <i64>other);
    }
    sortKeys(keys, count);
    for (let i = 0; i < neighbourCount; i++) put(lists, order * neighbourCount + i, <i32>(at64(keys, i) & 0xfffff));
  }
}

export function neighbour(order: i32, index: i32): i32 {
  return at(lists, order * neighbourCount + index);
}
