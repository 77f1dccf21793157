// When the part of a route that is not settled may begin.
import type { Facts, RouteFacts } from "./facts.ts";

/** The earliest departure: from the start place, or exactly then from the last settled stop. */
export function leavesAt({ clock }: Facts, route: RouteFacts): number {
  const last = route.stops.filter((stop) => stop.settled).at(-1);
  return Math.max(clock.now, last ? (clock.ticks(last.stop.departure) ?? clock.now) : route.shiftTime.start);
}
