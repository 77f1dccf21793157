// Counts of units by key.

/** Units by key; what was never added is 0. */
export class Ledger {
  readonly #units = new Map<string, number>();
  /** Adds (or takes) units and gives what is there then. */
  add(key: string, units: number): number {
    const now = this.of(key) + units;
    this.#units.set(key, now);
    return now;
  }
  of(key: string): number {
    return this.#units.get(key) ?? 0;
  }
  sum(): number {
    let sum = 0;
    for (const units of this.#units.values()) sum += units;
    return sum;
  }
  entries(): IterableIterator<[string, number]> {
    return this.#units.entries();
  }
}
