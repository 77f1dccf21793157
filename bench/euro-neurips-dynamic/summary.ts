// The report of the dynamic streams as a table of text, among the published results.
import { alignColumns } from "../table.ts";
import { GREEDY, type PublishedCosts, WINNER } from "./published.ts";
import type { DynamicReport } from "./run.ts";

/** A row for each run, then mean costs over the same streams: ours among the ten finalists and the organisers' baselines. */
export function dynamicTable(report: DynamicReport, published: ReadonlyMap<string, PublishedCosts>): string {
  const header = [
    "instance",
    "seed",
    "cost",
    `against ${WINNER}`,
    `against ${GREEDY}`,
    "invalid",
    "s an epoch",
    "CPU s",
  ];
  const rows = report.results.map(({ instance, seed, cost, againstWinner, againstGreedy, problems, ...run }) => [
    instance,
    `${seed}`,
    `${cost}`,
    percent(againstWinner),
    percent(againstGreedy),
    `${problems.length}`,
    (run.elapsedS / run.epochs.length).toFixed(1),
    (run.cpuS / run.epochs.length).toFixed(1),
  ]);
  const lines = [...alignColumns([header, ...rows]), ""];
  const compared = report.results.filter(({ instance, problems }) => published.has(instance) && problems.length === 0);
  if (compared.length < report.results.length || compared.length === 0) return `${lines.join("\n")}\n`;
  const mean = (costs: readonly number[]) => costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
  const teams = [...new Set(compared.flatMap(({ instance }) => [...published.get(instance)!.keys()]))];
  const means = teams
    .filter((team) => compared.every(({ instance }) => published.get(instance)!.has(team)))
    .map((team) => ({ team, cost: mean(compared.map(({ instance }) => published.get(instance)!.get(team)!)) }));
  means.push({ team: `shanpai, ${report.dispatch}`, cost: mean(compared.map(({ cost }) => cost)) });
  const winner = means.find(({ team }) => team === WINNER)!.cost;
  const ranking = means
    .sort((a, b) => a.cost - b.cost)
    .map(({ team, cost }) => [team, cost.toFixed(1), percent(cost / winner - 1)]);
  return `${[...lines, ...alignColumns([["mean cost over these streams", "", ""], ...ranking])].join("\n")}\n`;
}

function percent(share: number | null): string {
  return share === null ? "-" : `${share < 0 ? "" : "+"}${(100 * share).toFixed(2)} %`;
}
