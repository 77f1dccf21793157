// The published cost of a service technician routing plan, travel and outsourcing, recomputed in doubles without the solver.
import { type NumberedRoute, numberingProblems } from "./published-cost.ts";
import { parseStrsp, type StrspInstance } from "./strsp-instance.ts";

/** Slack of windows in file units, for doubles. */
const TOLERANCE = 1e-6;

/**
 * Euclidean travel of `routes` over the instance in `text` and the outsourcing cost of all other tasks, and every broken rule in
 * words: windows, return to the depot, levels, known technicians, each task at most once.
 */
export function strspCost(
  text: string,
  routes: readonly NumberedRoute[],
): { cost: number; travel: number; outsourced: number; valid: boolean; problems: string[] } {
  const instance = parseStrsp(text);
  const { nodes, technicians } = instance;
  const problems = numberingProblems(routes, technicians.length, 2, nodes.length);
  let travel = 0;
  if (problems.length === 0) for (const route of routes) travel += travelOf(instance, route, problems);
  const served = new Set(routes.flatMap(({ visits }) => visits));
  const left = nodes.slice(1).filter(({ number }) => !served.has(number));
  const cost = left.reduce((sum, { outsourcing }) => sum + outsourcing, travel);
  return { cost, travel, outsourced: left.length, valid: problems.length === 0, problems };
}

/** Travel of one route; adds what is wrong with it to `problems`. */
function travelOf(
  { nodes, technicians }: StrspInstance,
  { engineer, visits }: NumberedRoute,
  problems: string[],
): number {
  if (visits.length === 0) return 0;
  const wrong = (text: string) => problems.push(`engineer ${engineer}: ${text}`);
  const held = technicians[engineer - 1]!;
  const depot = nodes[0]!;
  let [at, time, travel] = [depot, depot.ready, 0];
  for (const visit of visits) {
    const task = nodes[visit - 1];
    if (!task) {
      wrong(`a visit to ${visit}, which is no task`);
      continue;
    }
    const leg = Math.hypot(task.x - at.x, task.y - at.y);
    const start = Math.max(time + leg, task.ready);
    if (start > task.due + TOLERANCE) wrong(`${visit} begins at ${start}, due ${task.due}`);
    task.levels.forEach((level, skill) => {
      if (held[skill]! < level) wrong(`${visit} needs level ${level} of skill ${skill + 1}, ${held[skill]} held`);
    });
    [at, time, travel] = [task, start + task.service, travel + leg];
  }
  const leg = Math.hypot(depot.x - at.x, depot.y - at.y);
  if (time + leg > depot.due + TOLERANCE) wrong(`back at ${time + leg}, at most ${depot.due}`);
  return travel + leg;
}
