// Travel by great circle, with a speed by hour of the day and a detour factor for each vehicle mode.
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { GreatCircleTravel } from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { greatCircleMetres, type UnitVector, unitVector } from "./great-circle.ts";
import { PointRows } from "./point-rows.ts";
import type { Travel } from "./travel.ts";

/** Default speed (m/s, door to door in a city) and detour factor by vehicle mode; sources in docs/travel.md. */
export const DEFAULT_SPEEDS: Readonly<Record<VehicleMode, { metresPerSecond: number; detourFactor: number }>> = {
  [VehicleMode.UNSPECIFIED]: { metresPerSecond: 7, detourFactor: 1.4 },
  [VehicleMode.FOOT]: { metresPerSecond: 1.3, detourFactor: 1.3 },
  [VehicleMode.E_BIKE]: { metresPerSecond: 5, detourFactor: 1.3 },
  [VehicleMode.MOTORBIKE]: { metresPerSecond: 7.5, detourFactor: 1.35 },
  [VehicleMode.CAR]: { metresPerSecond: 7, detourFactor: 1.4 },
  [VehicleMode.TRANSIT]: { metresPerSecond: 4.5, detourFactor: 1.4 },
};

/** An hour of the local day that begins at a tick. */
export interface HourStart {
  readonly start: number;
  readonly hour: number;
}

/** The mode that is meant: an engineer without one drives. */
const driven = (mode: VehicleMode) => (mode === VehicleMode.UNSPECIFIED ? VehicleMode.CAR : mode);

/** How a mode travels: metres per second by hour of the local day, 24 of them, and the detour factor. */
interface Speeds {
  readonly metresPerSecond: readonly number[];
  readonly quickest: number;
  readonly detourFactor: number;
  /** Modes with equal keys travel alike. */
  readonly key: string;
}

/** The modes in the order of their numbers. */
const MODES = Object.keys(DEFAULT_SPEEDS).map(Number) as VehicleMode[];

function speedsOf(mode: VehicleMode, source: GreatCircleTravel | undefined): Speeds {
  const asked = source?.speeds.findLast(({ vehicleMode }) => driven(vehicleMode) === driven(mode));
  const usual = DEFAULT_SPEEDS[driven(mode)];
  const metresPerSecond = new Array<number>(24).fill((asked ?? usual).metresPerSecond);
  for (const { hour, metresPerSecond: own } of asked?.hours ?? []) metresPerSecond[hour] = own;
  const detourFactor = asked?.detourFactor || usual.detourFactor;
  return {
    metresPerSecond,
    quickest: Math.max(...metresPerSecond),
    detourFactor,
    key: `${metresPerSecond.join(" ")}/${detourFactor}`,
  };
}

const USUAL: readonly Speeds[] = MODES.map((mode) => speedsOf(mode, undefined));

/** Travel by the speeds of `source`; the hours of the days are asked for only where some speed depends on them. */
export function greatCircleTravel(
  source: GreatCircleTravel | undefined,
  ticksPerSecond: number,
  hoursOfDays: () => readonly HourStart[],
): Travel {
  const asked = source?.speeds ?? [];
  const speeds = asked.length === 0 ? USUAL : MODES.map((mode) => speedsOf(mode, source));
  const varies = asked.some(({ vehicleMode }) => new Set(speeds[vehicleMode]!.metresPerSecond).size > 1);
  const hours = varies
    ? hourSlices(
        hoursOfDays(),
        asked.map(({ vehicleMode }) => speeds[vehicleMode]!),
      )
    : { starts: [], hourOf: [0] };
  const points = new PointRows();
  const vectors: UnitVector[] = [];
  const row: Travel["row"] = ({ position }) => {
    const { latitude, longitude } = position.case === "geo" ? position.value : NOWHERE;
    const found = points.row(latitude, longitude);
    if (found === vectors.length) vectors.push(unitVector(latitude, longitude));
    return found;
  };
  // Of each second point the metres from the first one asked for last: every vehicle mode asks for the same ones.
  let lastFirst = new Int32Array(0);
  let lastMetres = new Float64Array(0);
  const grow = (rows: number) => {
    lastFirst = new Int32Array(2 * rows + 64).fill(-1);
    lastMetres = new Float64Array(lastFirst.length);
  };
  const between = (from: number, to: number) => {
    if (to >= lastFirst.length) grow(to);
    if (lastFirst[to] !== from) {
      lastFirst[to] = from;
      lastMetres[to] = greatCircleMetres(vectors[from]!, vectors[to]!);
    }
    return lastMetres[to]!;
  };
  const ticksOf = (metres: number, metresPerSecond: number) => Math.ceil((metres / metresPerSecond) * ticksPerSecond);
  const metresOf = (mode: VehicleMode, from: number, to: number) => between(from, to) * speeds[mode]!.detourFactor;
  const sliceSpeed = (slice: number, mode: VehicleMode) => speeds[mode]!.metresPerSecond[hours.hourOf[slice]!]!;
  return {
    source: "great_circle",
    symmetric: true,
    distanceIsDuration: false,
    row,
    duration: (mode, from, to) => ticksOf(metresOf(mode, from, to), speeds[mode]!.quickest),
    distance: (mode, from, to) => Math.floor(metresOf(mode, from, to) + 0.5),
    legs: (mode, from, to, count, ticks, metres) => {
      const { quickest, detourFactor } = speeds[mode]!;
      for (let index = 0; index < count; index++) {
        const way = between(from, to[index]!) * detourFactor;
        ticks[index] = ticksOf(way, quickest);
        metres[index] = Math.floor(way + 0.5);
      }
    },
    modeKey: (mode) => speeds[mode]!.key,
    ...(hours.starts.length > 0 && {
      hours: {
        starts: hours.starts,
        duration: (slice, mode, from, to) => ticksOf(metresOf(mode, from, to), sliceSpeed(slice, mode)),
        key: (slice, mode) => `${sliceSpeed(slice, mode)}/${speeds[mode]!.detourFactor}`,
      },
    }),
  };
}

const NOWHERE = { latitude: 0, longitude: 0 };

/** First ticks of slices 1, 2 and so on, where some mode's speed changes, and an hour of the day of each slice. */
function hourSlices(days: readonly HourStart[], speeds: readonly Speeds[]) {
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
