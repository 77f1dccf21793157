import { expect, test } from "vitest";
import type { RoadWay } from "./engine.ts";
import { RoadCache } from "./road-cache.ts";

const space = "engine car exact";
const pair = (seconds: number, metres: number) => ({ seconds, metres });

test("what was learned comes back: tenths of seconds up, metres to the nearest, and no way as no way", () => {
  const cache = new RoadCache({ pairs: 100, wayBytes: 1_000 });
  const told = cache.learn(space, 1, [2, 3, 4], [pair(12.34, 99.6), pair(-1, -1), pair(0, 0)]);
  expect(told).toEqual([pair(12.4, 100), pair(-1, -1), pair(0, 0)]);
  const row = cache.row(space, 1);
  expect([row(2), row(3), row(4), row(5)]).toEqual([...told, undefined]);
  expect(cache.row("another engine", 1)(2)).toBeUndefined();
  expect(cache.statistics()).toMatchObject({ hits: 3, misses: 2, pairs: 3 });
});

test("rows grow, and the oldest are forgotten when there are more pairs than the limit", () => {
  const cache = new RoadCache({ pairs: 10, wayBytes: 1_000 });
  for (let from = 0; from < 4; from++) {
    cache.learn(space, from, [100, 101], [pair(from, 1), pair(from, 2)]);
    cache.learn(space, from, [102], [pair(from, 3)]);
  }
  // 4 rows of 3 are more than 10: the first is gone.
  expect(cache.statistics().pairs).toBe(9);
  expect(cache.row(space, 0)(100)).toBeUndefined();
  expect(cache.row(space, 3)(102)).toEqual(pair(3, 3));
});

test("points have one number each while they are known", () => {
  const cache = new RoadCache({ pairs: 2, wayBytes: 1_000 });
  expect([cache.point("a"), cache.point("b"), cache.point("a")]).toEqual([0, 1, 0]);
  cache.point("c"); // forgets b
  expect(cache.point("b")).toBe(3);
});

test("ways are found once, and kept within their bytes", async () => {
  const cache = new RoadCache({ pairs: 10, wayBytes: 2_000 });
  let found = 0;
  const find = async (): Promise<RoadWay> => {
    found++;
    return { seconds: 1, metres: 1, geometry: "x".repeat(500), steps: [] };
  };
  await cache.way("a", find);
  await cache.way("a", find);
  expect(found).toBe(1);
  // 1,200 bytes each: the second sends the first away.
  await cache.way("b", find);
  await cache.way("a", find);
  expect(found).toBe(3);
  expect(cache.statistics()).toMatchObject({ wayHits: 1, wayMisses: 3 });
});
