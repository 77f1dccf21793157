// Solvers side by side as one HTML page: gaps, performance profiles, time to target, every run.
import type { EChartsOption } from "echarts";
import { type Curve, profiles, targetCurve, timeToTarget } from "../../bench/peers/curves.ts";
import type { PeerRun, PeersReport } from "../../bench/peers/run.ts";
import { isValid, solversIn, titleOf } from "../../bench/peers/summary.ts";
import { chartPage, tableOf } from "./chart-page.ts";

/** Targets above the best-known value, in percent. */
const TARGETS = [1, 5] as const;
/** Profiles are drawn up to this many percent above the best. */
const PROFILE_TO = 10;

/** The page. */
export function peersPage(report: PeersReport): string {
  const { suite, instances, seconds, seeds, machine, node, commit } = report;
  const solvers = solversIn(report);
  const absent = Object.entries(report.absent).map(([name, words]) => `${name}: ${words}`);
  return chartPage({
    title: `Solvers on ${suite}`,
    about: `${instances} · ${seconds} s each on one core · seeds ${seeds.join(", ")} · ${machine}, Node ${node}${commit ? `, ${commit}` : ""}`,
    sections: [
      {
        title: "Performance profile",
        note: "Share of runs whose cost is at most so many percent above the lowest of all solvers (Dolan and Moré 2002).",
        chart: lines(
          "%",
          [...profiles(problemsOf(report), solvers)].map(([solver, curve]) => ({
            name: titleOf(report, solver),
            curve: until(
              curve.map(([ratio, share]) => [100 * (ratio - 1), share] as const),
              PROFILE_TO,
            ),
          })),
        ),
      },
      ...TARGETS.map((target) => ({
        title: `Time to ${target} % above the best known`,
        note: "Share of runs that are there after so many seconds, as the solver itself reports its plans, else when it ends.",
        chart: lines(
          "s",
          solvers.map((solver) => ({
            name: titleOf(report, solver),
            curve: until(targetCurve(timesTo(report, solver, target)), seconds),
          })),
        ),
      })),
      { title: "Gap to the best known", note: "Every run, in percent.", chart: gaps(report, solvers) },
      {
        title: "Every run",
        wide: true,
        content: tableOf(
          ["instance, seed", "solver", "cost", "gap, %", "vehicles", "unserved", "s", "problems"],
          report.runs.map((run) => [
            `${run.instance}, ${run.seed}`,
            run.solver,
            run.cost.toFixed(1),
            run.gap === null ? "-" : (100 * run.gap).toFixed(2),
            ...[run.vehicles, run.unserved].map(String),
            run.elapsedS.toFixed(1),
            run.problems.slice(0, 2).join("; "),
          ]),
        ),
      },
      ...(absent.length > 0
        ? [
            {
              title: "Not run",
              content: tableOf(
                ["solver"],
                absent.map((words) => [words]),
              ),
            },
          ]
        : []),
    ],
  });
}

/** Costs by solver, of every instance and seed. */
function problemsOf({ runs }: PeersReport): Map<string, number | undefined>[] {
  const rows = new Map<string, Map<string, number | undefined>>();
  for (const run of runs) {
    const key = `${run.instance}\n${run.seed}`;
    const row = rows.get(key) ?? new Map<string, number | undefined>();
    row.set(run.solver, isValid(run) ? run.cost : undefined);
    rows.set(key, row);
  }
  return [...rows.values()];
}

function timesTo({ runs }: PeersReport, solver: string, target: number): (number | undefined)[] {
  const own = runs.filter(
    (run): run is PeerRun & { bestKnown: number } => run.solver === solver && run.bestKnown !== null,
  );
  return own.map((run) => (isValid(run) ? timeToTarget(run, run.bestKnown * (1 + target / 100)) : undefined));
}

/** The curve up to `most`, level at its last value from there. */
function until(curve: Curve, most: number): [number, number][] {
  const shown = curve.filter(([x]) => x <= most).map(([x, share]): [number, number] => [x, share]);
  return [[0, 0], ...shown, [most, shown.at(-1)?.[1] ?? 0]];
}

function lines(unit: string, curves: readonly { name: string; curve: readonly [number, number][] }[]): EChartsOption {
  return {
    grid: { left: 50, right: 30, top: 40, bottom: 40 },
    legend: { top: 0, type: "scroll" },
    tooltip: { trigger: "axis" },
    xAxis: { type: "value", name: unit, nameGap: 8 },
    yAxis: { type: "value", min: 0, max: 1 },
    series: curves.map(({ name, curve }) => ({
      ...{ name, type: "line", step: "end", symbol: "none" },
      data: curve.map(([x, share]) => [Math.round(x * 1000) / 1000, Math.round(share * 1000) / 1000]),
    })) as EChartsOption["series"] & object[],
  };
}

function gaps({ runs }: PeersReport, solvers: readonly string[]): EChartsOption {
  const instances = [...new Set(runs.map(({ instance }) => instance))];
  return {
    grid: { left: 50, right: 30, top: 40, bottom: 60 },
    legend: { top: 0 },
    tooltip: {},
    xAxis: { type: "category", data: instances, axisLabel: { rotate: 45, fontSize: 10 } },
    yAxis: { type: "value", name: "%" },
    series: solvers.map((solver) => ({
      ...{ name: solver, type: "scatter", symbolSize: 8 },
      data: runs
        .filter((run) => run.solver === solver && run.gap !== null)
        .map(({ instance, gap }) => [instance, Math.round(10_000 * gap!) / 100]),
    })) as EChartsOption["series"] & object[],
  };
}
