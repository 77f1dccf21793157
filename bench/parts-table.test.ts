import { expect, test } from "vitest";
import { partsChart } from "./parts-chart.ts";
import { partsTable } from "./parts-table.ts";
import { type PartsReport, type PartsRun, VARIANTS } from "./parts-worth.ts";

/** Two seeds at one level: 10 and 12 orders, with loans 13 and 15, an hour each, two loans of 10 minutes together. */
function report(): PartsReport {
  const run = (seed: number, variant: string, lends: boolean): PartsRun => ({
    level: 20,
    variant,
    seed,
    served: 8 + 2 * seed + (lends ? 3 : 0),
    working: 3600,
    travel: 0,
    supplyStops: 0,
    loans: lends ? 2 : 0,
    detour: lends ? 600 : 0,
    problems: [],
  });
  return {
    machine: "m",
    node: "v20",
    commit: null,
    orders: 20,
    engineers: 5,
    iterations: 1,
    levels: [20],
    seeds: [1, 2],
    runs: [1, 2].flatMap((seed) => VARIANTS.map(({ name, lenders }) => run(seed, name, lenders !== "none"))),
  };
}

const rowOf = (text: string, variant: string) =>
  text
    .split("\n")
    .map((line) => line.trim().split(/ {2,}/))
    .find(([, name]) => name === variant);

test("means have intervals over the seeds, differences are paired", () => {
  const text = partsTable(report());
  // 10 and 12: the standard error is 1, Student's t of one degree of freedom 12.706.
  expect(rowOf(text, "on hand only")!.slice(2)).toEqual([
    "11.0 ± 12.7",
    "1.0 ± 0.0",
    "0.0 ± 0.0",
    "0 ± 0",
    ...["-", "-", "-", "-"],
  ]);
  // 3 more in both pairs. An order takes 60 / 13 - 60 / 10 and 60 / 15 - 60 / 12 minutes, -1.3846 and -1.
  expect(rowOf(text, "on hand + loans")!.slice(4)).toEqual([
    "2.0 ± 0.0",
    "10 ± 0",
    "on hand only",
    "+3.0 ± 0.0",
    "0.0 ± 0.0",
    "-1.19 ± 2.44",
  ]);
  expect(text).toContain("plans that are not valid: 0 of 10");
});

test("plans that are not valid are named", () => {
  const bad = report();
  bad.runs[1]!.problems.push("LOAN_PLACE at e1/0");
  const text = partsTable(bad);
  expect(text).toContain("plans that are not valid: 1 of 10\nseed 1, 20 %, on hand + loans: LOAN_PLACE at e1/0");
});

test("the chart has a panel for each figure and draws loans only where somebody lends", () => {
  const chart = partsChart(report());
  expect(chart).not.toContain("NaN");
  for (const title of ["Orders served", "Total working time, hours", "Loans", "Detours of all loans, minutes"])
    expect(chart).toContain(`>${title}</text>`);
  expect(chart).toMatch(/^<svg [^>]+><title>/);
  // The mark of a variant without lenders: in the legend and two panels; with lenders in four.
  const marks = (colour: string) => chart.split(`fill="${colour}"`).length - 1;
  expect([marks("#666666"), marks("#D55E00")]).toEqual([3, 5]);
});
