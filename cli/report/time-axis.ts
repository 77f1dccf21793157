// The time axis of a plan: where a moment lies between the first and the last, in percent, and ticks on full local hours.
import { scaleLinear, scaleUtc } from "d3-scale";
import type { PlanView } from "./plan-view.ts";
import type { Span } from "./stop-view.ts";

export interface TimeAxis {
  readonly span: Span;
  /** Position of a moment in ms, percent. */
  percent(ms: number): number;
  /** Labels stand on every tick, or every second and so on where they would touch; the others are empty. */
  readonly ticks: readonly { readonly percent: number; readonly label: string }[];
}

/** The axis over all shifts and routes of the plan with about `wanted` ticks. */
export function timeAxis({ routes, format, request }: PlanView, wanted = 10): TimeAxis {
  const starts = routes.flatMap((route) => [route.shiftSpan[0], route.departure]);
  const ends = routes.flatMap((route) => [route.arrival, ...route.stops.map((stop) => stop.departure)]);
  const first = starts.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  // A shift far longer than its route would squeeze every bar: the axis ends at the last route or the shifts, whichever is sooner
  // within a quarter of the span.
  const lastRoute = ends.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const lastShift = routes.reduce((last, route) => Math.max(last, route.shiftSpan[1]), lastRoute);
  const last = Math.max(lastRoute, Math.min(lastShift, first + (lastRoute - first) * 1.25));
  const span: Span = [first, last];
  const percent = scaleLinear(span, [0, 100]);
  // d3 puts ticks on round UTC times; shifted by the zone's offset they fall on round local times.
  const offset = offsetMs(first, request.timeZone || "UTC");
  const ticks = scaleUtc([first + offset, last + offset], [0, 100])
    .ticks(wanted)
    .map((local) => local.getTime() - offset);
  const step = Math.ceil(ticks.length / 8);
  return {
    span,
    percent,
    ticks: ticks.map((ms, at) => ({ percent: percent(ms), label: at % step === 0 ? format.clock(ms) : "" })),
  };
}

/** How far local time is ahead of UTC at a moment, ms. */
function offsetMs(ms: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(ms);
  const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)!.value);
  const local = Date.UTC(read("year"), read("month") - 1, read("day"), read("hour"), read("minute"), read("second"));
  return local - Math.floor(ms / 1000) * 1000;
}
