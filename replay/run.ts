// Replays a day: events and engineers in the order of time, and a strategy that sees only what is known at each moment.
import { setTimeout as sleep } from "node:timers/promises";
import { clone } from "@bufbuild/protobuf";
import { type RecordedDay, ticksOf } from "../datasets/day/day-file.ts";
import type { DayEvent } from "../proto/gen/shanpai/dispatch/v1/day_pb.ts";
import { OrderSchema } from "../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { advance, breakOff, nextOf } from "./execute.ts";
import { type Measures, measuresOf } from "./measures.ts";
import { takeBack } from "./publish.ts";
import { isPast } from "./request.ts";
import { type Assigner, type Desk, STRATEGIES, type StrategyName, type StrategyOptions } from "./strategies.ts";
import { know, openWorld, setTraffic, type Track, type World } from "./world.ts";

export interface ReplayOptions extends StrategyOptions {
  readonly dispatch: StrategyName;
  /** `real`: a simulated second takes a second. */
  readonly speed: "real" | "max";
}

/** A replayed day. */
export interface Replay {
  readonly world: World;
  readonly measures: Measures;
  /** Requests that the solver refused; the plan before stayed then. */
  readonly refused: readonly string[];
}

/** Called whenever the clock moves, with the share of the day that is over, 0 to 1. */
export type OnClock = (world: World, share: number) => void;

/** Replays `day`; with an iteration budget the same seed gives the same decisions. */
export async function replay(
  day: RecordedDay,
  options: ReplayOptions,
  assigner: Assigner,
  onClock: OnClock = () => {},
): Promise<Replay> {
  const world = openWorld(day, options.promiseS);
  const strategy = STRATEGIES[options.dispatch];
  const desk: Desk = { world, assigner, options, refused: [], solves: 0 };
  const tps = world.ticksPerSecond;
  const begin = world.now;
  const end = Math.max(begin, ...world.tracks.map(({ end }) => end));
  const tick = options.everyS * tps;
  const cpu = process.cpuUsage();
  let solverCpuUs = 0;
  const decide = async () => {
    const before = process.cpuUsage();
    await strategy.decide(desk);
    const used = process.cpuUsage(before);
    solverCpuUs += used.user + used.system;
  };
  await decide();
  let next = 0;
  let nextTick = begin + tick;
  const wall = performance.now();
  for (;;) {
    const event = day.events[next];
    const eventAt = event ? ticksOf(event.time!, tps) : Number.POSITIVE_INFINITY;
    const { track, at: trackAt } = soonest(world);
    const tickAt =
      strategy.periodic && nextTick <= end && somethingOpen(world, day, next) ? nextTick : Number.POSITIVE_INFINITY;
    const now = Math.min(eventAt, trackAt, tickAt);
    if (now === Number.POSITIVE_INFINITY) break;
    if (options.speed === "real") await sleep(Math.max(0, ((now - begin) / tps) * 1000 - (performance.now() - wall)));
    world.now = Math.max(world.now, now);
    onClock(world, end === begin ? 1 : Math.min(1, (world.now - begin) / (end - begin)));
    // What engineers do comes before what becomes known at the same moment, and that before a decision.
    if (track && trackAt <= now) advance(world, track);
    else if (eventAt <= now) {
      next++;
      if (happen(world, event!) && !strategy.periodic) await decide();
    } else {
      while (nextTick <= world.now) nextTick += tick;
      await decide();
    }
  }
  const used = process.cpuUsage(cpu);
  const measures = measuresOf(world, {
    responseS: options.responseS,
    cpuS: (used.user + used.system) / 1e6,
    dispatchCpuS: solverCpuUs / 1e6,
    solves: desk.solves,
    refused: desk.refused.length,
  });
  return { world, measures, refused: desk.refused };
}

/** The track on which something happens next; of equal times the first. */
function soonest(world: World): { track: Track | undefined; at: number } {
  let [track, at]: [Track | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
  for (const each of world.tracks) {
    const time = nextOf(world, each);
    if (time !== undefined && time < at) [track, at] = [each, time];
  }
  return { track, at };
}

function somethingOpen(world: World, day: RecordedDay, next: number): boolean {
  if (next < day.events.length) return true;
  return [...world.orders.values()].some(({ status, order }) => status === "open" && !isPast(world, order));
}

/** Lets an event happen; true when a plan may have to change. */
function happen(world: World, { event }: DayEvent): boolean {
  switch (event.case) {
    case "orderCreated":
      know(world, clone(OrderSchema, event.value));
      return true;
    case "orderChanged":
      return change(world, event.value);
    case "orderCancelled":
      return cancel(world, event.value.orderId);
    case "engineerOffShift": {
      const track = trackOf(world, event.value.engineerId, event.value.shiftIndex);
      if (track) end(world, track);
      return track !== undefined;
    }
    case "engineerDroppedOut":
      for (const track of world.tracks)
        if (track.engineer.id === event.value.engineerId) {
          const orderId = track.underWay && track.underWay.start > world.now ? track.underWay.stop.orderId : undefined;
          if (orderId !== undefined) {
            breakOff(world, track);
            reopen(world, orderId);
          }
          end(world, track);
        }
      return true;
    case "engineerAtPlace":
      for (const track of world.tracks)
        if (track.engineer.id === event.value.engineerId && track.left === undefined && world.now <= track.begin)
          track.place = event.value.place!;
      return false;
    case "trafficChanged":
      setTraffic(world, event.value.percent);
      return true;
    default:
      // The rest was read when the world was opened: fates of orders, begins of shifts.
      return false;
  }
}

const trackOf = (world: World, engineerId: string, shiftIndex: number) =>
  world.tracks.find((track) => track.engineer.id === engineerId && track.shiftIndex === shiftIndex);

/** Nothing new begins on the track; what was to come goes back. */
function end(world: World, track: Track): void {
  track.over = true;
  for (const { orderId } of track.queue) reopen(world, orderId);
  track.queue = [];
}

function reopen(world: World, orderId: string): void {
  const state = world.orders.get(orderId);
  if (!state) return;
  state.status = "open";
  takeBack(state);
}

function change(world: World, order: DayEvent["event"]["value"] & { id: string }): boolean {
  const state = world.orders.get(order.id);
  if (state?.status !== "open") return false;
  const next = clone(OrderSchema, order as never);
  next.declinedEngineerIds = [...new Set([...next.declinedEngineerIds, ...state.order.declinedEngineerIds])];
  state.order = next;
  // The customer asked for it: what was promised no longer counts, and its change is not held against the plan.
  state.promised = undefined;
  for (const track of world.tracks) track.queue = track.queue.filter(({ orderId }) => orderId !== order.id);
  return true;
}

function cancel(world: World, orderId: string): boolean {
  const state = world.orders.get(orderId);
  if (!state || state.status === "served" || state.status === "cancelled") return false;
  if (state.status === "under way") {
    const track = world.tracks.find(({ underWay }) => underWay?.stop.orderId === orderId)!;
    if (track.underWay!.start <= world.now) return false;
    breakOff(world, track);
  }
  state.status = "cancelled";
  state.cancelledAt = world.now;
  for (const track of world.tracks) track.queue = track.queue.filter((stop) => stop.orderId !== orderId);
  return true;
}
