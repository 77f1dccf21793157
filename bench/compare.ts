// Two reports of one benchmark side by side: paired differences of instances, and whether their mean is more than chance.

import { meanWithInterval } from "./interval.ts";
import { type BenchReport, type BenchResult, type SettingName, settingDifferences } from "./report.ts";
import { alignColumns } from "./table.ts";

/** What must be equal for two reports to say something about the solver alone. */
const COMPARABLE = [
  "suite",
  "timeLimit",
  "iterations",
  "seeds",
  "workers",
  "jobs",
  "machine",
  "nodeMajor",
] as const satisfies readonly SettingName[];

/** One instance in both reports; sums and means are over the seeds that both have. */
export interface ComparedInstance {
  readonly instance: string;
  /** Seeds in both. */
  readonly pairs: number;
  /** Pairs whose costs compare: both plans valid, as many orders left out. The means below are over these. */
  readonly comparablePairs: number;
  readonly costs: readonly [number, number];
  /** (second - first) / first of the mean costs; null without comparable pairs. */
  readonly difference: number | null;
  readonly unserved: readonly [number, number];
  readonly invalid: readonly [number, number];
  /** Of the second report: fewer invalid plans, then fewer orders left out, then the lower cost. */
  readonly outcome: "win" | "loss" | "tie";
}

export interface Comparison {
  readonly instances: readonly ComparedInstance[];
  /** Mean of the instances' differences; null where none has one. */
  readonly meanDifference: number | null;
  /** 95 % confidence interval of that mean by Student's t over instances; null for fewer than two. */
  readonly interval: readonly [number, number] | null;
}

/**
 * Compares two reports. Throws, naming everything that differs, where they were not run alike; the number of workers may differ
 * `acrossWorkers`, and then the number of jobs, too, where as many threads ran at once.
 */
export function compareReports(first: BenchReport, second: BenchReport, acrossWorkers = false): Comparison {
  const mayDiffer: SettingName[] = acrossWorkers ? ["workers"] : [];
  if (acrossWorkers && first.jobs * first.workers === second.jobs * second.workers) mayDiffer.push("jobs");
  const [before, after] = [first, second].map(({ results }) => [...new Set(results.map(({ instance }) => instance))]);
  const only = (words: string, names: readonly string[], others: readonly string[]) => {
    const missing = names.filter((name) => !others.includes(name));
    return missing.length === 0 ? [] : [`instances only in the ${words}: ${someOf(missing)}`];
  };
  const differences = [
    ...settingDifferences(
      first,
      second,
      COMPARABLE.filter((name) => !mayDiffer.includes(name)),
    ),
    ...only("first", before!, after!),
    ...only("second", after!, before!),
  ];
  if (differences.length > 0) throw new Error(`the reports were not run alike: ${differences.join("; ")}`);
  const instances = before!.map((name) => {
    const [runs, others] = [first, second].map(({ results }) => results.filter(({ instance }) => instance === name));
    return compareInstance(name, runs!, others!);
  });
  const known = instances.flatMap(({ difference }) => difference ?? []);
  const { mean, interval } = meanWithInterval(known);
  return { instances, meanDifference: mean, interval };
}

function someOf(names: readonly string[]): string {
  const most = 5;
  return names.slice(0, most).join(", ") + (names.length > most ? ` and ${names.length - most} more` : "");
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Share of the cost below which a difference is floating error. */
const EQUAL = 1e-9;

function compareInstance(
  instance: string,
  first: readonly BenchResult[],
  second: readonly BenchResult[],
): ComparedInstance {
  const pairs = first.flatMap((one) => {
    const other = second.find(({ seed }) => seed === one.seed);
    return other ? [[one, other] as const] : [];
  });
  const comparable = pairs.filter(([a, b]) => a.valid && b.valid && a.unassigned === b.unassigned);
  const both = (value: (index: 0 | 1) => number) => [value(0), value(1)] as const;
  const costs = both((index) => (comparable.length === 0 ? 0 : meanOf(comparable.map((pair) => pair[index].cost))));
  const unserved = both((index) => pairs.reduce((sum, pair) => sum + pair[index].unassigned, 0));
  const invalid = both((index) => pairs.filter((pair) => !pair[index].valid).length);
  const less = costs[1] - costs[0];
  const steps = [invalid[1] - invalid[0], unserved[1] - unserved[0], Math.abs(less) <= EQUAL * costs[0] ? 0 : less];
  const decisive = steps.find((step) => step !== 0) ?? 0;
  return {
    instance,
    pairs: pairs.length,
    comparablePairs: comparable.length,
    costs,
    difference: comparable.length === 0 ? null : less / costs[0],
    unserved,
    invalid,
    outcome: decisive < 0 ? "win" : decisive > 0 ? "loss" : "tie",
  };
}

const HEADER = ["instance", "pairs", "first", "second", "difference", "unserved", "invalid", "outcome"];

/** The comparison as text: one row per instance, then the mean difference with its interval, and wins, losses and ties of the second. */
export function comparisonTable(first: BenchReport, second: BenchReport, comparison: Comparison): string {
  const { instances, meanDifference, interval: range } = comparison;
  const rows = instances.map((row) => [
    row.instance,
    row.comparablePairs === row.pairs ? `${row.pairs}` : `${row.comparablePairs} of ${row.pairs}`,
    ...row.costs.map((cost) => (row.comparablePairs === 0 ? "-" : cost.toFixed(1))),
    percent(row.difference),
    row.unserved.join(" / "),
    row.invalid.join(" / "),
    row.outcome,
  ]);
  const outcomes = (["win", "loss", "tie"] as const).map((outcome) => {
    const count = instances.filter((row) => row.outcome === outcome).length;
    return `${count} ${count === 1 ? outcome : { win: "wins", loss: "losses", tie: "ties" }[outcome]}`;
  });
  const within = range === null ? "" : ` (95 %: ${percent(range[0])} to ${percent(range[1])})`;
  const compared = instances.filter(({ difference }) => difference !== null).length;
  return `${[
    `first:  ${titleOf(first)}`,
    `second: ${titleOf(second)}`,
    "",
    ...alignColumns([HEADER, ...rows]),
    "",
    `mean difference ${percent(meanDifference)}${within} over ${compared} of ${instances.length} instances; the second: ${outcomes.join(", ")}`,
  ].join("\n")}\n`;
}

function titleOf({ name, commit, suite, results }: BenchReport): string {
  return `${name ?? "not named"}, commit ${commit ?? "unknown"}, ${suite}, ${results.length} runs`;
}

function percent(share: number | null): string {
  if (share === null) return "-";
  return `${share > 0 ? "+" : ""}${(100 * share).toFixed(2)} %`;
}
