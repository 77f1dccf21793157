// Rule 6: a used route has each mandatory break once and each optional one at most once.
import type { Break } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Clock } from "./clock.ts";
import type { Facts, RouteFacts } from "./facts.ts";
import type { Report } from "./finding.ts";
import { unless } from "./unless.ts";

/** A break whose window was over before `now` is past: neither asked for nor charged. */
export function isPast(pause: Break, clock: Clock): boolean {
  const window = clock.span(pause.window);
  return window !== undefined && window.end < clock.now;
}

/** Reports breaks that are missing or repeated. */
export function checkBreaks(facts: Facts, route: RouteFacts, report: Report): void {
  if (!route.stops.some((stop) => stop.order)) return;
  const engineerId = route.engineer.id;
  for (const [index, pause] of route.shift.breaks.entries()) {
    const taken = route.stops.filter((stop) => stop.pause === pause).length;
    if (taken > 1) report("BREAK_TWICE", { engineerId }, `break ${index} once`, taken);
    const lacking = facts.allowances?.routes.get(route.shift)?.missing.has(pause) === true;
    if (taken === 0 && pause.priceMinor === undefined && !isPast(pause, facts.clock))
      unless(lacking, facts, report)("BREAK_MISSING", { engineerId }, `break ${index} once`, taken);
  }
}
