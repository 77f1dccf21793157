// Travel times and distances between the places of one request, whatever their source.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Place, VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import {
  type GreatCircleTravel,
  type MatrixTravel,
  type PlanarTravel,
  PlanarTravel_Rounding,
} from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { greatCircleMetres, type UnitVector, unitVector } from "./great-circle.ts";
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
  /** Travel time in ticks between two rows, -1 = no way. */
  duration(mode: VehicleMode, from: number, to: number): number;
  /** Metres (planar: coordinate units times ticks_per_second) between two rows, -1 = no way. */
  distance(mode: VehicleMode, from: number, to: number): number;
  /** True where great circle stands in for a road engine; absent: nowhere. */
  readonly greatCircle?: (mode: VehicleMode, from: number, to: number) => boolean;
  /** Vehicle modes with equal keys have the same times and distances. */
  modeKey(mode: VehicleMode): string;
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
      return matrixTravel(source.value);
    case "planar":
      return planarTravel(source.value, ticksPerSecond);
    case "greatCircle":
      return greatCircleTravel(source.value, ticksPerSecond);
    case "osrm":
    case "valhalla":
      if (!tables) throw new Error("travel by a road engine needs its tables");
      return roadTravel(tables);
    default:
      return greatCircleTravel(undefined, ticksPerSecond);
  }
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

function greatCircleTravel(source: GreatCircleTravel | undefined, ticksPerSecond: number): Travel {
  const speeds = new Map<VehicleMode, { metresPerSecond: number; detourFactor: number }>();
  const speedOf = (mode: VehicleMode) => speeds.get(driven(mode)) ?? DEFAULT_SPEEDS[driven(mode)];
  for (const speed of source?.speeds ?? [])
    speeds.set(driven(speed.vehicleMode), {
      metresPerSecond: speed.metresPerSecond,
      detourFactor: speed.detourFactor || DEFAULT_SPEEDS[driven(speed.vehicleMode)].detourFactor,
    });
  const { row, points } = pointRows<UnitVector>(
    (place) =>
      place.position.case === "geo" ? [place.position.value.latitude, place.position.value.longitude] : [0, 0],
    unitVector,
  );
  const between = rowCache((from, to) => greatCircleMetres(points[from]!, points[to]!));
  const speedByMode: ReturnType<typeof speedOf>[] = [];
  for (const mode of Object.keys(DEFAULT_SPEEDS).map(Number) as VehicleMode[]) speedByMode[mode] = speedOf(mode);
  return {
    source: "great_circle",
    symmetric: true,
    distanceIsDuration: false,
    row,
    duration: (mode, from, to) => {
      const { detourFactor, metresPerSecond } = speedByMode[mode]!;
      return Math.ceil(((between(from, to) * detourFactor) / metresPerSecond) * ticksPerSecond);
    },
    distance: (mode, from, to) => Math.floor(between(from, to) * speedByMode[mode]!.detourFactor + 0.5),
    modeKey: (mode) => `${speedOf(mode).metresPerSecond}/${speedOf(mode).detourFactor}`,
  };
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

function matrixTravel(source: MatrixTravel): Travel {
  const indexOf = (mode: VehicleMode) => {
    const own = source.matrices.findIndex((matrix) => matrix.vehicleMode === driven(mode));
    return own >= 0 ? own : source.matrices.findIndex((matrix) => matrix.vehicleMode === VehicleMode.UNSPECIFIED);
  };
  const matrixByMode = new Map<VehicleMode, number>();
  const matrixOf = (mode: VehicleMode) => {
    let index = matrixByMode.get(mode);
    if (index === undefined) {
      index = indexOf(mode);
      matrixByMode.set(mode, index);
    }
    return source.matrices[index]!;
  };
  return {
    source: "matrix",
    symmetric: false,
    distanceIsDuration: source.matrices.every(({ distancesM }) => distancesM.length === 0),
    row: (place) => place.matrixIndex ?? 0,
    duration: (mode, from, to) => {
      const matrix = matrixOf(mode);
      return matrix.durations[from * matrix.size + to]!;
    },
    distance: (mode, from, to) => {
      const matrix = matrixOf(mode);
      const values = matrix.distancesM.length > 0 ? matrix.distancesM : matrix.durations;
      return values[from * matrix.size + to]!;
    },
    modeKey: (mode) => `${indexOf(mode)}`,
  };
}
