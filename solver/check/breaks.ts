// Rule 6: a used route has each mandatory break once and each optional one at most once.
import type { RouteFacts } from "./facts.ts";
import type { Report } from "./finding.ts";

/** Reports breaks that are missing or repeated. */
export function checkBreaks(route: RouteFacts, report: Report): void {
  if (!route.stops.some((stop) => stop.order)) return;
  const engineerId = route.engineer.id;
  for (const [index, pause] of route.shift.breaks.entries()) {
    const taken = route.stops.filter((stop) => stop.pause === pause).length;
    if (taken > 1) report("BREAK_TWICE", { engineerId }, `break ${index} once`, taken);
    if (taken === 0 && pause.priceMinor === undefined)
      report("BREAK_MISSING", { engineerId }, `break ${index} once`, taken);
  }
}
