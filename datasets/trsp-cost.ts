// The published cost of a technician routing plan, recomputed in doubles without the solver.
import { type NumberedRoute, numberingProblems } from "./published-cost.ts";
import { parseTrsp, TRSP_DIGITS, type TrspInstance } from "./trsp-instance.ts";

/** Slack of windows in file units, for doubles. */
const TOLERANCE = 1e-6;
const TICKS = 10 ** TRSP_DIGITS;

/**
 * Total working time of `routes` over the instance in `text`, file units, and every broken rule in words: windows, return in the
 * shift, skills, tools, parts, each request at most once. A route costs return minus departure, with the departure as late as its
 * earliest return allows; no visits cost nothing. A visit 0 gives every tool and unlimited parts from then on. Requests left out are
 * no problem here.
 */
export function trspCost(
  text: string,
  routes: readonly NumberedRoute[],
): { workingTime: number; valid: boolean; problems: string[] } {
  const instance = parseTrsp(text);
  const problems = numberingProblems(routes, instance.crew, instance.crew + 1, instance.nodes.length - 1);
  let workingTime = 0;
  if (problems.length === 0)
    for (const route of routes.filter(({ visits }) => visits.length > 0)) {
      supplyProblems(instance, route, problems);
      workingTime += duration(instance, route, problems);
    }
  return { workingTime, valid: problems.length === 0, problems };
}

/** Least duration of one route; adds broken windows to `problems`. */
function duration(instance: TrspInstance, { engineer, visits }: NumberedRoute, problems: string[]): number {
  const shift = instance.nodes[engineer]!;
  const stops = visits.map((visit, index) => {
    const node = instance.nodes[visit]!;
    return {
      visit,
      from: node.windowStart / TICKS,
      until: node.windowEnd / TICKS,
      service: visit === 0 ? 0 : node.service / TICKS,
      leg: legOf(instance, index === 0 ? engineer : visits[index - 1]!, visit),
    };
  });
  let time = shift.windowStart / TICKS;
  for (const { visit, from, until, service, leg } of stops) {
    const start = Math.max(time + leg, from);
    if (start > until + TOLERANCE) problems.push(`engineer ${engineer}: ${visit} begins at ${start}, at most ${until}`);
    time = start + service;
  }
  const lastLeg = legOf(instance, visits[visits.length - 1]!, engineer);
  const end = time + lastLeg;
  const shiftEnd = shift.windowEnd / TICKS;
  if (end > shiftEnd + TOLERANCE) problems.push(`engineer ${engineer}: home at ${end}, at most ${shiftEnd}`);
  // Backwards from the earliest return: every stop as late as its window and the stop after it allow.
  let latest = end - lastLeg;
  for (const { until, service, leg } of stops.toReversed()) latest = Math.min(latest - service, until) - leg;
  return end - latest;
}

/** Adds what the technician of one route lacks to `problems`. */
function supplyProblems(instance: TrspInstance, { engineer, visits }: NumberedRoute, problems: string[]): void {
  const technician = instance.nodes[engineer]!;
  const used: number[] = [];
  let supplied = false;
  for (const visit of visits) {
    if (visit === 0) {
      supplied = true;
      continue;
    }
    const request = instance.nodes[visit]!;
    for (const skill of request.skills.filter((skill) => !technician.skills.includes(skill)))
      problems.push(`engineer ${engineer}: ${visit} needs skill ${skill}`);
    if (supplied) continue;
    for (const tool of request.tools.filter((tool) => !technician.tools.includes(tool)))
      problems.push(`engineer ${engineer}: ${visit} needs tool ${tool}`);
    request.parts.forEach((units, part) => {
      used[part] = (used[part] ?? 0) + units;
      const carried = technician.parts[part] ?? 0;
      if (units > 0 && used[part] > carried)
        problems.push(`engineer ${engineer}: ${visit} needs unit ${used[part]} of part ${part}, ${carried} carried`);
    });
  }
}

function legOf({ nodes, travelTimes }: TrspInstance, from: number, to: number): number {
  if (travelTimes) return travelTimes[from * nodes.length + to]! / TICKS;
  return Math.hypot(nodes[from]!.x - nodes[to]!.x, nodes[from]!.y - nodes[to]!.y);
}
