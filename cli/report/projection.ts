// Places on a flat drawing: north up, true proportions around the middle of all places.
import { scaleLinear } from "d3-scale";
import type { Place } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Projection {
  /** Size of the drawing. */
  readonly width: number;
  readonly height: number;
  /** A place in the drawing; undefined when it has no coordinates. */
  point(place: Place | undefined): Point | undefined;
  /** A point on the earth, degrees, in the drawing. */
  onEarth(longitude: number, latitude: number): Point;
  /** A round length in the places' own measure (metres or units) and how long it is in the drawing. */
  readonly grid: { readonly length: number; readonly size: number };
}

const METRES_PER_DEGREE = 111_320; // of latitude, WGS 84 mean
const MARGIN = 28;

/** Fits all places into `width`, with a height between `width / 2` and `width`; undefined when no place has coordinates. */
export function projectionOf(places: readonly (Place | undefined)[], width: number): Projection | undefined {
  const geographic = places.some((place) => place?.position.case === "geo");
  const latitudes = places.flatMap((place) => (place?.position.case === "geo" ? [place.position.value.latitude] : []));
  const middle = (extent(latitudes)[0] + extent(latitudes)[1]) / 2;
  // Equirectangular: over a city its error is far below the width of a line.
  const shrink = geographic ? Math.cos((middle * Math.PI) / 180) : 1;
  const flatEarth = (longitude: number, latitude: number): Point => ({
    x: longitude * shrink * METRES_PER_DEGREE,
    y: latitude * METRES_PER_DEGREE,
  });
  const flat = (place: Place | undefined): Point | undefined => {
    const position = place?.position;
    if (position?.case === "geo") return flatEarth(position.value.longitude, position.value.latitude);
    return position?.case === "planar" ? position.value : undefined;
  };
  const points = places.flatMap((place) => flat(place) ?? []);
  if (points.length === 0) return undefined;
  const [left, right] = extent(points.map(({ x }) => x));
  const [bottom, top] = extent(points.map(({ y }) => y));
  const inner = width - 2 * MARGIN;
  const spanX = right - left || 1;
  const spanY = top - bottom || 1;
  const innerHeight = Math.min(Math.max((inner * spanY) / spanX, width / 2 - 2 * MARGIN), inner);
  const scale = Math.min(inner / spanX, innerHeight / spanY);
  const height = innerHeight + 2 * MARGIN;
  const along = (low: number, high: number, size: number) => {
    const centre = (low + high) / 2;
    return scaleLinear([centre - size / 2 / scale, centre + size / 2 / scale], [0, size]);
  };
  const x = along(left, right, width);
  const y = along(bottom, top, height);
  const length = roundLength(80 / scale);
  return {
    width,
    height,
    onEarth: (longitude, latitude) => {
      const found = flatEarth(longitude, latitude);
      return { x: x(found.x), y: height - y(found.y) };
    },
    point: (place) => {
      const found = flat(place);
      return found && { x: x(found.x), y: height - y(found.y) };
    },
    grid: { length, size: length * scale },
  };
}

function extent(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

/** The largest of 1, 2 or 5 times a power of ten that is at most `length`. */
function roundLength(length: number): number {
  const power = 10 ** Math.floor(Math.log10(length));
  return power * (length >= 5 * power ? 5 : length >= 2 * power ? 2 : 1);
}
