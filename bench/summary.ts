// A benchmark report as a table of text.
import type { BenchReport, BenchResult } from "./report.ts";
import { alignColumns } from "./table.ts";

const HEADER = [
  "instance",
  "runs",
  "cost",
  "lowest",
  "best known",
  "gap",
  "engineers",
  "unserved",
  "invalid",
  "seconds",
];

/**
 * One row per instance with means over its runs (unserved and invalid are sums, lowest is the lowest valid cost), then the mean gap
 * over all runs that have one and the totals.
 */
export function summaryTable(report: BenchReport): string {
  const instances = [...new Set(report.results.map(({ instance }) => instance))];
  const rows = instances.map((name) =>
    rowOf(
      name,
      report.results.filter(({ instance }) => instance === name),
    ),
  );
  const gaps = gapsOf(report.results);
  const total = [
    `${report.suite}: ${instances.length} instances, ${report.results.length} runs`,
    `mean gap ${percent(gaps)} over ${gaps.length} runs`,
    `${invalidOf(report.results)} invalid`,
    `${unservedOf(report.results)} unserved`,
  ].join(", ");
  return `${[...alignColumns([HEADER, ...rows]), "", total, ...unsupportedLines(report)].join("\n")}\n`;
}

/** One line for each reason, with the instances that it keeps out. */
function unsupportedLines({ unsupported = [] }: BenchReport): string[] {
  return [...new Set(unsupported.map(({ reason }) => reason))].map((reason) => {
    const names = unsupported.filter((each) => each.reason === reason).map(({ instance }) => instance);
    return `not supported, ${reason}: ${names.length} instances: ${names.join(" ")}`;
  });
}

function rowOf(instance: string, runs: BenchResult[]): string[] {
  const mean = (value: (run: BenchResult) => number) => runs.reduce((sum, run) => sum + value(run), 0) / runs.length;
  const validCosts = runs.filter(({ valid }) => valid).map(({ cost }) => cost);
  const bestKnown = runs[0]?.bestKnown ?? null;
  return [
    instance,
    `${runs.length}`,
    mean(({ cost }) => cost).toFixed(1),
    validCosts.length === 0 ? "-" : Math.min(...validCosts).toFixed(1),
    bestKnown === null ? "-" : bestKnown.toFixed(1),
    percent(gapsOf(runs)),
    mean(({ engineersUsed }) => engineersUsed).toFixed(1),
    `${unservedOf(runs)}`,
    `${invalidOf(runs)}`,
    mean(({ elapsedS }) => elapsedS).toFixed(1),
  ];
}

function gapsOf(runs: readonly BenchResult[]): number[] {
  return runs.map(({ gap }) => gap).filter((gap) => gap !== null);
}

function invalidOf(runs: readonly BenchResult[]): number {
  return runs.filter(({ valid }) => !valid).length;
}

function unservedOf(runs: readonly BenchResult[]): number {
  return runs.reduce((sum, { unassigned }) => sum + unassigned, 0);
}

function percent(gaps: readonly number[]): string {
  if (gaps.length === 0) return "-";
  return `${((100 * gaps.reduce((sum, gap) => sum + gap, 0)) / gaps.length).toFixed(2)} %`;
}
