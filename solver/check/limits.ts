// Rules 1 and 2, limits: travel, distance and working time of a shift, numbers of orders, loads.
import type { Facts, RouteFacts } from "./facts.ts";
import type { Report } from "./finding.ts";
import { routeSums } from "./sums.ts";
import { unless } from "./unless.ts";

/** Reports routes and engineers over a limit. */
export function checkLimits(facts: Facts, routes: readonly RouteFacts[], report: Report): void {
  const served = new Map<string, number>();
  for (const route of routes) {
    const { engineer, shift } = route;
    const engineerId = engineer.id;
    const { length } = facts.clock;
    const sums = routeSums(facts, route);
    const orders = route.stops.flatMap((stop) => stop.order ?? []);
    served.set(engineerId, (served.get(engineerId) ?? 0) + orders.length);
    const allowed = facts.allowances?.routes.get(shift);
    const maxDistance = shift.maxDistanceM === undefined ? undefined : Number(shift.maxDistanceM);
    const limits = [
      ["MAX_TRAVEL", shift.maxTravelDuration && length(shift.maxTravelDuration), sums.travel, allowed?.travel],
      ["MAX_DISTANCE", maxDistance, sums.distance, allowed?.distance],
      ["MAX_WORKING", shift.maxWorkingDuration && length(shift.maxWorkingDuration), sums.working, allowed?.working],
      ["SHIFT_MAX_ORDERS", shift.maxOrders, orders.length, allowed?.orders],
    ] as const;
    for (const [code, limit, value, most] of limits)
      if (limit !== undefined && value > limit)
        unless(value <= (most ?? limit), facts, report)(code, { engineerId }, `at most ${limit}`, value);

    const loads = new Map<string, number>();
    for (const { dimension, amount } of orders.flatMap((order) => order.loads))
      loads.set(dimension, (loads.get(dimension) ?? 0) + amount);
    for (const [dimension, amount] of loads) {
      const capacity = engineer.capacities.find((load) => load.dimension === dimension)?.amount ?? 0;
      if (amount > capacity) report("LOAD", { engineerId }, `at most ${capacity} ${dimension}`, amount);
    }
  }
  for (const [engineerId, count] of served) {
    const limit = facts.engineers.get(engineerId)?.maxOrders;
    const allowed = count <= (facts.allowances?.engineerOrders.get(engineerId) ?? 0);
    if (limit !== undefined && count > limit)
      unless(allowed, facts, report)("ENGINEER_MAX_ORDERS", { engineerId }, `at most ${limit}`, count);
  }
}
