// A benchmark that goes on where it was interrupted: its report is whole in the file after every solve.
import { existsSync, renameSync, writeFileSync } from "node:fs";
import {
  type BenchReport,
  type BenchResult,
  type BenchSettings,
  readReport,
  type SettingName,
  settingDifferences,
} from "./report.ts";

/** Everything that the results of one report have in common. */
const COMMON = [
  "name",
  "suite",
  "instances",
  "timeLimit",
  "iterations",
  "seeds",
  "workers",
  "jobs",
  "routes",
  "machine",
  "node",
  "commit",
] as const satisfies readonly SettingName[];

/** Replaces the file `path` at once: whoever reads it, also after a kill, finds the report before or this one. */
export function writeReport(path: string, report: BenchReport): void {
  const next = `${path}.next`;
  writeFileSync(next, `${JSON.stringify(report, null, 2)}\n`);
  renameSync(next, path);
}

/**
 * Results in the file `path` of an interrupted run with the same settings; none where there is no file. Rejects, naming what differs,
 * where the settings are others.
 */
export async function finishedResults(path: string, settings: BenchSettings): Promise<BenchResult[]> {
  if (!existsSync(path)) return [];
  const earlier = await readReport(path);
  const differences = settingDifferences(earlier, settings, COMMON);
  if (differences.length > 0)
    throw new Error(`${path} cannot be resumed, it was begun with other settings: ${differences.join("; ")}`);
  return earlier.results;
}
