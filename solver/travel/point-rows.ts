// Rows of points: equal points have equal rows, in order of first sight.

/** Coordinates of points by row. */
export class PointRows {
  readonly first: number[] = [];
  readonly second: number[] = [];
  // By hash the row seen last, and by row the one with its hash seen before.
  readonly #latest = new Map<number, number>();
  readonly #earlier: number[] = [];

  row(first: number, second: number): number {
    // Millionths of degrees or units; what lies nearer together meets in the list of its hash.
    const hash = Math.imul((first * 1e6) | 0, 0x9e3779b1) ^ ((second * 1e6) | 0);
    const latest = this.#latest.get(hash) ?? -1;
    for (let row = latest; row >= 0; row = this.#earlier[row]!)
      if (this.first[row] === first && this.second[row] === second) return row;
    const row = this.first.push(first) - 1;
    this.second.push(second);
    this.#earlier.push(latest);
    this.#latest.set(hash, row);
    return row;
  }
}
