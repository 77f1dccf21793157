// Two sides of a replay on the same day, paired by seed: mean difference of every measure and its confidence interval.
import jStat from "jstat";
import type { Measures } from "./measures.ts";
import type { ReplayRun } from "./report.ts";

export type MeasureName = keyof Measures;

/** The second side minus the first. */
export interface Difference {
  readonly measure: MeasureName;
  readonly mean: number;
  /** 95 % interval of the mean by Student's t; undefined with fewer than two pairs. */
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly pairs: number;
}

/** Differences of all measures over the seeds that both sides have. */
export function differences(runs: readonly ReplayRun[], first: string, second: string): Difference[] {
  const of = (side: string) => new Map(runs.filter((run) => run.side === side).map((run) => [run.seed, run.measures]));
  const [before, after] = [of(first), of(second)];
  const seeds = [...before.keys()].filter((seed) => after.has(seed));
  const [any] = before.values();
  return (Object.keys(any ?? {}) as MeasureName[]).map((measure) => {
    const values = seeds.map((seed) => after.get(seed)![measure] - before.get(seed)![measure]);
    return { measure, ...interval(values), pairs: values.length };
  });
}

/** Mean of `values` with its 95 % interval. */
export function interval(values: readonly number[]): { mean: number; low: number | undefined; high: number | undefined } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2) return { mean, low: undefined, high: undefined };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const half = jStat.studentt.inv(0.975, values.length - 1) * Math.sqrt(variance / values.length);
  return { mean, low: mean - half, high: mean + half };
}
