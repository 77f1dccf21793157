import fc from "fast-check";
import { expect, test } from "vitest";
import { blocksOf } from "./blocks.ts";
import { PairSet } from "./pair-set.ts";

const pairsOf = (size: number, list: readonly (readonly [number, number])[]) => {
  const pairs = new PairSet(size);
  for (const [from, to] of list) pairs.add(from % size, to % size);
  return pairs;
};

test("blocks keep the limits, and cover every pair that is wanted", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 80 }),
      fc.array(fc.tuple(fc.nat(200), fc.nat(200)), { maxLength: 400 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      (size, list, sources, destinations) => {
        const wanted = pairsOf(size, list);
        const covered = new PairSet(size);
        for (const block of blocksOf(wanted, { sources, destinations })) {
          expect(block.sources.length).toBeLessThanOrEqual(sources);
          expect(block.destinations.length).toBeLessThanOrEqual(destinations);
          for (const from of block.sources) for (const to of block.destinations) covered.add(from, to);
        }
        for (let from = 0; from < size; from++)
          for (const to of wanted.from(from)) expect(covered.has(from, to)).toBe(true);
      },
    ),
    { seed: 11, numRuns: 300 },
  );
});

test("sources that go to the same places share a table; those that do not ask for nothing more", () => {
  // 0 and 1 go to 10..19, 2 goes to 20..29: two tables, and no pair but those wanted.
  const list = [0, 1].flatMap((from) => Array.from({ length: 10 }, (_, at) => [from, 10 + at] as const));
  const other = Array.from({ length: 10 }, (_, at) => [2, 20 + at] as const);
  const blocks = blocksOf(pairsOf(30, [...list, ...other]), { sources: 100, destinations: 100 });
  expect(blocks.map(({ sources }) => sources)).toEqual([[0, 1], [2]]);
  expect(blocks.reduce((sum, block) => sum + block.sources.length * block.destinations.length, 0)).toBe(30);
});

test("a set of pairs knows its members, ascending, past the words of its bits", () => {
  const pairs = pairsOf(70, [
    [3, 69],
    [3, 31],
    [3, 32],
    [3, 0],
    [3, 3],
  ]);
  // A place has no way to itself.
  expect(pairs.from(3)).toEqual([0, 31, 32, 69]);
  expect(pairs.count()).toBe(4);
  pairs.delete(3, 31);
  expect([pairs.has(3, 31), pairs.has(3, 32), pairs.count()]).toEqual([false, true, 3]);
});
