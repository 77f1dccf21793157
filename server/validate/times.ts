// Every time and duration of a request: well formed, whole ticks, and all planning times within one horizon.

import type { DescMessage } from "@bufbuild/protobuf";
import { type Duration, DurationSchema, type Timestamp, TimestampSchema } from "@bufbuild/protobuf/wkt";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { TimeWindow } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { NEVER } from "../../solver/layout.ts";
import type { Report } from "./report.ts";

const DAY_S = 86_400;
const HORIZON_S = 31 * DAY_S;
/** Most ticks of the horizon and of any duration: two of them still fit the core's i32. */
export const MAX_TICKS = NEVER - 1;

// google.protobuf.Timestamp: 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
const FIRST_SECOND = -62_135_596_800n;
const LAST_SECOND = 253_402_300_799n;

/** Messages whose times are no planning times but measure the host's clock. */
const CLOCK_MESSAGES = new Set([
  "shanpai.dispatch.v1.SearchOptions",
  "shanpai.dispatch.v1.OsrmTravel",
  "shanpai.dispatch.v1.ValhallaTravel",
]);

type Visit = { name: string; kind: "time" | "duration" | "message" | "list" | "oneof"; inner?: DescMessage };
const visitsOf = new Map<DescMessage, Visit[]>();

/** The fields of a message that can hold a time, so that the walk over big requests looks at nothing else. */
function visits(message: DescMessage): Visit[] {
  let found = visitsOf.get(message);
  if (!found) {
    found = [];
    visitsOf.set(message, found);
    for (const field of message.fields) {
      if (!field.message || field.oneof || field.fieldKind === "map") continue;
      const name = field.localName;
      if (field.message.typeName === TimestampSchema.typeName) found.push({ name, kind: "time" });
      else if (field.message.typeName === DurationSchema.typeName) found.push({ name, kind: "duration" });
      else if (holdsTimes(field.message))
        found.push({ name, kind: field.fieldKind === "list" ? "list" : "message", inner: field.message });
    }
    for (const oneof of message.oneofs)
      if (oneof.fields.some((field) => field.message && holdsTimes(field.message)))
        found.push({ name: oneof.localName, kind: "oneof", inner: message });
  }
  return found;
}

function holdsTimes(message: DescMessage): boolean {
  return !CLOCK_MESSAGES.has(message.typeName) && visits(message).length > 0;
}

/** Reports times and durations that are malformed, negative, too long or no whole number of ticks. */
export function checkTimes(request: AssignRequest, ticksPerSecond: number, report: Report): void {
  const path: PropertyKey[] = [];
  const walk = (message: Record<string, unknown>, desc: DescMessage) => {
    for (const { name, kind, inner } of visits(desc)) {
      const value = message[name];
      if (typeof value !== "object" || value === null) continue;
      path.push(name);
      if (kind === "time") checkTime(value as Timestamp);
      else if (kind === "duration") checkDuration(value as Duration);
      else if (kind === "message") walk(value as Record<string, unknown>, inner!);
      else if (kind === "list") walkList(value as Record<string, unknown>[], inner!);
      else walkOneof(value as { case?: string; value?: Record<string, unknown> }, inner!);
      path.pop();
    }
  };
  const walkList = (list: readonly Record<string, unknown>[], desc: DescMessage) => {
    for (let row = 0; row < list.length; row++) {
      const item = list[row];
      // Rows that are no messages are the schema's to report.
      if (typeof item !== "object" || item === null) continue;
      path.push(row);
      walk(item, desc);
      path.pop();
    }
  };
  const walkOneof = (chosen: { case?: string; value?: Record<string, unknown> }, desc: DescMessage) => {
    const field = desc.fields.find((candidate) => candidate.oneof && candidate.localName === chosen.case);
    if (!field?.message || CLOCK_MESSAGES.has(field.message.typeName)) return;
    path.push("value");
    walk(chosen.value!, field.message);
    path.pop();
  };
  const checkTime = (time: Timestamp) => {
    if (time.seconds < FIRST_SECOND || time.seconds > LAST_SECOND || !isNanos(time.nanos))
      report(path, "INVALID_TIME", `must be a time of the years 1 to 9999, is ${time.seconds} s and ${time.nanos} ns`);
    else checkTicks(time.nanos);
  };
  const checkDuration = ({ seconds, nanos }: Duration) => {
    const ticks = (Number(seconds) + nanos / 1e9) * ticksPerSecond;
    if (seconds > 0n ? !isNanos(nanos) : seconds < 0n ? !isNanos(-nanos) : !isNanos(Math.abs(nanos)))
      report(path, "INVALID_TIME", `must have nanos of the sign of its seconds, is ${seconds} s and ${nanos} ns`);
    else if (seconds < 0n || nanos < 0)
      report(path, "OUT_OF_RANGE", `must be at least 0, is ${secondsOf(seconds, nanos)} s`);
    else if (seconds > HORIZON_S || ticks > MAX_TICKS)
      report(path, "HORIZON", `must be at most 31 days and ${MAX_TICKS} ticks, is ${secondsOf(seconds, nanos)} s`);
    else checkTicks(nanos);
  };
  const checkTicks = (nanos: number) => {
    if ((nanos * ticksPerSecond) % 1e9 !== 0)
      report(
        path,
        "NOT_WHOLE_TICKS",
        `must be whole ticks of 1/${ticksPerSecond} s, has ${nanos} ns besides its seconds`,
      );
  };
  walk(request as unknown as Record<string, unknown>, AssignRequestSchema);
}

const isNanos = (nanos: number) => Number.isInteger(nanos) && nanos >= 0 && nanos <= 999_999_999;
const secondsOf = (seconds: bigint, nanos: number) => Number(seconds) + nanos / 1e9;

/** Negative, 0 or positive as `a` is before, at or after `b`. */
export function compareTimes(a: Timestamp, b: Timestamp): number {
  return a.seconds === b.seconds ? a.nanos - b.nanos : a.seconds < b.seconds ? -1 : 1;
}

/**
 * Reports planning times more than 31 days or 1,000,000,000 ticks from `now`, and the same of the first and the last of the
 * others. Planning times are `now`, windows, shifts, breaks, opening windows and the stops of the current plan; facts such as
 * the end of a certificate are not.
 */
export function checkHorizon(request: AssignRequest, ticksPerSecond: number, report: Report): void {
  const now = request.now;
  let first = now;
  let last = now;
  const tooFar = (a: Timestamp, b: Timestamp) => {
    const seconds = Math.abs(Number(b.seconds - a.seconds) + (b.nanos - a.nanos) / 1e9);
    return seconds > HORIZON_S || seconds * ticksPerSecond > MAX_TICKS;
  };
  const add = (time: Timestamp | undefined, path: () => PropertyKey[], name: string) => {
    if (!time) return;
    if (now && tooFar(now, time)) {
      report(
        [...path(), name],
        "HORIZON",
        `must be within 31 days and ${MAX_TICKS} ticks of now ${showTime(now)}, is ${showTime(time)}`,
      );
      return;
    }
    if (!first || compareTimes(time, first) < 0) first = time;
    if (!last || compareTimes(time, last) > 0) last = time;
  };
  const addWindow = (window: TimeWindow | undefined, path: () => PropertyKey[]) => {
    add(window?.start, path, "start");
    add(window?.end, path, "end");
  };
  request.orders.forEach((order, row) => {
    order.windows.forEach((window, at) => {
      addWindow(window, () => ["orders", row, "windows", at]);
    });
  });
  request.engineers.forEach((engineer, row) => {
    engineer.shifts.forEach((shift, index) => {
      addWindow(shift.time, () => ["engineers", row, "shifts", index, "time"]);
      shift.breaks.forEach((pause, at) => {
        addWindow(pause.window, () => ["engineers", row, "shifts", index, "breaks", at, "window"]);
      });
    });
  });
  request.operatingCentres.forEach((centre, row) => {
    centre.openingWindows.forEach((window, at) => {
      addWindow(window, () => ["operatingCentres", row, "openingWindows", at]);
    });
  });
  request.currentPlan?.routes.forEach((route, row) => {
    route.stops.forEach((stop, at) => {
      const path = () => ["currentPlan", "routes", row, "stops", at];
      add(stop.start, path, "start");
      add(stop.departure, path, "departure");
    });
  });
  if (first && last && tooFar(first, last))
    report(
      ["now"],
      "HORIZON",
      `planning times must lie within 31 days and ${MAX_TICKS} ticks, but reach from ${showTime(first)} to ${showTime(last)}`,
    );
}

/** A time for a message. */
export function showTime(time: Timestamp): string {
  const milliseconds = Number(time.seconds) * 1000 + Math.floor(time.nanos / 1e6);
  return Math.abs(milliseconds) <= 8.64e15 ? new Date(milliseconds).toISOString() : `${time.seconds} s`;
}
