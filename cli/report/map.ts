// The map of a plan as SVG: a way for each route, numbered stops, homes, centres and the orders left out.
import type { Place } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { hue } from "./colours.ts";
import { type Markup, markup, type Value } from "./markup.ts";
import type { PlanView, RouteView } from "./plan-view.ts";
import { type Point, type Projection, projectionOf } from "./projection.ts";
import type { LegView } from "./stop-view.ts";
import { routeTip, stopTip } from "./tips.ts";

const WIDTH = 640;

/** The map with its legend; a sentence instead where the request has a matrix and no coordinates. */
export function planMap(view: PlanView): Markup {
  const places = [
    ...view.request.engineers.flatMap(({ shifts }) => shifts.flatMap((shift) => [shift.startPlace, shift.endPlace])),
    ...view.request.operatingCentres.map(({ place }) => place),
    ...view.routes.flatMap(({ stops }) => stops.map(({ place }) => place)),
    ...view.unassigned.map(({ order }) => order.place),
  ];
  const projection = projectionOf(places, WIDTH);
  if (projection === undefined) return markup`<p class="hint">The places of this request have no coordinates.</p>`;
  const { width, height, grid } = projection;
  // Beyond some 150 stops marks of full size would cover each other.
  const density = Math.min(1, Math.max(0.45, Math.sqrt(150 / view.totals.orders)));
  const unit = view.format.distanceUnit === "km" ? view.format.distance(grid.length) : `${grid.length} units`;
  return markup`
    <div class="map-frame">
      <svg id="map" class="map" viewBox="0 0 ${width} ${height}" data-width="${width}" data-height="${height}" style="--density:${density}" role="group" aria-label="Map of the routes">
        <g class="grid">${gridLines(projection)}</g>
        ${view.unused.map((engineer) => mark(projection, engineer.shifts[0]?.startPlace, "home unused", HOME, `${engineer.name || engineer.id}, not needed`))}
        ${view.routes.map((route) => routeGroup(route, view, projection))}
        ${view.request.operatingCentres.map((centre) => mark(projection, centre.place, "centre", CENTRE, `Operating centre ${centre.name || centre.id}`))}
        ${view.unassigned.map((row) => mark(projection, row.order.place, "left-out", LEFT_OUT, [`${row.order.id}, left out`, ...row.details, ...row.reasons].join("\n")))}
      </svg>
      <div class="zoom" role="group" aria-label="Zoom">
        <button type="button" data-zoom="0.7" aria-label="Zoom in">+</button>
        <button type="button" data-zoom="1.43" aria-label="Zoom out">−</button>
        <button type="button" data-zoom="0" aria-label="Show all">⤢</button>
      </div>
    </div>
    <ul class="legend">
      <li>${key(HOME, "home")} start</li>
      <li>${key(markup`<circle r="6"/>`, "key-stop")} order, numbered along the route</li>
      ${view.totals.loans > 0 && markup`<li>${key(LOAN, "key-loan")} loan of parts between two engineers</li>`}
      ${view.request.operatingCentres.length > 0 && markup`<li>${key(CENTRE, "centre")} operating centre</li>`}
      ${view.unassigned.length > 0 && markup`<li>${key(LEFT_OUT, "left-out")} left out</li>`}
      <li>a square is ${unit.replace(".0 ", " ")} wide; drag to move, Ctrl and wheel to zoom</li>
    </ul>`;
}

const HOME = markup`<path d="M-5.5 0.5 L0 -5 L5.5 0.5 M-3.8 -0.6 V5 H3.8 V-0.6"/>`;
const CENTRE = markup`<rect x="-6" y="-6" width="12" height="12" rx="2"/><path d="M-3 0H3M0 -3V3"/>`;
const LEFT_OUT = markup`<circle r="5.5"/>`;
const LOAN = markup`<path d="M0-7L7 0L0 7L-7 0Z"/>`;

function key(shape: Markup, kind: string): Markup {
  return markup`<svg class="key" viewBox="-8 -8 16 16" aria-hidden="true"><g class="mark ${kind}">${shape}</g></svg>`;
}

function routeGroup(route: RouteView, view: PlanView, projection: Projection): Markup {
  const start = projection.point(route.shift.startPlace);
  const end = route.finalLeg && projection.point(route.shift.endPlace);
  // A break is taken where the engineer already is, unless it has a place of its own.
  const moved = route.stops.filter((stop) => stop.kind !== "break" || stop.leg.duration > 0);
  const stops = moved.map((stop) => ({ stop, point: projection.point(stop.place) }));
  // A leg that a road engine described is drawn as it goes, any other as a straight line.
  const drawn = (leg: LegView | undefined, from: Point | undefined, to: Point | undefined) => {
    const line = leg?.line.map(([longitude, latitude]) => projection.onEarth(longitude, latitude)) ?? [];
    return [from, ...thinned(line), to];
  };
  const placed = stops.filter(({ point }) => point !== undefined);
  const [first, last] = [placed[0], placed.at(-1)];
  const home = first && start && drawn(first.stop.leg, start, first.point);
  const back = last && end && drawn(route.finalLeg, last.point, end);
  const way = placed.flatMap(({ stop, point }, index) =>
    index === 0 ? [point] : drawn(stop.leg, placed[index - 1]!.point, point),
  );
  return markup`
    <g class="route" data-route="${route.index}" style="--hue:${hue(route)}">
      ${home && markup`<path class="home-way" d="${path(home)}"/>`}
      ${back && markup`<path class="home-way" d="${path(back)}"/>`}
      ${way.length > 0 && markup`<path class="way" d="${path(way)}"/><path class="hit" role="img" d="${path([...(home ?? []), ...way, ...(back ?? [])])}" aria-label="${routeTip(route, view.format)}"/>`}
      ${mark(projection, route.shift.startPlace, "home", HOME, `${route.title} starts here`)}
      ${loansFirst(stops).map(({ stop, point }) => {
        // Shown when the route is selected: many routes share a centre, whose own mark stands there.
        const quiet = stop.kind === "service" || stop.kind === "loan" ? "" : " quiet-stop";
        return (
          point &&
          markup`<g class="mark stop ${stop.kind}${quiet}" ${at(point)} role="img" aria-label="${stopTip(route, stop, view.format)}"><g class="size">${stop.kind === "loan" ? MEETING : markup`<circle r="7.5"/>`}<text dy="0.35em">${stop.number}</text></g></g>`
        );
      })}
    </g>`;
}

/** Meetings are at orders mostly: they stick out from under the order's mark. */
const MEETING = markup`<path d="M0-12.5L12.5 0L0 12.5L-12.5 0Z"/>`;

function loansFirst<T extends { readonly stop: { readonly kind: string } }>(stops: readonly T[]): T[] {
  return [...stops].sort((a, b) => Number(b.stop.kind === "loan") - Number(a.stop.kind === "loan"));
}

function mark(projection: Projection, place: Place | undefined, kind: string, shape: Markup, tip: string): Value {
  const point = projection.point(place);
  return (
    point &&
    markup`<g class="mark ${kind}" ${at(point)} role="img" aria-label="${tip}"><g class="size"><circle class="catch" r="8"/>${shape}</g></g>`
  );
}

function at({ x, y }: Point): Markup {
  return markup`transform="translate(${x} ${y})"`;
}

function path(points: readonly (Point | undefined)[]): string {
  return points
    .filter((point) => point !== undefined)
    .map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join("");
}

/** The line without points that lie less than a third of a pixel from the one before. */
function thinned(line: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of line) {
    const before = kept.at(-1);
    if (!before || Math.hypot(point.x - before.x, point.y - before.y) > 0.3) kept.push(point);
  }
  return kept;
}

function gridLines({ width, height, grid }: Projection): Markup[] {
  const places = (size: number) =>
    Array.from({ length: Math.floor(size / grid.size) }, (_, at) => (at + 0.5) * grid.size + (size % grid.size) / 2);
  return [
    ...places(width).map((x) => markup`<path d="M${x} 0V${height}"/>`),
    ...places(height).map((y) => markup`<path d="M0 ${y}H${width}"/>`),
  ];
}
