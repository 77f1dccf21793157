// Rule 1, times: every time of a route is that of the canonical schedule, and allowed.
import { Stop_Lock } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { currentRoute, lockedHead } from "./current.ts";
import type { Facts, RouteFacts, StopFacts } from "./facts.ts";
import type { Report } from "./finding.ts";
import { leavesAt } from "./leaves-at.ts";
import type { MeetingStarts } from "./meeting-times.ts";
import { canonicalSchedule, firstAllowed, latenessOf, type Schedule, type Step } from "./schedule.ts";
import { unless } from "./unless.ts";

/** The canonical schedule of a route's stops after its settled head; undefined when the route is broken or blocked, or a meeting has no time. */
export function scheduleOf(
  facts: Facts,
  route: RouteFacts,
  starts: MeetingStarts,
  report: Report,
): Schedule | undefined {
  if (!route.complete) return undefined;
  const settled = route.stops.filter((stop) => stop.settled);
  const rest = route.stops.slice(settled.length);
  const last = settled.at(-1);
  const leftLast = facts.clock.ticks(last?.stop.departure);
  const untimed = rest.findIndex((stop) => stop.loan && !starts.has(stop));
  const schedule = canonicalSchedule(
    // Up to a meeting without a time a stop that comes too late can still be named.
    rest.slice(0, untimed < 0 ? rest.length : untimed).map((stop) => heldStep(stop, starts)),
    leavesAt(facts, route),
    route.finalLeg.way ?? route.finalLeg.duration,
    last !== undefined,
  );
  if ("blockedAt" in schedule) {
    const stop = rest[schedule.blockedAt]!;
    report("NO_ALLOWED_START", atStop(route, stop), windowsText(facts, stop), "no start left");
    return undefined;
  }
  if (untimed >= 0) return undefined;
  // Somebody whose day ended with a settled stop is not held up until `now`.
  const stays = rest.length === 0 && !route.shift.endPlace && leftLast !== undefined;
  return stays ? { ...schedule, arrival: leftLast } : schedule;
}

/** A meeting keeps its early start, whenever the route departs. */
function heldStep(stop: StopFacts, starts: MeetingStarts): Step {
  const start = stop.loan && starts.get(stop);
  return start === undefined ? stop.step : { ...stop.step, windows: [{ start, end: start }] };
}

/** Reports every time of the route that is missing, not allowed or not canonical. */
export function checkTimes(facts: Facts, route: RouteFacts, schedule: Schedule | undefined, report: Report): void {
  const { clock } = facts;
  const engineerId = route.engineer.id;
  const settledCount = route.stops.filter((stop) => stop.settled).length;
  const departure = clock.ticks(route.route.departure);
  const arrival = clock.ticks(route.route.arrival);
  if (departure === undefined) report("TIME_MISSING", { engineerId }, "departure of the route", "missing");
  if (arrival === undefined) report("TIME_MISSING", { engineerId }, "arrival of the route", "missing");

  for (const facing of route.stops) {
    if (facing.settled) continue;
    checkAllowed(facts, route, facing, report);
    const timing = schedule?.timings[facing.index - settledCount];
    if (timing) checkStop(facts, route, facing, timing, report);
  }

  if (!schedule) return;
  if (settledCount === 0) {
    const earliest = Math.max(facts.clock.now, route.shiftTime.start);
    if (departure !== undefined && departure < earliest)
      report("BEFORE_SHIFT", { engineerId }, `not before ${clock.text(earliest)}`, clock.text(departure));
    if (departure !== undefined && departure !== schedule.departure)
      report("ROUTE_DEPARTURE", { engineerId }, clock.text(schedule.departure), clock.text(departure));
  }
  if (arrival !== undefined && arrival !== schedule.arrival)
    report("ROUTE_ARRIVAL", { engineerId }, clock.text(schedule.arrival), clock.text(arrival));
  const latest = route.shiftTime.end + clock.length(route.shift.maxOvertime);
  const allowed = schedule.arrival <= (facts.allowances?.routes.get(route.shift)?.arrival ?? latest);
  if (schedule.arrival > latest)
    unless(allowed, facts, report)(
      "AFTER_SHIFT",
      { engineerId },
      `not after ${clock.text(latest)}`,
      clock.text(schedule.arrival),
    );
}

function checkAllowed(facts: Facts, route: RouteFacts, facing: StopFacts, report: Report): void {
  const at = atStop(route, facing);
  const start = facts.clock.ticks(facing.stop.start);
  for (const [name, moment] of Object.entries({
    arrival: facing.stop.arrival,
    start: facing.stop.start,
    departure: facing.stop.departure,
  }))
    if (!moment) report("TIME_MISSING", at, `${name} of the stop`, "missing");
  if (start === undefined || isHeldToLock(facts, route, facing) || firstAllowed(facing, start) === start) return;
  unless(firstAllowed(facing.step, start) === start, facts, report)(
    "START_NOT_ALLOWED",
    at,
    windowsText(facts, facing),
    facts.clock.text(start),
  );
}

/** Where a running plan is kept, a stop locked in time is held to its lock alone. */
function isHeldToLock(facts: Facts, { route }: RouteFacts, { stop, index }: StopFacts): boolean {
  const lock = facts.allowances && lockedHead(currentRoute(facts.request, route))[index];
  return lock?.lock === Stop_Lock.TIME && lock.orderId === stop.orderId;
}

function checkStop(
  facts: Facts,
  route: RouteFacts,
  facing: StopFacts,
  timing: Schedule["timings"][number],
  report: Report,
): void {
  const { clock } = facts;
  const { stop } = facing;
  const at = atStop(route, facing);
  const moments = [
    ["STOP_ARRIVAL", timing.arrival, clock.ticks(stop.arrival)],
    ["STOP_START", timing.start, clock.ticks(stop.start)],
    ["STOP_DEPARTURE", timing.departure, clock.ticks(stop.departure)],
  ] as const;
  for (const [code, expected, got] of moments)
    if (got !== undefined && got !== expected) report(code, at, clock.text(expected), clock.text(got));
  const lateness = facing.order ? latenessOf(facing.windows, timing.start) : 0;
  const lengths = [
    ["STOP_SETUP", facing.step.setup, clock.length(stop.setup)],
    ["STOP_WAITING", timing.waiting, clock.length(stop.waiting)],
    ["STOP_LATENESS", lateness, clock.length(stop.lateness)],
  ] as const;
  for (const [code, expected, got] of lengths) if (got !== expected) report(code, at, expected, got);
}

function atStop(route: RouteFacts, facing: StopFacts) {
  return {
    engineerId: route.engineer.id,
    stopIndex: facing.index,
    ...(facing.order ? { orderId: facing.order.id } : {}),
  };
}

function windowsText(facts: Facts, { windows, grace, limit }: StopFacts): string {
  const text = (ticks: number) => facts.clock.text(ticks);
  const allowed = windows.map(({ start, end }) => `${text(start)} .. ${text(end + grace)}`).join(" or ");
  return `a start${windows.length > 0 ? ` in ${allowed}` : ""}${limit === undefined ? "" : `, not after ${text(limit)}`}`;
}
