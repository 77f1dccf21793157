// Who was where when on a replayed day, and how every order stood: what a map of the day is drawn from.

import { ticksOf } from "../datasets/day/day-file.ts";
import type { Place } from "../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { Stop_Kind } from "../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { World } from "./world.ts";

/** One stop of an engineer; times in seconds after 1970. */
export interface TracedStop {
  readonly place: Place;
  readonly leave: number;
  readonly arrival: number;
  readonly start: number;
  readonly finish: number;
  readonly kind: "service" | "supply" | "loan" | "break";
  readonly orderId: string;
}

/** One engineer's shift. */
export interface TracedShift {
  readonly engineerId: string;
  readonly start: Place;
  readonly stops: readonly TracedStop[];
}

/** One order; undefined is never. */
export interface TracedOrder {
  readonly id: string;
  readonly place: Place;
  readonly created: number;
  readonly answered: number | undefined;
  readonly cancelled: number | undefined;
  readonly begin: number | undefined;
  readonly finish: number | undefined;
  readonly late: boolean;
}

export interface Trace {
  /** Seconds after 1970. */
  readonly begin: number;
  readonly end: number;
  readonly timeZone: string;
  readonly shifts: readonly TracedShift[];
  readonly orders: readonly TracedOrder[];
  readonly centres: readonly Place[];
}

const KINDS = {
  [Stop_Kind.UNSPECIFIED]: "service",
  [Stop_Kind.SERVICE]: "service",
  [Stop_Kind.SUPPLY]: "supply",
  [Stop_Kind.LOAN]: "loan",
  [Stop_Kind.BREAK]: "break",
} as const;

/** The trace of a day that is over. */
export function traceOf(world: World): Trace {
  const tps = world.ticksPerSecond;
  const begin = ticksOf(world.start.now!, tps) / tps;
  const shifts = world.tracks.map(({ engineer, shiftIndex, done }): TracedShift => {
    // The shift as the day's start has it: the track's own place has moved on.
    const given = world.start.engineers.find(({ id }) => id === engineer.id)!.shifts[shiftIndex]!;
    const stops = done.map((stop): TracedStop => {
      const seconds = (time: Parameters<typeof ticksOf>[0] | undefined) => ticksOf(time!, tps) / tps;
      const arrival = seconds(stop.arrival);
      return {
        place: stop.place!,
        leave: arrival - seconds(stop.leg?.duration),
        arrival,
        start: seconds(stop.start),
        finish: seconds(stop.departure),
        kind: KINDS[stop.kind],
        orderId: stop.orderId,
      };
    });
    return { engineerId: engineer.id, start: given.startPlace!, stops };
  });
  const orders = [...world.orders.values()].map(
    ({ order, createdAt, answeredAt, cancelledAt, service }): TracedOrder => ({
      id: order.id,
      place: order.place!,
      created: createdAt / tps,
      answered: answeredAt === undefined ? undefined : answeredAt / tps,
      cancelled: cancelledAt === undefined ? undefined : cancelledAt / tps,
      begin: service && service.start / tps,
      finish: service && service.finish / tps,
      late: (service?.lateness ?? 0) > 0,
    }),
  );
  const ends = [...shifts.flatMap(({ stops }) => stops.map(({ finish }) => finish)), world.now / tps];
  return {
    begin,
    end: Math.max(begin, ...ends),
    timeZone: world.start.timeZone,
    shifts,
    orders,
    centres: world.centres.map(({ place }) => place!),
  };
}
