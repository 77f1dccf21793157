// The state of an assignment: who has whom, and dual values that are feasible at every moment.
import { allocate } from "../memory/arena";
import { at, at64, put, put64 } from "../memory/cells";
import { columnCount, FORBIDDEN, leastCost, paddedColumns, rowCount } from "./rows";

/** In columnOf: left out for good, or as long as nobody looked. */
export const LEFT_OUT: i32 = -1;
export const WAITING: i32 = -2;
/** In rowOf. */
export const FREE: i32 = -1;

/** i64: what leaving a row or a column out costs; given. */
export let rowOut: usize = 0;
export let columnOut: usize = 0;
/** i64: cost - rowDual - columnDual >= 0 for every pair; no dual is above the cost of leaving out; free columns are at it. */
export let rowDual: usize = 0;
export let columnDual: usize = 0;
export let columnOf: usize = 0;
export let rowOf: usize = 0;

/** Nobody has anybody; columns at their cost of leaving out, rows where that is feasible without a look at single pairs. */
export function openDuals(rowOuts: usize, columnOuts: usize): void {
  rowOut = rowOuts;
  columnOut = columnOuts;
  rowDual = allocate((<usize>rowCount) << 3);
  columnDual = allocate((<usize>paddedColumns) << 3);
  columnOf = allocate((<usize>rowCount) << 2);
  rowOf = allocate((<usize>columnCount) << 2);
  let dearest: i64 = -FORBIDDEN;
  for (let column = 0; column < paddedColumns; column++) put64(columnDual, column, 0);
  for (let column = 0; column < columnCount; column++) {
    const out = at64(columnOut, column);
    put64(columnDual, column, out);
    dearest = max(dearest, out);
    put(rowOf, column, FREE);
  }
  for (let row = 0; row < rowCount; row++) {
    put(columnOf, row, WAITING);
    put64(rowDual, row, min(at64(rowOut, row), at64(leastCost, row) - dearest));
  }
}

export function isFree(column: i32): bool {
  return at(rowOf, column) == FREE;
}

export function assign(row: i32, column: i32): void {
  put(rowOf, column, row);
  put(columnOf, row, column);
}
