// Every way to put an order into a plan, made without the solver: each stop before each other one, with a supply stop where parts or tools need one.
import { clone, create } from "@bufbuild/protobuf";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Engineer, OperatingCentre, Stock } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import {
  PartSource,
  type Plan,
  PlanSchema,
  type Route,
  RouteSchema,
  type Stop,
  Stop_Kind,
  StopSchema,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { compareIds } from "../../solver/check/bookkeeping.ts";
import { isPast } from "../../solver/check/breaks.ts";
import { check } from "../../solver/check/check.ts";
import { clockOf } from "../../solver/check/clock.ts";
import type { Finding } from "../../solver/check/finding.ts";
import { retime } from "../../solver/check/retime.ts";

/** The plan with one route in place of that of the same engineer and shift. */
export function withRoute(plan: Plan, route: Route): Plan {
  const rest = plan.routes.filter(
    (other) => other.engineerId !== route.engineerId || other.shiftIndex !== route.shiftIndex,
  );
  const routes = [...rest, route].sort((a, b) => compareIds(a.engineerId, b.engineerId) || a.shiftIndex - b.shiftIndex);
  return create(PlanSchema, { routes, unassigned: plan.unassigned });
}

/** The plan with the order served, where it was left out. */
export function withoutRow(plan: Plan, orderId: string): Plan {
  return create(PlanSchema, { ...plan, unassigned: plan.unassigned.filter((row) => row.orderId !== orderId) });
}

/** The plan without an order's stop; what was picked up for it stays where it was, supply stops without pick-ups too. */
export function takenOut(plan: Plan, orderId: string): Plan {
  const without = clone(PlanSchema, plan);
  for (const route of without.routes) {
    const at = route.stops.findIndex((stop) => stop.kind === Stop_Kind.SERVICE && stop.orderId === orderId);
    if (at < 0) continue;
    const [stop] = route.stops.splice(at, 1);
    for (const { source, sku, quantity, operatingCentreId } of stop!.parts) {
      if (source !== PartSource.CENTRE) continue;
      const supply = route.stops.find(
        (other) => other.operatingCentreId === operatingCentreId && other.pickUps.some((row) => row.sku === sku),
      )!;
      for (const row of supply.pickUps) if (row.sku === sku) row.quantity -= quantity;
      supply.pickUps = supply.pickUps.filter((row) => row.quantity > 0);
    }
  }
  without.routes = without.routes.filter(({ stops }) => stops.some(({ kind }) => kind === Stop_Kind.SERVICE));
  return untimed(without);
}

/** Only the stops, so that `retime` fills in all the rest. */
export function untimed(plan: Plan): Plan {
  return create(PlanSchema, {
    unassigned: plan.unassigned,
    routes: plan.routes.map(({ engineerId, shiftIndex, stops }) =>
      create(RouteSchema, {
        engineerId,
        shiftIndex,
        stops: stops.map(
          ({ kind, orderId, operatingCentreId, breakIndex, parts, pickUps, toolIds, lock, loan, place }) =>
            create(StopSchema, {
              kind,
              orderId,
              operatingCentreId,
              breakIndex,
              parts,
              pickUps,
              toolIds,
              lock,
              ...(loan && place && { loan, place }),
            }),
        ),
      }),
    ),
  });
}

const free = (stock: readonly Stock[], sku: string) => {
  const row = stock.find((candidate) => candidate.sku === sku);
  return row ? row.quantity - row.reserved : 0;
};

/** Units that the plan takes from an engineer's van. */
function onHand(plan: Plan, engineerId: string, sku: string): number {
  return plan.routes
    .filter((route) => route.engineerId === engineerId)
    .flatMap(({ stops }) => stops.flatMap(({ parts }) => parts))
    .filter((use) => use.sku === sku && use.source === PartSource.ON_HAND)
    .reduce((sum, use) => sum + use.quantity, 0);
}

/** The order's stop, its parts from the van as far as they are there, the rest from `centre`; and the stop that fetches it. */
function stopsFor(plan: Plan, order: Order, engineer: Engineer, centre: OperatingCentre | undefined): Stop[] {
  const left = new Map<string, number>();
  const parts = order.parts.flatMap(({ sku, quantity }) => {
    const there = left.get(sku) ?? Math.max(0, free(engineer.stock, sku) - onHand(plan, engineer.id, sku));
    const van = centre ? Math.min(quantity, there) : quantity;
    left.set(sku, there - van);
    return [
      { sku, quantity: van, source: PartSource.ON_HAND },
      { sku, quantity: quantity - van, source: PartSource.CENTRE, operatingCentreId: centre?.id ?? "" },
    ].filter((use) => use.quantity > 0);
  });
  const service = create(StopSchema, { kind: Stop_Kind.SERVICE, orderId: order.id, parts });
  if (!centre) return [service];
  const fetched = parts.filter(({ source }) => source === PartSource.CENTRE);
  const pickUps = fetched.map(({ sku, quantity }) => ({ sku, quantity }));
  const toolIds = order.toolIds.filter((tool) => !engineer.toolIds.includes(tool) && centre.toolIds.includes(tool));
  return [service, create(StopSchema, { kind: Stop_Kind.SUPPLY, operatingCentreId: centre.id, pickUps, toolIds })];
}

/** Plans with the order in place, at canonical times where there are any. `plan` must not serve it. */
export function* insertions(
  request: AssignRequest,
  plan: Plan,
  order: Order,
  engineers: readonly Engineer[] = request.engineers,
): Generator<{ engineer: Engineer; plan: Plan; findings: Finding[] }> {
  const base = untimed(withoutRow(plan, order.id));
  const needs = order.parts.length > 0 || order.toolIds.length > 0;
  const clock = clockOf(request);
  for (const engineer of engineers)
    for (const [shiftIndex, shift] of engineer.shifts.entries()) {
      const route = base.routes.find((other) => other.engineerId === engineer.id && other.shiftIndex === shiftIndex);
      const pauses = shift.breaks.flatMap((pause, breakIndex) =>
        pause.priceMinor === undefined && !isPast(pause, clock)
          ? [{ kind: Stop_Kind.BREAK, breakIndex, end: clock.ticks(pause.window!.end)! }]
          : [],
      );
      const stops =
        route?.stops ??
        pauses.sort((a, b) => a.end - b.end).map(({ kind, breakIndex }) => create(StopSchema, { kind, breakIndex }));
      for (const centre of [undefined, ...(needs ? request.operatingCentres : [])]) {
        const [service, supply] = stopsFor(base, order, engineer, centre);
        // A stop at a centre for nothing is no supply stop, even where the way by it is the shorter one.
        if (supply && supply.pickUps.length + supply.toolIds.length === 0) continue;
        for (let at = 0; at <= stops.length; at++)
          for (let before = supply ? 0 : at; before <= at; before++) {
            const all = stops.toSpliced(at, 0, service!);
            if (supply) all.splice(before, 0, supply);
            const changed = create(RouteSchema, { engineerId: engineer.id, shiftIndex, stops: all });
            const { timed } = retime(request, clone(PlanSchema, withRoute(base, changed)));
            yield { engineer, plan: timed, findings: check(request, timed) };
          }
      }
    }
}
