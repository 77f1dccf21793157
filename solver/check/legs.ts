// Travel: every leg is the way between its two places, and each stop is where its order, centre or break is.
import type { Facts, RouteFacts } from "./facts.ts";
import type { Report } from "./finding.ts";
import { unless } from "./unless.ts";

/** Reports legs and places that differ from the request's; settled stops are taken as given. */
export function checkLegs(facts: Facts, route: RouteFacts, report: Report): void {
  const engineerId = route.engineer.id;
  // After a stop that could not be resolved nobody knows where the next leg begins.
  if (route.stops.length < route.route.stops.length) return;
  const maxLeg = route.engineer.maxLegDuration && facts.clock.length(route.engineer.maxLegDuration);
  const check = (
    at: { engineerId: string; stopIndex?: number },
    leg: Leg,
    { duration, distance, greatCircle }: RouteFacts["finalLeg"],
  ) => {
    if (duration < 0) {
      report("LEG_UNREACHABLE", at, "a way", "none");
      return;
    }
    const gotDuration = facts.clock.length(leg?.duration);
    if (gotDuration !== duration) report("LEG_DURATION", at, duration, gotDuration);
    const gotDistance = leg?.distanceM ?? 0n;
    if (gotDistance !== BigInt(distance)) report("LEG_DISTANCE", at, distance, gotDistance);
    if ((leg?.greatCircle ?? false) !== greatCircle)
      report("LEG_GREAT_CIRCLE", at, greatCircle, leg?.greatCircle ?? false);
    const allowed = duration <= (facts.allowances?.longestLegs.get(engineerId) ?? 0);
    if (maxLeg !== undefined && duration > maxLeg)
      unless(allowed, facts, report)("MAX_LEG", at, `at most ${maxLeg}`, duration);
  };
  for (const { stop, index, row, step, distance, greatCircle, settled } of route.stops) {
    if (settled) continue;
    const at = { engineerId, stopIndex: index };
    check(at, stop.leg, { duration: step.leg, distance, greatCircle });
    if (stop.place && facts.travel.row(stop.place) !== row)
      report("PLACE", at, "the place of its order, centre or break", placeText(stop.place));
  }
  const { finalLeg } = route.route;
  if (!route.shift.endPlace && finalLeg) report("FINAL_LEG", { engineerId }, "none without an end place", "a leg");
  if (route.shift.endPlace && !finalLeg) report("FINAL_LEG", { engineerId }, "a leg to the end place", "none");
  if (route.shift.endPlace) check({ engineerId }, finalLeg, route.finalLeg);
}

type Leg = RouteFacts["route"]["finalLeg"];

function placeText({ position, matrixIndex }: NonNullable<RouteFacts["route"]["stops"][number]["place"]>): string {
  if (position.case === "geo") return `${position.value.latitude}, ${position.value.longitude}`;
  return position.case === "planar" ? `${position.value.x}, ${position.value.y}` : `matrix index ${matrixIndex}`;
}
