// What a solver is asked in the middle of a day: everything that is known, and nothing else.
import { clone, create } from "@bufbuild/protobuf";
import { DurationSchema, TimestampSchema } from "@bufbuild/protobuf/wkt";
import { ticksOf } from "../datasets/day/day-file.ts";
import { type AssignRequest, AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Engineer, EngineerSchema, type Shift } from "../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { type Order, OrderSchema } from "../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import {
  PlanSchema,
  RouteSchema,
  type Stop,
  Stop_Kind,
  Stop_Lock,
  StopSchema,
} from "../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import {
  CriterionSettingSchema,
  type Policy,
  PolicySchema,
  SearchOptions_Mode,
  SearchOptionsSchema,
} from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { doneStop, timeOf } from "./execute.ts";
import { slowed } from "./traffic.ts";
import { drive, type Track, type World } from "./world.ts";

/** Of an order, by the contract. */
const HIGHEST_PRIORITY = 100;

/** How hard to look; with iterations the same seed gives the same plan. */
export interface Search {
  readonly iterations?: number | undefined;
  readonly timeLimitMs?: number | undefined;
  readonly seed: number;
}

/** The lock of a stop to come. */
export type LockOf = (stop: Stop, track: Track) => Stop_Lock;

/** How a plan is made: INSERT and REOPTIMIZE keep the published plan as it stands, ROUTE begins with it and may also lend parts. */
export type PlanMode = SearchOptions_Mode.INSERT | SearchOptions_Mode.REOPTIMIZE | SearchOptions_Mode.ROUTE;

/** The request at `world.now`: stops that are over are DONE, those under way STARTED, those to come as `lockOf` says. */
export function requestOf(
  world: World,
  policy: Policy | undefined,
  changeCostS: number,
  search: Search,
  mode: PlanMode,
  lockOf: LockOf,
): AssignRequest {
  const tps = world.ticksPerSecond;
  const inherits = mode !== SearchOptions_Mode.ROUTE;
  const planned = new Set(world.tracks.flatMap(visited));
  const orders = [...world.orders.values()].filter(
    (state) => state.status !== "cancelled" && (planned.has(state.order.id) || !isPast(world, state.order)),
  );
  const byEngineer = new Map(world.tracks.map((track) => [track.engineer.id, track.engineer]));
  const { $typeName: _, ...fixed } = world.start;
  return create(AssignRequestSchema, {
    ...fixed,
    now: timeOf(world.now, tps),
    // What INSERT and REOPTIMIZE inherit by themselves has to be allowed in ROUTE.
    orders: orders.map(({ order, promised }) =>
      promised ? kept(inherits ? order : withinTheDay(world, order)) : order,
    ),
    engineers: [...byEngineer.values()].map((engineer) => {
      const copy = clone(EngineerSchema, engineer);
      for (const track of world.tracks)
        if (track.engineer === engineer) {
          endShift(track, copy.shifts[track.shiftIndex]!);
          if (!inherits) allowWayHome(world, track, copy);
        }
      return copy;
    }),
    operatingCentres: [...world.centres],
    ...(world.traffic !== 100 && { travel: slowed(world.start.travel, world.traffic)! }),
    policy: withPromises(world, policy ?? world.start.policy, changeCostS),
    currentPlan: create(PlanSchema, { routes: routesOf(world, lockOf) }),
    search: create(SearchOptionsSchema, {
      mode,
      seed: BigInt(search.seed),
      workers: 1,
      ...(search.iterations !== undefined && { iterations: BigInt(search.iterations) }),
      ...(search.timeLimitMs !== undefined && { timeLimit: timeOf(search.timeLimitMs, 1_000) }),
    }),
  });
}

/**
 * What customers see of a plan costs in the plan: another engineer, a begin outside the window told, `changeCostS` seconds each. A
 * policy that sets plan_stability itself stands.
 */
function withPromises(
  { ticksPerSecond, promiseTicks }: World,
  policy: Policy | undefined,
  changeCostS: number,
): Policy {
  const own = policy ? clone(PolicySchema, policy) : create(PolicySchema);
  if (own.criteria.some(({ id }) => id === "plan_stability")) return own;
  const params = { start_s: changeCostS, tolerance_s: Math.floor(promiseTicks / 2 / ticksPerSecond) };
  own.criteria.push(create(CriterionSettingSchema, { id: "plan_stability", weightS: changeCostS, params }));
  return own;
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

/** A promised order is left out before nothing else: no newer one is worth more, and no price makes up for it. */
function kept(order: Order): Order {
  const copy = clone(OrderSchema, order);
  copy.priority = HIGHEST_PRIORITY;
  delete copy.priceMinor;
  return copy;
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

/** A shift that is over takes nothing more, one that has not begun begins where its engineer is. */
function endShift(track: Track, shift: Shift): void {
  const begun = track.done.length > 0 || track.underWay !== undefined;
  if (!begun) shift.startPlace = track.place;
  if (!track.over) return;
  shift.maxOrders = visited({ ...track, queue: [] }).length;
  if (begun) return;
  shift.time!.end = shift.time!.start!;
  delete shift.maxOvertime;
}

/** An engineer on the way may go home, however far that has become; breaks that can no longer be had are not asked for. */
function allowWayHome(world: World, track: Track, engineer: Engineer): void {
  if (track.done.length === 0 && !track.underWay) return;
  const tps = world.ticksPerSecond;
  const shift = engineer.shifts[track.shiftIndex]!;
  const free = Math.max(world.now, track.underWay?.expectedFinish ?? track.free);
  forgivePastBreaks(world, track, shift, free);
  const home = shift.endPlace ? drive(world, track.engineer, track.place, shift.endPlace, free) : 0;
  if (engineer.maxLegDuration && home > ticksOf(engineer.maxLegDuration, tps))
    engineer.maxLegDuration = create(DurationSchema, timeOf(home, tps));
  const overtime = shift.maxOvertime ? ticksOf(shift.maxOvertime, tps) : 0;
  const over = free + home - ticksOf(shift.time!.end!, tps);
  if (over <= overtime) return;
  shift.maxOvertime = create(DurationSchema, timeOf(over, tps));
  shift.maxOrders = visited({ ...track, queue: [] }).length;
  for (const pause of shift.breaks) pause.priceMinor ??= 0n;
}

/** Breaks that were had, or whose window ends before the engineer is `free`, ticks after 1970, become optional at no price. */
export function forgivePastBreaks(world: World, track: Track, shift: Shift, free: number): void {
  const had = new Set(
    [...track.done, ...(track.underWay ? [track.underWay.stop] : [])]
      .filter(({ kind }) => kind === Stop_Kind.BREAK)
      .map(({ breakIndex }) => breakIndex),
  );
  for (const [index, pause] of shift.breaks.entries())
    if (had.has(index) || ticksOf(pause.window!.end!, world.ticksPerSecond) < free) pause.priceMinor ??= 0n;
}

/** A stop to come, with the begin that its customer was told instead of the one that was planned. */
function locked(world: World, stop: Stop, lock: Stop_Lock): Stop {
  const copy = clone(StopSchema, stop);
  copy.lock = lock;
  const promised = world.orders.get(stop.orderId)?.promised;
  if (promised) copy.start = create(TimestampSchema, timeOf(promised.middle, world.ticksPerSecond));
  return copy;
}

function routesOf(world: World, lockOf: LockOf) {
  return world.tracks.flatMap((track) => {
    const { underWay } = track;
    const queue = track.over ? [] : track.queue;
    if (track.done.length + queue.length === 0 && !underWay) return [];
    const started = underWay
      ? [
          doneStop(
            world,
            track,
            { ...underWay, finish: Math.max(world.now, underWay.expectedFinish) },
            Stop_Lock.STARTED,
          ),
        ]
      : [];
    const departure = timeOf(track.left ?? Math.max(track.departure, world.now), world.ticksPerSecond);
    return create(RouteSchema, {
      engineerId: track.engineer.id,
      shiftIndex: track.shiftIndex,
      departure,
      stops: [...track.done, ...started, ...queue.map((stop) => locked(world, stop, lockOf(stop, track)))],
    });
  });
}
