// Two sides of a replay on the same day, paired: mean difference of every measure and its confidence interval.
import { meanWithInterval } from "../bench/interval.ts";
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

/** Differences of all measures, paired by day (its mean over the seeds that both sides have), or by seed where there is one day. */
export function differences(runs: readonly ReplayRun[], first: string, second: string): Difference[] {
  const key = ({ day, seed }: ReplayRun) => JSON.stringify([day, seed]);
  const of = (side: string) => new Map(runs.filter((run) => run.side === side).map((run) => [key(run), run]));
  const [before, after] = [of(first), of(second)];
  const pairs = [...before].flatMap(([key, run]) => (after.has(key) ? [{ before: run, after: after.get(key)! }] : []));
  const days = [...new Set(pairs.map(({ before }) => before.day))];
  const groups =
    days.length > 1 ? days.map((day) => pairs.filter(({ before }) => before.day === day)) : pairs.map((pair) => [pair]);
  return (Object.keys(runs[0]?.measures ?? {}) as MeasureName[]).map((measure) => {
    const values = groups.map((group) =>
      mean(group.map(({ before, after }) => after.measures[measure] - before.measures[measure])),
    );
    const { interval } = meanWithInterval(values);
    return { measure, mean: mean(values), low: interval?.[0], high: interval?.[1], pairs: values.length };
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
