// Windows: none is reversed, and those of one list share no moment, since both ends belong to a window.
import type { Duration, Timestamp } from "@bufbuild/protobuf/wkt";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { TimeWindow } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { Path, Report } from "./report.ts";
import { compareTimes, showTime } from "./times.ts";

interface Span {
  readonly start: Timestamp;
  readonly end: Timestamp;
  readonly path: () => Path;
}

/** Reports reversed windows and overlaps of orders, preferred windows, shifts, breaks and opening windows. */
export function checkWindows(request: AssignRequest, report: Report): void {
  /** The window as a span, when it is whole and not reversed. */
  const spanOf = (window: TimeWindow | undefined, path: () => Path): Span | undefined => {
    if (!window?.start || !window.end) return undefined;
    if (compareTimes(window.start, window.end) <= 0) return { start: window.start, end: window.end, path };
    report(
      [...path(), "end"],
      "WINDOW_REVERSED",
      `must not be before start ${showTime(window.start)}, is ${showTime(window.end)}`,
    );
    return undefined;
  };
  const checkList = (windows: readonly TimeWindow[], path: (row: number) => Path) => {
    const spans: Span[] = [];
    windows.forEach((window, row) => {
      const span = spanOf(window, () => path(row));
      // One alone shares no moment.
      if (span && windows.length > 1) spans.push(span);
    });
    checkOverlap(spans, report);
  };

  request.orders.forEach((order, row) => {
    spanOf(order.preferredWindow, () => ["orders", row, "preferredWindow"]);
    checkList(order.windows, (at) => ["orders", row, "windows", at]);
  });
  request.engineers.forEach((engineer, row) => {
    const shifts: Span[] = [];
    engineer.shifts.forEach((shift, index) => {
      shift.breaks.forEach((pause, at) => {
        spanOf(pause.window, () => ["engineers", row, "shifts", index, "breaks", at, "window"]);
      });
      const span = spanOf(shift.time, () => ["engineers", row, "shifts", index, "time"]);
      // Overtime belongs to the shift: an engineer cannot be in two routes at once.
      if (span && engineer.shifts.length > 1) shifts.push({ ...span, end: later(span.end, shift.maxOvertime) });
    });
    checkOverlap(shifts, report);
  });
  request.operatingCentres.forEach((centre, row) => {
    checkList(centre.openingWindows, (at) => ["operatingCentres", row, "openingWindows", at]);
  });
}

function checkOverlap(spans: Span[], report: Report): void {
  if (spans.length < 2) return;
  const byStart = [...spans].sort((a, b) => compareTimes(a.start, b.start));
  let latest = byStart[0]!;
  for (const span of byStart.slice(1)) {
    if (compareTimes(span.start, latest.end) <= 0)
      report(
        span.path(),
        "OVERLAP",
        `starts at ${showTime(span.start)}, not after ${showTime(latest.end)} where another one ends (both ends belong to it, overtime included)`,
      );
    if (compareTimes(span.end, latest.end) > 0) latest = span;
  }
}

function later(time: Timestamp, by: Duration | undefined): Timestamp {
  if (!by) return time;
  const nanos = time.nanos + by.nanos;
  return { ...time, seconds: time.seconds + by.seconds + (nanos >= 1e9 ? 1n : 0n), nanos: nanos % 1e9 };
}
