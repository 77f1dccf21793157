// The plan message of enumerated routes, so that the checker can judge the oracle too.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import type { Engineer, Shift } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import {
  PartSource,
  type Plan,
  PlanSchema,
  type RouteSchema,
  Stop_Kind,
  type StopSchema,
  UnassignedReason_Code,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { compareIds } from "../../solver/check/bookkeeping.ts";
import type { Facts } from "../../solver/check/facts.ts";
import { latenessOf } from "../../solver/check/schedule.ts";
import { type RouteChoice, type RouteStop, skusOf } from "./routes.ts";

/** A route of the plan with the units it picks up by SKU row. */
export interface ChosenRoute {
  readonly engineer: Engineer;
  readonly shift: Shift;
  readonly shiftIndex: number;
  readonly route: Pick<RouteChoice, "steps" | "schedule" | "finalLeg" | "distance" | "travel" | "working">;
  readonly taken: readonly number[];
  /** Id of the lender by `borrowedKey`, of what the route's orders borrow. */
  readonly lenders?: ReadonlyMap<string, string>;
}

/** An order and a SKU of which all units are borrowed. */
export const borrowedKey = (orderId: string, sku: string) => `${orderId}\n${sku}`;

/** One tick must be one second. Orders outside the routes are unassigned, NOT_PROVED. */
export function planOf(facts: Facts, routes: readonly ChosenRoute[]): Plan {
  const served = new Set(
    routes.flatMap(({ route }) => route.steps.flatMap(({ visit }) => ("order" in visit ? visit.order.id : []))),
  );
  return create(PlanSchema, {
    routes: routes
      .map((chosen) => routeOf(facts, chosen))
      .sort((a, b) => compareIds(a.engineerId, b.engineerId) || a.shiftIndex - b.shiftIndex),
    unassigned: [...facts.orders.keys()]
      .filter((id) => !served.has(id))
      .sort(compareIds)
      .map((orderId) => ({ orderId, reasons: [{ code: UnassignedReason_Code.NOT_PROVED }] })),
  });
}

function routeOf(facts: Facts, chosen: ChosenRoute) {
  const { engineer, shift, shiftIndex, route, taken, lenders } = chosen;
  const { schedule, steps } = route;
  const origin = facts.request.now!.seconds;
  const moment = (ticks: number) => ({ seconds: origin + BigInt(ticks), nanos: 0 });
  const lasting = (ticks: number) => ({ seconds: BigInt(ticks), nanos: 0 });
  const leg = (way: { duration: number; distance: number }) => ({
    duration: lasting(way.duration),
    distanceM: BigInt(way.distance),
  });
  const sum = (of: (stop: RouteStop, index: number) => number) =>
    steps.reduce((total, stop, index) => total + of(stop, index), 0);
  const fromCentre = [...taken];
  let supplied = false;

  const stops = steps.map((facing, index): MessageInitShape<typeof StopSchema> => {
    const { visit, step, distance, place } = facing;
    const timing = schedule.timings[index]!;
    const common = {
      place,
      leg: leg({ duration: step.leg, distance }),
      arrival: moment(timing.arrival),
      start: moment(timing.start),
      departure: moment(timing.departure),
      setup: lasting(step.setup),
      waiting: lasting(timing.waiting),
    };
    if ("pause" in visit) return { ...common, kind: Stop_Kind.BREAK, breakIndex: visit.breakIndex };
    if ("loan" in visit) return { ...common, kind: Stop_Kind.LOAN, loan: visit.loan };
    if ("centre" in visit) {
      supplied = true;
      const pickUps = skusOf(facts).flatMap((sku, row) => (taken[row]! > 0 ? [{ sku, quantity: taken[row]! }] : []));
      const { id, toolIds } = visit.centre;
      return { ...common, kind: Stop_Kind.SUPPLY, operatingCentreId: id, pickUps, toolIds };
    }
    const parts = visit.order.parts.flatMap(({ sku, quantity }) => {
      const lenderEngineerId = lenders?.get(borrowedKey(visit.order.id, sku));
      if (lenderEngineerId !== undefined) return [{ sku, quantity, source: PartSource.LOAN, lenderEngineerId }];
      const row = skusOf(facts).indexOf(sku);
      const picked = supplied ? Math.min(quantity, fromCentre[row]!) : 0;
      fromCentre[row]! -= picked;
      const operatingCentreId = facts.request.operatingCentres[0]?.id ?? "";
      return [
        { sku, quantity: picked, source: PartSource.CENTRE, operatingCentreId },
        { sku, quantity: quantity - picked, source: PartSource.ON_HAND },
      ].filter((use) => use.quantity > 0);
    });
    const lateness = lasting(latenessOf(step.windows, timing.start));
    return { ...common, kind: Stop_Kind.SERVICE, orderId: visit.order.id, parts, lateness };
  });

  return {
    engineerId: engineer.id,
    shiftIndex,
    departure: moment(schedule.departure),
    arrival: moment(schedule.arrival),
    stops,
    ...(route.finalLeg ? { finalLeg: leg(route.finalLeg) } : {}),
    travel: lasting(route.travel),
    distanceM: BigInt(route.distance),
    waiting: lasting(sum((_, index) => schedule.timings[index]!.waiting)),
    service: lasting(sum(({ visit, step }) => ("order" in visit ? step.setup + step.length : 0))),
    working: lasting(route.working),
    overtime: lasting(Math.max(0, schedule.arrival - facts.clock.span(shift.time)!.end)),
  } satisfies MessageInitShape<typeof RouteSchema>;
}
