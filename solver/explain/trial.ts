// A way put to the test: its canonical times, its parts, and every rule that it breaks.
import type { PlannedRoute, PlannedStop } from "../decode.ts";
import type { Problem, ProblemOrder } from "../model/problem.ts";
import { type Booking, bookWay, type Supplies } from "./booking.ts";
import type { Broken } from "./broken.ts";
import { visitMoney } from "./criteria/service-cost.ts";
import { hosts, loanCosts } from "./meetings.ts";
import { type Begins, beginsOf, type Legs, latenessAt, legsOf, lengthOf, type Times, timesOf } from "./schedule.ts";
import type { Meeting, Way } from "./way.ts";

/** What the rest of the plan leaves for a way. */
export interface Surroundings extends Supplies {
  /** Orders that the engineer serves in other shifts. */
  readonly ordersElsewhere: number;
}

export interface Trial {
  readonly way: Way;
  /** Empty: the way keeps every rule, and so do the others. Limits of working time are not looked at where there is no schedule. */
  readonly broken: readonly Broken[];
  /** As they are driven; at the quickest hour where there is no schedule. */
  readonly legs: Pick<Legs, "ticks" | "metres" | "setups">;
  /** Undefined where a leg does not exist or a visit has no allowed start left. */
  readonly times: Times | undefined;
  readonly booking: Booking;
  /** Ticks of soft cost of the meetings in it. */
  readonly loanCosts: ReadonlyMap<Meeting, number>;
  /** Meetings among them that nobody comes to anyhow. */
  readonly loose: readonly Meeting[];
  /** Routes of those whom the engineer meets, and of those whom they meet, as far as they change. */
  readonly others: readonly Trial[];
}

/** A way among those that hang together by meetings. */
export interface Piece {
  readonly way: Way;
  readonly around: Surroundings;
  /** The booking of a way whose stops stay as planned. */
  readonly booked?: Booking;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Tries a way that has no meeting; eligibility and locks are the caller's business. */
export function tryWay(problem: Problem, way: Way, around: Surroundings): Trial {
  return tryPiece(problem, { way, around }, legsOf(problem, way));
}

/** Tries ways together that have both sides of each of their meetings: one trial of each, every one with all that is broken elsewhere. */
export function tryWays(problem: Problem, pieces: readonly Piece[]): Trial[] {
  const timed = pieces.map((piece) => ({ ...piece, legs: legsOf(problem, piece.way) }));
  const isReachable = timed.every(({ legs }) => !legs.ticks.includes(-1));
  const begins = isReachable ? beginsOf(timed) : undefined;
  const trials = timed.map((piece) => tryPiece(problem, piece, piece.legs, begins ?? new Map()));
  const loose = looseMeetings(trials.map(({ way }) => way));
  const together: Broken[] = [
    ...loose.map((): Broken => ({ code: "LOAN_PLACE" })),
    ...trials.filter(isIdle).map((): Broken => ({ code: "ROUTE_EMPTY" })),
    ...(isReachable && begins === undefined ? [{ code: "LOAN_CYCLE" } as const] : []),
  ];
  const known = trials.flatMap(({ way, times }) => (times ? [{ way, ...times }] : []));
  const costs = loanCosts(problem, known);
  return trials.map((trial): Trial => {
    const elsewhere = trials.filter((other) => other !== trial).flatMap(({ broken }) => broken);
    const others = elsewhere.map((rule): Broken => ({ ...rule, elsewhere: true }));
    return { ...trial, broken: [...trial.broken, ...together, ...others], loanCosts: costs, loose };
  });
}

/** Meetings to which nobody comes anyhow. */
function looseMeetings(ways: readonly Way[]): Meeting[] {
  const hosted = new Map<Meeting, boolean>();
  for (const way of ways)
    for (const [index, visit] of way.visits.entries())
      if (visit.kind === "loan") hosted.set(visit.meeting, hosted.get(visit.meeting) || hosts(way, index));
  return [...hosted].flatMap(([meeting, isHosted]) => (isHosted ? [] : [meeting]));
}

/** Who serves nobody does not lend. */
const isIdle = ({ way: { shift, visits } }: Trial) =>
  !visits.some(({ kind }) => kind === "order") && (shift.head?.orders.length ?? 0) === 0;

function tryPiece(problem: Problem, { way, around, booked }: Piece, asked: Legs, begins?: Begins): Trial {
  const booking = booked ?? bookWay(way, around);
  const broken: Broken[] = [];
  const reachable = !asked.ticks.includes(-1);
  const found = reachable ? timesOf(way, asked, begins) : undefined;
  const times = found && !("blockedAt" in found) ? found : undefined;
  const legs = { ...asked, ticks: times?.legs ?? asked.ticks };
  checkLegs(way, legs, broken);
  checkCounts(way, around, broken);
  broken.push(...booking.broken);
  if (reachable) {
    if (found && "blockedAt" in found)
      broken.push({ code: "NO_ALLOWED_START", stop: found.blockedAt, value: found.ready });
    checkTotals(way, legs, times, broken);
    checkMoney(problem, way, legs, broken);
  }
  return { way, broken, legs, times, booking, loanCosts: NO_COSTS, loose: [], others: [] };
}

const NO_COSTS: ReadonlyMap<Meeting, number> = new Map();

/** Keeps `value` to `limit`, where there is one. */
function limited(broken: Broken[], code: Broken["code"], limit: number | undefined, value: number, subject?: string) {
  if (limit !== undefined && value > limit)
    broken.push({ code, limit, value, ...(subject !== undefined && { subject }) });
}

function checkLegs({ engineer, visits }: Way, { ticks }: Trial["legs"], broken: Broken[]): void {
  const gap = ticks.indexOf(-1);
  if (gap >= 0) broken.push({ code: "LEG_UNREACHABLE", ...(gap < visits.length && { stop: gap }) });
  limited(broken, "MAX_LEG", engineer.maxLegTicks, Math.max(...ticks));
}

function checkCounts(way: Way, { ordersElsewhere }: Surroundings, broken: Broken[]): void {
  const { engineer, shift, visits } = way;
  let count = 0;
  let loads: Map<string, number> | undefined;
  const take = (order: ProblemOrder) => {
    count++;
    for (const { id, quantity } of order.loads) {
      loads ??= new Map();
      loads.set(id, (loads.get(id) ?? 0) + quantity);
    }
  };
  for (const { order } of shift.head?.orders ?? []) take(order);
  for (const visit of visits) if (visit.kind === "order") take(visit.order);
  limited(broken, "SHIFT_MAX_ORDERS", shift.maxOrders, count);
  limited(broken, "ENGINEER_MAX_ORDERS", engineer.maxOrders, count + ordersElsewhere);
  for (const [dimension, amount] of loads ?? [])
    limited(broken, "LOAD", engineer.capacities.get(dimension) ?? 0, amount, dimension);
}

function checkTotals(way: Way, legs: Trial["legs"], times: Times | undefined, broken: Broken[]): void {
  const { shift } = way;
  if (times) limited(broken, "AFTER_SHIFT", shift.latest, times.end);
  limited(broken, "MAX_TRAVEL", shift.maxTravelTicks, travelOf(way, legs));
  limited(broken, "MAX_DISTANCE", shift.maxDistance, distanceOf(way, legs));
  if (times) limited(broken, "MAX_WORKING", shift.maxWorkingTicks, workingOf(way, times));
}

/** Value in care and budgets, where the policy has them rule out. */
function checkMoney(
  { policy, ticksPerSecond }: Problem,
  { engineer, visits }: Way,
  legs: Trial["legs"],
  broken: Broken[],
): void {
  const guarded = policy.criteria.get("trust_limit")!.mode === "hard";
  const counted = policy.criteria.get("service_cost")!.mode !== "off";
  let care = engineer.inputs.trustCarried;
  for (const [index, visit] of visits.entries()) {
    if (visit.kind !== "order") continue;
    const { inputs, serviceTicks } = visit.order;
    const value = care + inputs.trustValue;
    const limit = engineer.inputs.trustLimit;
    if (guarded && inputs.trustValue > 0 && limit !== undefined && value > limit)
      broken.push({ code: "TRUST_LIMIT", stop: index, limit, value });
    if (inputs.takenAlong) care = value;
    if (!counted || inputs.budget === undefined) continue;
    const busy = legs.ticks[index]! + legs.setups[index]! + serviceTicks;
    const spent = visitMoney(engineer.inputs, inputs, busy, legs.metres[index]!, ticksPerSecond);
    if (spent > inputs.budget) broken.push({ code: "BUDGET", stop: index, limit: inputs.budget, value: spent });
  }
}

const travelOf = ({ shift }: Way, { ticks }: Trial["legs"]) => sum(ticks) + (shift.head?.travelTicks ?? 0);
const distanceOf = ({ shift }: Way, { metres }: Trial["legs"]) => sum(metres) + (shift.head?.distance ?? 0);

function workingOf({ shift, visits }: Way, { departure, end }: Times): number {
  const unpaid = sum(
    visits.map((visit) => (visit.kind === "break" && !visit.pause.paid ? visit.pause.durationTicks : 0)),
  );
  return end - departure - unpaid + (shift.head?.workingTicks ?? 0);
}

/** The route of a trial that has a schedule. */
export function routeOf({ way, legs, times, booking, loanCosts: costs }: Trial): PlannedRoute {
  if (!times) throw new Error("a way without a schedule is no route");
  const { engineer, shift, visits } = way;
  const stops = visits.map((visit, index): PlannedStop => {
    const start = times.starts[index]!;
    const timed = {
      arrival: times.arrivals[index]!,
      start,
      departure: start + lengthOf(visit),
      travelTicks: legs.ticks[index]!,
      distance: legs.metres[index]!,
      setupTicks: legs.setups[index]!,
      latenessTicks: latenessAt(visit, start),
    };
    if (visit.kind === "order")
      return { kind: "order", orderId: visit.order.id, parts: booking.uses.get(index) ?? [], ...timed };
    if (visit.kind === "break") return { kind: "break", breakIndex: visit.pause.index, ...timed };
    if (visit.kind === "loan") {
      const { loan, orderId } = visit.meeting;
      return { kind: "loan", orderId, loan: { ...loan, costTicks: costs.get(visit.meeting) }, ...timed };
    }
    const pickUps = [...(booking.pickUps.get(index) ?? [])].map(([sku, quantity]) => ({ sku, quantity }));
    return {
      kind: "supply",
      centreId: visit.centre.id,
      pickUps,
      toolIds: [...(booking.tools.get(index) ?? [])],
      ...timed,
    };
  });
  return {
    engineer,
    shift,
    departure: times.departure,
    end: times.end,
    workingTicks: workingOf(way, times),
    travelTicks: travelOf(way, legs),
    distance: distanceOf(way, legs),
    overtimeTicks: Math.max(0, times.end - shift.end),
    finalTravelTicks: legs.ticks[visits.length]!,
    finalDistance: legs.metres[visits.length]!,
    stops,
  };
}
