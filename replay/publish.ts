// A plan becomes what engineers do and customers are told.
import { ticksOf } from "../datasets/day/day-file.ts";
import type { Order } from "../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { type Plan, type Stop, Stop_Kind } from "../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { OrderState, Promised, Track, World } from "./world.ts";

/**
 * Publishes the stops to come of `plan`; of orders that nobody has been promised yet only those that `commit` accepts. An engineer who
 * declines an order does so now.
 *
 * @returns true when somebody declined, so that the plan has to be made again.
 */
export function publish(world: World, plan: Plan, commit: (orderId: string) => boolean = () => true): boolean {
  const tps = world.ticksPerSecond;
  let declined = false;
  const told = new Set<string>();
  for (const track of world.tracks) {
    const route = plan.routes.find((each) => isRouteOf(track, each));
    const head = track.done.length + (track.underWay ? 1 : 0);
    const stops = (route?.stops.slice(head) ?? []).filter((stop) => {
      if (stop.kind !== Stop_Kind.SERVICE) return true;
      const state = world.orders.get(stop.orderId)!;
      if (declines(world, state, track)) {
        declined = true;
        return false;
      }
      return state.promised !== undefined || commit(stop.orderId);
    });
    track.queue = untilLastService(stops);
    if (route?.departure) track.departure = ticksOf(route.departure, tps);
    for (const stop of track.queue)
      if (stop.kind === Stop_Kind.SERVICE) {
        told.add(stop.orderId);
        tell(world, world.orders.get(stop.orderId)!, track.engineer.id, ticksOf(stop.start!, tps));
      }
  }
  for (const [id, state] of world.orders) if (state.status === "open" && !told.has(id)) takeBack(state);
  return declined;
}

export const isRouteOf = (track: Track, route: { engineerId: string; shiftIndex: number }) =>
  route.engineerId === track.engineer.id && route.shiftIndex === track.shiftIndex;

/** Supply stops and breaks behind the last service serve nobody yet: breaks stay, the others are planned again. */
function untilLastService(stops: readonly Stop[]): Stop[] {
  const last = stops.findLastIndex(({ kind }) => kind === Stop_Kind.SERVICE);
  return stops.filter(({ kind }, index) => index <= last || kind === Stop_Kind.BREAK);
}

function declines(world: World, state: OrderState, track: Track): boolean {
  const { id } = track.engineer;
  if (!world.fates.get(state.order.id)?.declinedBy.has(id) || state.order.declinedEngineerIds.includes(id))
    return false;
  state.order.declinedEngineerIds.push(id);
  return true;
}

function tell(world: World, state: OrderState, engineerId: string, start: number): void {
  state.answeredAt ??= world.now;
  if (state.promised) notice(world, state, engineerId, start);
  else state.promised = promiseOf(world, state.order, engineerId, start);
}

/**
 * The customer is told the window of the order that service begins in; of a longer one a part around the begin, of a shorter one, or
 * where service begins outside all of them, as much around it as everybody is told.
 */
function promiseOf({ ticksPerSecond, promiseTicks }: World, order: Order, engineerId: string, start: number): Promised {
  const half = promiseTicks / 2;
  for (const window of order.windows) {
    const [first, last] = [ticksOf(window.start!, ticksPerSecond), ticksOf(window.end!, ticksPerSecond)];
    if (start < first || last < start) continue;
    const middle =
      last - first <= promiseTicks ? (first + last) / 2 : Math.min(Math.max(start, first + half), last - half);
    return { engineerId, middle: Math.round(middle) };
  }
  return { engineerId, middle: start };
}

/** What a customer who was promised a visit hears when `engineerId` begins at `start`: nothing, where it is as promised. */
export function notice(world: World, state: OrderState, engineerId: string, start: number): void {
  const change = changeOf(world, state, engineerId, start);
  if (change === undefined) return;
  state.changes[change]++;
  state.promised = promiseOf(world, state.order, engineerId, start);
}

/** How that differs from what the customer was promised; undefined: it does not, or nothing was. */
export function changeOf(
  { promiseTicks }: World,
  { promised }: OrderState,
  engineerId: string,
  start: number,
): "engineer" | "time" | undefined {
  if (!promised) return undefined;
  if (promised.engineerId !== engineerId) return "engineer";
  return 2 * Math.abs(promised.middle - start) > promiseTicks ? "time" : undefined;
}

/** Nobody comes after all. */
export function takeBack(state: OrderState): void {
  if (!state.promised) return;
  state.changes.nobody++;
  state.promised = undefined;
}
