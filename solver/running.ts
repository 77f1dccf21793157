// The running plan at `now`: its stops re-timed, and what it breaks by then allowed as far as it breaks it (docs/plan.md, "Running plans").
import { isEligible } from "./explain/pair.ts";
import type { Pair } from "./explain/verdict.ts";
import { NEVER } from "./layout.ts";
import {
  type GivenStop,
  latenessAt,
  type Problem,
  type ProblemBreak,
  type ProblemCentre,
  type ProblemEngineer,
  type ProblemOrder,
  type ProblemShift,
  type Window,
} from "./model/problem.ts";
import { type Here, type Timed, type Walk, walkAll } from "./running-walk.ts";
import { lastDeparture, legTicks } from "./travel/hours.ts";

/** True in the modes that keep a running plan. */
export function keepsRunning({ mode }: Problem): boolean {
  return mode === "insert" || mode === "reoptimize";
}

/** The problem with the running plan's stops that still stand, and every rule that they break eased until they keep it. */
export function withRunningPlan(problem: Problem): Problem {
  const orders = new Map(problem.orders.map((order) => [order.id, order]));
  const centres = new Map(problem.centres.map((centre) => [centre.id, centre]));
  const late = new Map<string, number>();
  const context = { problem, orders, centres, late };
  const walks = walkAll(problem, {
    stop: ({ engineer, shift }, given, here, locked) => timeStop(context, engineer, shift, given, here, locked),
    leadsHome: ({ engineer, shift: { endRow } }, row) =>
      endRow === undefined || wayOf(problem, engineer, 0)(row, endRow).leg >= 0,
  });
  const engineers = problem.engineers.map((engineer) => easeEngineer(context, engineer, walks));
  return {
    ...problem,
    orders: problem.orders.map((order) => {
      const start = late.get(order.id);
      return isLockedNowhere(problem, order)
        ? { ...order, windows: OVER }
        : easePromise(easeOrder(order, start), start);
    }),
    engineers,
  };
}

interface Context {
  readonly problem: Problem;
  readonly orders: ReadonlyMap<string, ProblemOrder>;
  readonly centres: ReadonlyMap<string, ProblemCentre>;
  /** By order that begins too late: when. */
  readonly late: Map<string, number>;
}

/** True for an order that is locked to a shift which is over: it goes to nobody else. */
function isLockedNowhere({ engineers }: Problem, { lockedTo }: ProblemOrder): boolean {
  const engineer = lockedTo && engineers.find(({ id }) => id === lockedTo.engineerId);
  return engineer !== undefined && !engineer.shifts.some(({ index }) => index === lockedTo!.shiftIndex);
}

/** The pairs of orders and the engineers they are locked to, who are ruled out: they stay all the same. */
export function lockedOut(problem: Problem): Pair[] {
  const engineers = new Map(problem.engineers.map((engineer) => [engineer.id, engineer]));
  return problem.orders
    .flatMap((order) => {
      const engineer = order.lockedTo && engineers.get(order.lockedTo.engineerId);
      return engineer ? [{ problem, order, engineer }] : [];
    })
    .filter((pair) => !isEligible(pair));
}

/** An order that the running plan can only begin at `start`, past its windows and grace, or past the start it is locked to. */
function easeOrder(order: ProblemOrder, start: number | undefined): ProblemOrder {
  if (start === undefined) return order;
  if (order.lockedStart !== undefined) {
    const lateTicks = latenessAt(order.lockedStart.windows, start);
    return { ...order, windows: [{ start, end: start - lateTicks }], graceTicks: lateTicks };
  }
  const windows = isOver(order.windows) ? [{ start: 0, end: order.lastWindowEnd! }] : order.windows;
  return { ...order, windows, lateUntil: start };
}

/** A promise that must be kept: what is locked in time is held to its lock alone, and what breaks it may do so until `start`. */
function easePromise(order: ProblemOrder, start: number | undefined): ProblemOrder {
  if (!order.promise?.firm) return order;
  if (order.lockedStart !== undefined) return { ...order, promise: undefined };
  if (start === undefined) return order;
  const last = Math.max(order.promise.last, start);
  const windows = order.windows.filter((window) => window.start <= last);
  return {
    ...order,
    windows: windows.length > 0 ? windows : [{ start: 0, end: Math.max(start, 0) }],
    promise: { last, firm: true },
  };
}

/** True for the window that stands for windows which are all over. */
const isOver = (windows: readonly Window[]) => windows[0]!.start >= NEVER - 1;

/** The first allowed start at or after `ready`, undefined when there is none. */
function firstStart({ windows, graceTicks, promise }: Allowed, ready: number): number | undefined {
  if (isOver(windows)) return undefined;
  const window = windows.find(({ end }) => ready <= end + graceTicks);
  const start = window && Math.max(window.start, ready);
  return start !== undefined && promise?.firm && start > promise.last ? undefined : start;
}

function easeEngineer(context: Context, engineer: ProblemEngineer, walks: readonly Walk[]): ProblemEngineer {
  const timed = engineer.shifts.map((shift) => {
    const walk = walks.find((one) => one.shift === shift);
    return walk ? easeShift(context, walk) : { shift, orders: 0, longestLeg: 0 };
  });
  const count = timed.reduce((sum, { orders, shift }) => sum + orders + (shift.head?.orders.length ?? 0), 0);
  const { maxOrders, maxLegTicks } = engineer;
  return {
    ...engineer,
    maxOrders: maxOrders === undefined ? undefined : Math.max(maxOrders, count),
    maxLegTicks: maxLegTicks === undefined ? undefined : Math.max(maxLegTicks, ...timed.map((one) => one.longestLeg)),
    shifts: timed.map(({ shift }) => shift),
  };
}

interface Eased {
  /** With the stops that stand, and its limits eased. */
  readonly shift: ProblemShift;
  /** Orders behind the head. */
  readonly orders: number;
  readonly longestLeg: number;
}

function easeShift(context: Context, { engineer, shift, stops, kept, row }: Walk): Eased {
  const { head } = shift;
  const served = stops.filter(({ given }) => given.kind === "order");
  if (served.length === 0 && head === undefined) return { shift: { ...shift, warm: [] }, orders: 0, longestLeg: 0 };

  const last = stops.at(-1);
  const ends = last ? last.start + last.length : shift.earliest;
  const home =
    shift.endRow === undefined ? { leg: 0, distance: 0 } : wayOf(context.problem, engineer, ends)(row, shift.endRow);
  const end = ends + Math.max(0, home.leg);
  const departure = departureOf(context.problem, engineer, shift, stops, end);
  const legs = legsFrom(context.problem, engineer, shift, stops, departure);
  const sum = (of: (stop: Timed) => number) => stops.reduce((total, stop) => total + of(stop), 0);
  const pauses = stops.map(({ given }) => breakOf(shift, given));
  const unpaid = pauses.reduce((total, pause) => total + (pause && !pause.paid ? pause.durationTicks : 0), 0);
  const working = end - departure - unpaid + (head?.workingTicks ?? 0);
  const travel = legs.reduce((total, leg) => total + leg, 0) + (head?.travelTicks ?? 0);
  const distance = sum((stop) => stop.distance) + Math.max(0, home.distance) + (head?.distance ?? 0);
  const atLeast = (limit: number | undefined, value: number) =>
    limit === undefined ? undefined : Math.max(limit, value);
  for (const { given, start } of stops) if (given.kind === "order") noteLate(context, given.orderId, start);
  return {
    shift: {
      ...shift,
      warm: kept,
      latest: Math.max(shift.latest, end),
      maxOrders: atLeast(shift.maxOrders, served.length + (head?.orders.length ?? 0)),
      maxTravelTicks: atLeast(shift.maxTravelTicks, travel),
      maxDistance: atLeast(shift.maxDistance, distance),
      maxWorkingTicks: atLeast(shift.maxWorkingTicks, working),
      breaks: shift.breaks.map((pause) =>
        easeBreak(
          pause,
          stops.find(({ given }) => given.kind === "break" && given.breakIndex === pause.index),
        ),
      ),
    },
    orders: served.length,
    longestLeg: Math.max(...legs),
  };
}

function noteLate({ orders, late }: Context, orderId: string, start: number): void {
  if (firstStart(allowedOf(orders.get(orderId)!), start) !== start) late.set(orderId, start);
}

/** A break that the plan begins late may begin so; one that it does not have may go on missing. */
function easeBreak(pause: ProblemBreak, stop: Timed | undefined): ProblemBreak {
  if (stop === undefined) return pause.priceTicks === undefined ? { ...pause, priceTicks: 0 } : pause;
  return { ...pause, window: { ...pause.window, end: Math.max(pause.window.end, stop.start) } };
}

function breakOf(shift: ProblemShift, given: GivenStop): ProblemBreak | undefined {
  return given.kind === "break" ? shift.breaks.find(({ index }) => index === given.breakIndex) : undefined;
}

/** Departure of the canonical schedule, of a route that ends at `end`. */
function departureOf(
  { travel }: Problem,
  { mode }: ProblemEngineer,
  { head, earliest, startRow, endRow }: ProblemShift,
  stops: readonly Timed[],
  end: number,
): number {
  if (head !== undefined) return earliest;
  const leaveFor = (arrival: number, from: number, to: number) =>
    from === to ? arrival : lastDeparture(travel, arrival, mode, from, to);
  const rows = [startRow, ...stops.map(({ row }) => row)];
  let leaveBy = leaveFor(end, rows.at(-1)!, endRow ?? rows.at(-1)!);
  for (const [index, { row, setup, length, latest }] of [...stops.entries()].reverse())
    leaveBy = leaveFor(Math.min(leaveBy - length, latest) - setup, rows[index]!, row);
  return leaveBy;
}

/** Legs of a route that leaves at `departure`, the one home last. */
function legsFrom(
  problem: Problem,
  engineer: ProblemEngineer,
  { startRow, endRow }: ProblemShift,
  stops: readonly Timed[],
  departure: number,
): number[] {
  let time = departure;
  let row = startRow;
  const go = (to: number) => {
    const { leg } = wayOf(problem, engineer, time)(row, to);
    row = to;
    return Math.max(0, leg);
  };
  const legs = stops.map((stop) => {
    const leg = go(stop.row);
    // Nobody leaves later than keeps every start that counts, so that each is the early one or the moment of arrival.
    time = Math.max(time + leg + stop.setup, stop.start) + stop.length;
    return leg;
  });
  return [...legs, go(endRow ?? row)];
}

/** Leg, begun at `departure`, and distance between two rows, -1 where there is no way. */
function wayOf({ travel }: Problem, { mode }: ProblemEngineer, departure: number) {
  return (from: number, to: number) => {
    if (from === to) return { leg: 0, distance: 0 };
    const leg = legTicks(travel, departure, mode, from, to);
    const reached = leg >= 0 && leg < NEVER;
    return reached ? { leg, distance: Math.max(0, travel.distance(mode, from, to)) } : { leg: -1, distance: -1 };
  };
}

/** The stop when it is reached from `row` at `time`; undefined when it does not stand: gone, past, ruled out, out of reach or closed. */
function timeStop(
  context: Context,
  engineer: ProblemEngineer,
  shift: ProblemShift,
  given: GivenStop,
  { row, placed, time }: Here,
  locked: boolean,
): Timed | undefined {
  const asked = askedOf(context, engineer, shift, given, locked);
  if (asked === undefined) return undefined;
  const { placeRow = row, windows, promise, setupTicks, length } = asked;
  const { leg, distance } = wayOf(context.problem, engineer, time)(row, placeRow);
  if (leg < 0) return undefined;
  const setup = placeRow === placed ? 0 : setupTicks;
  const ready = time + leg + setup;
  const start = firstStart(asked, ready);
  if (start === undefined && given.kind === "supply") return undefined;
  const begins = start ?? ready;
  const around = windows.find((window) => window.start <= begins && begins <= window.end);
  const last = promise?.last ?? Number.POSITIVE_INFINITY;
  const latest = begins > last ? begins : Math.min(around?.end ?? begins, last);
  return { given, setup, start: begins, length, latest, distance, row: placeRow };
}

/** A window that nobody can reach. */
const OVER: readonly Window[] = [{ start: NEVER - 1, end: NEVER - 1 }];
const ALWAYS: readonly Window[] = [{ start: 0, end: NEVER - 1 }];

/** Starts that are allowed. */
interface Allowed {
  readonly windows: readonly Window[];
  readonly graceTicks: number;
  readonly promise?: ProblemOrder["promise"];
}

/** Starts of an order; what is locked in time need not keep a promise. */
const allowedOf = ({ windows, graceTicks, promise, lockedStart }: ProblemOrder): Allowed => ({
  windows,
  graceTicks,
  promise: lockedStart !== undefined && promise?.firm ? undefined : promise,
});

interface Asked extends Allowed {
  /** Undefined: at the place of the stop before. */
  readonly placeRow?: number | undefined;
  readonly setupTicks: number;
  readonly length: number;
}

function askedOf(
  { problem, orders, centres }: Context,
  engineer: ProblemEngineer,
  shift: ProblemShift,
  given: GivenStop,
  locked: boolean,
): Asked | undefined {
  if (given.kind === "supply") {
    const { placeRow, windows, pickTicks } = centres.get(given.centreId)!;
    return { placeRow, windows, graceTicks: 0, setupTicks: 0, length: pickTicks };
  }
  if (given.kind === "break") {
    const pause = breakOf(shift, given);
    return (
      pause && {
        placeRow: pause.placeRow,
        windows: [pause.window],
        graceTicks: 0,
        setupTicks: 0,
        length: pause.durationTicks,
      }
    );
  }
  if (given.kind === "loan") {
    // One that no order is for.
    if (given.meeting.orderId === "") return undefined;
    const length = problem.policy.criteria.get("parts_borrowable")!.params.hand_over_s! * problem.ticksPerSecond;
    return { placeRow: given.meeting.placeRow, windows: ALWAYS, graceTicks: 0, setupTicks: 0, length };
  }
  const order = orders.get(given.orderId);
  if (order === undefined) return undefined;
  if (!locked && order.lockedTo === undefined && !isEligible({ problem, order, engineer })) return undefined;
  const { placeRow, setupTicks, serviceTicks } = order;
  return { placeRow, ...allowedOf(order), setupTicks, length: serviceTicks };
}
