// The buffer around the columns of a problem: header, column table, columns.
import { COLUMN_NAMES, type Columns, HEADER_WORDS, LAYOUT_MAGIC, LAYOUT_VERSION } from "./gen/layout.ts";

/** A column that is written where it is wanted: the core's memory holds the only copy. */
export interface WrittenColumn {
  readonly length: number;
  /** Fills `target`, which has `length` elements. */
  write(target: Int32Array): void;
}

/** Columns of which the large ones are written only when they are asked for. */
export type ColumnSources = Omit<Columns, LargeColumn> & Readonly<Record<LargeColumn, Int32Array | WrittenColumn>>;

/** Columns with a cell for each two rows of the matrices. */
export const LARGE_COLUMNS = ["edge", "sliceTravel", "distance"] as const;
export type LargeColumn = (typeof LARGE_COLUMNS)[number];

/** Bytes a buffer with these columns takes. */
export function encodedBytes(columns: ColumnSources): number {
  let bytes = align8(4 * (HEADER_WORDS + 2 * COLUMN_NAMES.length));
  for (const name of COLUMN_NAMES) bytes += align8(4 * columns[name].length);
  return bytes;
}

/** Writes header and columns into `target`, which has encodedBytes(columns) bytes. */
export function writeColumns(columns: ColumnSources, target: Int32Array): void {
  target.set([LAYOUT_MAGIC, LAYOUT_VERSION, target.byteLength, COLUMN_NAMES.length]);
  let offset = align8(4 * (HEADER_WORDS + 2 * COLUMN_NAMES.length));
  for (const [index, name] of COLUMN_NAMES.entries()) {
    const column = columns[name];
    target[HEADER_WORDS + 2 * index] = offset;
    target[HEADER_WORDS + 2 * index + 1] = column.length;
    if ("write" in column) column.write(target.subarray(offset / 4, offset / 4 + column.length));
    else target.set(column, offset / 4);
    offset += align8(4 * column.length);
  }
}

/** The same columns with every one of them at hand. */
export function expandColumns(columns: ColumnSources): Columns {
  const expand = (column: Int32Array | WrittenColumn) => {
    if (!("write" in column)) return column;
    const values = new Int32Array(column.length);
    column.write(values);
    return values;
  };
  return {
    ...columns,
    edge: expand(columns.edge),
    sliceTravel: expand(columns.sliceTravel),
    distance: expand(columns.distance),
  };
}

const align8 = (bytes: number) => (bytes + 7) & ~7;
