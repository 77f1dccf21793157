// Rule 4: each tool of an order is in the van when its service begins.
import type { Facts, RouteFacts } from "./facts.ts";
import type { Report } from "./finding.ts";

/** Reports tools that are missing, or taken on where they are not. `tool_availability` off or soft asks for no tools. */
export function checkTools(facts: Facts, route: RouteFacts, report: Report): void {
  const required = facts.policy.mode("tool_availability") === "hard";
  const engineerId = route.engineer.id;
  const held = new Set(route.engineer.toolIds);
  for (const { stop, order, centre, index, settled } of route.stops) {
    for (const tool of centre ? stop.toolIds : []) {
      if (!settled && !centre!.toolIds.includes(tool))
        report("TOOL_NOT_AT_CENTRE", { engineerId, stopIndex: index }, `one of ${centre!.toolIds.join(", ")}`, tool);
      else held.add(tool);
    }
    if (!order || settled || !required) continue;
    for (const tool of order.toolIds)
      if (!held.has(tool))
        report("TOOL_MISSING", { engineerId, orderId: order.id, stopIndex: index }, tool, [...held].join(", "));
  }
}
