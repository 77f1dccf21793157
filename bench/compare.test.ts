import { expect, test } from "vitest";
import { compareReports, comparisonTable } from "./compare.ts";
import type { BenchReport, BenchResult } from "./report.ts";

const run = (instance: string, seed: number, cost: number, changes: Partial<BenchResult> = {}): BenchResult => ({
  instance,
  seed,
  elapsedS: 1,
  iterations: 10,
  cost,
  levels: [],
  bestKnown: null,
  gap: null,
  engineersUsed: 1,
  unassigned: 0,
  valid: true,
  problems: [],
  ...changes,
});

const report = (results: BenchResult[], changes: Partial<BenchReport> = {}): BenchReport => ({
  name: "v1",
  suite: "solomon",
  instances: "*",
  timeLimitS: 5,
  iterations: null,
  seeds: [1, 2],
  workers: 1,
  jobs: 1,
  routes: false,
  machine: "m",
  node: "v20.1.0",
  commit: "c",
  results,
  ...changes,
});

test("differences are paired by instance, over the seeds of both, with a t-interval", () => {
  const first = report([run("A", 1, 100), run("A", 2, 100), run("B", 1, 200), run("C", 1, 50), run("C", 2, 70)]);
  const second = report([run("A", 2, 98), run("A", 1, 100), run("B", 1, 200), run("B", 2, 999), run("C", 1, 51)], {
    name: "v2",
    node: "v20.9.9",
    commit: "d",
  });
  const comparison = compareReports(first, second);
  // A: 99 against 100; B: seed 2 has no pair; C: seed 2 has no pair, 51 against 50.
  expect(comparison.instances).toMatchObject([
    { instance: "A", pairs: 2, costs: [100, 99], outcome: "win" },
    { instance: "B", pairs: 1, costs: [200, 200], difference: 0, outcome: "tie" },
    { instance: "C", pairs: 1, costs: [50, 51], outcome: "loss" },
  ]);
  const differences = comparison.instances.map(({ difference }) => difference!);
  expect(differences[0]).toBeCloseTo(-0.01, 12);
  expect(differences[2]).toBeCloseTo(0.02, 12);
  // Mean 1/3 %, deviation of (-1, 0, 2) is sqrt(7/3) = 1.527525, t(0.975, 2) = 4.302653: half width 3.794588 %.
  expect(comparison.meanDifference).toBeCloseTo(0.01 / 3, 12);
  expect(comparison.interval![0]).toBeCloseTo((1 / 3 - 3.794588) / 100, 6);
  expect(comparison.interval![1]).toBeCloseTo((1 / 3 + 3.794588) / 100, 6);
  const lines = comparisonTable(first, second, comparison).trimEnd().split("\n");
  expect(lines.slice(0, 2)).toEqual(["first:  v1, commit c, solomon, 5 runs", "second: v2, commit d, solomon, 5 runs"]);
  expect(lines[4]).toMatch(/^A +2 +100\.0 +99\.0 +-1\.00 % +0 \/ 0 +0 \/ 0 +win$/);
  expect(lines.at(-1)).toBe(
    "mean difference +0.33 % (95 %: -3.46 % to +4.13 %) over 3 of 3 instances; the second: 1 win, 1 loss, 1 tie",
  );
});

test("plans that are invalid or leave out another number of orders have no cost to compare", () => {
  const first = report([run("A", 1, 100), run("A", 2, 100), run("B", 1, 100), run("C", 1, 100)]);
  const second = report([
    run("A", 1, 90, { valid: false }),
    run("A", 2, 80),
    run("B", 1, 120),
    run("C", 1, 50, { unassigned: 1 }),
  ]);
  const comparison = compareReports(first, second);
  expect(comparison.instances).toMatchObject([
    // Cheaper, but an invalid plan more.
    { pairs: 2, comparablePairs: 1, costs: [100, 80], invalid: [0, 1], outcome: "loss" },
    { pairs: 1, comparablePairs: 1, outcome: "loss" },
    { pairs: 1, comparablePairs: 0, difference: null, unserved: [0, 1], outcome: "loss" },
  ]);
  // (-20 + 20) / 2; C is not in it.
  expect(comparison.meanDifference).toBeCloseTo(0, 12);
  expect(comparisonTable(first, second, comparison)).toContain("over 2 of 3 instances");
});

test("one instance has no interval", () => {
  const comparison = compareReports(report([run("A", 1, 100)]), report([run("A", 1, 101)]));
  expect(comparison).toMatchObject({ interval: null });
  expect(comparison.meanDifference).toBeCloseTo(0.01, 12);
});

test.each<[string, Partial<BenchReport>, string]>([
  ["another suite", { suite: "homberger" }, "suite: solomon and homberger"],
  ["another time limit", { timeLimitS: 10 }, "time limit in seconds: 5 and 10"],
  ["a budget of iterations", { iterations: 100 }, "iterations: none and 100"],
  ["other seeds", { seeds: [1] }, "seeds: 1,2 and 1"],
  ["other workers", { workers: 2 }, "workers: 1 and 2"],
  ["other jobs", { jobs: 2 }, "jobs: 1 and 2"],
  ["another machine", { machine: "n" }, "machine: m and n"],
  ["another Node", { node: "v22.0.0" }, "major version of Node: v20 and v22"],
  ["other instances", { results: [run("B", 1, 1)] }, "instances only in the first: A; instances only in the second: B"],
])("%s is refused and named", (_name, changes, words) => {
  const results = [run("A", 1, 100)];
  expect(() => compareReports(report(results), report(results, changes))).toThrow(
    new Error(`the reports were not run alike: ${words}`),
  );
});

test("everything that differs is named at once", () => {
  const results = [run("A", 1, 100)];
  expect(() => compareReports(report(results), report(results, { workers: 2, machine: "n" }))).toThrow(
    "workers: 1 and 2; machine: m and n",
  );
});

test("compares across numbers of workers only where asked to", () => {
  const [one, two] = [report([run("R101", 1, 100)]), report([run("R101", 1, 90)], { workers: 2 })];
  expect(() => compareReports(one, two)).toThrow(/workers: 1 and 2/);
  expect(compareReports(one, two, true).instances[0]!.difference).toBeCloseTo(-0.1);
});

test("across workers the jobs may differ where as many threads ran at once", () => {
  const [two, one] = [1, 2].map((jobs) => report([run("R101", 1, 100)], { jobs, workers: 2 / jobs }));
  expect(compareReports(one!, two!, true).instances[0]!.difference).toBe(0);
  expect(() => compareReports(report([run("R101", 1, 100)], { jobs: 3 }), two!, true)).toThrow(/jobs: 3 and 1/);
});
