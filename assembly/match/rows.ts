// Costs of an assignment row by row, each row in the smallest form that holds it: few pairs as a list, others in 32 bits above
// the row's least cost, or in 64 where those do not do.
import { allocate } from "../memory/arena";
import { at, at64, put, put64 } from "../memory/cells";

/** The cost of a pair that must not be. */
export const FORBIDDEN: i64 = i64.MAX_VALUE >> 2;

const LIST: u8 = 0;
const NARROW: u8 = 1;
const WIDE: u8 = 2;
/** A row is a list when at most one pair in so many is allowed: 12 bytes a pair against 4 or 8. */
const LIST_SHARE: i32 = 4;

export let rowCount: i32 = 0;
export let columnCount: i32 = 0;
/** Columns with those that fill the last vectors up: all arrays by column have as many cells. */
export let paddedColumns: i32 = 0;
/** i64 by column: where the caller writes the costs of the next row. */
export let nextRow: usize = 0;
/** i64 by row: the least cost, FORBIDDEN where no pair is allowed. */
export let leastCost: usize = 0;
/** Of the costs added, without sign. */
export let largestCost: i64 = 0;
/** Every row is a list. */
export let onlyLists: bool = true;

let form: usize = 0; // u8 by row
let cells: usize = 0; // by row: address
let pairs: usize = 0; // by row: allowed pairs

/** Begins a problem without rows. */
export function openRows(mostRows: i32, columns: i32): void {
  rowCount = 0;
  columnCount = columns;
  paddedColumns = (columns + 3) & ~3;
  nextRow = allocate((<usize>paddedColumns) << 3);
  leastCost = allocate((<usize>mostRows) << 3);
  form = allocate(<usize>mostRows);
  cells = allocate((<usize>mostRows) << 2);
  pairs = allocate((<usize>mostRows) << 2);
  largestCost = 0;
  onlyLists = true;
}

/** Takes the costs in `nextRow` over as the next row. */
export function addRow(): void {
  let count = 0;
  let least = FORBIDDEN;
  let most: i64 = -FORBIDDEN;
  for (let column = 0; column < columnCount; column++) {
    const cost = at64(nextRow, column);
    if (cost >= FORBIDDEN) continue;
    count++;
    least = min(least, cost);
    most = max(most, cost);
  }
  if (count > 0) largestCost = max(largestCost, max(most, -least));
  put64(leastCost, rowCount, least);
  put(pairs, rowCount, count);
  if (count * LIST_SHARE <= columnCount) addList(count);
  else {
    onlyLists = false;
    if (most - least < <i64>i32.MAX_VALUE) addDense<i32>(NARROW, least);
    else addDense<i64>(WIDE, 0);
  }
  rowCount++;
}

/** Costs, then columns. */
function addList(count: i32): void {
  const costs = allocate(<usize>count * 12);
  const columns = costs + ((<usize>count) << 3);
  store<u8>(form + <usize>rowCount, LIST);
  put(cells, rowCount, <i32>costs);
  for (let column = 0, i = 0; i < count; column++) {
    const cost = at64(nextRow, column);
    if (cost >= FORBIDDEN) continue;
    put64(costs, i, cost);
    put(columns, i++, column);
  }
}

function addDense<T>(kind: u8, base: i64): void {
  const row = allocate(<usize>paddedColumns * sizeof<T>());
  store<u8>(form + <usize>rowCount, kind);
  put(cells, rowCount, <i32>row);
  for (let column = 0; column < paddedColumns; column++) {
    const cost = column < columnCount ? at64(nextRow, column) : FORBIDDEN;
    store<T>(row + <usize>column * sizeof<T>(), cost < FORBIDDEN ? <T>(cost - base) : <T>forbiddenIn<T>());
  }
}

/** What stands for FORBIDDEN in a row of cells T. */
export function forbiddenIn<T>(): i64 {
  return sizeof<T>() == 4 ? <i64>i32.MAX_VALUE : FORBIDDEN;
}

/** Two cells of a dense row as i64. */
export function twoCosts<T>(cell: usize): v128 {
  return sizeof<T>() == 4 ? v128.load_ext<i32>(cell) : v128.load(cell);
}

export function isList(row: i32): bool {
  return load<u8>(form + <usize>row) == LIST;
}

export function isNarrow(row: i32): bool {
  return load<u8>(form + <usize>row) == NARROW;
}

/** Address of a dense row's cells. */
export function cellsOf(row: i32): usize {
  return <usize>at(cells, row);
}

/** What a dense row's cells are above. */
export function baseOf(row: i32): i64 {
  return isNarrow(row) ? at64(leastCost, row) : 0;
}

export function listLength(row: i32): i32 {
  return at(pairs, row);
}

/** i64 by place in the row's list. */
export function listCosts(row: i32): usize {
  return <usize>at(cells, row);
}

/** By place in the row's list, ascending. */
export function listColumns(row: i32): usize {
  return listCosts(row) + ((<usize>at(pairs, row)) << 3);
}

/** One cost as it was given. */
export function costAt(row: i32, column: i32): i64 {
  if (isList(row)) {
    const columns = listColumns(row);
    for (let i = 0; i < listLength(row); i++) if (at(columns, i) == column) return at64(listCosts(row), i);
    return FORBIDDEN;
  }
  if (!isNarrow(row)) return at64(cellsOf(row), column);
  const cost = at(cellsOf(row), column);
  return cost == i32.MAX_VALUE ? FORBIDDEN : at64(leastCost, row) + <i64>cost;
}
