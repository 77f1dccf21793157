// A way put to the test: its canonical times, its parts, and every rule that it breaks.
import type { PlannedRoute, PlannedStop } from "../decode.ts";
import type { Problem, ProblemOrder } from "../model/problem.ts";
import { type Booking, bookWay, type Supplies } from "./booking.ts";
import type { Broken } from "./broken.ts";
import { visitMoney } from "./criteria/service-cost.ts";
import { type Legs, latenessAt, legsOf, lengthOf, type Times, timesOf } from "./schedule.ts";
import type { Way } from "./way.ts";

/** What the rest of the plan leaves for a way. */
export interface Surroundings extends Supplies {
  /** Orders that the engineer serves in other shifts. */
  readonly ordersElsewhere: number;
}

export interface Trial {
  readonly way: Way;
  /** Empty: the way keeps every rule. Limits of working time are not looked at where there is no schedule. */
  readonly broken: readonly Broken[];
  /** As they are driven; at the quickest hour where there is no schedule. */
  readonly legs: Pick<Legs, "ticks" | "metres" | "setups">;
  /** Undefined where a leg does not exist or a visit has no allowed start left. */
  readonly times: Times | undefined;
  readonly booking: Booking;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Tries a way; eligibility and locks are the caller's business. */
export function tryWay(problem: Problem, way: Way, around: Surroundings): Trial {
  const asked = legsOf(problem, way);
  const booking = bookWay(way, around);
  const broken: Broken[] = [];
  const reachable = !asked.ticks.includes(-1);
  const found = reachable ? timesOf(way, asked) : undefined;
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
  return { way, broken, legs, times, booking };
}

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
export function routeOf({ way, legs, times, booking }: Trial): PlannedRoute {
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
