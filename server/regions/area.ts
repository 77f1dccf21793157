// The areas of a large request: orders, engineers and centres that belong together, and their part of the plan.
import { latLngToCell } from "h3-js";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Engineer, OperatingCentre } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import type { Place } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { type Route, Stop_Kind, type UnassignedOrder } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { compareIds } from "../../solver/model/ids.ts";

/** One area. Orders move with the engineer who serves them. */
export interface Area {
  /** Id of the operating centre, else an H3 cell. */
  readonly key: string;
  readonly middle: Point;
  orders: Order[];
  readonly engineers: Engineer[];
  readonly centres: OperatingCentre[];
  routes: Route[];
  unassigned: UnassignedOrder[];
}

/** Flat coordinates, the same unit in all areas of a request. */
interface Point {
  readonly x: number;
  readonly y: number;
}

/** Resolution of the cells of those without a centre: their edges are some 23 km long, about a city. */
const RESOLUTION = 4;

/** The areas of `request`, by key: by operating centre where one is stated, else by H3 cell; only areas with engineers. */
export function areasOf(request: AssignRequest): Area[] {
  const centres = new Map(request.operatingCentres.map((centre) => [centre.id, centre]));
  const keyOf = (centreId: string, place: Place | undefined) => (centres.has(centreId) ? centreId : cellOf(place));
  const startOf = ({ shifts }: Engineer) => shifts[0]?.startPlace;
  const engineers = grouped(request.engineers, (engineer) => keyOf(engineer.operatingCentreId, startOf(engineer)));
  const areas = [...engineers.keys()].sort(compareIds).map((key): Area => {
    const own = engineers.get(key)!;
    const middle = centres.get(key)?.place
      ? flat(centres.get(key)!.place)
      : mean(own.map((each) => flat(startOf(each))));
    return { key, middle, orders: [], engineers: own, centres: [], routes: [], unassigned: [] };
  });
  const byKey = new Map(areas.map((area) => [area.key, area]));
  const areaAt = (key: string, place: Place | undefined) => byKey.get(key) ?? nearest(areas, flat(place));
  const areaOfEngineer = new Map(areas.flatMap((area) => area.engineers.map(({ id }) => [id, area] as const)));
  // What a running plan gives to an engineer is there where the engineer is.
  const given = new Map<string, Area>();
  for (const route of request.currentPlan?.routes ?? []) {
    const area = areaOfEngineer.get(route.engineerId)!;
    area.routes.push(route);
    for (const { orderId } of route.stops) if (orderId !== "") given.set(orderId, area);
  }
  for (const order of request.orders) {
    const place = centres.get(order.operatingCentreId)?.place ?? order.place;
    (given.get(order.id) ?? areaAt(keyOf(order.operatingCentreId, order.place), place)).orders.push(order);
  }
  for (const centre of request.operatingCentres) areaAt(centre.id, centre.place).centres.push(centre);
  return areas;
}

function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

function cellOf(place: Place | undefined): string {
  if (place?.position.case !== "geo") return "";
  const { latitude, longitude } = place.position.value;
  return latLngToCell(latitude, longitude, RESOLUTION);
}

/** Degrees of latitude and as long ones of longitude, or planar coordinates: near enough to compare distances. */
function flat(place: Place | undefined): Point {
  const position = place?.position;
  if (position?.case === "planar") return position.value;
  if (position?.case !== "geo") return { x: 0, y: 0 };
  const { latitude, longitude } = position.value;
  return { x: longitude * Math.cos((latitude * Math.PI) / 180), y: latitude };
}

function mean(points: readonly Point[]): Point {
  const sum = (of: (point: Point) => number) => points.reduce((total, point) => total + of(point), 0) / points.length;
  return { x: sum(({ x }) => x), y: sum(({ y }) => y) };
}

const far = (a: Point, b: Point) => (a.x - b.x) ** 2 + (a.y - b.y) ** 2;

function nearest(areas: readonly Area[], point: Point): Area {
  return areas.reduce((best, area) => (far(area.middle, point) < far(best.middle, point) ? area : best));
}

/** Pairs of areas of which one is among the `count` nearest of the other, the nearest pairs first. */
export function neighbours(areas: readonly Area[], count: number): [Area, Area][] {
  const pairs = new Map<string, { pair: [Area, Area]; length: number }>();
  for (const area of areas) {
    const others = areas
      .filter((other) => other !== area)
      .map((other) => ({ other, length: far(area.middle, other.middle) }))
      .sort((a, b) => a.length - b.length || compareIds(a.other.key, b.other.key));
    for (const { other, length } of others.slice(0, count)) {
      const pair: [Area, Area] = compareIds(area.key, other.key) < 0 ? [area, other] : [other, area];
      pairs.set(pair.map(({ key }) => key).join("\n"), { pair, length });
    }
  }
  return [...pairs.values()].sort((a, b) => a.length - b.length).map(({ pair }) => pair);
}

/** Units that `routes` pick up, by centre and SKU. */
export function pickedUp(routes: Iterable<Route>): Map<string, Map<string, number>> {
  const units = new Map<string, Map<string, number>>();
  for (const { stops } of routes)
    for (const { kind, operatingCentreId, pickUps } of stops) {
      if (kind !== Stop_Kind.SUPPLY) continue;
      const own = units.get(operatingCentreId) ?? new Map<string, number>();
      for (const { sku, quantity } of pickUps) own.set(sku, (own.get(sku) ?? 0) + quantity);
      units.set(operatingCentreId, own);
    }
  return units;
}
