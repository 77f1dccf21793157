import { expect, test } from "vitest";
import { interval } from "./compare.ts";
import { gini } from "./measures.ts";

test.each<[string, number[], number]>([
  ["all alike", [3, 3, 3], 0],
  ["nobody works", [0, 0], 0],
  // One has all: (n - 1) / n.
  ["one works alone", [0, 0, 0, 8], 0.75],
  // |1 - 3| twice over 2 * 2 * 2 * 2: 4 / 16.
  ["one and three", [1, 3], 0.25],
])("Gini: %s", (_name, values, expected) => expect(gini(values)).toBeCloseTo(expected, 12));

test("an interval of two pairs uses the quantile 12.706 of one degree of freedom", () => {
  // Mean 2, standard deviation sqrt 2, over sqrt 2: 1.
  const { mean, low, high } = interval([1, 3]);
  expect(mean).toBe(2);
  expect(low).toBeCloseTo(2 - 12.7062, 3);
  expect(high).toBeCloseTo(2 + 12.7062, 3);
});

test("one pair has no interval", () => {
  expect(interval([5])).toEqual({ mean: 5, low: undefined, high: undefined });
});
