// What happens to a running plan: time passes, orders are cancelled, engineers leave, lose a skill or their stock, limits become tighter.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Stop, Stop_Kind, Stop_Lock } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { Draws } from "./draws.ts";

/** Changes `request` in place by some random events. */
export function strike(request: AssignRequest, draws: Draws): void {
  const { chance, whole } = draws;
  if (chance(60)) delay(request, whole(1, 40));
  if (chance(40)) for (const { id } of draws.some(free(request), 15)) cancel(request, id);
  if (chance(25) && request.engineers.length > 1) dismiss(request, draws.one(request.engineers).id);
  for (const engineer of request.engineers) {
    if (chance(15)) engineer.skills = engineer.skills.slice(1);
    if (chance(10)) engineer.stock = [];
    if (chance(8)) engineer.maxOrders = whole(0, 3);
    for (const shift of engineer.shifts) if (chance(8)) shift.maxOrders = whole(0, 2);
  }
}

/** Moves `now` on by so many per cent of the time that the plan takes. */
function delay(request: AssignRequest, percent: number): void {
  const tps = request.ticksPerSecond || 1;
  const seconds = (request.currentPlan?.routes ?? []).flatMap(({ departure, arrival }) => [
    Number(departure!.seconds),
    Number(arrival!.seconds),
  ]);
  if (seconds.length === 0) return;
  const ticks = Math.round(((Math.max(...seconds) - Math.min(...seconds)) * percent * tps) / 100);
  const nanos = request.now!.nanos + Math.round(((ticks % tps) * 1e9) / tps);
  request.now!.seconds += BigInt(Math.floor(ticks / tps) + Math.floor(nanos / 1e9));
  request.now!.nanos = nanos % 1e9;
}

/** Orders that nobody has begun. */
function free({ orders, currentPlan }: AssignRequest) {
  const begun = new Set(
    (currentPlan?.routes ?? []).flatMap(({ stops }) =>
      stops.flatMap((stop) => (stop.lock >= Stop_Lock.SEQUENCE ? [stop.orderId] : [])),
    ),
  );
  return orders.filter(({ id }) => !begun.has(id));
}

function cancel(request: AssignRequest, orderId: string): void {
  request.orders = request.orders.filter(({ id }) => id !== orderId);
  for (const route of request.currentPlan!.routes)
    route.stops = route.stops.filter((stop) => stop.kind !== Stop_Kind.SERVICE || stop.orderId !== orderId);
}

/** The engineer leaves with everything; what is done stays done. Who has met somebody stays. */
function dismiss(request: AssignRequest, engineerId: string): void {
  const meets = ({ loan }: Stop) => loan?.lenderEngineerId === engineerId || loan?.borrowerEngineerId === engineerId;
  const routes = request.currentPlan!.routes;
  if (routes.some(({ stops }) => stops.some((stop) => stop.lock >= Stop_Lock.SEQUENCE && meets(stop)))) return;
  for (const route of routes) {
    route.stops = route.stops.filter((stop) => !meets(stop));
    for (const stop of route.stops) stop.parts = stop.parts.filter((use) => use.lenderEngineerId !== engineerId);
  }
  const done = request
    .currentPlan!.routes.filter((route) => route.engineerId === engineerId)
    .flatMap(({ stops }) => stops.filter(({ lock }) => lock >= Stop_Lock.STARTED).map(({ orderId }) => orderId));
  request.orders = request.orders.filter(({ id }) => !done.includes(id));
  request.engineers = request.engineers.filter(({ id }) => id !== engineerId);
  request.currentPlan!.routes = request.currentPlan!.routes.filter((route) => route.engineerId !== engineerId);
  for (const order of request.orders) delete order.engineerPreference;
}
