// The criteria that depend on the route or on the whole plan: what they cost, and whom they rule out.
import type { Engineer, OperatingCentre } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { orderPriorityCost } from "./criteria/order-priority.ts";
import { routeClusterFitScore } from "./criteria/route-cluster-fit.ts";
import { drivingCost, isOverBudget } from "./criteria/service-cost.ts";
import { slaResponseScore } from "./criteria/sla-response.ts";
import { trustLimitScore } from "./criteria/trust-limit.ts";
import { workloadFairnessCost } from "./criteria/workload-fairness.ts";
import type { Facts, RouteFacts } from "./facts.ts";
import type { Report } from "./finding.ts";
import { type CriterionId, priceCost, scoreCost } from "./policy.ts";
import { routeSums } from "./sums.ts";

/** One stop of a route as these criteria see it; times in ticks. */
export interface TermStop {
  readonly order?: Order | undefined;
  readonly centre?: OperatingCentre | undefined;
  /** Travel row; undefined: at the place before. */
  readonly row: number | undefined;
  readonly start: number;
  readonly length: number;
  /** Leg and set-up before it. */
  readonly before: number;
  /** Metres of the leg. */
  readonly distance: number;
  /** Under way or finished. */
  readonly settled: boolean;
}

export interface TermRoute {
  readonly engineer: Engineer;
  /** Travel rows; undefined without an end place. */
  readonly startRow: number;
  readonly endRow: number | undefined;
  readonly stops: readonly TermStop[];
  readonly working: number;
  readonly distance: number;
}

type Costs = Map<CriterionId, number>;

/** Ticks of a route by criterion, the engineer's workload left out; criteria that are off are not there. */
export function termCosts(facts: Facts, route: TermRoute): Costs {
  const { policy, clock, request } = facts;
  const tps = clock.ticksPerSecond;
  const costs: Costs = new Map();
  const add = (id: CriterionId, ticks: () => number) => {
    if (policy.mode(id) !== "off") costs.set(id, (costs.get(id) ?? 0) + ticks());
  };
  const scored = (id: CriterionId, score: number) => scoreCost(policy.weightS(id), score, tps);
  const charges = policy.mode("service_cost") === "soft";
  const { engineer } = route;
  for (const { order, settled, start, length, here, before, after, care } of walk(route)) {
    if (!order) continue;
    add("order_priority", () => {
      const id = "order_priority";
      const halfLife = policy.param(id, "half_s") * tps;
      const fullAge = policy.param(id, "age_full_s");
      return orderPriorityCost(order, request.now!, start - clock.now, halfLife, fullAge, policy.weightS(id)) * tps;
    });
    const due = clock.ticks(order.visitDueAt);
    if (due !== undefined)
      add("sla_response", () =>
        scored("sla_response", slaResponseScore(start + length - due, policy.param("sla_response", "worst_s") * tps)),
      );
    if (settled) continue;
    const told = facts.told.get(order.id);
    const toldStart = clock.ticks(told?.stop.start);
    if (toldStart !== undefined)
      add("plan_stability", () => {
        const tolerance = policy.param("plan_stability", "tolerance_s") * tps;
        return Math.abs(start - toldStart) > tolerance ? policy.param("plan_stability", "start_s") * tps : 0;
      });
    add("route_cluster_fit", () => {
      const way = (from: number, to: number) => facts.travel.duration(engineer.vehicleMode, from, to);
      return scored(
        "route_cluster_fit",
        routeClusterFitScore(way, here, before, after, route.startRow, route.endRow, policy.neutralScore),
      );
    });
    const limit = engineer.trustLimitMinor;
    if (order.trustValueMinor > 0n && limit !== undefined)
      add("trust_limit", () =>
        scored("trust_limit", trustLimitScore(care, limit, policy.param("trust_limit", "margin_percent"))),
      );
  }
  if (charges) {
    const fees = route.stops.map(({ order, centre }) => order?.visitFeeMinor ?? centre?.pickFeeMinor ?? 0n);
    const driving = drivingCost(engineer, route.working, route.distance, policy.secondsPerCurrencyUnit, tps);
    costs.set(
      "service_cost",
      fees.reduce((sum, fee) => sum + priceCost(fee, policy, tps), driving),
    );
  }
  return costs;
}

/** Services that the trust limit or a budget forbids. */
export function brokenTerms(facts: Facts, route: TermRoute): { code: "TRUST_LIMIT" | "BUDGET"; order: Order }[] {
  const { policy, clock } = facts;
  const { engineer } = route;
  const broken: { code: "TRUST_LIMIT" | "BUDGET"; order: Order }[] = [];
  for (const { order, settled, leg, distance, length, care } of walk(route)) {
    if (!order || settled) continue;
    const limit = engineer.trustLimitMinor;
    if (policy.mode("trust_limit") === "hard" && order.trustValueMinor > 0n && limit !== undefined && care > limit)
      broken.push({ code: "TRUST_LIMIT", order });
    if (
      policy.mode("service_cost") !== "off" &&
      isOverBudget(order, engineer, leg + length, distance, clock.ticksPerSecond)
    )
      broken.push({ code: "BUDGET", order });
  }
  return broken;
}

/** Each stop with its place, those of the orders or ends around it, and the value in care while it is served. */
function* walk({ engineer, startRow, endRow, stops }: TermRoute) {
  let before = startRow;
  let lastOrder = startRow;
  let carried = engineer.trustCarriedMinor;
  for (const [index, { row, before: leg, ...stop }] of stops.entries()) {
    const here = row ?? before;
    const after = stops.slice(index + 1).find((later) => later.order)?.row ?? endRow;
    const value = stop.order?.trustValueMinor ?? 0n;
    yield { ...stop, leg, here, before: lastOrder, after, care: carried + value };
    // What stops under way brought into care is in the engineer's own figure.
    if (stop.order?.takenAlong && !stop.settled) carried += value;
    before = here;
    if (stop.order && !stop.settled) lastOrder = here;
  }
}

/** Ticks of workload_fairness over all engineers of the request. */
export function fairnessCost(facts: Facts, workingOf: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const engineer of facts.engineers.values()) sum += fairnessOf(facts, engineer, workingOf.get(engineer.id) ?? 0);
  return sum;
}

/** Ticks of one engineer. */
export function fairnessOf({ policy, clock }: Facts, engineer: Engineer, working: number): number {
  const id = "workload_fairness";
  if (policy.mode(id) === "off") return 0;
  const tps = clock.ticksPerSecond;
  return workloadFairnessCost(engineer, working, policy.weightS(id), policy.param(id, "cap_s"), tps) * tps;
}

/** The route of a plan; times that are missing count as `now`, and broken ones as the nearest tick. */
export function termRoute(facts: Facts, route: RouteFacts): TermRoute {
  const { clock, travel } = facts;
  const sums = routeSums(facts, route);
  const settled = route.stops.filter((stop) => stop.settled);
  const startPlace = settled.at(-1)?.row ?? travel.row(route.shift.startPlace!);
  return {
    engineer: route.engineer,
    startRow: startPlace,
    endRow: route.shift.endPlace && travel.row(route.shift.endPlace),
    working: Math.max(0, Math.round(sums.working)),
    distance: Math.round(sums.distance),
    stops: route.stops.map(({ stop, order, centre, pause, row, step, distance, settled: isSettled }) => {
      const start = Math.round(clock.ticks(stop.start) ?? clock.now);
      const end = clock.ticks(stop.departure);
      return {
        order,
        centre,
        row: pause && !pause.place ? undefined : row,
        start,
        length: isSettled && end !== undefined ? Math.round(end) - start : step.length,
        before: Math.max(0, step.leg) + step.setup,
        distance: Math.max(0, distance),
        settled: isSettled,
      };
    }),
  };
}

/** Reports services that the trust limit or a budget forbids. */
export function checkTerms(facts: Facts, route: RouteFacts, report: Report): void {
  for (const { code, order } of brokenTerms(facts, termRoute(facts, route)))
    report(
      code,
      { engineerId: route.engineer.id, orderId: order.id },
      code === "BUDGET"
        ? `a visit of at most ${order.budgetMinor}`
        : `at most ${route.engineer.trustLimitMinor} in care`,
      "more",
    );
}
