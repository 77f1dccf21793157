// Solvers side by side as text: mean gaps, how often each is best, how often its answer does not stand.
import { alignColumns } from "../table.ts";
import type { PeerRun, PeersReport } from "./run.ts";

/** One line for each solver, and why others are absent. */
export function peersTable(report: PeersReport): string {
  const rows = solversIn(report).map((solver) => rowOf(report, solver));
  const head = ["solver", "runs", "mean gap", "worst gap", "best of all", "no valid plan", "mean s", "longest s"];
  const absent = Object.entries(report.absent).map(([name, words]) => `${name} was not run: ${words}`);
  return `${[...alignColumns([head, ...rows]), ...(absent.length > 0 ? ["", ...absent] : [])].join("\n")}\n`;
}

/** Solvers in the order of the report. */
export const solversIn = ({ runs }: PeersReport) => [...new Set(runs.map(({ solver }) => solver))];

/** Name and version. */
export const titleOf = ({ versions }: PeersReport, solver: string) =>
  versions[solver] === undefined ? solver : `${solver} ${versions[solver]}`;

/** Every order is served and nothing is wrong. */
export const isValid = ({ problems, unserved }: PeerRun) => problems.length === 0 && unserved === 0;

function rowOf(report: PeersReport, solver: string): string[] {
  const own = report.runs.filter((run) => run.solver === solver);
  const gaps = own.flatMap(({ gap }) => (gap === null ? [] : [100 * gap]));
  const best = own.filter((run) => isValid(run) && run.cost <= lowest(report, run)).length;
  const seconds = own.map(({ elapsedS }) => elapsedS);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return [
    ...[titleOf(report, solver), `${own.length}`],
    gaps.length === 0 ? "-" : `${(sum(gaps) / gaps.length).toFixed(2)} %`,
    gaps.length === 0 ? "-" : `${Math.max(...gaps).toFixed(2)} %`,
    `${best}`,
    `${own.filter((run) => !isValid(run)).length}`,
    (sum(seconds) / seconds.length).toFixed(1),
    Math.max(...seconds).toFixed(1),
  ];
}

/** Lowest valid cost of all solvers on the same instance with the same seed. */
function lowest({ runs }: PeersReport, { instance, seed }: PeerRun): number {
  return Math.min(
    ...runs.flatMap((run) => (run.instance === instance && run.seed === seed && isValid(run) ? [run.cost] : [])),
  );
}
