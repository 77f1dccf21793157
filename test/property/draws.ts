// Draws for generated requests, from a seed or from fast-check, which can make what it drew smaller.
import fc, { type GeneratorValue } from "fast-check";

export interface Draws {
  /** A whole number from low to high, both inclusive. */
  whole(low: number, high: number): number;
  /** True so many times in a hundred. */
  chance(percent: number): boolean;
  one<T>(items: readonly T[]): T;
  /** Each item so many times in a hundred. */
  some<T>(items: readonly T[], percent: number): T[];
}

function drawsOf(whole: Draws["whole"]): Draws {
  // Small numbers are what fast-check shrinks to: 0 means no.
  const chance = (percent: number) => whole(0, 99) >= 100 - percent;
  return {
    whole,
    chance,
    one: (items) => items[whole(0, items.length - 1)]!,
    some: (items, percent) => items.filter(() => chance(percent)),
  };
}

/** Draws by mulberry32 (Tommy Ettinger, 2017, public domain). */
export function drawsFromSeed(seed: number): Draws {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return drawsOf((low, high) => low + Math.floor(next() * (high - low + 1)));
}

/** Draws by fast-check, for fc.gen(). */
export function drawsFromGen(gen: GeneratorValue): Draws {
  return drawsOf((low, high) => (low === high ? low : gen(fc.integer, { min: low, max: high })));
}

/** The items in another order. */
export function shuffled<T>(items: readonly T[], draws: Draws): T[] {
  const list = [...items];
  for (let last = list.length - 1; last > 0; last--) {
    const other = draws.whole(0, last);
    [list[last], list[other]] = [list[other]!, list[last]!];
  }
  return list;
}
