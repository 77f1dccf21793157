// The state of a replayed day: what is known, where everybody is, what has been promised, and what nobody knows yet.
import { clone } from "@bufbuild/protobuf";
import { type RecordedDay, ticksOf } from "../datasets/day/day-file.ts";
import { type AssignRequest, AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import {
  type Engineer,
  EngineerSchema,
  type OperatingCentre,
  type Shift,
} from "../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import type { Place } from "../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { Stop } from "../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { legTicks } from "../solver/travel/hours.ts";
import { type Travel, travelOf } from "../solver/travel/travel.ts";
import { slowed } from "./traffic.ts";

/** What the customer was told last: who comes, and a window for the begin of the service. */
export interface Promised {
  readonly engineerId: string;
  /** Middle of the window, ticks after 1970; all windows of a day are as long as each other. */
  readonly middle: number;
}

/** Times a customer heard that another engineer comes, that the same one begins outside the window told, or that nobody comes. */
export interface Changes {
  engineer: number;
  time: number;
  nobody: number;
}

/** How an order was served; ticks. */
export interface Service {
  readonly engineerId: string;
  readonly start: number;
  readonly finish: number;
  readonly lateness: number;
  /** The part that the service needed was there. */
  readonly partsThere: boolean;
}

/** A known order. */
export interface OrderState {
  order: Order;
  /** Ticks after 1970. */
  readonly createdAt: number;
  status: "open" | "under way" | "served" | "cancelled";
  promised: Promised | undefined;
  /** When the customer called it off. */
  cancelledAt: number | undefined;
  /** When the customer first heard who comes. */
  answeredAt: number | undefined;
  readonly changes: Changes;
  service: Service | undefined;
}

/** A stop that its engineer has set out for or is at; ticks after 1970. */
export interface UnderWay {
  readonly stop: Stop;
  readonly leave: number;
  readonly arrival: number;
  readonly setup: number;
  readonly start: number;
  /** Known to the engineer only when it comes. */
  readonly finish: number;
  /** What the plan counts on. */
  readonly expectedFinish: number;
}

/** One engineer's shift as it goes. */
export interface Track {
  /** With the stock and tools that the van holds now. */
  readonly engineer: Engineer;
  readonly shiftIndex: number;
  readonly shift: Shift;
  /** First and last moment at which a journey may begin, ticks after 1970. */
  begin: number;
  end: number;
  /** The engineer has dropped out or ended work: nothing new begins. */
  over: boolean;
  /** Where the engineer is, or was last, and since when nothing is under way. */
  place: Place;
  free: number;
  readonly done: Stop[];
  underWay: UnderWay | undefined;
  /** Stops to come, as published. */
  queue: Stop[];
  /** Lenders who did not come to a meeting. */
  readonly stoodUpBy: Set<string>;
  /** Planned first departure of the shift, ticks after 1970. */
  departure: number;
  /** First departure and totals so far, ticks and metres. */
  left: number | undefined;
  travel: number;
  waiting: number;
  service: number;
  distance: number;
}

/** What happens to an order whoever serves it; hidden from every strategy until it happens. */
export interface Fate {
  duration?: number;
  readonly used: Map<string, number>;
  readonly missing: Set<string>;
  readonly declinedBy: Set<string>;
}

export interface World {
  /** The start, for what never changes: travel, policy, objective, zone. */
  readonly start: AssignRequest;
  readonly ticksPerSecond: number;
  /** Length of the window that customers are told, ticks. */
  readonly promiseTicks: number;
  /** Ticks after 1970. */
  now: number;
  readonly orders: Map<string, OrderState>;
  readonly tracks: readonly Track[];
  readonly centres: readonly OperatingCentre[];
  /** Per cent of the request's travel times. */
  traffic: number;
  travel: Travel;
  readonly fates: ReadonlyMap<string, Fate>;
  /** Hand-overs of parts between engineers that took place. */
  loans: number;
}

/** The world at the begin of a day on which customers are told a window of `promiseS` seconds. */
export function openWorld({ start, events }: RecordedDay, promiseS: number): World {
  const ticksPerSecond = start.ticksPerSecond || 1;
  const own = clone(AssignRequestSchema, start);
  const ticks = (time: Parameters<typeof ticksOf>[0]) => ticksOf(time, ticksPerSecond);
  // Nobody knows that an engineer will be late; the engineer is all the same.
  const reported = new Map(
    events.flatMap(({ time, event }) =>
      event.case === "engineerOnShift"
        ? [[`${event.value.engineerId}\n${event.value.shiftIndex}`, ticks(time!)] as const]
        : [],
    ),
  );
  const tracks = own.engineers.flatMap((engineer) => {
    const shared = clone(EngineerSchema, engineer);
    return shared.shifts.map((shift, shiftIndex): Track => {
      const begin = reported.get(`${engineer.id}\n${shiftIndex}`) ?? ticks(shift.time!.start!);
      return {
        engineer: shared,
        shiftIndex,
        shift,
        begin,
        end: ticks(shift.time!.end!),
        over: false,
        place: shift.startPlace!,
        free: begin,
        done: [],
        underWay: undefined,
        queue: [],
        stoodUpBy: new Set(),
        departure: begin,
        left: undefined,
        travel: 0,
        waiting: 0,
        service: 0,
        distance: 0,
      };
    });
  });
  const world: World = {
    start: own,
    ticksPerSecond,
    promiseTicks: promiseS * ticksPerSecond,
    now: ticks(own.now!),
    orders: new Map(),
    tracks,
    centres: own.operatingCentres,
    traffic: 100,
    travel: travelOf(own),
    fates: fatesOf(events, ticksPerSecond),
    loans: 0,
  };
  for (const order of own.orders) know(world, order);
  return world;
}

/** Ticks of the engineer's leg between two places that begins at `leave`, ticks after 1970; 0 where there is no way. */
export function drive(world: World, { vehicleMode }: Engineer, from: Place, to: Place, leave: number): number {
  const { travel, start, ticksPerSecond } = world;
  const rows = [travel.row(from), travel.row(to)] as const;
  if (rows[0] === rows[1]) return 0;
  return Math.max(0, legTicks(travel, leave - ticksOf(start.now!, ticksPerSecond), vehicleMode, ...rows));
}

/** Takes a new order in. */
export function know(world: World, order: Order): void {
  const createdAt = order.createdAt ? ticksOf(order.createdAt, world.ticksPerSecond) : world.now;
  world.orders.set(order.id, {
    order,
    createdAt,
    status: "open",
    promised: undefined,
    cancelledAt: undefined,
    answeredAt: undefined,
    changes: { engineer: 0, time: 0, nobody: 0 },
    service: undefined,
  });
}

/** Travel times change from now on. */
export function setTraffic(world: World, percent: number): void {
  world.traffic = percent;
  world.travel = travelOf({ ...world.start, travel: slowed(world.start.travel, percent) } as AssignRequest);
}

function fatesOf(events: RecordedDay["events"], ticksPerSecond: number): Map<string, Fate> {
  const fates = new Map<string, Fate>();
  const of = (orderId: string): Fate => {
    let fate = fates.get(orderId);
    if (!fate) {
      fate = { used: new Map(), missing: new Set(), declinedBy: new Set() };
      fates.set(orderId, fate);
    }
    return fate;
  };
  for (const { event } of events)
    switch (event.case) {
      case "serviceFinished":
        if (event.value.duration) of(event.value.orderId).duration = ticksOf(event.value.duration, ticksPerSecond);
        break;
      case "partUsed":
        of(event.value.orderId).used.set(event.value.sku, event.value.quantity);
        break;
      case "partMissing":
        of(event.value.orderId).missing.add(event.value.sku);
        break;
      case "orderDeclined":
        of(event.value.orderId).declinedBy.add(event.value.engineerId);
        break;
    }
  return fates;
}
