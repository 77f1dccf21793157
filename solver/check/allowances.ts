// Modes that keep a running plan: how far its stops, re-timed at `now`, break which rule (docs/plan.md, "Running plans").
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Break, Engineer, Shift } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { type Route, type Stop, Stop_Kind, Stop_Lock } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { type Asked, resolve } from "./asked.ts";
import { isPast } from "./breaks.ts";
import { isOver, lockedHead, settledHead } from "./current.ts";
import type { Facts } from "./facts.ts";
import { type Finding, findings } from "./finding.ts";
import { wayByHour } from "./hours.ts";
import { excludingCriteria } from "./pair.ts";
import {
  type HandOvers,
  handOversOf,
  type Reached,
  runTogether,
  type Standing,
  takesPlace,
} from "./running-meetings.ts";
import { arrivalBy, canonicalSchedule, firstAllowed, legsOf, type Schedule, type Step } from "./schedule.ts";

/** What a route measures; a limit of it may be as far exceeded. */
export interface RouteAllowance {
  readonly arrival: number;
  readonly travel: number;
  readonly distance: number;
  readonly working: number;
  readonly orders: number;
  /** Mandatory breaks that it lacks. */
  readonly missing: ReadonlySet<Break>;
}

/** How far rules may be broken, and where a plan did so. */
export interface Allowances {
  /** Last start of orders that begin past windows and grace; of breaks; and the start of orders that miss the one they are locked to. */
  readonly orderStarts: ReadonlyMap<string, number>;
  readonly breakStarts: ReadonlyMap<Break, number>;
  readonly lockStarts: ReadonlyMap<string, number>;
  readonly routes: ReadonlyMap<Shift, RouteAllowance>;
  /** By engineer: orders over all shifts, longest leg. */
  readonly engineerOrders: ReadonlyMap<string, number>;
  readonly longestLegs: ReadonlyMap<string, number>;
  /** By order: the engineer it is locked to, who keeps it whoever may serve it. */
  readonly keepers: ReadonlyMap<string, string>;
  /** The running plan at `now`, by shift; undefined for a route that is over. */
  readonly running: ReadonlyMap<Shift, RunningRoute>;
  /** By LOAN stop to come of it: the order that it is for. */
  readonly loans: ReadonlyMap<Stop, string>;
  /** Rules broken no further than that, as the checks came by. */
  readonly met: Finding[];
}

/** A route of the running plan as it stands at `now`, behind its settled head. */
export interface RunningRoute {
  readonly current: Route;
  readonly engineer: Engineer;
  readonly shiftIndex: number;
  readonly settled: readonly Stop[];
  readonly stops: readonly Stop[];
  readonly schedule: Schedule;
}

/** True in the modes that keep a running plan. */
export function keepsRunning({ search }: AssignRequest): boolean {
  const mode = search?.mode;
  return mode === SearchOptions_Mode.INSERT || mode === SearchOptions_Mode.REOPTIMIZE;
}

/** What the running plan of the request allows. */
export function allowancesOf(facts: Facts): Allowances {
  const orderStarts = new Map<string, number>();
  const breakStarts = new Map<Break, number>();
  const lockStarts = new Map<string, number>();
  const routes = new Map<Shift, RouteAllowance>();
  const engineerOrders = new Map<string, number>();
  const longestLegs = new Map<string, number>();
  const keepers = new Map<string, string>();
  const running = new Map<Shift, RunningRoute>();
  const handOvers = handOversOf(facts);
  for (const current of facts.request.currentPlan?.routes ?? [])
    for (const orderId of keptIn(current))
      if (facts.orders.has(orderId) && facts.engineers.has(current.engineerId))
        keepers.set(orderId, current.engineerId);
  for (const { engineer, shift, route, timed, allowance, longestLeg } of timeRoutes(facts, handOvers, keepers)) {
    routes.set(shift, allowance);
    running.set(shift, route);
    engineerOrders.set(engineer.id, (engineerOrders.get(engineer.id) ?? 0) + allowance.orders);
    longestLegs.set(engineer.id, Math.max(longestLegs.get(engineer.id) ?? 0, longestLeg));
    for (const [index, { stop, asked, step }] of timed.entries()) {
      const { start } = route.schedule.timings[index]!;
      if (stop.lock === Stop_Lock.TIME && start !== step.windows[0]?.start) lockStarts.set(stop.orderId, start);
      if (stop.lock === Stop_Lock.TIME || firstAllowed(step, start) === start) continue;
      if (asked.pause) breakStarts.set(asked.pause, start);
      else orderStarts.set(stop.orderId, start);
    }
  }
  return {
    orderStarts,
    breakStarts,
    lockStarts,
    routes,
    engineerOrders,
    longestLegs,
    keepers,
    running,
    loans: new Map([...handOvers.meetings].map(([stop, { orderId }]) => [stop, orderId])),
    met: findings().list,
  };
}

/** Findings about a running plan are the request's validation's. */
const askedBy = (facts: Facts, engineer: Engineer, shift: Shift, stop: Stop) =>
  resolve(facts, shift, stop, { engineerId: engineer.id, stopIndex: 0 }, findings().report);

interface TimedStop {
  readonly stop: Stop;
  readonly asked: Asked;
  /** Without the ease that times it. */
  readonly step: Step;
  readonly row: number;
}

/** Orders that stay with the engineer of the route. */
function keptIn(current: Route): string[] {
  const locked = lockedHead(current).length;
  return current.stops
    .filter(({ kind, lock }, index) => kind === Stop_Kind.SERVICE && (index < locked || lock === Stop_Lock.ENGINEER))
    .map(({ orderId }) => orderId);
}

interface TimedRoute extends Standing {
  readonly route: RunningRoute;
  /** Behind the settled ones. */
  readonly timed: readonly TimedStop[];
  readonly allowance: RouteAllowance;
  readonly longestLeg: number;
}

/** All routes together: a meeting that does not stand is off with the order that it is for, which others may hang on. */
function timeRoutes(facts: Facts, handOvers: HandOvers, keepers: ReadonlyMap<string, string>): TimedRoute[] {
  const { meetings, off, lost } = handOvers;
  const currents = (facts.request.currentPlan?.routes ?? []).flatMap((current) => {
    const engineer = facts.engineers.get(current.engineerId);
    const shift = engineer?.shifts[current.shiftIndex];
    return engineer && shift && !isOver(facts.request, current, facts.clock) ? [{ current, engineer, shift }] : [];
  });
  for (;;) {
    const runs = currents.map(({ current, engineer, shift }) =>
      timeRoute(facts, current, engineer, shift, keepers, handOvers),
    );
    const { results, stuck } = runTogether(runs);
    const timed = results.filter((route) => route !== undefined);
    const fallen =
      stuck.length > 0
        ? stuck
        : [...meetings.values()].filter((meeting) => !off.has(meeting) && !takesPlace(facts, timed, meeting));
    if (fallen.length === 0) return timed;
    for (const meeting of fallen) {
      off.add(meeting);
      lost.add(meeting.orderId);
    }
  }
}

function* timeRoute(
  facts: Facts,
  current: Route,
  engineer: Engineer,
  shift: Shift,
  keepers: ReadonlyMap<string, string>,
  { meetings, off, lost }: HandOvers,
): Generator<Reached, TimedRoute | undefined, number> {
  const { clock, travel } = facts;
  const span = clock.span(shift.time);
  const settled = settledHead(current);
  const locked = lockedHead(current).length;
  if (!span || !shift.startPlace) return undefined;
  // A shift that was over before `now` takes nothing any more.
  if (settled.length === 0 && span.end + clock.length(shift.maxOvertime) < clock.now) return undefined;
  const mode = engineer.vehicleMode;
  let row = travel.row(shift.startPlace);
  for (const stop of settled)
    row = travel.row(stop.place ?? askedBy(facts, engineer, shift, stop)?.place ?? shift.startPlace);
  const leftLast = clock.ticks(settled.at(-1)?.departure);
  const leavesAt = Math.max(clock.now, settled.length > 0 ? (leftLast ?? clock.now) : span.start);
  const stops: TimedStop[] = [];
  let time = leavesAt;
  // Where the last stop that is no meeting was: it alone saves a set-up.
  let setUpRow = row;
  for (const [index, stop] of current.stops.entries()) {
    if (index < settled.length) continue;
    const asked = askedBy(facts, engineer, shift, stop);
    if (!asked || (asked.pause && isPast(asked.pause, clock))) continue;
    const { order } = asked;
    if (order && keepers.get(order.id) !== engineer.id && excludingCriteria(facts, order, engineer).length > 0)
      continue;
    const meeting = meetings.get(stop);
    if (asked.loan ? !meeting || off.has(meeting) : index >= locked && lost.has(stop.orderId)) continue;
    const there = asked.place ? travel.row(asked.place) : row;
    const leg = there === row ? 0 : travel.duration(mode, row, there);
    if (leg < 0) continue;
    const way = wayByHour(facts, mode, row, there);
    const arrival = arrivalBy(way ?? leg, time);
    const met = meeting && (yield { meeting, ready: arrival });
    const lockedStart = met ?? (stop.lock === Stop_Lock.TIME ? clock.ticks(stop.start) : undefined);
    const windows = lockedStart === undefined ? asked.windows : [{ start: lockedStart, end: lockedStart }];
    const grace = lockedStart === undefined ? asked.grace : 0;
    const { promise, limit } = lockedStart === undefined || asked.limit === undefined ? asked : {};
    const setup = there === setUpRow ? 0 : asked.setup;
    const step = { leg, way, setup, windows, grace, length: asked.length, promise, limit };
    const ready = arrival + step.setup;
    const start = firstAllowed(step, ready);
    // A centre that has closed gives nothing.
    if (start === undefined && asked.centre) continue;
    stops.push({ stop, asked, step, row: there });
    row = there;
    if (!meeting) setUpRow = there;
    time = (start ?? ready) + step.length;
  }
  const end = shift.endPlace && travel.row(shift.endPlace);
  const homeFrom = (from: number) => (end === undefined || end === from ? 0 : travel.duration(mode, from, end));
  // Nobody stays where there is no way home.
  while (stops.length > 0 && homeFrom(row) < 0) {
    stops.pop();
    row = stops.at(-1)?.row ?? travel.row(settled.at(-1)?.place ?? shift.startPlace);
  }
  const orders = [...settled, ...stops.map(({ stop }) => stop)].filter(({ kind }) => kind === Stop_Kind.SERVICE).length;
  if (orders === 0 && settled.length === 0) return undefined;
  const home = Math.max(0, homeFrom(row));
  const wayHome = end === undefined ? undefined : wayByHour(facts, mode, row, end);
  // Whatever has no allowed start left begins when it is reached.
  const steps = stops.map(({ step }) => ({ ...step, lateUntil: Number.POSITIVE_INFINITY }));
  const schedule = canonicalSchedule(steps, leavesAt, wayHome ?? home, settled.length > 0);
  if ("blockedAt" in schedule) return undefined;
  const legs = legsOf(schedule);
  const stays = stops.length === 0 && !shift.endPlace && leftLast !== undefined;
  const arrival = stays ? leftLast : schedule.arrival;
  const given = (of: (stop: Stop) => number) => settled.reduce((sum, stop) => sum + of(stop), 0);
  const departure = settled.length > 0 ? (clock.ticks(current.departure) ?? leavesAt) : schedule.departure;
  const unpaid =
    given((stop) => {
      const pause = askedBy(facts, engineer, shift, stop)?.pause;
      return pause && !pause.paid ? (clock.ticks(stop.departure) ?? 0) - (clock.ticks(stop.start) ?? 0) : 0;
    }) + stops.reduce((sum, { asked, step }) => sum + (asked.pause && !asked.pause.paid ? step.length : 0), 0);
  let from = travel.row(settled.at(-1)?.place ?? shift.startPlace);
  let distance = given(({ leg }) => Number(leg?.distanceM ?? 0n));
  for (const to of [...stops.map((stop) => stop.row), ...(end === undefined ? [] : [end])]) {
    if (to !== from) distance += Math.max(0, travel.distance(mode, from, to));
    from = to;
  }
  const taken = new Set(
    [...settled, ...stops.map(({ stop }) => stop)].map((stop) => askedBy(facts, engineer, shift, stop)?.pause),
  );
  const allowance: RouteAllowance = {
    arrival,
    travel: given(({ leg }) => clock.length(leg?.duration)) + legs.reduce((sum, leg) => sum + leg, 0),
    distance,
    working: arrival - departure - unpaid,
    orders,
    missing: new Set(shift.breaks.filter((pause) => pause.priceMinor === undefined && !taken.has(pause))),
  };
  const settledRows = settled.map((stop) => ({ stop, row: stop.place ? travel.row(stop.place) : -1 }));
  return {
    engineer,
    shift,
    startRow: travel.row(shift.startPlace),
    stops: [...settledRows, ...stops],
    timed: stops,
    route: {
      current,
      engineer,
      shiftIndex: current.shiftIndex,
      settled,
      stops: stops.map(({ stop }) => stop),
      schedule: { ...schedule, arrival },
    },
    allowance,
    longestLeg: Math.max(...legs),
  };
}
