// What a route adds up to: its times as given, its legs from the request's travel.

import { currentRoute, isOver } from "./current.ts";
import type { Facts, RouteFacts } from "./facts.ts";
import { latenessOf } from "./schedule.ts";

/** Sums of one route in ticks and metres; a missing time counts as 0. */
export interface RouteSums {
  travel: number;
  distance: number;
  waiting: number;
  /** Service and set-up of orders. */
  service: number;
  /** Pick-ups, hand-overs and paid breaks. */
  otherWork: number;
  /** Arrival minus departure minus unpaid breaks. */
  working: number;
  lateness: number;
  overtime: number;
}

/** Adds a route up. Settled stops count with their given legs and times. */
export function routeSums(facts: Facts, route: RouteFacts): RouteSums {
  const { clock } = facts;
  const departure = clock.ticks(route.route.departure);
  const arrival = clock.ticks(route.route.arrival);
  const over = isOver(facts.request, currentRoute(facts.request, route.route), clock);
  const given = route.route.finalLeg;
  const sums: RouteSums = {
    travel: over ? clock.length(given?.duration) : Math.max(0, route.finalLeg.duration),
    distance: over ? Number(given?.distanceM ?? 0) : Math.max(0, route.finalLeg.distance),
    waiting: 0,
    service: 0,
    otherWork: 0,
    working: departure === undefined || arrival === undefined ? 0 : arrival - departure,
    lateness: 0,
    overtime: arrival === undefined ? 0 : Math.max(0, arrival - route.shiftTime.end),
  };
  for (const { stop, settled, step, distance, order, pause, windows } of route.stops) {
    const start = clock.ticks(stop.start);
    const end = clock.ticks(stop.departure);
    const length = start === undefined || end === undefined ? 0 : end - start;
    sums.travel += settled ? clock.length(stop.leg?.duration) : Math.max(0, step.leg);
    sums.distance += settled ? Number(stop.leg?.distanceM ?? 0) : Math.max(0, distance);
    sums.waiting += clock.length(stop.waiting);
    if (order) {
      sums.service += length + clock.length(stop.setup);
      sums.lateness += start === undefined ? 0 : latenessOf(windows, start);
    } else if (pause && !pause.paid) sums.working -= length;
    else sums.otherWork += length;
  }
  return sums;
}
