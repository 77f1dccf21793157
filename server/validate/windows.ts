// Windows: none is reversed, and those of one list share no moment, since both ends belong to a window.
import type { Duration, Timestamp } from "@bufbuild/protobuf/wkt";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { TimeWindow } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { Path, Report } from "./report.ts";
import { compareTimes, showTime } from "./times.ts";

interface Span {
  readonly start: Timestamp;
  readonly end: Timestamp;
  readonly path: Path;
}

/** Reports reversed windows and overlaps of orders, preferred windows, shifts, breaks and opening windows. */
export function checkWindows(request: AssignRequest, report: Report): void {
  /** The window as a span, when it is whole and not reversed. */
  const spanOf = (window: TimeWindow | undefined, path: Path): Span[] => {
    if (!window?.start || !window.end) return [];
    if (compareTimes(window.start, window.end) <= 0) return [{ start: window.start, end: window.end, path }];
    report(
      [...path, "end"],
      "WINDOW_REVERSED",
      `must not be before start ${showTime(window.start)}, is ${showTime(window.end)}`,
    );
    return [];
  };
  const spans = (windows: TimeWindow[], path: Path) => windows.flatMap((window, row) => spanOf(window, [...path, row]));

  request.orders.forEach((order, row) => {
    spanOf(order.preferredWindow, ["orders", row, "preferredWindow"]);
    if (order.windows.length > 0) checkOverlap(spans(order.windows, ["orders", row, "windows"]), report);
  });
  request.engineers.forEach((engineer, row) => {
    const shifts = engineer.shifts.flatMap((shift, index) => {
      const path = ["engineers", row, "shifts", index];
      shift.breaks.forEach((pause, at) => {
        spanOf(pause.window, [...path, "breaks", at, "window"]);
      });
      // Overtime belongs to the shift: an engineer cannot be in two routes at once.
      return spanOf(shift.time, [...path, "time"]).map((span) => ({
        ...span,
        end: later(span.end, shift.maxOvertime),
      }));
    });
    checkOverlap(shifts, report);
  });
  request.operatingCentres.forEach((centre, row) => {
    checkOverlap(spans(centre.openingWindows, ["operatingCentres", row, "openingWindows"]), report);
  });
}

function checkOverlap(spans: Span[], report: Report): void {
  if (spans.length < 2) return;
  const byStart = [...spans].sort((a, b) => compareTimes(a.start, b.start));
  let latest = byStart[0]!;
  for (const span of byStart.slice(1)) {
    if (compareTimes(span.start, latest.end) <= 0)
      report(
        span.path,
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
