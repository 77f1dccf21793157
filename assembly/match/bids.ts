// The start of an assignment: rows bid for the column that is best for them, as in augmenting row reduction (Jonker & Volgenant 1987).
// Most rows of an easy problem are settled by it, each by one or two looks at its costs.
import { shouldStop } from "../host";
import { at, at64, put, put64 } from "../memory/cells";
import { assign, columnDual, columnOf, FREE, isFree, LEFT_OUT, rowDual, rowOf, rowOut, WAITING } from "./duals";
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
  paddedColumns,
  rowCount,
  twoCosts,
} from "./rows";

/** Sweeps over the rows that are still waiting. */
const SWEEPS: i32 = 2;
/** Bids for each row at most: where many want few, prices would rise in small steps for long. */
const BIDS: i32 = 4;

/** After least: the two least costs above the column's dual, FORBIDDEN where there are less. */
let first: i64 = 0;
let second: i64 = 0;

/** Lets the rows bid; false when the time is over. Rows that got nothing are left waiting. */
export function bidForColumns(): bool {
  let bids = rowCount * BIDS;
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    for (let start = 0; start < rowCount; start++) {
      if ((start & 63) == 0 && shouldStop() != 0) return false;
      let row = at(columnOf, start) == WAITING ? start : FREE;
      while (row != FREE && bids-- > 0) row = bid(row);
    }
  return true;
}

/** Gives the row its best column at the price at which the second best is as good; returns the row that had it, FREE if none. */
function bid(row: i32): i32 {
  least(row);
  const out = at64(rowOut, row);
  if (out <= first) {
    put64(rowDual, row, out);
    put(columnOf, row, LEFT_OUT);
    return FREE;
  }
  const price = min(second, out);
  put64(rowDual, row, price);
  const column = columnAt(row, first);
  const other = at(rowOf, column);
  // Without a higher price the two would take it from each other for ever.
  if (other != FREE && price == first) return FREE;
  put64(columnDual, column, at64(columnDual, column) - (price - first));
  assign(row, column);
  if (other != FREE) put(columnOf, other, WAITING);
  return other;
}

function least(row: i32): void {
  if (isList(row)) leastInList(row);
  else if (isNarrow(row)) leastInDense<i32>(row);
  else leastInDense<i64>(row);
}

function leastInList(row: i32): void {
  const columns = listColumns(row);
  const costs = listCosts(row);
  first = FORBIDDEN;
  second = FORBIDDEN;
  for (let i = 0, count = listLength(row); i < count; i++) {
    const cost = at64(costs, i) - at64(columnDual, at(columns, i));
    if (cost < first) {
      second = first;
      first = cost;
    } else second = min(second, cost);
  }
}

function leastInDense<T>(row: i32): void {
  const forbidden = i64x2.splat(forbiddenIn<T>());
  const never = i64x2.splat(FORBIDDEN);
  let low = never;
  let next = never;
  let cell = cellsOf(row);
  let dual = columnDual;
  for (const end = dual + ((<usize>paddedColumns) << 3); dual < end; dual += 16) {
    const given = twoCosts<T>(cell);
    const above = i64x2.sub(given, v128.load(dual));
    const cost = v128.bitselect(never, above, i64x2.eq(given, forbidden));
    const lower = i64x2.lt_s(cost, low);
    const larger = v128.bitselect(low, cost, lower);
    low = v128.bitselect(cost, low, lower);
    next = v128.bitselect(larger, next, i64x2.lt_s(larger, next));
    cell += 2 * sizeof<T>();
  }
  const a = i64x2.extract_lane(low, 0);
  const b = i64x2.extract_lane(low, 1);
  first = min(a, b);
  second = min(max(a, b), min(i64x2.extract_lane(next, 0), i64x2.extract_lane(next, 1)));
  if (first < FORBIDDEN) first += baseOf(row);
  if (second < FORBIDDEN) second += baseOf(row);
}

/** A column at this cost above its dual, a free one if there is one. */
function columnAt(row: i32, cost: i64): i32 {
  if (isList(row)) return columnInList(row, cost);
  return isNarrow(row) ? columnInDense<i32>(row, cost - baseOf(row)) : columnInDense<i64>(row, cost);
}

function columnInList(row: i32, cost: i64): i32 {
  const columns = listColumns(row);
  const costs = listCosts(row);
  let found = -1;
  for (let i = 0, count = listLength(row); i < count; i++) {
    const column = at(columns, i);
    if (at64(costs, i) - at64(columnDual, column) != cost) continue;
    found = column;
    if (isFree(column)) break;
  }
  return found;
}

function columnInDense<T>(row: i32, cost: i64): i32 {
  const wanted = i64x2.splat(cost);
  const cells = cellsOf(row);
  let found = -1;
  for (let column = 0; column < paddedColumns; column += 2) {
    const given = twoCosts<T>(cells + <usize>column * sizeof<T>());
    const above = i64x2.sub(given, v128.load(columnDual + ((<usize>column) << 3)));
    const same = i64x2.eq(above, wanted);
    if (!v128.any_true(same)) continue;
    for (let lane = 0; lane < 2; lane++) {
      const hit = column + lane;
      if (hit >= columnCount || load<T>(cells + <usize>hit * sizeof<T>()) == <T>forbiddenIn<T>()) continue;
      if (<i64>load<T>(cells + <usize>hit * sizeof<T>()) - at64(columnDual, hit) != cost) continue;
      found = hit;
      if (isFree(hit)) return hit;
    }
  }
  return found;
}
