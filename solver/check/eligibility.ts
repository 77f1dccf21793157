// Rule 3: nobody serves an order that a hard pair criterion keeps from them.
import type { Facts, RouteFacts } from "./facts.ts";
import type { Report } from "./finding.ts";
import { excludingCriteria } from "./pair.ts";
import { unless } from "./unless.ts";

/** Reports services by engineers who are ruled out. Settled stops have happened and are not judged. */
export function checkEligibility(facts: Facts, route: RouteFacts, report: Report): void {
  for (const { order, index, settled } of route.stops) {
    if (!order || settled) continue;
    const broken = excludingCriteria(facts, order, route.engineer);
    const keeps = facts.allowances?.keepers.get(order.id) === route.engineer.id;
    if (broken.length > 0)
      unless(keeps, facts, report)(
        "NOT_ELIGIBLE",
        { engineerId: route.engineer.id, orderId: order.id, stopIndex: index },
        "an eligible engineer",
        `ruled out by ${broken.join(", ")}`,
      );
  }
}
