// When meetings begin: every stop of every route as early as it may, a meeting when both are there.
import type { Facts, RouteFacts, StopFacts } from "./facts.ts";
import type { Report } from "./finding.ts";
import { leavesAt } from "./leaves-at.ts";
import { atSide, inOrder, type Meeting } from "./meetings.ts";
import { arrivalBy, firstAllowed } from "./schedule.ts";

/** Early starts by loan stop. A meeting is missing when one of the two routes cannot get there. */
export type MeetingStarts = ReadonlyMap<StopFacts, number>;

/** The early starts of all meetings; reports those that wait for each other. */
export function meetingStarts(facts: Facts, meetings: readonly Meeting[], report: Report): MeetingStarts {
  const { ordered, stuck } = inOrder(meetings);
  for (const { lender, borrower } of stuck)
    report("LOAN_CYCLE", atSide(lender), "an order of all stops", `waits for ${borrower.route.engineer.id} and back`);

  const starts = new Map<StopFacts, number>();
  const ways = new Map<RouteFacts, EarlyWay>();
  const wayOf = (route: RouteFacts) => {
    const way = ways.get(route) ?? new EarlyWay(facts, route, starts);
    ways.set(route, way);
    return way;
  };
  for (const { lender, borrower } of ordered) {
    const [one, other] = [lender, borrower].map(({ route, facing }) => wayOf(route).arrivalAt(facing));
    if (one === undefined || other === undefined) continue;
    for (const { facing } of [lender, borrower]) starts.set(facing, Math.max(one, other));
  }
  return starts;
}

/** One route on its early pass, from meeting to meeting. */
class EarlyWay {
  readonly #route: RouteFacts;
  readonly #starts: MeetingStarts;
  #next = 0;
  /** Departure from the stop before the next one; undefined when the route does not get there. */
  #time: number | undefined;

  constructor(facts: Facts, route: RouteFacts, starts: MeetingStarts) {
    this.#route = route;
    this.#starts = starts;
    this.#time = route.complete ? leavesAt(facts, route) : undefined;
    this.#next = route.stops.filter((stop) => stop.settled).length;
  }

  /** When the route reaches a loan stop. Stops are asked for in the order of the route. */
  arrivalAt(loan: StopFacts): number | undefined {
    for (; this.#time !== undefined && this.#route.stops[this.#next] !== loan; this.#next++) {
      const stop = this.#route.stops[this.#next]!;
      const { leg, way, setup, length } = stop.step;
      const ready = arrivalBy(way ?? leg, this.#time) + setup;
      const start = stop.loan ? this.#starts.get(stop) : firstAllowed(stop.step, ready);
      this.#time = start === undefined ? undefined : start + length;
    }
    return this.#time === undefined ? undefined : arrivalBy(loan.step.way ?? loan.step.leg, this.#time);
  }
}
