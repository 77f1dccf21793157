// For which problems a bound is proved.
import type { ExpandedProblem } from "../encode.ts";
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
  return undefined;
}
