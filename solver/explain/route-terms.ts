// The criteria that depend on the route or on the whole plan: what each costs at each order, over a route, and over the plan.
import type { CriterionId } from "../criteria.ts";
import type { PlannedRoute, PlannedStop } from "../decode.ts";
import type { Head, Problem, ProblemEngineer, ProblemOrder } from "../model/problem.ts";
import { orderPriority } from "./criteria/order-priority.ts";
import { movedStartTicks, planStability } from "./criteria/plan-stability.ts";
import { routeClusterFit, type Ways } from "./criteria/route-cluster-fit.ts";
import { drivingTicks, feeTicks, serviceCost } from "./criteria/service-cost.ts";
import { slaResponse } from "./criteria/sla-response.ts";
import { trustLimit } from "./criteria/trust-limit.ts";
import { workloadFairness } from "./criteria/workload-fairness.ts";
import type { Verdict } from "./verdict.ts";

type OrderStop = PlannedStop & { readonly kind: "order" };
type Costs = Map<CriterionId, number>;
type OrderOf = (id: string) => ProblemOrder;

/** An order of a planned route. */
interface Served {
  readonly order: ProblemOrder;
  readonly stop: OrderStop;
  readonly ways: Ways;
  /** Minor units in care beside its own. */
  readonly carried: number;
}

/** The orders of a route, those under way left out, with what the route says of each. */
function servedOf(problem: Problem, { engineer, shift, stops }: PlannedRoute, orderOf: OrderOf): Served[] {
  const way = (from: number, to: number | undefined) =>
    to === undefined ? 0 : problem.travel.duration(engineer.mode, from, to);
  let carried = engineer.inputs.trustCarried;
  const visits = stops.filter((stop) => stop.kind === "order");
  const places = visits.map(({ orderId }) => orderOf(orderId).placeRow);
  return visits.map((stop, index) => {
    const order = orderOf(stop.orderId);
    const here = order.placeRow;
    const before = places[index - 1] ?? shift.startRow;
    const after = places[index + 1] ?? shift.endRow;
    const ways = {
      into: way(before, here),
      out: way(here, after),
      past: way(before, after),
      there: way(shift.startRow, here),
      back: way(here, shift.endRow),
    };
    const found = { order, stop, ways, carried };
    if (order.inputs.takenAlong) carried += order.inputs.trustValue;
    return found;
  });
}

/** What the criteria say of an order in a route, beside the engineer's other ones of the plan; empty where the order is not to come in it. */
export function routeVerdicts(
  problem: Problem,
  order: ProblemOrder,
  routes: readonly PlannedRoute[],
  route: PlannedRoute,
): Map<CriterionId, Verdict> {
  const orders = new Map(problem.orders.map((candidate) => [candidate.id, candidate]));
  const found = servedOf(problem, route, (id) => orders.get(id)!).find((served) => served.order === order);
  if (!found) return new Map();
  const { engineer, shift } = route;
  const others = routes.filter((other) => other.shift.index !== shift.index);
  const pair = { problem, order, engineer };
  const verdicts = new Map<CriterionId, Verdict>();
  eachOrderVerdict(problem, engineer, found, (id, verdict) => verdicts.set(id, verdict));
  verdicts.set("plan_stability", planStability(pair, found.stop.start));
  verdicts.set(
    "service_cost",
    serviceCost(pair, found.stop.travelTicks + found.stop.setupTicks + order.serviceTicks, found.stop.distance),
  );
  const elsewhere = others.reduce(
    (sum, other) => (other.engineer.id === engineer.id ? sum + other.workingTicks : sum),
    0,
  );
  verdicts.set("workload_fairness", workloadFairness(problem, engineer, elsewhere + route.workingTicks));
  return verdicts;
}

/** Gives `take` the verdicts of the criteria whose cost is a sum over orders. */
function eachOrderVerdict(
  problem: Problem,
  engineer: ProblemEngineer,
  { order, stop, ways, carried }: Served,
  take: (id: CriterionId, verdict: Verdict) => void,
): void {
  const pair = { problem, order, engineer };
  take("order_priority", orderPriority(pair, stop.start));
  take("sla_response", slaResponse(pair, stop.departure));
  take("route_cluster_fit", routeClusterFit(pair, ways));
  take("trust_limit", trustLimit(pair, carried));
}

function adder({ policy }: Problem): { readonly costs: Costs; add(id: CriterionId, ticks: number): void } {
  const costs: Costs = new Map();
  return {
    costs,
    add: (id, ticks) => {
      if (policy.criteria.get(id)!.mode !== "off") costs.set(id, (costs.get(id) ?? 0) + ticks);
    },
  };
}

const pickFeeTicks = (problem: Problem, centreId: string) =>
  feeTicks(problem, problem.centres.find(({ id }) => id === centreId)!.pickFee);

/** What stops under way cost by these criteria, wage and kilometres left out. */
export function headCosts(problem: Problem, engineer: ProblemEngineer, head: Head): Costs {
  const { costs, add } = adder(problem);
  for (const { order, start, end } of head.orders) {
    const pair = { problem, order, engineer };
    add("order_priority", orderPriority(pair, start).costTicks);
    add("sla_response", slaResponse(pair, end).costTicks);
    add("service_cost", feeTicks(problem, order.inputs.visitFee));
  }
  for (const id of head.supplies) add("service_cost", pickFeeTicks(problem, id));
  return costs;
}

/** What a route costs by these criteria, stops under way included, workload_fairness left out. */
export function routeCosts(problem: Problem, route: PlannedRoute, orderOf: OrderOf): Costs {
  const { engineer, shift, stops } = route;
  const { costs, add } = adder(problem);
  if (shift.head) for (const [id, ticks] of headCosts(problem, engineer, shift.head)) add(id, ticks);
  for (const served of servedOf(problem, route, orderOf)) {
    eachOrderVerdict(problem, engineer, served, (id, { costTicks }) => add(id, costTicks));
    add("plan_stability", movedStartTicks({ problem, order: served.order, engineer }, served.stop.start));
    add("service_cost", feeTicks(problem, served.order.inputs.visitFee));
  }
  for (const stop of stops) if (stop.kind === "supply") add("service_cost", pickFeeTicks(problem, stop.centreId));
  add("service_cost", drivingTicks(problem, engineer, route.workingTicks, route.distance));
  return costs;
}

/** What workload_fairness costs over all engineers, those without a route included. */
export function fairnessTicks(problem: Problem, routes: readonly PlannedRoute[]): number {
  const work = new Map<string, number>();
  for (const { engineer, workingTicks } of routes) work.set(engineer.id, (work.get(engineer.id) ?? 0) + workingTicks);
  return problem.engineers.reduce(
    (sum, engineer) => sum + fairnessOf(problem, engineer, work.get(engineer.id) ?? 0),
    0,
  );
}

/** What it costs of one engineer who works so many ticks in the whole plan. */
export function fairnessOf(problem: Problem, engineer: ProblemEngineer, workTicks: number): number {
  if (problem.policy.criteria.get("workload_fairness")!.mode === "off") return 0;
  return workloadFairness(problem, engineer, workTicks).costTicks;
}
