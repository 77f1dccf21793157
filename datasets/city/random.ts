// Seeded whole-number draws (mulberry32 by Tommy Ettinger, public domain): 32-bit integer arithmetic, so the same on every machine.

/** Draws from one seeded sequence. */
export interface Random {
  /** A whole number from `low` to `high`, both inclusive. */
  int(low: number, high: number): number;
  /** True in `percent` of 100 draws. */
  chance(percent: number): boolean;
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** One of a list by its `weight`, whole numbers > 0. */
  weighted<T extends { readonly weight: number }>(list: readonly T[]): T;
  /** `count` different ones of a list (all when it is shorter). */
  some<T>(list: readonly T[], count: number): T[];
}

/** Starts a sequence; seeds are read modulo 2^32. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  // The remainder favours small numbers by less than 1 in 4000 for ranges up to a million: no matter for a made-up city.
  const int = (low: number, high: number) => low + (next() % (high - low + 1));
  return {
    int,
    chance: (percent) => int(1, 100) <= percent,
    pick: (list) => list[int(0, list.length - 1)]!,
    weighted: (list) => {
      let rest = int(
        1,
        list.reduce((sum, each) => sum + each.weight, 0),
      );
      return list.find((each) => {
        rest -= each.weight;
        return rest <= 0;
      })!;
    },
    some: (list, count) => {
      const pool = [...list];
      const chosen: (typeof pool)[number][] = [];
      while (chosen.length < count && pool.length > 0) chosen.push(...pool.splice(int(0, pool.length - 1), 1));
      return chosen;
    },
  };
}
