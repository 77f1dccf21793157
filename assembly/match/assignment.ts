// Linear assignment of rows to columns, at most one each, with forbidden pairs and a price for leaving each row and each column out.
import { at, at64, put } from "../memory/cells";
import { bidForColumns } from "./bids";
import { assign, columnDual, columnOf, isFree, LEFT_OUT, openDuals, rowOut, WAITING } from "./duals";
import { augment, openPaths } from "./path";
import { columnCount, costAt, FORBIDDEN, isList, listColumns, listCosts, listLength, rowCount } from "./rows";

/**
 * Solves for the rows added, with the cost of leaving each row and each column out (i64). False when the time was over: then the duals are
 * feasible, and rows that nobody had settled have the cheapest column that was left.
 */
export function solveAssignment(rowOuts: usize, columnOuts: usize): bool {
  openDuals(rowOuts, columnOuts);
  openPaths();
  let inTime = bidForColumns();
  for (let row = 0; inTime && row < rowCount; row++) if (at(columnOf, row) == WAITING) inTime = augment(row);
  if (!inTime) for (let row = 0; row < rowCount; row++) if (at(columnOf, row) == WAITING) settleInHaste(row);
  return inTime;
}

/** Free columns have the dual they began with, so that a cost above it is what the pair costs more than leaving the column out. */
function settleInHaste(row: i32): void {
  let best = at64(rowOut, row);
  let found = LEFT_OUT;
  const listed = isList(row);
  for (let i = 0, count = listed ? listLength(row) : columnCount; i < count; i++) {
    const column = listed ? at(listColumns(row), i) : i;
    if (!isFree(column)) continue;
    const given = listed ? at64(listCosts(row), i) : costAt(row, i);
    const cost = given - at64(columnDual, column);
    if (given == FORBIDDEN || cost >= best) continue;
    best = cost;
    found = column;
  }
  if (found == LEFT_OUT) put(columnOf, row, LEFT_OUT);
  else assign(row, found);
}
