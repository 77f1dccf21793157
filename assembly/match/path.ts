// The shortest augmenting path from a row that has nobody, over costs reduced by the duals (Jonker & Volgenant 1987; Crouse 2016): to a
// column that is free, or to a row that is better left out. Columns at one distance are taken together, and a free one among them ends it.
import { shouldStop } from "../host";
import { allocate } from "../memory/arena";
import { at, at64, put, put64 } from "../memory/cells";
import { clearQueue, dropNearest, nearestColumn, openQueue, queueColumn } from "./column-queue";
import { assign, columnDual, columnOf, isFree, LEFT_OUT, rowDual, rowOf, rowOut } from "./duals";
import {
  baseOf,
  cellsOf,
  columnCount,
  FORBIDDEN,
  forbiddenIn,
  isList,
  isNarrow,
  listColumns,
  listCosts,
  listLength,
  onlyLists,
  paddedColumns,
  twoCosts,
} from "./rows";

/** Distance of a column that the path has been to: no way there is shorter. */
const DONE: i64 = -1;

let distance: usize = 0; // i64 by column
let path: usize = 0; // i64 by column: the row before it
let touched: usize = 0; // columns with a distance, where rows are lists
let touchedCount: i32 = 0;
let reachedColumns: usize = 0; // columns that are done, by distance
let reachedAt: usize = 0; // i64 beside it: that distance
let columns: i32 = 0;
/** How far the path has got. */
let reached: i64 = 0;
/** A free column at that distance; -1: none. */
let sink: i32 = -1;
let looks: i32 = 0;

export function openPaths(): void {
  distance = allocate((<usize>paddedColumns) << 3);
  path = allocate((<usize>paddedColumns) << 3);
  reachedColumns = allocate((<usize>columnCount) << 2);
  reachedAt = allocate((<usize>columnCount) << 3);
  touched = allocate((<usize>columnCount) << 2);
  touchedCount = 0;
  looks = 0;
  if (onlyLists) openQueue(columnCount, distance);
  fillDistances();
}

function fillDistances(): void {
  for (let column = 0; column < paddedColumns; column++) put64(distance, column, FORBIDDEN);
}

/** Settles `start`; false when the time is over, and then nothing has changed. */
export function augment(start: i32): bool {
  forgetDistances();
  columns = 0;
  reached = 0;
  sink = -1;
  let taken = 0;
  let row = start;
  let outCost = FORBIDDEN;
  let outRow = start;
  while (true) {
    if ((++looks & 63) == 0 && shouldStop() != 0) return false;
    const out = reached + at64(rowOut, row) - at64(rowDual, row);
    if (out < outCost) {
      outCost = out;
      outRow = row;
    }
    if (outCost == reached) break;
    look(row);
    if (sink >= 0) break;
    if (taken == columns) {
      const nearest = nearestDistance();
      if (outCost <= nearest) {
        reached = outCost;
        break;
      }
      reached = nearest;
      takeNearest();
      if (sink >= 0) break;
    }
    row = at(rowOf, at(reachedColumns, taken++));
  }
  moveDuals(start);
  if (sink >= 0) reassign(start, sink);
  else {
    const column = at(columnOf, outRow);
    put(columnOf, outRow, LEFT_OUT);
    if (outRow != start) reassign(start, column);
  }
  return true;
}

function forgetDistances(): void {
  if (!onlyLists) {
    fillDistances();
    return;
  }
  for (let i = 0; i < touchedCount; i++) put64(distance, at(touched, i), FORBIDDEN);
  touchedCount = 0;
  clearQueue();
}

/** Shortens the way to the columns behind `row`. */
function look(row: i32): void {
  const from = reached - at64(rowDual, row);
  if (isList(row)) lookInList(row, from);
  else if (isNarrow(row)) lookInDense<i32>(row, from + baseOf(row));
  else lookInDense<i64>(row, from);
}

function lookInList(row: i32, from: i64): void {
  const listed = listColumns(row);
  const costs = listCosts(row);
  for (let i = 0, count = listLength(row); i < count; i++) {
    const column = at(listed, i);
    const length = from + at64(costs, i) - at64(columnDual, column);
    const known = at64(distance, column);
    if (length >= known) continue;
    put64(path, column, <i64>row);
    put64(distance, column, length);
    if (onlyLists && known == FORBIDDEN) put(touched, touchedCount++, column);
    if (length == reached && (!onlyLists || isFree(column))) {
      if (take(column)) return;
    } else if (onlyLists) queueColumn(column);
  }
}

function lookInDense<T>(row: i32, from: i64): void {
  const forbidden = i64x2.splat(forbiddenIn<T>());
  const start = i64x2.splat(from);
  const here = i64x2.splat(reached);
  const self = i64x2.splat(<i64>row);
  const cells = cellsOf(row);
  for (let column = 0; column < paddedColumns; column += 2) {
    const at8 = (<usize>column) << 3;
    const cost = twoCosts<T>(cells + <usize>column * sizeof<T>());
    const length = i64x2.sub(i64x2.add(start, cost), v128.load(columnDual + at8));
    const known = v128.load(distance + at8);
    const shorter = v128.andnot(i64x2.lt_s(length, known), i64x2.eq(cost, forbidden));
    if (!v128.any_true(shorter)) continue;
    v128.store(distance + at8, v128.bitselect(length, known, shorter));
    v128.store(path + at8, v128.bitselect(self, v128.load(path + at8), shorter));
    const now = v128.and(shorter, i64x2.eq(length, here));
    if (!v128.any_true(now)) continue;
    if (i64x2.extract_lane(now, 0) != 0 && take(column)) return;
    if (i64x2.extract_lane(now, 1) != 0 && take(column + 1)) return;
  }
}

/** Goes to a column at the distance reached; true when it is free, the end of the path. */
function take(column: i32): bool {
  if (isFree(column)) {
    sink = column;
    return true;
  }
  put64(distance, column, DONE);
  put(reachedColumns, columns, column);
  put64(reachedAt, columns++, reached);
  return false;
}

/** Of the columns that are not done; FORBIDDEN when there is none. */
function nearestDistance(): i64 {
  if (onlyLists) {
    const column = nearestColumn();
    return column < 0 ? FORBIDDEN : at64(distance, column);
  }
  const zero = i64x2.splat(0);
  let low = i64x2.splat(FORBIDDEN);
  for (let cell = distance, end = distance + ((<usize>paddedColumns) << 3); cell < end; cell += 16) {
    const two = v128.load(cell);
    const lower = v128.andnot(i64x2.lt_s(two, low), i64x2.lt_s(two, zero));
    low = v128.bitselect(two, low, lower);
  }
  return min(i64x2.extract_lane(low, 0), i64x2.extract_lane(low, 1));
}

/** Goes to all columns at the distance reached. */
function takeNearest(): void {
  if (onlyLists) {
    for (let column = nearestColumn(); column >= 0; column = nearestColumn()) {
      if (at64(distance, column) != reached) return;
      dropNearest();
      if (take(column)) return;
    }
    return;
  }
  const here = i64x2.splat(reached);
  for (let column = 0; column < paddedColumns; column += 2) {
    const same = i64x2.eq(v128.load(distance + ((<usize>column) << 3)), here);
    if (!v128.any_true(same)) continue;
    if (i64x2.extract_lane(same, 0) != 0 && take(column)) return;
    if (i64x2.extract_lane(same, 1) != 0 && take(column + 1)) return;
  }
}

/** Makes every edge of the path tight and keeps all others feasible. */
function moveDuals(start: i32): void {
  put64(rowDual, start, at64(rowDual, start) + reached);
  for (let i = 0; i < columns; i++) {
    const column = at(reachedColumns, i);
    const row = at(rowOf, column);
    const step = reached - at64(reachedAt, i);
    put64(columnDual, column, at64(columnDual, column) - step);
    put64(rowDual, row, at64(rowDual, row) + step);
  }
}

/** Gives every row of the path to `end` its next column. */
function reassign(start: i32, end: i32): void {
  let column = end;
  while (true) {
    const row = <i32>at64(path, column);
    const before = at(columnOf, row);
    assign(row, column);
    if (row == start) return;
    column = before;
  }
}
