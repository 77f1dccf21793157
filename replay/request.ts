// What a solver is asked in the middle of a day: everything that is known, and nothing else.
import { clone, create } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";
import { ticksOf } from "../datasets/day/day-file.ts";
import { type AssignRequest, AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { EngineerSchema } from "../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { type Order, OrderSchema } from "../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { PlanSchema, RouteSchema, type Stop, Stop_Kind, Stop_Lock, StopSchema } from "../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { type Policy, SearchOptions_Mode, SearchOptionsSchema } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { doneStop, timeOf } from "./execute.ts";
import { slowed } from "./traffic.ts";
import type { Track, World } from "./world.ts";

/** How hard to look; with iterations the same seed gives the same plan. */
export interface Search {
  readonly iterations?: number | undefined;
  readonly timeLimitMs?: number | undefined;
  readonly seed: number;
}

/** The lock of a stop to come. */
export type LockOf = (stop: Stop, track: Track) => Stop_Lock;

/** The request at `world.now`: stops that are over are DONE, those under way STARTED, those to come as `lockOf` says. */
export function requestOf(world: World, policy: Policy | undefined, search: Search, lockOf: LockOf): AssignRequest {
  const tps = world.ticksPerSecond;
  const planned = new Set(world.tracks.flatMap(visited));
  const orders = [...world.orders.values()].filter(
    (state) => state.status !== "cancelled" && (planned.has(state.order.id) || !isPast(world, state.order)),
  );
  const byEngineer = new Map(world.tracks.map((track) => [track.engineer.id, track.engineer]));
  const { $typeName: _, ...fixed } = world.start;
  return create(AssignRequestSchema, {
    ...fixed,
    now: timeOf(world.now, tps),
    orders: orders.map(({ order, promised }) => (promised ? withinTheDay(world, order) : order)),
    engineers: [...byEngineer.values()].map((engineer) => {
      const copy = clone(EngineerSchema, engineer);
      for (const track of world.tracks) if (track.engineer === engineer) limitShift(world, track, copy);
      return copy;
    }),
    operatingCentres: [...world.centres],
    ...(world.traffic !== 100 && { travel: slowed(world.start.travel, world.traffic)! }),
    ...(policy && { policy }),
    currentPlan: create(PlanSchema, { routes: routesOf(world, lockOf) }),
    search: create(SearchOptionsSchema, {
      mode: SearchOptions_Mode.ROUTE,
      seed: BigInt(search.seed),
      workers: 1,
      ...(search.iterations !== undefined && { iterations: BigInt(search.iterations) }),
      ...(search.timeLimitMs !== undefined && { timeLimit: timeOf(search.timeLimitMs, 1_000) }),
    }),
  });
}

/** Orders of stops that are over, under way or published. */
function visited({ done, underWay, queue }: Track): string[] {
  return [...done, ...(underWay ? [underWay.stop] : []), ...queue]
    .filter(({ kind }) => kind === Stop_Kind.SERVICE)
    .map(({ orderId }) => orderId);
}

/** No window is left in which service could begin. */
export function isPast(world: World, order: Order): boolean {
  const tps = world.ticksPerSecond;
  const grace = order.latenessGrace ? ticksOf(order.latenessGrace, tps) : 0;
  return order.windows.length > 0 && order.windows.every(({ end }) => ticksOf(end!, tps) + grace < world.now);
}

/** A promised order may become late instead of being left out, for as long as anybody works. */
export function withinTheDay(world: World, order: Order): Order {
  if (order.windows.length === 0) return order;
  const tps = world.ticksPerSecond;
  const lastEnd = Math.max(...order.windows.map(({ end }) => ticksOf(end!, tps)));
  const grace = order.latenessGrace ? ticksOf(order.latenessGrace, tps) : 0;
  const most = Math.max(...world.tracks.map(({ end }) => end)) - lastEnd;
  if (most <= grace) return order;
  const late = clone(OrderSchema, order);
  late.latenessGrace = create(DurationSchema, timeOf(most, tps));
  return late;
}

/** Shifts that are over take nothing more; those that run longer than they should may end. */
function limitShift(world: World, track: Track, engineer: { shifts: Track["shift"][] }): void {
  const tps = world.ticksPerSecond;
  const shift = engineer.shifts[track.shiftIndex]!;
  const begun = track.done.length > 0 || track.underWay !== undefined;
  if (!begun) shift.startPlace = track.place;
  const free = track.underWay?.expectedFinish ?? track.free;
  const services = visited({ ...track, queue: [] } as Track).length;
  if (track.over) shift.maxOrders = services;
  if (track.over && !begun) {
    shift.time!.end = shift.time!.start!;
    delete shift.maxOvertime;
    return;
  }
  if (!begun) return;
  const home = shift.endPlace ? homeOf(world, track) : 0;
  const overtime = shift.maxOvertime ? ticksOf(shift.maxOvertime, tps) : 0;
  const back = Math.max(free, world.now) + home;
  const over = back - ticksOf(shift.time!.end!, tps);
  if (over > overtime) {
    shift.maxOvertime = create(DurationSchema, timeOf(over, tps));
    shift.maxOrders = services;
  }
}

function homeOf(world: World, { place, shift, engineer }: Track): number {
  const { travel } = world;
  return Math.max(0, travel.duration(engineer.vehicleMode, travel.row(place), travel.row(shift.endPlace!)));
}

function locked(stop: Stop, lock: Stop_Lock): Stop {
  const copy = clone(StopSchema, stop);
  copy.lock = lock;
  return copy;
}

function routesOf(world: World, lockOf: LockOf) {
  return world.tracks.flatMap((track) => {
    const { underWay } = track;
    const queue = track.over ? [] : track.queue;
    if (track.done.length + queue.length === 0 && !underWay) return [];
    const started = underWay
      ? [doneStop(world, track, { ...underWay, finish: Math.max(world.now, underWay.expectedFinish) }, Stop_Lock.STARTED)]
      : [];
    const departure = timeOf(track.left ?? Math.max(track.departure, world.now), world.ticksPerSecond);
    return create(RouteSchema, {
      engineerId: track.engineer.id,
      shiftIndex: track.shiftIndex,
      departure,
      stops: [...track.done, ...started, ...queue.map((stop) => locked(stop, lockOf(stop, track)))],
    });
  });
}
