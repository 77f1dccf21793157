// The buffer around the columns of a problem: header, column table, columns.
import { COLUMN_NAMES, type Columns, HEADER_WORDS, LAYOUT_MAGIC, LAYOUT_VERSION } from "./gen/layout.ts";

/** Bytes a buffer with these columns takes. */
export function encodedBytes(columns: Columns): number {
  let bytes = align8(4 * (HEADER_WORDS + 2 * COLUMN_NAMES.length));
  for (const name of COLUMN_NAMES) bytes += align8(4 * columns[name].length);
  return bytes;
}

/** Writes header and columns into `target`, which has encodedBytes(columns) bytes. */
export function writeColumns(columns: Columns, target: Int32Array): void {
  target.set([LAYOUT_MAGIC, LAYOUT_VERSION, target.byteLength, COLUMN_NAMES.length]);
  let offset = align8(4 * (HEADER_WORDS + 2 * COLUMN_NAMES.length));
  for (const [index, name] of COLUMN_NAMES.entries()) {
    target[HEADER_WORDS + 2 * index] = offset;
    target[HEADER_WORDS + 2 * index + 1] = columns[name].length;
    target.set(columns[name], offset / 4);
    offset += align8(4 * columns[name].length);
  }
}

const align8 = (bytes: number) => (bytes + 7) & ~7;
