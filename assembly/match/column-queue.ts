// Columns by distance, the nearest first: a binary heap in which a column's distance may shrink.
import { allocate } from "../memory/arena";
import { at, at64, put } from "../memory/cells";

let heap: usize = 0;
let place: usize = 0; // by column: its place in the heap, ABSENT outside
let distances: usize = 0; // i64 by column
let count: i32 = 0;
const ABSENT: i32 = -1;

/** An empty queue of columns that `by` tells the distances of. */
export function openQueue(columns: i32, by: usize): void {
  heap = allocate((<usize>columns) << 2);
  place = allocate((<usize>columns) << 2);
  distances = by;
  count = 0;
  for (let column = 0; column < columns; column++) put(place, column, ABSENT);
}

export function clearQueue(): void {
  for (let i = 0; i < count; i++) put(place, at(heap, i), ABSENT);
  count = 0;
}

/** Puts a column in, or moves it forward after its distance shrank. */
export function queueColumn(column: i32): void {
  let hole = at(place, column);
  if (hole == ABSENT) hole = count++;
  const distance = at64(distances, column);
  while (hole > 0) {
    const above = at(heap, (hole - 1) >> 1);
    if (at64(distances, above) <= distance) break;
    set(hole, above);
    hole = (hole - 1) >> 1;
  }
  set(hole, column);
}

/** The nearest column, which stays; -1 when there is none. */
export function nearestColumn(): i32 {
  return count > 0 ? at(heap, 0) : -1;
}

/** Takes the nearest column out. */
export function dropNearest(): void {
  put(place, at(heap, 0), ABSENT);
  const last = at(heap, --count);
  if (count == 0) return;
  const distance = at64(distances, last);
  let hole = 0;
  while (true) {
    let below = 2 * hole + 1;
    if (below >= count) break;
    if (below + 1 < count && at64(distances, at(heap, below + 1)) < at64(distances, at(heap, below))) below++;
    if (at64(distances, at(heap, below)) >= distance) break;
    set(hole, at(heap, below));
    hole = below;
  }
  set(hole, last);
}

function set(index: i32, column: i32): void {
  put(heap, index, column);
  put(place, column, index);
}
