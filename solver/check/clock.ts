// Timestamps and durations of one request as ticks after the whole second of `now`.
import { create } from "@bufbuild/protobuf";
import { type Duration, DurationSchema, type Timestamp, TimestampSchema } from "@bufbuild/protobuf/wkt";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { TimeWindow } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";

/** A span of ticks, both ends inclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Clock {
  readonly ticksPerSecond: number;
  /** The moment the plan is made for, in ticks. */
  readonly now: number;
  /** Ticks of a moment; undefined when it is missing; with a fraction when it is not a whole tick. */
  ticks(moment: Timestamp | undefined): number | undefined;
  /** Ticks of a duration; 0 when it is missing. */
  length(duration: Duration | undefined): number;
  /** Undefined when an end is missing. */
  span(window: TimeWindow | undefined): Span | undefined;
  /** The moment of a tick. */
  moment(ticks: number): Timestamp;
  /** So many ticks, >= 0. */
  duration(ticks: number): Duration;
  /** A moment for people. */
  text(ticks: number | undefined): string;
}

/** The clock of a request. A tick that no nanosecond hits is written as a nanosecond next to it. */
export function clockOf(request: AssignRequest): Clock {
  const ticksPerSecond = request.ticksPerSecond || 1;
  const origin = request.now?.seconds ?? 0n;
  const fraction = (nanos: number) => {
    const exact = (nanos * ticksPerSecond) / 1e9;
    const whole = Math.round(exact);
    return Math.abs((whole * 1e9) / ticksPerSecond - nanos) < 1 ? whole : exact;
  };
  const ticks = (moment: Timestamp | undefined) =>
    moment && Number(moment.seconds - origin) * ticksPerSecond + fraction(moment.nanos);
  const parts = (ticks: number) => {
    const seconds = Math.floor(ticks / ticksPerSecond);
    return {
      seconds: BigInt(seconds),
      nanos: Math.round(((ticks - seconds * ticksPerSecond) * 1e9) / ticksPerSecond),
    };
  };
  return {
    ticksPerSecond,
    now: fraction(request.now?.nanos ?? 0),
    ticks,
    length: (duration) =>
      duration === undefined ? 0 : Number(duration.seconds) * ticksPerSecond + fraction(duration.nanos),
    span: (window) => {
      const start = ticks(window?.start);
      const end = ticks(window?.end);
      return start === undefined || end === undefined ? undefined : { start, end };
    },
    moment: (value) => {
      const { seconds, nanos } = parts(value);
      return create(TimestampSchema, { seconds: origin + seconds, nanos });
    },
    duration: (value) => create(DurationSchema, parts(value)),
    text: (value) => {
      if (value === undefined) return "missing";
      const date = new Date((Number(origin) + value / ticksPerSecond) * 1000);
      return Number.isNaN(date.getTime()) ? `tick ${value}` : `${date.toISOString()} (tick ${value})`;
    },
  };
}

/** Negative when `a` is before `b`, 0 when equal. */
export function compareMoments(a: Timestamp, b: Timestamp): number {
  return a.seconds === b.seconds ? a.nanos - b.nanos : a.seconds < b.seconds ? -1 : 1;
}
