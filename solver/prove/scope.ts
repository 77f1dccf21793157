// For which problems a bound is proved.
import type { CriterionId } from "../criteria.ts";
import type { ExpandedProblem } from "../encode.ts";
import type { Columns } from "../gen/layout.ts";
import type { Problem } from "../model/problem.ts";
import { scalarsOf } from "./network.ts";

/** Most orders: tables grow with their square. */
const MOST_ORDERS = 400;
/** Most cells of orders * orders * routes. */
const MOST_CELLS = 8_000_000;
const SOFT = 5;

/** Why no bound is proved for this problem, in words for people; undefined where one can be. */
export function provable(problem: Problem, { columns, routes }: ExpandedProblem): string | undefined {
  const { orders, latenessFactor } = scalarsOf(columns);
  if (problem.mode !== "route") return "only plans of ROUTE are proved by columns";
  if (problem.travel.hours) return "travel depends on the hour, and pricing does not know it";
  if (orders > MOST_ORDERS) return `${orders} orders are more than the ${MOST_ORDERS} that a proof takes`;
  const kinds = new Set(columns.routeClass).size;
  if (orders * orders * kinds > MOST_CELLS)
    return `${orders} orders with ${kinds} different routes are too many for a proof`;
  if (routes.some(({ shift }) => shift.head !== undefined || shift.chain.length + shift.tied.length > 0))
    return "the current plan has stops under way or locked";
  if (problem.orders.some(({ lockedTo }) => lockedTo !== undefined)) return "the current plan has locked orders";
  const late = problem.orders.find(({ graceTicks }) => graceTicks > 0);
  if (late && latenessFactor > 0 && problem.levels.some((weights) => weights[SOFT] > 0))
    return `lateness costs, and order ${late.id} may be late`;
  if (problem.levels.some((weights) => weights[SOFT] > 0)) {
    const term = chargedTerm(problem, columns);
    if (term !== undefined) return `${term} depends on more than one leg, and pricing does not know it`;
  }
  return undefined;
}

/** The first criterion of routes or of the whole plan that costs something in this problem. */
function chargedTerm({ orders, engineers, centres, policy }: Problem, columns: Columns): CriterionId | undefined {
  const weighs = (id: CriterionId) => policy.criteria.get(id)!.mode !== "off" && policy.criteria.get(id)!.weightS > 0;
  const { movedStart } = scalarsOf(columns);
  const terms: [CriterionId, boolean][] = [
    ["route_cluster_fit", weighs("route_cluster_fit")],
    ["sla_response", weighs("sla_response") && orders.some(({ inputs }) => inputs.dueTicks !== undefined)],
    ["order_priority", weighs("order_priority") && columns.orderUrgency.some((urgency) => urgency > 0)],
    ["workload_fairness", weighs("workload_fairness") && columns.engineerTarget.some((minutes) => minutes > 0)],
    ["trust_limit", weighs("trust_limit") && orders.some(({ inputs }) => inputs.trustValue > 0)],
    [
      "service_cost",
      policy.criteria.get("service_cost")!.mode === "soft" &&
        (engineers.some(({ inputs }) => inputs.wagePerHour + inputs.costPerKm > 0) ||
          orders.some(({ inputs }) => inputs.visitFee > 0) ||
          centres.some(({ pickFee }) => pickFee > 0)),
    ],
    ["plan_stability", movedStart > 0 && orders.some(({ inputs }) => inputs.published?.start !== undefined)],
  ];
  return terms.find(([, charged]) => charged)?.[0];
}
