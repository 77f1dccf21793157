// Travel times and distances between the places of one request, whatever their source.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Place, VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import {
  type Matrix,
  type PlanarTravel,
  PlanarTravel_Rounding,
} from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { greatCircleTravel, type HourStart } from "./great-circle-travel.ts";
import type { Hours } from "./hours.ts";
import { legsByPair } from "./legs.ts";
import { localHours } from "./local-hours.ts";
import { matrixTravel } from "./matrix-travel.ts";
import { PointRows } from "./point-rows.ts";
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
  /** Ticks and metres, as above, of the legs from one row to the first `count` of several. */
  legs(mode: VehicleMode, from: number, to: Int32Array, count: number, ticks: Float64Array, metres: Float64Array): void;
  /** True where great circle stands in for a road engine; absent: nowhere. */
  readonly greatCircle?: (mode: VehicleMode, from: number, to: number) => boolean;
  /** Vehicle modes with equal keys have the same times and distances. */
  modeKey(mode: VehicleMode): string;
  /** Where times depend on when a leg begins; absent: nowhere. */
  readonly hours?: Hours;
}

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

function planarTravel(source: PlanarTravel, ticksPerSecond: number): Travel {
  const round = {
    [PlanarTravel_Rounding.UNSPECIFIED]: Math.ceil,
    [PlanarTravel_Rounding.UP]: Math.ceil,
    [PlanarTravel_Rounding.DOWN]: Math.floor,
    [PlanarTravel_Rounding.NEAREST]: (value: number) => Math.floor(value + 0.5),
  }[source.rounding];
  const points = new PointRows();
  const length = (_mode: VehicleMode, from: number, to: number) => {
    const dx = points.first[from]! - points.first[to]!;
    const dy = points.second[from]! - points.second[to]!;
    return round(ticksPerSecond * Math.sqrt(dx * dx + dy * dy));
  };
  return {
    source: "planar",
    symmetric: true,
    distanceIsDuration: true,
    row: ({ position }) =>
      position.case === "planar" ? points.row(position.value.x, position.value.y) : points.row(0, 0),
    duration: length,
    distance: length,
    legs: legsByPair(length, length),
    modeKey: () => "planar",
  };
}
