// The published cost of a VRPTW plan by the DIMACS convention, recomputed without the solver.
import { type NumberedRoute, numberingProblems } from "./published-cost.ts";
import { parseSolomon, type SolomonInstance, type SolomonNode } from "./solomon.ts";

/**
 * Total distance of `routes` over the instance in `text`, legs cut to one decimal, and every broken rule in words: windows,
 * return to the depot, capacity, vehicle number, each customer at most once. Customers left out are no problem here.
 */
export function solomonCost(
  text: string,
  routes: readonly NumberedRoute[],
): { distance: number; valid: boolean; problems: string[] } {
  const instance = parseSolomon(text);
  const problems = numberingProblems(routes, instance.vehicles, 1, instance.nodes.length - 1);
  let tenths = 0;
  if (problems.length === 0) for (const route of routes) tenths += routeTenths(instance, route, problems);
  return { distance: tenths / 10, valid: problems.length === 0, problems };
}

/** Length of one route in tenths; adds what is wrong with it to `problems`. */
function routeTenths(instance: SolomonInstance, route: NumberedRoute, problems: string[]): number {
  const depot = instance.nodes[0]!;
  let [at, time, load, length] = [depot, depot.ready, 0, 0];
  for (const visit of route.visits) {
    if (visit === 0)
      problems.push(`engineer ${route.engineer}: a visit to the depot, which this problem does not have`);
    const node = instance.nodes[visit]!;
    const leg = tenthsBetween(at, node);
    const start = Math.max(time + leg, node.ready);
    if (start > node.due)
      problems.push(`engineer ${route.engineer}: ${visit} begins at ${start / 10}, due ${node.due / 10}`);
    [at, time, load, length] = [node, start + node.service, load + node.demand, length + leg];
  }
  const leg = route.visits.length > 0 ? tenthsBetween(at, depot) : 0;
  if (time + leg > depot.due)
    problems.push(`engineer ${route.engineer}: back at ${(time + leg) / 10}, due ${depot.due / 10}`);
  if (load > instance.capacity)
    problems.push(`engineer ${route.engineer}: load ${load}, capacity ${instance.capacity}`);
  return length + leg;
}

function tenthsBetween(from: SolomonNode, to: SolomonNode): number {
  return Math.floor(10 * Math.sqrt((from.x - to.x) ** 2 + (from.y - to.y) ** 2));
}
