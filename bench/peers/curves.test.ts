import { expect, test } from "vitest";
import { profiles, targetCurve, timeToTarget } from "./curves.ts";

test("a run reaches its target with its first plan that is as good, else at its end, or never", () => {
  const trace = [
    [1, 120],
    [2, 105],
    [3, 101],
  ] as const;
  expect(timeToTarget({ trace, elapsedS: 10, cost: 101 }, 105)).toBe(2);
  // The solver does not tell: it is known at the end.
  expect(timeToTarget({ elapsedS: 10, cost: 101 }, 105)).toBe(10);
  expect(timeToTarget({ trace, elapsedS: 10, cost: 101 }, 100)).toBeUndefined();
});

test("a run that never gets there counts among all runs", () =>
  expect(targetCurve([4, undefined, 2, undefined])).toEqual([
    [2, 0.25],
    [4, 0.5],
  ]));

test("profiles: ratios to the best of each problem, an invalid answer is never within any", () => {
  const costs = [
    new Map([
      ["a", 100],
      ["b", 150],
    ]),
    new Map([
      ["a", 300],
      ["b", 200],
    ]),
    new Map<string, number | undefined>([
      ["a", 7],
      ["b", undefined],
    ]),
  ];
  expect(profiles(costs, ["a", "b"])).toEqual(
    new Map([
      [
        "a",
        [
          [1, 1 / 3],
          [1, 2 / 3],
          [1.5, 1],
        ],
      ],
      [
        "b",
        [
          [1, 1 / 3],
          [1.5, 2 / 3],
        ],
      ],
    ]),
  );
});
