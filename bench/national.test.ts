import { expect, test } from "vitest";
import { gapOf, type NationalReport, type NationalRun, nationalTable } from "./national.ts";
import { nationalChart } from "./national-chart.ts";

const run = (totalS: number, softCost: number, leftOut = 3): NationalRun => ({
  ...{ orders: 250, engineers: 76, centres: 2, budget: { timeLimitMs: 1000 * totalS }, seed: 1 },
  ...{ firstPlanS: 1, totalS, cpuS: totalS, served: 247, leftOut, levels: [leftOut, softCost] },
  ...{ loans: 2, findings: 0, checkS: 0.1, peakMb: 300 },
});

test("gaps are against the longest run of the same size, and only where it leaves out as much", () => {
  const [short, long, other] = [run(10, 1010), run(60, 1000), run(20, 900, 4)];
  expect(gapOf(short, [short, long, other])).toBeCloseTo(1, 10);
  expect(gapOf(long, [short, long, other])).toBeUndefined();
  expect(gapOf(other, [short, long, other])).toBeUndefined();
  expect(nationalTable([short, long])).toMatch(/^ +250 +76 +2 +10 s .* 1\.00 /m);
});

test("the chart draws every run and needs nothing else", () => {
  const report: NationalReport = {
    machine: "m",
    node: "v20",
    commit: null,
    jobs: 2,
    runs: [run(10, 1010), run(60, 1000)],
  };
  const svg = nationalChart(report);
  expect(svg).toMatch(/^<svg [^>]+><title>/);
  expect(svg).not.toMatch(/<style|<script|href=/);
  // Two points in each of four lines.
  expect(svg.match(/ecmeta_data_index/g)).toHaveLength(8);
});
