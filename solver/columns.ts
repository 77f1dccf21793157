// The buffer around the columns of a problem: header, column table, columns.
import { COLUMN_NAMES, type Columns, HEADER_WORDS, LAYOUT_MAGIC, LAYOUT_VERSION } from "./gen/layout.ts";

/** Columns with a cell for each two rows of the matrices. */
export const LARGE_COLUMNS = ["edge", "sliceTravel", "distance"] as const;
export type LargeColumn = (typeof LARGE_COLUMNS)[number];
export type SmallColumn = Exclude<keyof Columns, LargeColumn>;

/** Small columns as far as they are encoded. */
export type EncodedColumns = { [name in SmallColumn]?: number[] | Int32Array };

/** Where large columns are wanted. */
export type LargeTargets = Readonly<Record<LargeColumn, Int32Array>>;

/** Large columns that are written where they are wanted: the core's memory holds the only copy. */
export interface WrittenColumns extends Readonly<Record<LargeColumn, { readonly length: number }>> {
  /** Fills the targets, which are as long as the columns. */
  writeLarge(targets: LargeTargets): void;
}

/** Columns of whole numbers, each of which fits an i32; the large ones are at hand or to be written. */
export type ColumnSources = Readonly<Record<SmallColumn, readonly number[] | Int32Array>> &
  ((LargeTargets & { readonly writeLarge?: undefined }) | WrittenColumns);

const isLarge = (name: keyof Columns): name is LargeColumn => (LARGE_COLUMNS as readonly string[]).includes(name);
export const SMALL_COLUMNS = COLUMN_NAMES.filter((name): name is SmallColumn => !isLarge(name));

/** The number, which a column of this name takes. Throws a RangeError when it does not fit an i32. */
export function asI32(value: number, name: SmallColumn): number {
  if (value !== (value | 0)) throw new RangeError(`column ${name} has ${value}, which is not an i32`);
  return value;
}

const align8 = (bytes: number) => (bytes + 7) & ~7;

/** Where the columns begin, in bytes. */
const FIRST_COLUMN = align8(4 * (HEADER_WORDS + 2 * COLUMN_NAMES.length));

/** Bytes a buffer with these columns takes. */
export function encodedBytes(columns: ColumnSources): number {
  let bytes = FIRST_COLUMN;
  for (const name of COLUMN_NAMES) bytes += align8(4 * columns[name].length);
  return bytes;
}

/** Writes header and columns into `target`, which has encodedBytes(columns) bytes. */
export function writeColumns(columns: ColumnSources, target: Int32Array): void {
  target[0] = LAYOUT_MAGIC;
  target[1] = LAYOUT_VERSION;
  target[2] = target.byteLength;
  target[3] = COLUMN_NAMES.length;
  const large = {} as Record<LargeColumn, Int32Array>;
  let entry = HEADER_WORDS;
  let offset = FIRST_COLUMN;
  for (const name of COLUMN_NAMES) {
    const { length } = columns[name];
    target[entry++] = offset;
    target[entry++] = length;
    if (isLarge(name)) large[name] = target.subarray(offset / 4, offset / 4 + length);
    else copy(columns[name], target, offset / 4);
    offset += align8(4 * length);
  }
  if (columns.writeLarge) columns.writeLarge(large);
  else for (const name of LARGE_COLUMNS) large[name].set(columns[name]);
}

// For columns as short as most are, a loop takes less time than a call of `set`.
function copy(column: readonly number[] | Int32Array, target: Int32Array, first: number): void {
  for (let row = 0; row < column.length; row++) target[first + row] = column[row]!;
}

/** The same columns with every one of them at hand. */
export function expandColumns(columns: ColumnSources): Columns {
  const expanded = {} as Record<keyof Columns, Int32Array>;
  for (const name of SMALL_COLUMNS) expanded[name] = Int32Array.from(columns[name]);
  for (const name of LARGE_COLUMNS) expanded[name] = new Int32Array(columns[name].length);
  if (columns.writeLarge) columns.writeLarge(expanded);
  else for (const name of LARGE_COLUMNS) expanded[name].set(columns[name]);
  return expanded;
}
