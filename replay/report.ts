// Replayed days as text: a table for people, CSV for programs.
import type { Difference, MeasureName } from "./compare.ts";
import type { Measures } from "./measures.ts";

/** One day replayed with one side and seed. */
export interface ReplayRun {
  /** Strategy, or strategy/policy. */
  readonly side: string;
  /** The day's file. */
  readonly day: string;
  readonly seed: number;
  readonly measures: Measures;
  readonly refused: readonly string[];
}

/** How a measure is shown. */
export interface Row {
  readonly measure: MeasureName;
  readonly words: string;
  readonly show: (value: number) => string;
}

const count = (value: number) => value.toFixed(1);
const minutes = (seconds: number) => (seconds / 60).toFixed(1);
const hours = (seconds: number) => (seconds / 3600).toFixed(2);
const percent = (share: number) => `${(100 * share).toFixed(1)}`;

/** Every measure that is shown, in the order of tables. */
export const MEASURE_ROWS: readonly Row[] = [
  { measure: "orders", words: "orders", show: count },
  { measure: "served", words: "served", show: count },
  { measure: "responseS", words: "response, min", show: minutes },
  { measure: "answeredInTime", words: "answered in time, %", show: percent },
  { measure: "late", words: "late services", show: count },
  { measure: "latenessS", words: "lateness, min", show: minutes },
  { measure: "workingS", words: "working time, h", show: hours },
  { measure: "travelS", words: "travel, h", show: hours },
  { measure: "idleS", words: "idle, h", show: hours },
  { measure: "distanceM", words: "distance, km", show: (metres) => (metres / 1000).toFixed(1) },
  { measure: "engineersUsed", words: "engineers used", show: count },
  { measure: "loans", words: "part loans", show: count },
  { measure: "firstTimeFix", words: "first-time fix, %", show: percent },
  { measure: "gini", words: "Gini of minutes", show: (value) => value.toFixed(3) },
  { measure: "changes", words: "changes customers saw", show: count },
  { measure: "changedEngineer", words: "- another engineer", show: count },
  { measure: "changedTime", words: "- another time", show: count },
  { measure: "changedToNobody", words: "- nobody comes", show: count },
  { measure: "solves", words: "solves", show: count },
  { measure: "refused", words: "refused solves", show: count },
  { measure: "dispatchCpuS", words: "CPU of decisions, s", show: count },
];

/** The mean of a measure for each side, smallest and largest behind it where they differ. */
export function replayCells({ measure, show }: Row, sides: readonly string[], runs: readonly ReplayRun[]): string[] {
  return sides.map((side) => {
    const values = runs.filter((run) => run.side === side).map(({ measures }) => measures[measure]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.max(...values) - Math.min(...values);
    return spread === 0 ? show(mean) : `${show(mean)} (${show(Math.min(...values))} to ${show(Math.max(...values))})`;
  });
}

/** Difference and interval of a measure; none where nothing is compared. */
export function comparedCells({ measure, show }: Row, compared: readonly Difference[] | undefined): string[] {
  const difference = compared?.find((each) => each.measure === measure);
  if (!difference) return [];
  const { mean, low, high } = difference;
  return [show(mean), low === undefined || high === undefined ? "-" : `${show(low)} to ${show(high)}`];
}

/** A column for each side; then the difference of two sides. */
export function replayTable(runs: readonly ReplayRun[], compared?: readonly Difference[]): string {
  const sides = [...new Set(runs.map(({ side }) => side))];
  const header = ["", ...sides, ...(compared ? ["difference", "95 % interval"] : [])];
  const rows = MEASURE_ROWS.map((row) => [
    row.words,
    ...replayCells(row, sides, runs),
    ...comparedCells(row, compared),
  ]);
  const widths = header.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join("  ");
  return `${[header, ...rows].map(line).join("\n")}\n`;
}

/** A line for each run, the measures in seconds, metres and shares. */
export function replayCsv(runs: readonly ReplayRun[]): string {
  const names = Object.keys(runs[0]?.measures ?? {}) as MeasureName[];
  const rows = runs.map(({ side, day, seed, measures }) =>
    [side, day, seed, ...names.map((name) => measures[name])].join(),
  );
  return `${[["side", "day", "seed", ...names].join(), ...rows].join("\n")}\n`;
}
