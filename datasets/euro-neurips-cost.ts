// The published cost of a plan of the EURO Meets NeurIPS 2022 competition, recomputed without the solver.
import { type EuroNeuripsInstance, euroNeuripsFleet, parseEuroNeurips } from "./euro-neurips.ts";
import { type NumberedRoute, numberingProblems } from "./published-cost.ts";

/**
 * Total driving seconds of `routes` over the instance in `text`, and every broken rule in words: windows, return to the depot,
 * capacity, known vehicles, each customer at most once. Customers left out are no problem here.
 */
export function euroNeuripsCost(
  text: string,
  routes: readonly NumberedRoute[],
): { driving: number; valid: boolean; problems: string[] } {
  const instance = parseEuroNeurips(text);
  const problems = numberingProblems(routes, euroNeuripsFleet(instance), 1, instance.nodes.length - 1);
  let driving = 0;
  if (problems.length === 0) for (const route of routes) driving += routeSeconds(instance, route, problems);
  return { driving, valid: problems.length === 0, problems };
}

/** Driving time of one route; adds what is wrong with it to `problems`. */
function routeSeconds(instance: EuroNeuripsInstance, { engineer, visits }: NumberedRoute, problems: string[]): number {
  if (visits.length === 0) return 0;
  const { nodes, durations, capacity } = instance;
  const legOf = (from: number, to: number) => durations[from * nodes.length + to]!;
  const depot = nodes[0]!;
  let [at, time, load, driving] = [0, depot.open, 0, 0];
  for (const visit of visits) {
    if (visit === 0) problems.push(`engineer ${engineer}: a visit to the depot, which this problem does not have`);
    const node = nodes[visit]!;
    const leg = legOf(at, visit);
    const start = Math.max(time + leg, node.open);
    if (start > node.close) problems.push(`engineer ${engineer}: ${visit} begins at ${start}, at most ${node.close}`);
    [at, time, load, driving] = [visit, start + node.service, load + node.demand, driving + leg];
  }
  const leg = legOf(at, 0);
  if (time + leg > depot.close) problems.push(`engineer ${engineer}: back at ${time + leg}, at most ${depot.close}`);
  if (load > capacity) problems.push(`engineer ${engineer}: load ${load}, capacity ${capacity}`);
  return driving + leg;
}
