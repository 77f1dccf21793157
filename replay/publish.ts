// A plan becomes what engineers do and customers are told.
import { ticksOf } from "../datasets/day/day-file.ts";
import { type Plan, type Stop, Stop_Kind } from "../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { OrderState, Promised, Track, World } from "./world.ts";

/** A customer notices an engineer's arrival that moves by more than this, seconds. */
const NOTICED_S = 900;

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
        tell(world, world.orders.get(stop.orderId)!, {
          engineerId: track.engineer.id,
          start: ticksOf(stop.start!, tps),
        });
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

function tell(world: World, state: OrderState, next: Promised): void {
  state.answeredAt ??= world.now;
  if (state.promised && !notices(world, state, next)) return;
  if (state.promised) state.changes++;
  state.promised = next;
}

/** Whether the customer was promised something else. */
export function notices({ ticksPerSecond }: World, { promised }: OrderState, next: Promised): boolean {
  if (!promised) return false;
  const moved = Math.abs(promised.start - next.start) > NOTICED_S * ticksPerSecond;
  return moved || promised.engineerId !== next.engineerId;
}

/** Nobody comes after all. */
export function takeBack(state: OrderState): void {
  if (!state.promised) return;
  state.changes++;
  state.promised = undefined;
}
