// What a plan costs: every measure, the objective's levels and the soft cost by criterion, from request and plan alone.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Plan } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Measure } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import type { RoadTables } from "../travel/road-tables.ts";
import { invalidOrderIds, servedCounts } from "./bookkeeping.ts";
import { isPast } from "./breaks.ts";
import { currentRoute, isOver } from "./current.ts";
import { loanCost } from "./detour.ts";
import { type Facts, factsOf, type RouteFacts, readRoutes } from "./facts.ts";
import { findings } from "./finding.ts";
import { meetingsOf } from "./meetings.ts";
import { pairCosts } from "./pair.ts";
import { type CriterionId, priceCost } from "./policy.ts";
import { routeSums } from "./sums.ts";
import { fairnessCost, termCosts, termRoute } from "./terms.ts";

/** Lateness costs this many ticks a tick. */
export const LATENESS_RATE = 3;

/** Values of the measures: times in ticks, distance in metres. */
export interface Measures {
  unassigned: bigint;
  engineersUsed: bigint;
  distance: bigint;
  travelTime: bigint;
  workingTime: bigint;
  softCost: bigint;
}

export interface PlanCost {
  readonly measures: Measures;
  /** Value of each objective level, in order. */
  readonly levels: bigint[];
  /** What makes up the soft cost, in ticks; zero rows left out. */
  readonly criteria: { criterionId: CriterionId | "prices" | "service"; cost: bigint }[];
}

/** Times that are not whole ticks have a finding of their own and must not break the sums. */
const whole = (value: number) => BigInt(Math.round(value));

/** Costs a plan with its times as given; what the request does not know counts nothing. Never throws on a malformed plan. */
export function costOf(request: AssignRequest, plan: Plan, tables?: RoadTables): PlanCost {
  const facts = factsOf(request, tables);
  return planCost(facts, plan, readRoutes(facts, plan, findings().report));
}

/** The same for routes that are read already. */
export function planCost(facts: Facts, plan: Plan, routes: readonly RouteFacts[]): PlanCost {
  const { policy, clock } = facts;
  const rows = new Map<CriterionId | "prices" | "service", number>();
  const add = (id: CriterionId | "prices" | "service", cost: number) => rows.set(id, (rows.get(id) ?? 0) + cost);
  const totals = { unassigned: 0, distance: 0, travelTime: 0, workingTime: 0 };
  const used = new Set<string>();
  const workingOf = new Map<string, number>();
  const price = (minor: bigint) => priceCost(minor, policy, clock.ticksPerSecond);

  for (const route of routes) {
    const sums = routeSums(facts, route);
    totals.distance += sums.distance;
    totals.travelTime += sums.travel;
    totals.workingTime += sums.working;
    add("travel_time", sums.travel);
    add("service", sums.service + sums.otherWork);
    // What is neither travel nor service was spent idle.
    add("idle_time", sums.working - sums.travel - sums.service - sums.otherWork);
    if (policy.mode("time_window_fit") !== "off") add("time_window_fit", LATENESS_RATE * sums.lateness);
    if (policy.mode("shift_capacity") !== "off") add("shift_capacity", Math.floor(sums.overtime / 2));
    for (const [id, cost] of termCosts(facts, termRoute(facts, route))) add(id, cost);
    workingOf.set(route.engineer.id, (workingOf.get(route.engineer.id) ?? 0) + Math.round(sums.working));
    const orders = route.stops.flatMap((stop) => stop.order ?? []);
    for (const order of orders) {
      for (const [id, cost] of pairCosts(facts, order, route.engineer)) add(id, cost);
    }
    if (orders.length === 0) continue;
    used.add(route.engineer.id);
    if (isOver(facts.request, currentRoute(facts.request, route.route), clock)) continue;
    for (const pause of route.shift.breaks)
      if (pause.priceMinor !== undefined && !isPast(pause, clock) && !route.stops.some((stop) => stop.pause === pause))
        add("prices", price(pause.priceMinor));
  }

  add("workload_fairness", fairnessCost(facts, workingOf));
  if (policy.mode("parts_borrowable") !== "off")
    for (const meeting of meetingsOf(routes, findings().report)) add("parts_borrowable", loanCost(facts, meeting));

  const served = servedCounts(plan);
  const invalid = invalidOrderIds(plan);
  for (const order of facts.orders.values()) {
    if (served.has(order.id) || invalid.has(order.id)) continue;
    if (order.priceMinor === undefined) totals.unassigned += 1 + order.priority;
    else add("prices", price(order.priceMinor));
  }

  const measures: Measures = {
    unassigned: whole(totals.unassigned),
    engineersUsed: BigInt(used.size),
    distance: whole(totals.distance),
    travelTime: whole(totals.travelTime),
    workingTime: whole(totals.workingTime),
    softCost: whole([...rows.values()].reduce((sum, cost) => sum + cost, 0)),
  };
  const criteria = [...rows]
    .filter(([, cost]) => cost !== 0)
    .map(([criterionId, cost]) => ({ criterionId, cost: whole(cost) }));
  return { measures, levels: levelsOf(facts.request, measures), criteria };
}

/** Values of the objective's levels; without an objective [UNASSIGNED] [SOFT_COST]. */
export function levelsOf(request: AssignRequest, measures: Measures): bigint[] {
  const levels = request.objective?.levels ?? [];
  if (levels.length === 0) return [measures.unassigned, measures.softCost];
  return levels.map(({ terms }) =>
    terms.reduce((sum, { measure, weight }) => sum + BigInt(weight || 1) * measureOf(measures, measure), 0n),
  );
}

/** One measure by its contract name; 0 for a name that is not a measure. */
export function measureOf(measures: Measures, measure: Measure): bigint {
  switch (measure) {
    case Measure.UNASSIGNED:
      return measures.unassigned;
    case Measure.ENGINEERS_USED:
      return measures.engineersUsed;
    case Measure.DISTANCE:
      return measures.distance;
    case Measure.TRAVEL_TIME:
      return measures.travelTime;
    case Measure.WORKING_TIME:
      return measures.workingTime;
    case Measure.SOFT_COST:
      return measures.softCost;
    default:
      return 0n;
  }
}
