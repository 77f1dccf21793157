// Tables of a road engine as they go from thread to thread, and travel read from them.
import { type Place, VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { legsByPair } from "./legs.ts";
import type { Travel } from "./travel.ts";

/** Times and distances of one vehicle mode between all places, row-major: the row is where a leg begins. */
export interface ModeTable {
  readonly mode: VehicleMode;
  /** Ticks, -1: no way, or a leg that no plan can use. */
  readonly durations: Int32Array;
  /** Metres, -1 likewise. */
  readonly distances: Int32Array;
  /** 1 where great circle stands in for the road engine; absent: nowhere. */
  readonly greatCircle?: Uint8Array;
}

/** What a road engine said about the places of one request. */
export interface RoadTables {
  readonly source: "osrm" | "valhalla";
  /** Latitude and longitude, degrees, of each place in turn; a place's row is its index. */
  readonly points: Float64Array;
  readonly modes: readonly ModeTable[];
}

/** Travel from tables; a place that is not in them has no way to it. */
export function roadTravel({ source, points, modes }: RoadTables): Travel {
  const rows = new Map<string, number>();
  for (let row = 0; row < points.length / 2; row++) rows.set(`${points[2 * row]},${points[2 * row + 1]}`, row);
  const size = rows.size;
  const byMode = new Map(modes.map((table) => [table.mode, table]));
  const tableOf = (mode: VehicleMode) => byMode.get(mode === VehicleMode.UNSPECIFIED ? VehicleMode.CAR : mode);
  const cell = (values: Int32Array | undefined, from: number, to: number) => {
    if (from === to) return 0;
    return values && from < size && to < size ? values[from * size + to]! : -1;
  };
  const duration: Travel["duration"] = (mode, from, to) => cell(tableOf(mode)?.durations, from, to);
  const distance: Travel["distance"] = (mode, from, to) => cell(tableOf(mode)?.distances, from, to);
  return {
    source,
    symmetric: false,
    distanceIsDuration: false,
    row: (place: Place) => {
      const { latitude, longitude } =
        place.position.case === "geo" ? place.position.value : { latitude: 0, longitude: 0 };
      const key = `${latitude},${longitude}`;
      let row = rows.get(key);
      if (row === undefined) {
        row = rows.size;
        rows.set(key, row);
      }
      return row;
    },
    duration,
    distance,
    legs: legsByPair(duration, distance),
    greatCircle: (mode, from, to) => from < size && to < size && tableOf(mode)?.greatCircle?.[from * size + to] === 1,
    // Modes of one profile share the memory of their tables.
    modeKey: (mode) => `${modes.findIndex(({ durations }) => durations === tableOf(mode)?.durations)}`,
  };
}
