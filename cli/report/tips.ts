// What the page says about a stop or a route when the pointer rests on it; also its name for screen readers.
import type { Format } from "./format.ts";
import type { RouteView } from "./plan-view.ts";
import type { StopView } from "./stop-view.ts";

/** Facts of a stop, one a line. */
export function stopTip(route: RouteView, stop: StopView, format: Format): string {
  return lines([
    `${stop.number}. ${stop.kind === "break" || stop.kind === "loan" ? stop.title : `${stop.kind} ${stop.title}`}, ${route.title}`,
    `${format.clock(stop.start)}–${format.clock(stop.departure)}, arrives ${format.clock(stop.arrival)}`,
    stop.leg.duration > 0 && `travel ${format.duration(stop.leg.duration)}, ${format.distance(stop.leg.distance)}`,
    stop.setup > 0 && `set-up ${format.duration(stop.setup)}`,
    stop.waiting > 0 && `waits ${format.duration(stop.waiting)}`,
    stop.lateness > 0 && `late by ${format.duration(stop.lateness)}`,
    stop.windows.length > 0 && `window ${windowWords(stop, format)}`,
    ...stop.details,
    stop.parts && `parts: ${stop.parts}`,
  ]);
}

/** Totals of a route, one a line. */
export function routeTip(route: RouteView, format: Format): string {
  return lines([`${route.title}, ${route.mode}`, ...routeFacts(route, format)]);
}

/** Totals of a route in words. */
export function routeFacts(route: RouteView, format: Format): string[] {
  const [shiftStart, shiftEnd] = route.shiftSpan;
  return [
    `shift ${format.clock(shiftStart)}–${format.clock(shiftEnd)}`,
    `out ${format.clock(route.departure)}, ${route.finalLeg ? "back" : "done"} ${format.clock(route.arrival)}`,
    `${route.orders} order${route.orders === 1 ? "" : "s"}, working ${format.duration(route.working)}`,
    `travel ${format.duration(route.travel)}, ${format.distance(route.distance)}`,
    ...(route.waiting > 0 ? [`waiting ${format.duration(route.waiting)}`] : []),
    ...(route.lateness > 0 ? [`late ${format.duration(route.lateness)}`] : []),
    ...(route.overtime > 0 ? [`overtime ${format.duration(route.overtime)}`] : []),
  ];
}

/** The windows of a stop, `09:00–10:00, 14:00–15:00`. */
export function windowWords({ windows }: Pick<StopView, "windows">, format: Format): string {
  return windows.map(([start, end]) => `${format.clock(start)}–${format.clock(end)}`).join(", ");
}

function lines(rows: readonly (string | false)[]): string {
  return rows.filter(Boolean).join("\n");
}
