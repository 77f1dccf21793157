// All 30 criteria for one order and one engineer: what was evaluated, and what it cost.
import { CATALOGUE, type CriterionId } from "../criteria.ts";
import type { PlannedRoute } from "../decode.ts";
import type { Problem, ProblemEngineer, ProblemOrder } from "../model/problem.ts";
import { idleTime } from "./criteria/idle-time.ts";
import { partsBorrowable } from "./criteria/parts-borrowable.ts";
import { partsFromCentre } from "./criteria/parts-from-centre.ts";
import { partsOnHand } from "./criteria/parts-on-hand.ts";
import { shiftCapacity } from "./criteria/shift-capacity.ts";
import { timeWindowFit } from "./criteria/time-window-fit.ts";
import { toolAvailability } from "./criteria/tool-availability.ts";
import { travelTime } from "./criteria/travel-time.ts";
import { pairVerdicts } from "./pair.ts";
import { routeVerdicts } from "./route-terms.ts";
import { OFF, onRoute, type Verdict } from "./verdict.ts";

export interface ExplainedRow extends Verdict {
  readonly criterionId: string;
}

/**
 * Rows in catalogue order; `route` is the engineer's route if the order is in it, and only then route criteria are evaluated. `routes` are
 * those of the same plan, for what the engineer borrows and works.
 */
export function explainPair(
  problem: Problem,
  order: ProblemOrder,
  engineer: ProblemEngineer,
  route: PlannedRoute | undefined,
  routes: readonly PlannedRoute[],
): ExplainedRow[] {
  const verdicts = pairVerdicts({ problem, order, engineer });
  if (route !== undefined) {
    for (const [id, verdict] of visitVerdicts(problem, order, route, routes)) verdicts.set(id, verdict);
    for (const [id, verdict] of routeVerdicts(problem, order, routes, route)) verdicts.set(id, verdict);
  }
  return CATALOGUE.map(({ id }): ExplainedRow => {
    const verdict = problem.policy.criteria.get(id)!.mode === "off" ? OFF : verdicts.get(id);
    return { criterionId: id, ...(verdict ?? onRoute({ problem, order, engineer })) };
  });
}

/** Verdicts on the stop that serves the order; none where it is under way. */
function visitVerdicts(
  problem: Problem,
  order: ProblemOrder,
  route: PlannedRoute,
  routes: readonly PlannedRoute[],
): [CriterionId, Verdict][] {
  const stop = route.stops.find((candidate) => candidate.kind === "order" && candidate.orderId === order.id);
  if (stop?.kind !== "order") return [];
  const visited = { problem, order, engineer: route.engineer, route, stop };
  return [
    ["travel_time", travelTime(visited)],
    ["parts_on_hand", partsOnHand(visited)],
    ["parts_borrowable", partsBorrowable(problem, order, route, routes)],
    ["parts_from_centre", partsFromCentre(visited)],
    ["tool_availability", toolAvailability(visited)],
    ["time_window_fit", timeWindowFit(visited)],
    ["shift_capacity", shiftCapacity(visited)],
    ["idle_time", idleTime(visited)],
  ];
}
