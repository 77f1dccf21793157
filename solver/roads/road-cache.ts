// What road engines have said before: times and distances by pair of points, and ways, both within a bounded memory.
import { LRUCache } from "lru-cache";
import type { RoadWay } from "./engine.ts";

/** Bounds of the cache. */
export interface RoadCacheOptions {
  /** Most pairs of points kept; 0: none. About 60 bytes each. */
  readonly pairs: number;
  /** Most bytes of ways kept. */
  readonly wayBytes: number;
}

/** How often the cache knew the answer. */
export interface RoadCacheStatistics {
  readonly hits: number;
  readonly misses: number;
  /** Pairs kept now. */
  readonly pairs: number;
  readonly wayHits: number;
  readonly wayMisses: number;
}

/** Time and distance of a pair; both -1: no way. */
export interface RoadPair {
  readonly seconds: number;
  readonly metres: number;
}

// A pair is one number: tenths of seconds and metres, 26 bits each.
const SHIFT = 2 ** 26;
const pack = ({ seconds, metres }: RoadPair) =>
  seconds < 0
    ? -1
    : Math.min(SHIFT - 1, Math.ceil(seconds * 10 - 1e-6)) * SHIFT + Math.min(SHIFT - 1, Math.round(metres));
const NO_WAY: RoadPair = { seconds: -1, metres: -1 };
const unpack = (packed: number): RoadPair =>
  packed < 0 ? NO_WAY : { seconds: Math.floor(packed / SHIFT) / 10, metres: packed % SHIFT };

/** A cache for any number of engines, profiles and slices: they are the `space` of a call. */
export class RoadCache {
  // A row is what is known from one point; it is kept or forgotten as a whole.
  readonly #rows: LRUCache<string, Map<number, number>>;
  readonly #ways: LRUCache<string, { way: RoadWay | undefined }>;
  // Numbers of points are never used twice: of a forgotten point the pairs that name it are out of reach, and age out with their rows.
  readonly #points: LRUCache<string, number>;
  #nextPoint = 0;
  #hits = 0;
  #misses = 0;
  #wayHits = 0;
  #wayMisses = 0;

  constructor({ pairs, wayBytes }: RoadCacheOptions) {
    this.#rows = new LRUCache({ maxSize: Math.max(1, pairs), sizeCalculation: (row) => Math.max(1, row.size) });
    this.#ways = new LRUCache({
      maxSize: Math.max(1, wayBytes),
      sizeCalculation: ({ way }) => (way ? 200 + 2 * way.geometry.length + 600 * way.steps.length : 100),
    });
    this.#points = new LRUCache({ max: Math.max(1, pairs) });
  }

  /** Number of a point by its key. */
  point(key: string): number {
    let number = this.#points.get(key);
    if (number === undefined) {
      number = this.#nextPoint++;
      this.#points.set(key, number);
    }
    return number;
  }

  /** What is known from the point `from` on, a function of points; each call of it counts as a hit or a miss. */
  row(space: string, from: number): (to: number) => RoadPair | undefined {
    const row = this.#rows.get(`${space} ${from}`);
    return (to) => {
      const packed = row?.get(to);
      if (packed === undefined) {
        this.#misses++;
        return undefined;
      }
      this.#hits++;
      return unpack(packed);
    };
  }

  /** Keeps what was learned from the point `from` on; returns each as it will be given back. */
  learn(space: string, from: number, to: readonly number[], pairs: readonly RoadPair[]): RoadPair[] {
    const key = `${space} ${from}`;
    const row = new Map(this.#rows.get(key));
    const packed = pairs.map(pack);
    for (const [index, point] of to.entries()) row.set(point, packed[index]!);
    this.#rows.set(key, row);
    return packed.map(unpack);
  }

  /** The way under a key, or what `find` brings. */
  async way(key: string, find: () => Promise<RoadWay | undefined>): Promise<RoadWay | undefined> {
    const known = this.#ways.get(key);
    if (known) {
      this.#wayHits++;
      return known.way;
    }
    this.#wayMisses++;
    const way = await find();
    this.#ways.set(key, { way });
    return way;
  }

  statistics(): RoadCacheStatistics {
    return {
      hits: this.#hits,
      misses: this.#misses,
      pairs: this.#rows.calculatedSize,
      wayHits: this.#wayHits,
      wayMisses: this.#wayMisses,
    };
  }
}
