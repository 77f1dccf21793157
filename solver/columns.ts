// The buffer around the columns of a problem: header, column table, columns.
import {
  COLUMN_NAMES,
  ColumnSet,
  type Columns,
  columnList,
  HEADER_WORDS,
  LAYOUT_MAGIC,
  LAYOUT_VERSION,
} from "./gen/layout.ts";

/** Columns with a cell for each two rows of the matrices. */
export const LARGE_COLUMNS = ["edge", "sliceTravel", "distance"] as const;
export type LargeColumn = (typeof LARGE_COLUMNS)[number];
type SmallColumn = Exclude<keyof Columns, LargeColumn>;
type Values = readonly number[] | Int32Array;

/** Columns while they are encoded. Of large ones there is only the length until they are wanted: the core's memory holds the only copy. */
export type EncodedColumns = { [name in SmallColumn]: Values } & {
  [name in LargeColumn]: { readonly length: number };
} & {
  /** Fills the large columns; absent where they are at hand. */
  writeLarge?: (targets: Pick<Columns, LargeColumn>) => void;
};
export type ColumnSources = Readonly<EncodedColumns>;

const NOT_ENCODED: Values = [];

/** Columns none of which is encoded. */
export const newColumns = (): EncodedColumns => new ColumnSet<Values>(NOT_ENCODED);

/** By number of a column whether it is a large one. */
const IS_LARGE = COLUMN_NAMES.map((name) => (LARGE_COLUMNS as readonly string[]).includes(name));

/** Throws unless every column is encoded and its values fit an i32: RangeError. */
export function checkColumns(columns: ColumnSources): void {
  const list = columnList<{ readonly length: number }>(columns);
  for (let index = 0; index < list.length; index++) {
    const name = COLUMN_NAMES[index]!;
    if (list[index] === NOT_ENCODED) throw new Error(`column ${name} was not encoded`);
    if (IS_LARGE[index] || list[index] instanceof Int32Array) continue;
    const values = list[index] as readonly number[];
    for (let row = 0; row < values.length; row++) asI32(values[row]!, name);
  }
}

/** The number, which a column of this name takes. Throws a RangeError when it does not fit an i32. */
export function asI32(value: number, name: keyof Columns): number {
  if (value !== (value | 0)) throw new RangeError(`column ${name} has ${value}, which is not an i32`);
  return value;
}

const align8 = (bytes: number) => (bytes + 7) & ~7;

/** Where the columns begin, in bytes. */
const FIRST_COLUMN = align8(4 * (HEADER_WORDS + 2 * COLUMN_NAMES.length));

/** Bytes a buffer with these columns takes. */
export function encodedBytes(columns: ColumnSources): number {
  let bytes = FIRST_COLUMN;
  for (const { length } of columnList<{ readonly length: number }>(columns)) bytes += align8(4 * length);
  return bytes;
}

/** Writes header and columns into `target`, which has encodedBytes(columns) bytes. */
export function writeColumns(columns: ColumnSources, target: Int32Array): void {
  target[0] = LAYOUT_MAGIC;
  target[1] = LAYOUT_VERSION;
  target[2] = target.byteLength;
  target[3] = COLUMN_NAMES.length;
  const large = {} as Pick<Columns, LargeColumn>;
  const list = columnList<{ readonly length: number }>(columns);
  let entry = HEADER_WORDS;
  let offset = FIRST_COLUMN;
  for (let index = 0; index < list.length; index++) {
    const { length } = list[index]!;
    target[entry++] = offset;
    target[entry++] = length;
    if (IS_LARGE[index]) large[COLUMN_NAMES[index] as LargeColumn] = target.subarray(offset / 4, offset / 4 + length);
    else copy(list[index] as Values, target, offset / 4);
    offset += align8(4 * length);
  }
  writeLarge(columns, large);
}

function copy(column: Values, target: Int32Array, first: number): void {
  if (column instanceof Int32Array) target.set(column, first);
  else for (let row = 0; row < column.length; row++) target[first + row] = column[row]!;
}

function writeLarge(columns: ColumnSources, targets: Pick<Columns, LargeColumn>): void {
  if (columns.writeLarge) columns.writeLarge(targets);
  else for (const name of LARGE_COLUMNS) targets[name].set(columns[name] as Int32Array);
}

/** The same columns with every one of them at hand. */
export function expandColumns(columns: ColumnSources): Columns {
  const expanded = new ColumnSet(new Int32Array(0));
  for (const [index, name] of COLUMN_NAMES.entries())
    expanded[name] = IS_LARGE[index] ? new Int32Array(columns[name].length) : Int32Array.from(columns[name] as Values);
  writeLarge(columns, expanded);
  return expanded;
}
