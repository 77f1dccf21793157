// Linear assignment of orders to engineers, at most one each, with forbidden pairs and a price for leaving an order out:
// shortest augmenting paths on integers (Jonker & Volgenant 1987; Crouse 2016). Every order has a column of its own for being left out.
import { allocate } from "../memory/arena";
import { at, at64, put, put64 } from "../memory/cells";

export const FORBIDDEN: i64 = i64.MAX_VALUE >> 2;
/** In columnOf: the order is left out. */
export const LEFT_OUT: i32 = -1;
const FREE: i32 = -1;

/** i64 by row and column: duals. Every cost minus both is >= 0, and 0 for chosen pairs; column duals are <= 0, and 0 for free columns. */
export let rowDual: usize = 0;
export let columnDual: usize = 0;
/** By row: its column, or LEFT_OUT. */
export let columnOf: usize = 0;

let rowOf: usize = 0;
let path: usize = 0; // by column: the row before it
let distance: usize = 0; // i64 by column
let reachedRows: usize = 0;
let reachedColumns: usize = 0;
let waiting: usize = 0;

/** Solves for costs (i64, row-major, FORBIDDEN = no) and the cost of leaving each row out (i64). */
export function solveAssignment(rowCount: i32, columnCount: i32, costs: usize, leaveOut: usize): void {
  rowDual = allocate((<usize>rowCount) << 3);
  columnDual = allocate((<usize>columnCount) << 3);
  columnOf = allocate((<usize>rowCount) << 2);
  rowOf = allocate((<usize>columnCount) << 2);
  path = allocate((<usize>columnCount) << 2);
  distance = allocate((<usize>columnCount) << 3);
  reachedRows = allocate((<usize>rowCount) << 2);
  reachedColumns = allocate((<usize>columnCount) << 2);
  waiting = allocate((<usize>columnCount) << 2);
  for (let row = 0; row < rowCount; row++) {
    put(columnOf, row, LEFT_OUT);
    put64(rowDual, row, 0);
  }
  for (let column = 0; column < columnCount; column++) {
    put(rowOf, column, FREE);
    put64(columnDual, column, 0);
  }
  for (let row = 0; row < rowCount; row++) augment(row, columnCount, costs, leaveOut);
}

/** Finds the shortest path from `start` to a free column or to leaving a row out, updates the duals and reassigns along it. */
function augment(start: i32, columnCount: i32, costs: usize, leaveOut: usize): void {
  for (let column = 0; column < columnCount; column++) {
    put64(distance, column, FORBIDDEN);
    put(waiting, column, column);
  }
  let waitingCount = columnCount;
  let rows = 0;
  let columns = 0;
  let row = start;
  let reached: i64 = 0;
  let outCost: i64 = FORBIDDEN;
  let outRow = start;
  let sink = -1;
  while (true) {
    put(reachedRows, rows++, row);
    const dual = at64(rowDual, row);
    const out = reached + at64(leaveOut, row) - dual;
    if (out < outCost) {
      outCost = out;
      outRow = row;
    }
    let lowest: i64 = FORBIDDEN;
    let lowestIndex = -1;
    const costRow = costs + ((<usize>row * <usize>columnCount) << 3);
    for (let i = 0; i < waitingCount; i++) {
      const column = at(waiting, i);
      const cost = at64(costRow, column);
      let known = at64(distance, column);
      if (cost < FORBIDDEN) {
        const length = reached + cost - dual - at64(columnDual, column);
        if (length < known) {
          known = length;
          put64(distance, column, length);
          put(path, column, row);
        }
      }
      if (known < lowest || (known == lowest && known < FORBIDDEN && at(rowOf, column) == FREE)) {
        lowest = known;
        lowestIndex = i;
      }
    }
    if (outCost <= lowest) {
      reached = outCost;
      break;
    }
    reached = lowest;
    const column = at(waiting, lowestIndex);
    put(waiting, lowestIndex, at(waiting, --waitingCount));
    put(reachedColumns, columns++, column);
    row = at(rowOf, column);
    if (row == FREE) {
      sink = column;
      break;
    }
  }
  for (let i = 0; i < rows; i++) {
    const r = at(reachedRows, i);
    const from = r == start ? 0 : at64(distance, at(columnOf, r));
    put64(rowDual, r, at64(rowDual, r) + reached - from);
  }
  for (let i = 0; i < columns; i++) {
    const column = at(reachedColumns, i);
    put64(columnDual, column, at64(columnDual, column) - reached + at64(distance, column));
  }
  let column = sink;
  if (sink < 0) {
    column = at(columnOf, outRow);
    put(columnOf, outRow, LEFT_OUT);
    if (outRow == start) return;
  }
  while (true) {
    const r = at(path, column);
    const previous = at(columnOf, r);
    put(rowOf, column, r);
    put(columnOf, r, column);
    if (r == start) return;
    column = previous;
  }
}
