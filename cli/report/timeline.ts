// The timeline of a plan: a lane for each route with bars in local time, under it the route's stops as a table.
import { timestampMs } from "@bufbuild/protobuf/wkt";
import { hue } from "./colours.ts";
import { type Markup, markup, type Value } from "./markup.ts";
import type { PlanView, RouteView } from "./plan-view.ts";
import type { Span } from "./stop-view.ts";
import { stopsTable } from "./stops-table.ts";
import { type TimeAxis, timeAxis } from "./time-axis.ts";
import { routeTip, stopTip } from "./tips.ts";

const HEIGHT = 30;

/** Legend, axis and lanes; each lane's button selects the route everywhere on the page. */
export function timeline(view: PlanView): Markup {
  if (view.routes.length === 0) return markup`<p class="hint">No engineer has a route in this plan.</p>`;
  const axis = timeAxis(view);
  return markup`
    <ul class="legend">
      ${(["service", "travel", "wait", "supply", ...(view.totals.loans > 0 ? ["loan"] : []), "break"] as const).map(
        (kind) => markup`<li><i class="swatch ${kind}"></i>${kind === "wait" ? "waiting" : kind}</li>`,
      )}
      <li><i class="swatch window"></i>time window</li>
      <li><i class="swatch late"></i>late</li>
      <li><i class="swatch shift"></i>shift</li>
    </ul>
    <div class="lanes">
      <div class="axis-row" aria-hidden="true">
        <span class="quiet">${view.format.day(axis.span[0])}</span>
        <svg class="axis" height="18">${axis.ticks.map(({ percent, label }) => markup`<text x="${percent}%" y="13">${label}</text>`)}</svg>
      </div>
      ${view.routes.map((route) => lane(route, view, axis))}
    </div>`;
}

function lane(route: RouteView, view: PlanView, axis: TimeAxis): Markup {
  const { format, request } = view;
  const now = request.now === undefined ? Number.NEGATIVE_INFINITY : timestampMs(request.now);
  const final: Span = [route.arrival - (route.finalLeg?.duration ?? 0) * 1000, route.arrival];
  return markup`
    <article class="lane" data-route="${route.index}" style="--hue:${hue(route)}">
      <h3><button type="button" class="pick" aria-expanded="false" aria-controls="stops-${route.index}" data-tip="${routeTip(route, format)}"><i class="dot"></i><span class="name">${route.title}</span><span class="quiet">${route.orders}</span></button></h3>
      <svg class="bars" height="${HEIGHT}" role="group" aria-label="Timeline of ${route.title}">
        ${bar(axis, route.shiftSpan, "shift", 2, HEIGHT - 4)}
        ${axis.ticks.map(({ percent }) => markup`<line class="tick" x1="${percent}%" x2="${percent}%" y1="0" y2="${HEIGHT}"/>`)}
        ${windows(route, axis)}
        ${route.stops.map((stop) => stopBars(route, stop, axis, format))}
        ${route.finalLeg && bar(axis, final, "travel", HEIGHT / 2 - 1.5, 3, `travel to the end place ${format.duration(route.finalLeg.duration)}`)}
        ${now >= axis.span[0] && now <= axis.span[1] && markup`<line class="now" x1="${axis.percent(now)}%" x2="${axis.percent(now)}%" y1="0" y2="${HEIGHT}"/>`}
      </svg>
      <div id="stops-${route.index}" class="detail" hidden>${stopsTable(route, format)}</div>
    </article>`;
}

/** Windows one below the other, so that those of one route stay apart. */
function windows(route: RouteView, axis: TimeAxis): Value {
  const bounded = route.stops.filter((stop) => stop.windows.length > 0 && stop.kind !== "supply");
  return bounded.map((stop, at) =>
    stop.windows.map((window) => {
      const y = 4 + ((HEIGHT - 8) * (at + 0.5)) / bounded.length;
      return span(
        axis,
        window,
        (x, width) => markup`<rect class="window" x="${x}%" width="${width}%" y="${y - 0.75}" height="1.5"/>`,
      );
    }),
  );
}

function stopBars(
  route: RouteView,
  stop: RouteView["stops"][number],
  axis: TimeAxis,
  format: PlanView["format"],
): Markup {
  const ready = stop.arrival + stop.setup * 1000;
  const middle = HEIGHT / 2;
  const late = stop.lateness > 0 ? " is-late" : "";
  const tip = stopTip(route, stop, format);
  const wide = axis.percent(stop.departure) - axis.percent(stop.start) >= 1.6;
  return markup`<g class="stop" role="img" aria-label="${tip}">
    ${stop.leg.duration > 0 && bar(axis, [stop.arrival - stop.leg.duration * 1000, stop.arrival], "travel", middle - 1.5, 3)}
    ${stop.setup > 0 && bar(axis, [stop.arrival, ready], "setup", middle - 6, 12)}
    ${stop.waiting > 0 && bar(axis, [ready, stop.start], "wait", middle - 3, 6)}
    ${bar(axis, [stop.start, stop.departure], `${stop.kind}${late}`, stop.kind === "loan" ? 2 : middle - 9, stop.kind === "loan" ? HEIGHT - 4 : 18)}
    ${wide && stop.kind === "service" && markup`<text x="${(axis.percent(stop.start) + axis.percent(stop.departure)) / 2}%" y="${middle}" dy="0.36em">${stop.number}</text>`}
  </g>`;
}

function bar(axis: TimeAxis, time: Span, kind: string, y: number, height: number, tip?: string): Value {
  const label = tip !== undefined && markup`role="img" aria-label="${tip}"`;
  return span(
    axis,
    time,
    (x, width) => markup`<rect class="bar ${kind}" x="${x}%" width="${width}%" y="${y}" height="${height}" ${label}/>`,
  );
}

/** Draws the part of `time` that lies on the axis, if any. */
function span(axis: TimeAxis, [start, end]: Span, draw: (x: number, width: number) => Markup): Value {
  const [x, right] = [Math.max(0, axis.percent(start)), Math.min(100, axis.percent(end))];
  return right >= x && draw(x, right - x);
}
