// Every sensible route of one engineer and shift for a tiny request, by enumeration.
import type { Break, Engineer, OperatingCentre, Shift } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import type { Place, TimeWindow } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { PartLoan } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { promiseOf } from "../../solver/check/asked.ts";
import type { Facts } from "../../solver/check/facts.ts";
import { wayByHour } from "../../solver/check/hours.ts";
import { excludingCriteria, pairCost } from "../../solver/check/pair.ts";
import { priceCost } from "../../solver/check/policy.ts";
import {
  canonicalSchedule,
  firstAllowed,
  latenessOf,
  legsOf,
  type Schedule,
  type Step,
} from "../../solver/check/schedule.ts";
import { brokenTerms, fairnessOf, termCosts } from "../../solver/check/terms.ts";

/** One stop of a route; the break index is that of Shift.breaks. Enumerated routes have no loans. */
export type Visit =
  | { order: Order }
  | { centre: OperatingCentre }
  | { loan: PartLoan }
  | { pause: Break; breakIndex: number };

/** One stop with what the schedule and the plan need of it. */
export interface RouteStop {
  readonly visit: Visit;
  readonly step: Step;
  readonly distance: number;
  readonly place: Place;
}

export interface RouteChoice {
  /** Bit i: order i of the request is served. */
  readonly mask: number;
  readonly steps: readonly RouteStop[];
  readonly schedule: Schedule;
  readonly finalLeg: { readonly duration: number; readonly distance: number } | undefined;
  /** Measures of the route alone, in ticks and metres. */
  readonly distance: number;
  readonly travel: number;
  readonly working: number;
  readonly soft: number;
  /** Units used before the supply stop by SKU row; all of them without one. */
  readonly before: readonly number[];
  /** Units used after it. */
  readonly after: readonly number[];
  /** Without the supply stop a tool would be missing. */
  readonly takesTools: boolean;
  readonly hasSupply: boolean;
}

/** SKUs of the request in order of first sight. */
export function skusOf(facts: Facts): string[] {
  return [...new Set(facts.request.orders.flatMap((order) => order.parts.map((part) => part.sku)))];
}

/** Calls `take` with every feasible route, up to one supply stop; parts are left to the caller, who knows the stock. */
export function enumerateRoutes(
  facts: Facts,
  engineer: Engineer,
  shift: Shift,
  take: (route: RouteChoice) => void,
): void {
  const { clock, policy, travel, request } = facts;
  const mode = engineer.vehicleMode;
  const skus = skusOf(facts);
  const centre = request.operatingCentres[0];
  const shiftTime = clock.span(shift.time)!;
  const leavesAt = Math.max(clock.now, shiftTime.start);
  const endsBy = shiftTime.end + clock.length(shift.maxOvertime);
  const limit = (value: number | bigint | undefined) =>
    value === undefined ? Number.POSITIVE_INFINITY : Number(value);
  const maxLeg = limit(engineer.maxLegDuration && clock.length(engineer.maxLegDuration));
  const maxTravel = limit(shift.maxTravelDuration && clock.length(shift.maxTravelDuration));
  const maxWorking = limit(shift.maxWorkingDuration && clock.length(shift.maxWorkingDuration));
  const maxDistance = limit(shift.maxDistanceM);
  const maxOrders = Math.min(limit(shift.maxOrders), limit(engineer.maxOrders));
  const toolsMatter = policy.mode("tool_availability") === "hard";
  const endRow = shift.endPlace && travel.row(shift.endPlace);
  const wayTo = (from: number, to: number) => ({
    duration: travel.duration(mode, from, to),
    distance: travel.distance(mode, from, to),
  });
  const asStep = (windows: readonly TimeWindow[], grace: number, length: number) => ({
    windows: windows.map((window) => clock.span(window)!),
    grace,
    length,
  });

  const orders = request.orders.map((order, row) => {
    const missing = toolsMatter ? order.toolIds.filter((tool) => !engineer.toolIds.includes(tool)) : [];
    return {
      visit: { order },
      bit: 1 << row,
      place: order.place!,
      row: travel.row(order.place!),
      setup: clock.length(order.setupDuration),
      timing: {
        ...asStep(order.windows, clock.length(order.latenessGrace), clock.length(order.serviceDuration)),
        ...promiseOf(facts, order),
      },
      possible:
        excludingCriteria(facts, order, engineer).length === 0 &&
        missing.every((tool) => centre?.toolIds.includes(tool)),
      needsTools: missing.length > 0,
      units: skus.map((sku) => order.parts.reduce((sum, part) => sum + (part.sku === sku ? part.quantity : 0), 0)),
      pairCost: pairCost(facts, order, engineer),
    };
  });
  // A break that was over before `now` is past: neither asked for nor charged.
  const due = [...shift.breaks.entries()].filter(([, pause]) => clock.span(pause.window)!.end >= clock.now);
  const pauses = due.map(([breakIndex, pause]) => ({
    visit: { pause, breakIndex },
    bit: 1 << breakIndex,
    timing: asStep([pause.window!], 0, clock.length(pause.duration)),
    price: pause.priceMinor === undefined ? undefined : priceCost(pause.priceMinor, policy, clock.ticksPerSecond),
  }));
  const supply = centre && {
    visit: { centre },
    place: centre.place!,
    row: travel.row(centre.place!),
    timing: asStep(centre.openingWindows, 0, clock.length(centre.pickDuration)),
  };

  // The route under construction.
  const steps: RouteStop[] = [];
  const before = skus.map(() => 0);
  const after = skus.map(() => 0);

  interface At {
    place: Place;
    row: number;
    time: number;
    travel: number;
    distance: number;
    mask: number;
    count: number;
    pauseMask: number;
    hasSupply: boolean;
    takesTools: boolean;
    pairCost: number;
  }

  /** Goes on to a stop and from there to everything else, unless it comes too late or too far even at the quickest hour. */
  function visit(
    from: At,
    what: { visit: Visit; timing: Omit<Step, "leg" | "setup">; setup?: number; place?: Place; row?: number },
    change: Partial<At>,
  ): void {
    const row = what.row ?? from.row;
    const place = what.place ?? from.place;
    const way = what.row === undefined ? { duration: 0, distance: 0 } : wayTo(from.row, row);
    const total = from.travel + way.duration;
    const metres = from.distance + way.distance;
    if (way.duration < 0 || way.duration > maxLeg || total > maxTravel || metres > maxDistance) return;
    const setup = row === from.row ? 0 : (what.setup ?? 0);
    const start = firstAllowed(what.timing, from.time + way.duration + setup);
    if (start === undefined || start + what.timing.length > endsBy) return;
    steps.push({
      visit: what.visit,
      step: {
        ...what.timing,
        leg: way.duration,
        way: what.row === undefined ? undefined : wayByHour(facts, mode, from.row, row),
        setup,
      },
      distance: way.distance,
      place,
    });
    extend({ ...from, place, row, time: start + what.timing.length, travel: total, distance: metres, ...change });
    steps.pop();
  }

  function extend(at: At): void {
    finish(at);
    if (at.count < maxOrders)
      for (const order of orders) {
        if (at.mask & order.bit || !order.possible || (order.needsTools && !at.hasSupply)) continue;
        if (!fits(at.mask | order.bit)) continue;
        const units = at.hasSupply ? after : before;
        for (const [sku, count] of order.units.entries()) units[sku]! += count;
        visit(at, order, {
          mask: at.mask | order.bit,
          count: at.count + 1,
          takesTools: at.takesTools || order.needsTools,
          pairCost: at.pairCost + order.pairCost,
        });
        for (const [sku, count] of order.units.entries()) units[sku]! -= count;
      }
    if (supply && !at.hasSupply) visit(at, supply, { hasSupply: true });
    for (const pause of pauses) {
      if (at.pauseMask & pause.bit) continue;
      const own = pause.visit.pause.place;
      const where = own ? { place: own, row: travel.row(own) } : {};
      visit(at, { ...pause, ...where }, { pauseMask: at.pauseMask | pause.bit });
    }
  }

  /** Whether the van takes the loads of these orders. */
  function fits(mask: number): boolean {
    const loads = new Map<string, number>();
    for (const { bit, visit } of orders)
      if (mask & bit)
        for (const { dimension, amount } of visit.order.loads)
          loads.set(dimension, (loads.get(dimension) ?? 0) + amount);
    return [...loads].every(
      ([dimension, amount]) =>
        amount <= (engineer.capacities.find((load) => load.dimension === dimension)?.amount ?? 0),
    );
  }

  function finish(at: At): void {
    if (at.count === 0) return;
    if (pauses.some((pause) => pause.price === undefined && !(at.pauseMask & pause.bit))) return;
    // A supply stop that brings nothing is not sensible.
    if (at.hasSupply && !at.takesTools && after.every((units) => units === 0)) return;
    const finalLeg = endRow === undefined ? undefined : wayTo(at.row, endRow);
    if (finalLeg && (finalLeg.duration < 0 || finalLeg.duration > maxLeg)) return;
    const distance = at.distance + (finalLeg?.distance ?? 0);
    if (distance > maxDistance || at.time + (finalLeg?.duration ?? 0) > endsBy) return;
    const wayHome = endRow === undefined ? undefined : wayByHour(facts, mode, at.row, endRow);
    const schedule = canonicalSchedule(
      steps.map(({ step }) => step),
      leavesAt,
      wayHome ?? finalLeg?.duration ?? 0,
      false,
    );
    if ("blockedAt" in schedule || schedule.arrival > endsBy) return;
    const legs = legsOf(schedule);
    const travelled = legs.reduce((sum, leg) => sum + leg, 0);
    if (travelled > maxTravel || Math.max(...legs) > maxLeg) return;
    const driven = steps.map((stop, index) => ({ ...stop, step: { ...stop.step, leg: legs[index]! } }));
    let working = schedule.arrival - schedule.departure;
    let soft = at.pairCost;
    const way = {
      engineer,
      startRow: travel.row(shift.startPlace!),
      endRow,
      working: 0,
      distance,
      stops: driven.map(({ visit, step, place, distance: metres }, index) => ({
        ...visit,
        row: "pause" in visit && !visit.pause.place ? undefined : travel.row(place),
        start: schedule.timings[index]!.start,
        length: step.length,
        before: step.leg + step.setup,
        distance: metres,
        settled: false,
      })),
    };
    if (brokenTerms(facts, way).length > 0) return;
    steps.forEach(({ visit, step }, index) => {
      if ("pause" in visit && !visit.pause.paid) working -= step.length;
      if ("order" in visit && policy.mode("time_window_fit") !== "off")
        soft += 3 * latenessOf(step.windows, schedule.timings[index]!.start);
    });
    if (working > maxWorking) return;
    for (const cost of termCosts(facts, { ...way, working }).values()) soft += cost;
    // Of engineers with one shift: what a route changes of the fairness of the whole plan.
    soft += fairnessOf(facts, engineer, working) - fairnessOf(facts, engineer, 0);
    if (policy.mode("shift_capacity") !== "off") soft += Math.floor(Math.max(0, schedule.arrival - shiftTime.end) / 2);
    for (const pause of pauses) if (!(at.pauseMask & pause.bit)) soft += pause.price ?? 0;
    take({
      mask: at.mask,
      steps: driven,
      schedule,
      finalLeg: finalLeg && { ...finalLeg, duration: legs.at(-1)! },
      distance,
      travel: travelled,
      working,
      soft: soft + working,
      before: [...before],
      after: [...after],
      takesTools: at.takesTools,
      hasSupply: at.hasSupply,
    });
  }

  extend({
    place: shift.startPlace!,
    row: travel.row(shift.startPlace!),
    time: leavesAt,
    travel: 0,
    distance: 0,
    mask: 0,
    count: 0,
    pauseMask: 0,
    hasSupply: false,
    takesTools: false,
    pairCost: 0,
  });
}
