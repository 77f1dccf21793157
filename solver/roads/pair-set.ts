// Sets of rows of places, and of pairs of them, as bits.

/** A set of rows. */
export class RowSet {
  readonly bits: Uint32Array;

  /** `size`: number of places. */
  constructor(size: number) {
    this.bits = new Uint32Array(Math.ceil(size / 32));
  }

  add(row: number): void {
    this.bits[row >>> 5]! |= 1 << (row & 31);
  }

  addAll({ bits }: RowSet): void {
    for (let word = 0; word < bits.length; word++) this.bits[word]! |= bits[word]!;
  }

  has(row: number): boolean {
    return (this.bits[row >>> 5]! & (1 << (row & 31))) !== 0;
  }

  /** Its rows, ascending. */
  rows(): number[] {
    return rowsIn(this.bits, 0, this.bits.length);
  }
}

/** Pairs of rows; a place has no way to itself. */
export class PairSet {
  readonly size: number;
  readonly #words: number;
  readonly #bits: Uint32Array;

  /** `size`: number of places. */
  constructor(size: number) {
    this.size = size;
    this.#words = Math.ceil(size / 32);
    this.#bits = new Uint32Array(size * this.#words);
  }

  add(from: number, to: number): void {
    if (from !== to) this.#bits[from * this.#words + (to >>> 5)]! |= 1 << (to & 31);
  }

  /** Pairs from one row to each of others. */
  addFrom(from: number, { bits }: RowSet): void {
    for (let word = 0; word < this.#words; word++) this.#bits[from * this.#words + word]! |= bits[word]!;
    this.delete(from, from);
  }

  delete(from: number, to: number): void {
    this.#bits[from * this.#words + (to >>> 5)]! &= ~(1 << (to & 31));
  }

  has(from: number, to: number): boolean {
    return (this.#bits[from * this.#words + (to >>> 5)]! & (1 << (to & 31))) !== 0;
  }

  /** Rows to which there is a pair from `from`, ascending. */
  from(from: number): number[] {
    return rowsIn(this.#bits, from * this.#words, (from + 1) * this.#words);
  }

  count(): number {
    let sum = 0;
    for (let bits of this.#bits) for (; bits !== 0; bits &= bits - 1) sum++;
    return sum;
  }
}

function rowsIn(words: Uint32Array, first: number, end: number): number[] {
  const found: number[] = [];
  for (let word = first; word < end; word++)
    for (let bits = words[word]!; bits !== 0; bits &= bits - 1)
      found.push((word - first) * 32 + 31 - Math.clz32(bits & -bits));
  return found;
}
