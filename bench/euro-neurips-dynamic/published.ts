// Published results of the dynamic problem of the EURO Meets NeurIPS 2022 competition: ten finalists and the organisers' baselines.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { packageRoot } from "../best-known.ts";

/** The team with the lowest mean cost. */
export const WINNER = "Kleopatra";
/** The organisers' baseline that sends every request at once. */
export const GREEDY = "baseline_greedy";

/** Costs in driving seconds by team, of one instance. */
export type PublishedCosts = ReadonlyMap<string, number>;

/** Published costs by instance and team. */
export async function readPublishedCosts(): Promise<ReadonlyMap<string, PublishedCosts>> {
  const text = await readFile(join(packageRoot(), "bench", "best-known", "euro-neurips-dynamic.csv"), "utf8");
  const rows = parse(text, { columns: true }) as { instance: string; team: string; cost: string }[];
  const costs = new Map<string, Map<string, number>>();
  for (const { instance, team, cost } of rows) {
    if (!costs.has(instance)) costs.set(instance, new Map());
    costs.get(instance)!.set(team, Number(cost));
  }
  return costs;
}
