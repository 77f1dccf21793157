// Slices of time with times of their own, as tables for the core.
import { isWay, type MatrixSets } from "./encode-matrices.ts";
import { NEVER } from "./layout.ts";
import type { Problem } from "./model/problem.ts";
import { sliceAt } from "./travel/hours.ts";

/** Slices of the search, from the one at `now` on. */
export interface Slices {
  /** First ticks. */
  readonly starts: readonly number[];
  /** By set of matrices and slice: number of the table. */
  readonly tables: readonly number[];
  /** Of each table a set and a slice that have it; none with one slice. */
  readonly written: readonly { readonly set: number; readonly slice: number }[];
}

/** The slices and which of them have the same times. */
export function encodeSlices({ travel: { hours } }: Problem, { count, modes }: MatrixSets): Slices {
  if (!hours) return { starts: [-NEVER], tables: new Array<number>(count).fill(0), written: [] };
  const first = sliceAt(hours, 0);
  const starts = hours.starts.slice(first).filter((start) => start < NEVER);
  const numbers = new Map<string, number>();
  const written: { set: number; slice: number }[] = [];
  const tables = Array.from({ length: count }, (_, set) => set).flatMap((set) =>
    [-NEVER, ...starts].map((_start, at) => {
      const slice = first + at;
      const mode = modes[set];
      const key = mode === undefined ? "" : `${set} ${hours.key(slice, mode)}`;
      let number = numbers.get(key);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(key, number);
        written.push({ set, slice });
      }
      return number;
    }),
  );
  return { starts: [-NEVER, ...starts], tables, written };
}

/** Fills the table of every slice. */
export function writeSlices(
  { travel }: Problem,
  { rows, places, modes }: MatrixSets,
  { written }: Slices,
  poll: () => void,
  target: Int32Array,
): void {
  target.fill(0);
  for (const [table, { set, slice }] of written.entries()) {
    const mode = modes[set];
    if (mode === undefined) continue;
    for (let from = 0; from < rows - 1; from++) {
      poll();
      const fromPlace = places[set]![from]!;
      if (fromPlace < 0) continue;
      const base = (table * rows + from) * rows;
      for (let to = 0; to < rows - 1; to++) {
        const toPlace = places[set]![to]!;
        if (toPlace < 0 || fromPlace === toPlace) continue;
        const ticks = travel.hours!.duration(slice, mode, fromPlace, toPlace);
        target[base + to] = isWay(ticks) ? ticks : NEVER;
      }
    }
  }
}
