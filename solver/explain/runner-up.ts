// The runner-up of an order: the engineer who would serve it at the least cost if the chosen one did not, the rest of the plan as it is.
import type { ProblemEngineer, ProblemOrder } from "../model/problem.ts";
import { combine, compareLevels, type Draft, levelsOf, type Removal, remove, type Values } from "./draft.ts";
import { cheapestPlace, type Insertion } from "./places.ts";

/** An order in another engineer's route. */
export interface Move {
  readonly engineer: ProblemEngineer;
  readonly insertion: Insertion;
  /** What is left where the order was. */
  readonly removal: Removal;
  /** Values of the plan after the move minus those of the plan. */
  readonly change: Values;
}

/** The cheapest move of a served order to another engineer; undefined where it is locked, or no move keeps all rules. */
export function runnerUp(draft: Draft, order: ProblemOrder, poll: () => void): Move | undefined {
  const route = draft.routeWith(order.id);
  if (route === undefined || order.lockedTo) return undefined;
  const chosen = route.engineer;
  const removal = remove(draft, order.id);
  if (!removal || removal.stuck) return undefined;
  const { problem, pairs } = draft.context;
  let best: { engineer: ProblemEngineer; insertion: Insertion } | undefined;
  for (const engineer of problem.engineers) {
    if (engineer === chosen || pairs.of(order, engineer).excluding.length > 0) continue;
    poll();
    const insertion = cheapestPlace(removal.draft, order, engineer);
    if (insertion && (!best || compareLevels(insertion.levels, best.insertion.levels) < 0))
      best = { engineer, insertion };
  }
  return best && { ...best, removal, change: moved(order, removal.change, best.insertion) };
}

/** Values of a move: out of one route, into another one, and served as before. */
export function moved(
  { unassignedWeight, priceTicks = 0 }: ProblemOrder,
  removal: Values,
  { change }: Insertion,
): Values {
  const stillServed: Values = {
    measures: [unassignedWeight, 0, 0, 0, 0, priceTicks],
    criteria: new Map(priceTicks > 0 ? [["prices", priceTicks]] : []),
  };
  return combine(combine(removal, change, 1), stillServed, 1);
}

/** By the objective: negative where the plan would be better. */
export function signOf(draft: Draft, change: Values): number {
  const levels = levelsOf(draft.context.problem, change);
  return compareLevels(
    levels,
    levels.map(() => 0),
  );
}
