import { expect, test } from "vitest";
import { gini } from "./measures.ts";

test.each<[string, number[], number]>([
  ["all alike", [3, 3, 3], 0],
  ["nobody works", [0, 0], 0],
  // One has all: (n - 1) / n.
  ["one works alone", [0, 0, 0, 8], 0.75],
  // |1 - 3| twice over 2 * 2 * 2 * 2: 4 / 16.
  ["one and three", [1, 3], 0.25],
])("Gini: %s", (_name, values, expected) => expect(gini(values)).toBeCloseTo(expected, 12));
