// How a day goes: engineers set out, arrive, wait, work as long as it really takes, and go on.
import { create } from "@bufbuild/protobuf";
import { ticksOf } from "../datasets/day/day-file.ts";
import { StockSchema } from "../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Place } from "../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { PartSource, type Stop, Stop_Kind, Stop_Lock, StopSchema } from "../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { notice } from "./publish.ts";
import { drive, type Track, type UnderWay, type World } from "./world.ts";

/** Times of a stop if its engineer sets out at `leave`. */
interface Visit {
  readonly place: Place;
  readonly leg: number;
  readonly distance: number;
  readonly setup: number;
  readonly start: number;
  readonly planned: number;
  /** Start past the last window's end without grace, at least 0. */
  readonly lateness: number;
}

/** When the next thing happens on a track: its stop ends, or the engineer sets out; undefined: nothing is planned. */
export function nextOf(world: World, track: Track): number | undefined {
  if (track.underWay) return track.underWay.finish;
  const [stop] = track.queue;
  if (!stop || track.over) return undefined;
  return setOut(world, track, stop);
}

/** Engineers set out when they are free, but not so early that they would wait at the door; to a meeting both at one moment. */
function setOut(world: World, track: Track, stop: Stop): number | undefined {
  if (stop.kind === Stop_Kind.LOAN) {
    const other = meetingOf(world, track, stop);
    if (!other) return world.now;
    if (other.underWay || !sameLoan(other.queue[0]!, stop)) return undefined;
    return Math.max(freeAt(world, track), freeAt(world, other));
  }
  const soonest = freeAt(world, track);
  const visit = visitOf(world, track, stop, soonest);
  return Math.max(soonest, visit.start - visit.setup - visit.leg);
}

function freeAt(world: World, track: Track): number {
  const first = track.left === undefined ? Math.max(track.begin, track.departure) : 0;
  return Math.max(world.now, track.free, first);
}

/** The track on which the other engineer of a meeting is to come, too; undefined when nobody comes any more. */
function meetingOf(world: World, track: Track, stop: Stop): Track | undefined {
  return world.tracks.find((each) => each !== track && !each.over && each.queue.some((other) => sameLoan(other, stop)));
}

/** The two stops of one meeting: nobody lends the same parts to the same engineer twice at one place without the first being over. */
function sameLoan({ loan: one }: Stop, { loan: other }: Stop): boolean {
  const words = (loan: NonNullable<Stop["loan"]>) =>
    [
      loan.lenderEngineerId,
      loan.borrowerEngineerId,
      ...loan.parts.map(({ sku, quantity }) => `${sku}*${quantity}`),
    ].join("\n");
  return one !== undefined && other !== undefined && words(one) === words(other);
}

/** Lets what is due on a track happen. */
export function advance(world: World, track: Track): void {
  const [stop] = track.queue;
  if (track.underWay) finish(world, track, track.underWay);
  else if (stop?.kind === Stop_Kind.LOAN) meet(world, track, stop);
  else leave(world, track);
}

/** Both set out; who comes first waits. Where the other one will not come, the meeting is off. */
function meet(world: World, track: Track, stop: Stop): void {
  const other = meetingOf(world, track, stop);
  if (!other) {
    track.queue.shift();
    track.stoodUpBy.add(stop.loan!.lenderEngineerId);
    return;
  }
  const both = [track, other];
  const begin = Math.max(...both.map((each) => visitOf(world, each, stop, world.now).start));
  for (const each of both) leave(world, each, begin);
}

function leave(world: World, track: Track, begin = 0): void {
  const stop = track.queue.shift()!;
  const alone = visitOf(world, track, stop, world.now);
  const visit = { ...alone, start: Math.max(alone.start, begin) };
  const state = world.orders.get(stop.orderId);
  const duration = (state && world.fates.get(stop.orderId)?.duration) ?? visit.planned;
  track.underWay = {
    stop,
    leave: world.now,
    arrival: world.now + visit.leg,
    setup: visit.setup,
    start: visit.start,
    finish: visit.start + duration,
    expectedFinish: visit.start + visit.planned,
  };
  track.left ??= world.now;
  track.travel += visit.leg;
  track.distance += visit.distance;
  track.waiting += visit.start - visit.setup - visit.leg - world.now;
  track.place = visit.place;
  takeParts(world, track, stop);
  if (state) {
    state.status = "under way";
    notice(world, state, track.engineer.id, visit.start);
  }
}

/** Units that a stop takes and gives are booked when its engineer sets out: a plan made meanwhile must not count on them. */
function takeParts(world: World, track: Track, stop: Stop): void {
  const add = (sku: string, quantity: number) => {
    const own = track.engineer.stock.find((stock) => stock.sku === sku);
    if (own) own.quantity = Math.max(0, own.quantity + quantity);
    else if (quantity > 0) track.engineer.stock.push(create(StockSchema, { sku, quantity }));
  };
  for (const { sku, quantity } of stop.parts) add(sku, -quantity);
  const centre = world.centres.find(({ id }) => id === stop.operatingCentreId);
  for (const { sku, quantity } of stop.pickUps) {
    add(sku, quantity);
    const store = centre?.stock.find((stock) => stock.sku === sku);
    if (store && !store.unlimited) store.quantity = Math.max(0, store.quantity - quantity);
  }
  for (const tool of stop.toolIds) if (!track.engineer.toolIds.includes(tool)) track.engineer.toolIds.push(tool);
  const { loan } = stop;
  if (!loan) return;
  const lends = loan.lenderEngineerId === track.engineer.id;
  for (const { sku, quantity } of loan.parts) add(sku, lends ? -quantity : quantity);
  if (lends) world.loans++;
}

function finish(world: World, track: Track, { stop, leave, arrival, setup, start, finish }: UnderWay): void {
  const state = world.orders.get(stop.orderId);
  track.done.push(doneStop(world, track, { stop, leave, arrival, setup, start, finish }));
  track.underWay = undefined;
  track.free = finish;
  if (stop.kind !== Stop_Kind.SERVICE || !state) return;
  track.service += finish - start + setup;
  const fate = world.fates.get(stop.orderId);
  for (const { sku, quantity } of stop.parts) {
    const own = track.engineer.stock.find((stock) => stock.sku === sku);
    const used = fate?.used.get(sku);
    if (own && used !== undefined) own.quantity = Math.max(0, own.quantity + quantity - used);
  }
  state.status = "served";
  state.service = {
    engineerId: track.engineer.id,
    start,
    finish,
    lateness: latenessOf(windowsOf(world, stop), start),
    partsThere:
      (fate?.missing.size ?? 0) === 0 &&
      !stop.parts.some(
        ({ source, lenderEngineerId }) => source === PartSource.LOAN && track.stoodUpBy.has(lenderEngineerId),
      ),
  };
}

/** A stop as it went, as a current plan states it. */
export function doneStop(
  world: World,
  track: Track,
  { stop, leave, arrival, setup, start, finish }: Omit<UnderWay, "expectedFinish">,
  lock: Stop_Lock = Stop_Lock.DONE,
): Stop {
  const time = (ticks: number) => timeOf(ticks, world.ticksPerSecond);
  const { kind, orderId, operatingCentreId, breakIndex, parts, pickUps, toolIds, loan } = stop;
  return create(StopSchema, {
    ...{ kind, orderId, operatingCentreId, breakIndex, parts, pickUps, toolIds, ...(loan && { loan }), lock },
    place: track.place,
    leg: { duration: time(arrival - leave) },
    arrival: time(arrival),
    start: time(start),
    departure: time(finish),
    setup: time(setup),
    waiting: time(start - arrival - setup),
    lateness: time(kind === Stop_Kind.SERVICE ? latenessOf(windowsOf(world, stop), start) : 0),
  });
}

/** A journey ends where it would have led; whoever was to be served there is not. */
export function breakOff(world: World, track: Track): void {
  const { underWay } = track;
  if (!underWay || underWay.start <= world.now) return;
  track.underWay = undefined;
  track.free = Math.max(world.now, underWay.arrival);
  // The part it would have taken stays in the van.
  for (const { sku, quantity } of underWay.stop.parts) {
    const own = track.engineer.stock.find((stock) => stock.sku === sku);
    if (own) own.quantity += quantity;
  }
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly last: number;
}

/** When a stop may begin; empty: always. */
function windowsOf(world: World, stop: Stop, track?: Track): Span[] {
  const tps = world.ticksPerSecond;
  const order = world.orders.get(stop.orderId)?.order;
  const grace = order?.latenessGrace ? ticksOf(order.latenessGrace, tps) : 0;
  const windows =
    stop.kind === Stop_Kind.SERVICE
      ? (order?.windows ?? [])
      : stop.kind === Stop_Kind.SUPPLY
        ? (world.centres.find(({ id }) => id === stop.operatingCentreId)?.openingWindows ?? [])
        : stop.kind === Stop_Kind.BREAK && track
          ? [track.shift.breaks[stop.breakIndex]!.window!]
          : [];
  return windows
    .map((window) => {
      const end = ticksOf(window.end!, tps);
      return { start: ticksOf(window.start!, tps), end, last: end + grace };
    })
    .sort((a, b) => a.start - b.start);
}

function latenessOf(windows: readonly Span[], start: number): number {
  if (windows.length === 0 || windows.some((each) => each.start <= start && start <= each.end)) return 0;
  const ended = windows.filter(({ end }) => end < start).map(({ end }) => end);
  return ended.length === 0 ? 0 : start - Math.max(...ended);
}

function visitOf(world: World, track: Track, stop: Stop, leave: number): Visit {
  const tps = world.ticksPerSecond;
  const length = (duration: Parameters<typeof ticksOf>[0] | undefined) => (duration ? ticksOf(duration, tps) : 0);
  const order = world.orders.get(stop.orderId)?.order;
  const centre = world.centres.find(({ id }) => id === stop.operatingCentreId);
  const pause = stop.kind === Stop_Kind.BREAK ? track.shift.breaks[stop.breakIndex]! : undefined;
  const place =
    order?.place ?? centre?.place ?? pause?.place ?? (stop.kind === Stop_Kind.LOAN ? stop.place! : track.place);
  const { travel } = world;
  const [from, to] = [travel.row(track.place), travel.row(place)];
  const mode = track.engineer.vehicleMode;
  const stays = from === to;
  const leg = drive(world, track.engineer, track.place, place, leave);
  const distance = stays ? 0 : Math.max(0, travel.distance(mode, from, to));
  const setup = order && !stays ? length(order.setupDuration) : 0;
  const ready = leave + leg + setup;
  const windows = windowsOf(world, stop, track);
  // Whoever is too late for every window is served all the same: the customer was promised a visit.
  const window = windows.find(({ last }) => ready <= last);
  const start = window ? Math.max(ready, window.start) : ready;
  const planned = length(order?.serviceDuration ?? centre?.pickDuration ?? pause?.duration) || loanLength(stop, tps);
  return { place, leg, distance, setup, start, planned, lateness: latenessOf(windows, start) };
}

/** A hand-over takes as long as the plan says. */
function loanLength(stop: Stop, tps: number): number {
  return stop.kind === Stop_Kind.LOAN && stop.start && stop.departure
    ? ticksOf(stop.departure, tps) - ticksOf(stop.start, tps)
    : 0;
}

/** Ticks as the init of a Timestamp or a Duration. */
export function timeOf(ticks: number, ticksPerSecond: number): { seconds: bigint; nanos: number } {
  const seconds = Math.floor(ticks / ticksPerSecond);
  return { seconds: BigInt(seconds), nanos: Math.round(((ticks - seconds * ticksPerSecond) * 1e9) / ticksPerSecond) };
}
