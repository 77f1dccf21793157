// The strategy of dispatchers without a solver: each order as it comes to the nearest engineer who can take it behind the last stop.
import { clone, create } from "@bufbuild/protobuf";
import { type Draft, openBoard, placeNearest } from "../datasets/baseline.ts";
import { type AssignRequest, AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { EngineerSchema, type Shift } from "../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { TimeWindowSchema } from "../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { PlanSchema, Stop_Kind } from "../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { timeOf } from "./execute.ts";
import { isRouteOf, publish } from "./publish.ts";
import { forgivePastBreaks, isPast, withinTheDay } from "./request.ts";
import { slowed } from "./traffic.ts";
import type { Track, World } from "./world.ts";

/** Gives every open order that nobody has been promised to the nearest engineer, first come first. */
export function placeByDistance(world: World): void {
  const waiting = [...world.orders.values()]
    .filter(({ status, promised, order }) => status === "open" && !promised && !isPast(world, order))
    .sort((a, b) => a.createdAt - b.createdAt || (a.order.id < b.order.id ? -1 : 1));
  if (waiting.length === 0) return;
  const board = openBoard(restOfDay(world), new Map(world.tracks.map((track) => [keyOf(track), servicesOf(track)])));
  for (const { order } of waiting) placeNearest(board, order);
  if (publish(world, planOf(world, board.drafts))) placeByDistance(world);
}

const keyOf = ({ engineer, shiftIndex }: Track) => `${engineer.id}\n${shiftIndex}`;
const servicesOf = ({ queue }: Track) => queue.filter(({ kind }) => kind !== Stop_Kind.BREAK);

/** Only what is left of the day: engineers begin where and when they are free. */
function restOfDay(world: World): AssignRequest {
  const tps = world.ticksPerSecond;
  const open = [...world.orders.values()].filter(({ status }) => status === "open");
  const engineers = [...new Set(world.tracks.map(({ engineer }) => engineer))].map((engineer) => {
    const copy = clone(EngineerSchema, engineer);
    for (const track of world.tracks)
      if (track.engineer === engineer) shorten(world, track, copy.shifts[track.shiftIndex]!);
    return copy;
  });
  const { $typeName: _, ...fixed } = world.start;
  return create(AssignRequestSchema, {
    ...fixed,
    now: timeOf(world.now, tps),
    orders: open.map(({ order, promised }) => (promised ? withinTheDay(world, order) : order)),
    engineers,
    operatingCentres: [...world.centres],
    ...(world.traffic !== 100 && { travel: slowed(world.start.travel, world.traffic)! }),
  });
}

function shorten(world: World, track: Track, shift: Shift): void {
  const tps = world.ticksPerSecond;
  const free = track.underWay?.expectedFinish ?? Math.max(track.begin, track.free);
  shift.startPlace = track.place;
  shift.time = create(TimeWindowSchema, { start: timeOf(free, tps), end: shift.time!.end! });
  if (track.over) shift.maxOrders = track.queue.length;
  // Optional breaks are not asked for.
  forgivePastBreaks(world, track, shift, Math.max(free, world.now));
}

/** The drafts as a plan whose routes begin with what is over. */
function planOf(world: World, drafts: readonly Draft[]) {
  return create(PlanSchema, {
    routes: world.tracks.map((track) => {
      const route = drafts.find((draft) =>
        isRouteOf(track, { engineerId: draft.crew.engineer.id, shiftIndex: draft.shiftIndex }),
      )?.route;
      const head = [...track.done, ...(track.underWay ? [track.underWay.stop] : [])];
      return {
        engineerId: track.engineer.id,
        shiftIndex: track.shiftIndex,
        ...(route?.departure && { departure: route.departure }),
        stops: [...head, ...(route?.stops ?? track.queue)],
      };
    }),
  });
}
