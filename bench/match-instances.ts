// The assignments on which the speed of the core's matching is measured: generated, so that everybody has them.

/** An assignment by name; a cost is a whole number from 0 to 2^31 - 1, undefined where the pair is forbidden. */
export interface MatchInstance {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** The costs of one row after the other, by column. */
  costs(): Iterable<readonly (number | undefined)[]>;
}

/** Numbers of 32 bits by mulberry32 (Tommy Ettinger, 2017, public domain). */
function numbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

type Kind = (columns: number) => (row: number, next: () => number) => (number | undefined)[];

const filled = (columns: number, cost: (column: number) => number) =>
  Array.from({ length: columns }, (_, c) => cost(c));

const KINDS = {
  /** Every pair from 0 to 999,999. */
  random: (columns) => (_, next) => filled(columns, () => next() % 1_000_000),
  /** Every pair the same. */
  equal: (columns) => () => filled(columns, () => 600),
  /** Ten values. */
  few: (columns) => (_, next) => filled(columns, () => next() % 10),
  /** Ten districts, near 0 and far 1,000; the districts' rows and columns do not match in number. */
  blocks: (columns) => (row, next) => {
    const own = Math.min(next() % 10, next() % 10);
    return filled(columns, (column) => (column % 10 === own ? 0 : 1_000 + (row % 3)));
  },
  /** Row times column (Machol & Wien 1964): every path goes by way of all rows before it. */
  products: (columns) => (row) => filled(columns, (column) => (row + 1) * (column + 1)),
  /** Twenty pairs a row from 0 to 999,999, all others forbidden. */
  sparse: (columns) => (_, next) => {
    const costs = new Array<number | undefined>(columns).fill(undefined);
    for (let pair = 0; pair < 20; pair++) costs[next() % columns] = next() % 1_000_000;
    return costs;
  },
} satisfies Record<string, Kind>;

function instance(kind: keyof typeof KINDS, rows: number, columns: number): MatchInstance {
  return {
    name: `${kind}-${rows}x${columns}`,
    rows,
    columns,
    *costs() {
      const next = numbers(1);
      const rowOf = KINDS[kind](columns);
      for (let row = 0; row < rows; row++) yield rowOf(row, next);
    },
  };
}

/** Random costs of growing size, 5,000 x 5,000 of every easier kind, and the hardest kind known. */
export const MATCH_INSTANCES: readonly MatchInstance[] = [
  instance("random", 100, 150),
  instance("random", 1000, 1500),
  instance("random", 5000, 1500),
  instance("random", 5000, 5000),
  instance("equal", 5000, 5000),
  instance("few", 5000, 5000),
  instance("blocks", 5000, 5000),
  instance("sparse", 5000, 5000),
  instance("products", 1000, 1000),
];
