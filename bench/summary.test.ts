import { expect, test } from "vitest";
import type { BenchResult } from "./report.ts";
import { summaryTable } from "./summary.ts";

const run = (changes: Partial<BenchResult>): BenchResult => ({
  instance: "C101",
  seed: 1,
  elapsedS: 1,
  iterations: 10,
  cost: 110,
  levels: [],
  bestKnown: 100,
  gap: 0.1,
  engineersUsed: 10,
  unassigned: 0,
  valid: true,
  problems: [],
  ...changes,
});

test("a summary has a row per instance, the mean gap of comparable runs and the totals", () => {
  const text = summaryTable({
    name: null,
    suite: "solomon",
    instances: "*",
    timeLimitS: 1,
    iterations: null,
    seeds: [1, 2, 3],
    workers: 1,
    jobs: 1,
    routes: false,
    machine: "m",
    node: "v20",
    commit: null,
    results: [
      run({}),
      run({ seed: 2, cost: 104, gap: 0.04, engineersUsed: 11, elapsedS: 2 }),
      // Invalid: in no gap and not the lowest.
      run({ seed: 3, cost: 50, gap: null, valid: false, unassigned: 3, engineersUsed: 6, elapsedS: 3 }),
      run({ instance: "R1", cost: 9, bestKnown: null, gap: null }),
    ],
  });
  const lines = text.trimEnd().split("\n");
  const cells = (line: string | undefined) => line?.split(/\s{2,}/);
  // (110 + 104 + 50) / 3 = 88; (10 % + 4 %) / 2 = 7 %; (10 + 11 + 6) / 3 = 9; (1 + 2 + 3) / 3 = 2.
  expect(cells(lines[1])).toEqual(["C101", "3", "88.0", "104.0", "100.0", "7.00 %", "9.0", "3", "1", "2.0"]);
  expect(cells(lines[2])).toEqual(["R1", "1", "9.0", "9.0", "-", "-", "10.0", "0", "0", "1.0"]);
  expect(lines.at(-1)).toBe("solomon: 2 instances, 4 runs, mean gap 7.00 % over 2 runs, 1 invalid, 3 unserved");
  expect(new Set(lines.slice(0, 3).map((line) => line.length)).size).toBe(1);
});
