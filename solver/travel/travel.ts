// Travel times and distances between the places of one request, whatever their source.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Place, VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import {
  type GreatCircleTravel,
  type Matrix,
  type PlanarTravel,
  PlanarTravel_Rounding,
} from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { greatCircleMetres, type UnitVector, unitVector } from "./great-circle.ts";
import type { Hours } from "./hours.ts";
import { localHours } from "./local-hours.ts";
import { matrixTravel } from "./matrix-travel.ts";
import { type RoadTables, roadTravel } from "./road-tables.ts";

/** Times and distances between places; places get rows on first sight, equal rows are the same place. */
export interface Travel {
  readonly source: "great_circle" | "matrix" | "planar" | "osrm" | "valhalla";
  /** True when times and distances are the same in both directions, to the bit. */
  readonly symmetric: boolean;
  /** True when the distance between two rows is the same number as the time. */
  readonly distanceIsDuration: boolean;
  /** Row of a place, from 0. */
  row(place: Place): number;
  /** Travel time in ticks between two rows, in the slice that is quickest for the two where there are `hours`; -1 = no way. */
  duration(mode: VehicleMode, from: number, to: number): number;
  /** Metres (planar: coordinate units times ticks_per_second) between two rows, -1 = no way. */
  distance(mode: VehicleMode, from: number, to: number): number;
  /** True where great circle stands in for a road engine; absent: nowhere. */
  readonly greatCircle?: (mode: VehicleMode, from: number, to: number) => boolean;
  /** Vehicle modes with equal keys have the same times and distances. */
  modeKey(mode: VehicleMode): string;
  /** Where times depend on when a leg begins; absent: nowhere. */
  readonly hours?: Hours;
}

/** Default speed (m/s, door to door in a city) and detour factor by vehicle mode; sources in docs/travel.md. */
export const DEFAULT_SPEEDS: Readonly<Record<VehicleMode, { metresPerSecond: number; detourFactor: number }>> = {
  [VehicleMode.UNSPECIFIED]: { metresPerSecond: 7, detourFactor: 1.4 },
  [VehicleMode.FOOT]: { metresPerSecond: 1.3, detourFactor: 1.3 },
  [VehicleMode.E_BIKE]: { metresPerSecond: 5, detourFactor: 1.3 },
  [VehicleMode.MOTORBIKE]: { metresPerSecond: 7.5, detourFactor: 1.35 },
  [VehicleMode.CAR]: { metresPerSecond: 7, detourFactor: 1.4 },
  [VehicleMode.TRANSIT]: { metresPerSecond: 4.5, detourFactor: 1.4 },
};

/** True for a request whose travel comes from a road engine. */
export function asksRoadEngine({ travel }: AssignRequest): boolean {
  return travel?.source.case === "osrm" || travel?.source.case === "valhalla";
}

/** The travel a request asks for; `tables` are what the road engine said, for a request that names one. */
export function travelOf(request: AssignRequest, tables?: RoadTables): Travel {
  const ticksPerSecond = request.ticksPerSecond || 1;
  const source = request.travel?.source;
  switch (source?.case) {
    case "matrix":
      return matrixTravel(source.value, startTicks(request));
    case "planar":
      return planarTravel(source.value, ticksPerSecond);
    case "greatCircle":
      return greatCircleTravel(source.value, ticksPerSecond, () => hourStarts(request));
    case "osrm":
    case "valhalla":
      if (!tables) throw new Error("travel by a road engine needs its tables");
      return roadTravel(tables);
    default:
      return greatCircleTravel(undefined, ticksPerSecond, () => []);
  }
}

/** Ticks of a part of a second. */
const partTicks = (nanos: number, ticksPerSecond: number) => Math.round((nanos * ticksPerSecond) / 1e9);

/** First tick of a matrix's slice, after `now`. */
function startTicks({ now, ticksPerSecond }: AssignRequest) {
  const part = (nanos: number) => partTicks(nanos, ticksPerSecond || 1);
  return ({ sliceStart }: Matrix): number | undefined =>
    sliceStart &&
    Number(sliceStart.seconds - (now?.seconds ?? 0n)) * (ticksPerSecond || 1) +
      part(sliceStart.nanos) -
      part(now?.nanos ?? 0);
}

/** Hours of the local day by the first tick of each, after `now`. */
function hourStarts(request: AssignRequest): HourStart[] {
  const ticksPerSecond = request.ticksPerSecond || 1;
  const part = partTicks(request.now?.nanos ?? 0, ticksPerSecond);
  return localHours(request).map(({ second, hour }) => ({ start: second * ticksPerSecond - part, hour }));
}

/** An hour of the local day that begins at a tick. */
interface HourStart {
  readonly start: number;
  readonly hour: number;
}

/** Gives equal points equal rows, in order of first sight, and keeps what `make` computes of each point. */
function pointRows<T>(pointOf: (place: Place) => [number, number], make: (a: number, b: number) => T) {
  const rows = new Map<string, number>();
  const points: T[] = [];
  const row = (place: Place): number => {
    const [a, b] = pointOf(place);
    const key = `${a},${b}`;
    let found = rows.get(key);
    if (found === undefined) {
      found = points.length;
      rows.set(key, found);
      points.push(make(a, b));
    }
    return found;
  };
  return { row, points };
}

/** The mode that is meant: an engineer without one drives. */
function driven(mode: VehicleMode): VehicleMode {
  return mode === VehicleMode.UNSPECIFIED ? VehicleMode.CAR : mode;
}

/** Metres per second by hour of the local day, 24 of them, and the detour factor of a mode. */
interface DaySpeeds {
  readonly metresPerSecond: readonly number[];
  readonly detourFactor: number;
}

function greatCircleTravel(
  source: GreatCircleTravel | undefined,
  ticksPerSecond: number,
  hoursOfDays: () => readonly HourStart[],
): Travel {
  const speeds = new Map<VehicleMode, DaySpeeds & { readonly quickest: number }>();
  const speedOf = (mode: VehicleMode) => {
    let found = speeds.get(driven(mode));
    if (!found) {
      const asked = source?.speeds.findLast(({ vehicleMode }) => driven(vehicleMode) === driven(mode));
      const defaults = DEFAULT_SPEEDS[driven(mode)];
      const metresPerSecond = new Array<number>(24).fill((asked ?? defaults).metresPerSecond);
      for (const { hour, metresPerSecond: own } of asked?.hours ?? []) metresPerSecond[hour] = own;
      found = {
        metresPerSecond,
        detourFactor: asked?.detourFactor || defaults.detourFactor,
        quickest: Math.max(...metresPerSecond),
      };
      speeds.set(driven(mode), found);
    }
    return found;
  };
  const { row, points } = pointRows<UnitVector>(
    (place) =>
      place.position.case === "geo" ? [place.position.value.latitude, place.position.value.longitude] : [0, 0],
    unitVector,
  );
  const between = rowCache((from, to) => greatCircleMetres(points[from]!, points[to]!));
  const speedByMode: ReturnType<typeof speedOf>[] = [];
  for (const mode of Object.keys(DEFAULT_SPEEDS).map(Number) as VehicleMode[]) speedByMode[mode] = speedOf(mode);
  const metres = (mode: VehicleMode, from: number, to: number) => between(from, to) * speedByMode[mode]!.detourFactor;
  const ticks = (metresPerSecond: number, mode: VehicleMode, from: number, to: number) =>
    Math.ceil((metres(mode, from, to) / metresPerSecond) * ticksPerSecond);
  const modes = (source?.speeds ?? []).map(({ vehicleMode }) => vehicleMode);
  const varies = modes.some((mode) => new Set(speedOf(mode).metresPerSecond).size > 1);
  const hours = varies ? hourSlices(hoursOfDays(), modes.map(speedOf)) : { starts: [], hourOf: [0] };
  const sliceSpeed = (slice: number, mode: VehicleMode) => speedOf(mode).metresPerSecond[hours.hourOf[slice]!]!;
  return {
    source: "great_circle",
    symmetric: true,
    distanceIsDuration: false,
    row,
    duration: (mode, from, to) => ticks(speedByMode[mode]!.quickest, mode, from, to),
    distance: (mode, from, to) => Math.floor(metres(mode, from, to) + 0.5),
    modeKey: (mode) => `${speedOf(mode).metresPerSecond.join(" ")}/${speedOf(mode).detourFactor}`,
    ...(hours.starts.length > 0 && {
      hours: {
        starts: hours.starts,
        duration: (slice, mode, from, to) => ticks(sliceSpeed(slice, mode), mode, from, to),
        key: (slice, mode) => `${sliceSpeed(slice, mode)}/${speedOf(mode).detourFactor}`,
      },
    }),
  };
}

/** First ticks of slices 1, 2 and so on, where some mode's speed changes, and an hour of the day of each slice. */
function hourSlices(days: readonly HourStart[], speeds: readonly DaySpeeds[]) {
  const starts: number[] = [];
  const hourOf = [days[0]!.hour];
  for (const { start, hour } of days) {
    const before = hourOf.at(-1)!;
    if (speeds.every(({ metresPerSecond }) => metresPerSecond[hour] === metresPerSecond[before])) continue;
    starts.push(start);
    hourOf.push(hour);
  }
  return { starts, hourOf };
}

/** The same function of pairs; of each second point the value with the first one asked last is kept: every vehicle mode asks for the same ones. */
function rowCache(compute: (from: number, to: number) => number): typeof compute {
  let firsts = new Int32Array(0);
  let values = new Float64Array(0);
  return (from, to) => {
    if (to >= firsts.length) {
      firsts = new Int32Array(2 * to + 64).fill(-1);
      values = new Float64Array(firsts.length);
    }
    if (firsts[to] !== from) {
      firsts[to] = from;
      values[to] = compute(from, to);
    }
    return values[to]!;
  };
}

function planarTravel(source: PlanarTravel, ticksPerSecond: number): Travel {
  const round = {
    [PlanarTravel_Rounding.UNSPECIFIED]: Math.ceil,
    [PlanarTravel_Rounding.UP]: Math.ceil,
    [PlanarTravel_Rounding.DOWN]: Math.floor,
    [PlanarTravel_Rounding.NEAREST]: (value: number) => Math.floor(value + 0.5),
  }[source.rounding];
  const { row, points } = pointRows(
    (place) => (place.position.case === "planar" ? [place.position.value.x, place.position.value.y] : [0, 0]),
    (x, y) => ({ x, y }),
  );
  const length = (_mode: VehicleMode, from: number, to: number) => {
    const dx = points[from]!.x - points[to]!.x;
    const dy = points[from]!.y - points[to]!.y;
    return round(ticksPerSecond * Math.sqrt(dx * dx + dy * dy));
  };
  return {
    source: "planar",
    symmetric: true,
    distanceIsDuration: true,
    row,
    duration: length,
    distance: length,
    modeKey: () => "planar",
  };
}
