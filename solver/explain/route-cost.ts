// What a route costs: its measures, and what makes up its soft cost by criterion.
import type { CriterionId } from "../criteria.ts";
import type { PlannedRoute } from "../decode.ts";
import type { Problem, ProblemEngineer, ProblemOrder } from "../model/problem.ts";
import { eachPairVerdict } from "./pair.ts";
import { routeCosts } from "./route-terms.ts";

/** Ids of the rows of a cost: criteria, and what is no criterion's. */
export type CostId = CriterionId | "prices" | "service";

/** Adds ticks to a row. */
export type AddCost = (id: CostId, ticks: number) => void;

const sum = <T>(list: readonly T[], value: (item: T) => number) => list.reduce((total, item) => total + value(item), 0);

/** Ticks of service, set-up, pick-ups and paid breaks. */
function busyTicks(route: PlannedRoute): number {
  const isPaid = (breakIndex: number) => route.shift.breaks.some((pause) => pause.paid && pause.index === breakIndex);
  return sum(route.stops, (stop) =>
    stop.kind === "break" && !isPaid(stop.breakIndex) ? 0 : stop.departure - stop.start + stop.setupTicks,
  );
}

/** Adds the costs of a pair that is asked for once. */
export function pairCostsOf(problem: Problem): AddPairCost {
  return (order, engineer, add) => {
    eachPairVerdict({ problem, order, engineer }, (id, { costTicks }) => {
      if (costTicks > 0) add(id, costTicks);
    });
  };
}

/** What the pair criteria say of a pair: ticks by criterion where they are more than 0, and the hard ones that rule it out. */
export interface PairSums {
  readonly costs: ReadonlyMap<CriterionId, number>;
  readonly excluding: readonly CriterionId[];
}

/** Sums of pairs, worked out once for each. */
export class PairCosts {
  readonly #problem: Problem;
  readonly #known = new Map<ProblemEngineer, Map<string, PairSums>>();

  constructor(problem: Problem) {
    this.#problem = problem;
  }

  of(order: ProblemOrder, engineer: ProblemEngineer): PairSums {
    const orders = this.#known.get(engineer) ?? new Map<string, PairSums>();
    this.#known.set(engineer, orders);
    let sums = orders.get(order.id);
    if (sums === undefined) {
      const costs = new Map<CriterionId, number>();
      const excluding: CriterionId[] = [];
      eachPairVerdict({ problem: this.#problem, order, engineer }, (id, { costTicks, status }) => {
        if (costTicks > 0) costs.set(id, costTicks);
        if (status === "excluded") excluding.push(id);
      });
      sums = { costs, excluding };
      orders.set(order.id, sums);
    }
    return sums;
  }

  readonly add: AddPairCost = (order, engineer, add) => {
    for (const [id, ticks] of this.of(order, engineer).costs) add(id, ticks);
  };
}

/** Calls `add` with what each pair criterion charges for a pair. */
export type AddPairCost = (order: ProblemOrder, engineer: ProblemEngineer, add: AddCost) => void;

/**
 * Adds what makes up the soft cost of a route but workload_fairness: docs/plan.md, "Measures". `orderOf` finds the orders of its stops; `addPair`
 * adds the sums of its pairs.
 */
export function addRouteCost(
  problem: Problem,
  route: PlannedRoute,
  orderOf: (id: string) => ProblemOrder,
  addPair: AddPairCost,
  add: AddCost,
): void {
  const { policy } = problem;
  const isOff = (id: CriterionId) => policy.criteria.get(id)!.mode === "off";
  const { head } = route.shift;
  const busy = busyTicks(route) + (head?.busyTicks ?? 0);
  add("travel_time", route.travelTicks);
  add("service", busy);
  add("idle_time", route.workingTicks - route.travelTicks - busy);
  if (!isOff("shift_capacity")) add("shift_capacity", Math.floor(route.overtimeTicks / 2));
  const late = sum(route.stops, (stop) => stop.latenessTicks) + (head?.latenessTicks ?? 0);
  if (!isOff("time_window_fit")) add("time_window_fit", 3 * late);
  for (const stop of route.stops)
    if (stop.kind === "loan" && stop.loan.lenderId === route.engineer.id) add("parts_borrowable", stop.loan.costTicks!);
  for (const { order } of head?.orders ?? []) addPair(order, route.engineer, add);
  let used = head !== undefined && head.orders.length > 0;
  for (const stop of route.stops) {
    if (stop.kind !== "order") continue;
    used = true;
    addPair(orderOf(stop.orderId), route.engineer, add);
  }
  for (const [id, ticks] of routeCosts(problem, route, orderOf)) add(id, ticks);
  const isTaken = (index: number) => route.stops.some((stop) => stop.kind === "break" && stop.breakIndex === index);
  for (const pause of used ? route.shift.breaks : [])
    if (pause.priceTicks !== undefined && !isTaken(pause.index)) add("prices", pause.priceTicks);
}
