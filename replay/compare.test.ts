import { expect, test } from "vitest";
import { differences } from "./compare.ts";
import type { Measures } from "./measures.ts";
import type { ReplayRun } from "./report.ts";

const run = (side: string, day: string, seed: number, served: number): ReplayRun => ({
  ...{ side, day, seed, refused: [] },
  measures: { served } as Measures,
});

test("one day is paired by seed; a seed that one side lacks does not count", () => {
  const runs = [
    run("a", "d", 1, 10),
    run("a", "d", 2, 20),
    run("a", "d", 3, 99),
    run("b", "d", 2, 23),
    run("b", "d", 1, 11),
  ];
  // Differences 1 and 3: mean 2, standard error 1, t(0.975, 1) = 12.7062.
  const [served] = differences(runs, "a", "b");
  expect(served).toMatchObject({ measure: "served", mean: 2, pairs: 2 });
  expect(served!.low).toBeCloseTo(2 - 12.7062, 3);
  expect(served!.high).toBeCloseTo(2 + 12.7062, 3);
});

test("several days are paired by day: seeds of one day are no days of their own", () => {
  const runs = [
    ...[run("a", "d", 1, 0), run("a", "d", 2, 0), run("a", "e", 1, 0)],
    ...[run("b", "d", 1, 1), run("b", "d", 2, 3), run("b", "e", 1, 4)],
  ];
  // Day d: 2, day e: 4.
  expect(differences(runs, "a", "b")).toMatchObject([{ mean: 3, pairs: 2 }]);
});

test("one pair has no interval", () =>
  expect(differences([run("a", "d", 1, 5), run("b", "d", 1, 4)], "a", "b")).toEqual([
    { measure: "served", mean: -1, low: undefined, high: undefined, pairs: 1 },
  ]));
