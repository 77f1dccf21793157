// What a route of a few stops costs, on the canonical schedule: no plan is asked, only the request.
import type { Break, Engineer, OperatingCentre, Shift } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { promiseOf } from "./asked.ts";
import { isPast } from "./breaks.ts";
import { LATENESS_RATE, levelsOf } from "./cost.ts";
import type { Facts } from "./facts.ts";
import { type Way, wayByHour } from "./hours.ts";
import { pairCost } from "./pair.ts";
import { priceCost } from "./policy.ts";
import { canonicalSchedule, latenessOf, legsOf, type Step } from "./schedule.ts";
import { brokenTerms, fairnessOf, type TermStop, termCosts } from "./terms.ts";

/** One stop: exactly one of the three. */
export interface Visit {
  readonly order?: Order;
  readonly centre?: OperatingCentre;
  readonly pause?: Break;
}

/** Level 2 of the route with these stops and no others; undefined where a rule of times, legs or limits forbids it. */
export function wayCost(facts: Facts, engineer: Engineer, shift: Shift, visits: readonly Visit[]): bigint | undefined {
  const { clock, policy, travel, request } = facts;
  const time = clock.span(shift.time);
  if (!time || !shift.startPlace || shift.maxOrders === 0) return undefined;
  const mode = engineer.vehicleMode;
  const longest = engineer.maxLegDuration ? clock.length(engineer.maxLegDuration) : Number.POSITIVE_INFINITY;
  let row = travel.row(shift.startPlace);
  let distance = 0;
  /** Goes to a row; undefined where there is no way. */
  const go = (to: number): { leg: number; way: Way | undefined } | undefined => {
    const leg = travel.duration(mode, row, to);
    if (leg < 0) return undefined;
    const way = wayByHour(facts, mode, row, to);
    distance += travel.distance(mode, row, to);
    row = to;
    return { leg, way };
  };
  const steps: Step[] = [];
  const distances: number[] = [];
  for (const visit of visits) {
    const { place, setup, ...asked } = stepOf(facts, visit);
    const before = row;
    const metres = distance;
    const leg = place ? go(travel.row(place)) : { leg: 0 };
    if (leg === undefined) return undefined;
    steps.push({ ...asked, ...leg, setup: row === before ? 0 : setup });
    distances.push(distance - metres);
  }
  const finalLeg = shift.endPlace ? go(travel.row(shift.endPlace)) : { leg: 0, way: undefined };
  if (finalLeg === undefined) return undefined;
  const schedule = canonicalSchedule(steps, Math.max(clock.now, time.start), finalLeg.way ?? finalLeg.leg, false);
  if ("blockedAt" in schedule || schedule.arrival > time.end + clock.length(shift.maxOvertime)) return undefined;
  const legs = legsOf(schedule);
  if (legs.some((leg) => leg > longest)) return undefined;
  const travelled = legs.reduce((sum, leg) => sum + leg, 0);
  const stops: TermStop[] = visits.map(({ order, centre, pause }, index) => {
    const place = order?.place ?? centre?.place ?? pause?.place;
    const { setup, length } = steps[index]!;
    return {
      order,
      centre,
      row: place && travel.row(place),
      start: schedule.timings[index]!.start,
      length,
      before: legs[index]! + setup,
      distance: distances[index]!,
      settled: false,
    };
  });

  const charges = policy.mode("time_window_fit") !== "off";
  let working = schedule.arrival - schedule.departure;
  let soft = policy.mode("shift_capacity") === "off" ? 0 : Math.floor(Math.max(0, schedule.arrival - time.end) / 2);
  for (const [index, { order, pause }] of visits.entries()) {
    const step = steps[index]!;
    if (pause && !pause.paid) working -= step.length;
    if (!order) continue;
    soft += pairCost(facts, order, engineer);
    if (charges) soft += LATENESS_RATE * latenessOf(step.windows, schedule.timings[index]!.start);
  }
  for (const pause of shift.breaks)
    if (pause.priceMinor !== undefined && !isPast(pause, clock) && !visits.some((visit) => visit.pause === pause))
      soft += priceCost(pause.priceMinor, policy, clock.ticksPerSecond);
  if (shift.maxTravelDuration && travelled > clock.length(shift.maxTravelDuration)) return undefined;
  if (shift.maxDistanceM !== undefined && BigInt(distance) > shift.maxDistanceM) return undefined;
  if (shift.maxWorkingDuration && working > clock.length(shift.maxWorkingDuration)) return undefined;
  const way = {
    engineer,
    startRow: travel.row(shift.startPlace),
    endRow: shift.endPlace && travel.row(shift.endPlace),
    stops,
    working,
    distance,
  };
  if (brokenTerms(facts, way).length > 0) return undefined;
  for (const cost of termCosts(facts, way).values()) soft += cost;
  soft += fairnessOf(facts, engineer, working) - fairnessOf(facts, engineer, 0);
  return levelsOf(request, {
    unassigned: 0n,
    engineersUsed: 1n,
    distance: BigInt(distance),
    travelTime: BigInt(travelled),
    workingTime: BigInt(working),
    softCost: BigInt(working + soft),
  })[1];
}

function stepOf(facts: Facts, { order, centre, pause }: Visit) {
  const { clock } = facts;
  const spans = (windows: readonly Parameters<typeof clock.span>[0][]) =>
    windows.flatMap((window) => clock.span(window) ?? []);
  if (order)
    return {
      place: order.place,
      setup: clock.length(order.setupDuration),
      windows: spans(order.windows),
      grace: clock.length(order.latenessGrace),
      length: clock.length(order.serviceDuration),
      ...promiseOf(facts, order),
    };
  const rest = { setup: 0, grace: 0 };
  if (centre)
    return {
      ...rest,
      place: centre.place,
      windows: spans(centre.openingWindows),
      length: clock.length(centre.pickDuration),
    };
  return { ...rest, place: pause?.place, windows: spans([pause?.window]), length: clock.length(pause?.duration) };
}
