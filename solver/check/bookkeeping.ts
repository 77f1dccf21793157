// Bookkeeping: every order is exactly once served or unassigned, and rows are in the contract's order.
import { type Plan, Stop_Kind, UnassignedReason_Code } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { currentRoute, settledHead } from "./current.ts";
import type { Facts } from "./facts.ts";
import type { Report } from "./finding.ts";

/** Negative when id `a` comes before `b` as UTF-8 bytes. */
export function compareIds(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Times each order is served, by id. */
export function servedCounts(plan: Plan): Map<string, number> {
  const counts = new Map<string, number>();
  for (const stop of plan.routes.flatMap((route) => route.stops))
    if (stop.kind === Stop_Kind.SERVICE) counts.set(stop.orderId, (counts.get(stop.orderId) ?? 0) + 1);
  return counts;
}

/** Ids of the orders that the plan leaves out as invalid input: no measure counts them. */
export function invalidOrderIds(plan: Plan): Set<string> {
  return new Set(
    plan.unassigned
      .filter(({ reasons }) => reasons[0]?.code === UnassignedReason_Code.INVALID_INPUT)
      .map(({ orderId }) => orderId),
  );
}

/** Reports orders that are lost or doubled, and routes and rows that are empty, doubled or out of order. */
export function checkBookkeeping(facts: Facts, plan: Plan, report: Report): void {
  const served = servedCounts(plan);
  const unassigned = new Map<string, number>();
  for (const { orderId } of plan.unassigned) unassigned.set(orderId, (unassigned.get(orderId) ?? 0) + 1);
  for (const [orderId, count] of unassigned) {
    if (!facts.orders.has(orderId)) report("UNKNOWN_ORDER", { orderId }, "an order of the request", orderId);
    if (count > 1) report("UNASSIGNED_TWICE", { orderId }, "one row", count);
  }
  for (const orderId of facts.orders.keys()) {
    const count = served.get(orderId) ?? 0;
    if (count > 1) report("ORDER_TWICE", { orderId }, "one service", count);
    if (count > 0 && unassigned.has(orderId))
      report("ORDER_SERVED_AND_UNASSIGNED", { orderId }, "served or unassigned", "both");
    if (count === 0 && !unassigned.has(orderId))
      report("ORDER_MISSING", { orderId }, "served or unassigned", "neither");
  }
  plan.unassigned.forEach(({ orderId }, index) => {
    const before = plan.unassigned[index - 1]?.orderId;
    if (before !== undefined && compareIds(before, orderId) > 0)
      report("UNASSIGNED_ORDER", { orderId }, `before ${before}`, "after it");
  });
  checkRoutes(facts, plan, report);
}

function checkRoutes(facts: Facts, plan: Plan, report: Report): void {
  const seen = new Set<string>();
  for (const [index, route] of plan.routes.entries()) {
    const { engineerId, shiftIndex, stops } = route;
    const key = `${shiftIndex} of ${engineerId}`;
    if (seen.has(key)) report("ROUTE_TWICE", { engineerId }, `one route for shift ${key}`, "another");
    seen.add(key);
    const hasHead = settledHead(currentRoute(facts.request, route)).length > 0;
    if (!hasHead && !stops.some((stop) => stop.kind === Stop_Kind.SERVICE))
      report("ROUTE_EMPTY", { engineerId }, "at least one SERVICE stop", `${stops.length} stops without one`);
    const before = plan.routes[index - 1];
    const order = before ? compareIds(before.engineerId, engineerId) || before.shiftIndex - shiftIndex : 0;
    if (order > 0)
      report("ROUTE_ORDER", { engineerId }, `before ${before!.engineerId} shift ${before!.shiftIndex}`, "after it");
  }
}
