// Totals that a route states about itself.
import type { Facts, RouteFacts } from "./facts.ts";
import type { Report } from "./finding.ts";
import { routeSums } from "./sums.ts";

/** Reports totals of a route that its stops do not add up to. */
export function checkTotals(facts: Facts, route: RouteFacts, report: Report): void {
  if (route.stops.length < route.route.stops.length) return;
  const { length } = facts.clock;
  const given = route.route;
  const sums = routeSums(facts, route);
  const totals = [
    ["TOTAL_TRAVEL", sums.travel, length(given.travel)],
    ["TOTAL_WAITING", sums.waiting, length(given.waiting)],
    ["TOTAL_SERVICE", sums.service, length(given.service)],
    ["TOTAL_WORKING", sums.working, length(given.working)],
    ["TOTAL_OVERTIME", sums.overtime, length(given.overtime)],
    ["TOTAL_DISTANCE", sums.distance, Number(given.distanceM)],
  ] as const;
  for (const [code, expected, got] of totals)
    if (expected !== got) report(code, { engineerId: route.engineer.id }, expected, got);
}
