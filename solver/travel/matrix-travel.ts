// Travel by the caller's matrices, for each vehicle mode one or one for each slice of time.
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { Matrix, MatrixTravel } from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { type Hours, sliceAt } from "./hours.ts";
import { legsByPair } from "./legs.ts";
import type { Travel } from "./travel.ts";

/** The matrices of one mode. */
interface Slices {
  /** First tick of each; the first one has always been. */
  readonly starts: readonly number[];
  /** In the order of their slices, neighbours with the same times as one. */
  readonly matrices: readonly Matrix[];
  /** The least of each cell over all slices. */
  quickest(): readonly number[];
}

/** Travel from matrices whose slices begin at `ticksOf(matrix)`, undefined: always. */
export function matrixTravel({ matrices }: MatrixTravel, ticksOf: (matrix: Matrix) => number | undefined): Travel {
  const byMode = new Map<VehicleMode, Slices>();
  for (const mode of new Set(matrices.map(({ vehicleMode }) => vehicleMode)))
    byMode.set(
      mode,
      slicesOf(
        matrices.filter(({ vehicleMode }) => vehicleMode === mode),
        ticksOf,
      ),
    );
  const ownMode = (mode: VehicleMode) => {
    const driven = mode === VehicleMode.UNSPECIFIED ? VehicleMode.CAR : mode;
    return byMode.has(driven) ? driven : VehicleMode.UNSPECIFIED;
  };
  const of = (mode: VehicleMode) => byMode.get(ownMode(mode))!;
  const hours = hoursOf([...byMode.values()], of, ownMode);
  const duration: Travel["duration"] = (mode, from, to) => {
    const slices = of(mode);
    return slices.quickest()[from * slices.matrices[0]!.size + to]!;
  };
  const distance: Travel["distance"] = (mode, from, to) => {
    const { size, distancesM, durations } = of(mode).matrices[0]!;
    const values = distancesM.length > 0 ? distancesM : durations;
    return values[from * size + to]!;
  };
  return {
    source: "matrix",
    symmetric: false,
    distanceIsDuration: !hours && matrices.every(({ distancesM }) => distancesM.length === 0),
    row: (place) => place.matrixIndex ?? 0,
    duration,
    distance,
    legs: legsByPair(duration, distance),
    modeKey: (mode) => `${ownMode(mode)}`,
    ...(hours && { hours }),
  };
}

function slicesOf(matrices: readonly Matrix[], ticksOf: (matrix: Matrix) => number | undefined): Slices {
  const all = matrices
    .map((matrix) => ({ matrix, start: ticksOf(matrix) ?? Number.NEGATIVE_INFINITY }))
    .sort((a, b) => (a.start === b.start ? 0 : a.start - b.start));
  const kept = all.filter(({ matrix }, at) => at === 0 || !hasSameTimes(matrix, all[at - 1]!.matrix));
  let least: readonly number[] | undefined;
  return {
    starts: kept.map(({ start }) => start),
    matrices: kept.map(({ matrix }) => matrix),
    quickest: () => {
      least ??= kept.length === 1 ? kept[0]!.matrix.durations : leastOf(kept.map(({ matrix }) => matrix));
      return least;
    },
  };
}

function hasSameTimes(one: Matrix, other: Matrix): boolean {
  return one.durations.every((ticks, cell) => ticks === other.durations[cell]);
}

function leastOf([first, ...more]: readonly Matrix[]): number[] {
  const least = [...first!.durations];
  for (const { durations } of more)
    for (let cell = 0; cell < least.length; cell++) least[cell] = Math.min(least[cell]!, durations[cell]!);
  return least;
}

/** Slices of all modes together; undefined where no mode has more than one. */
function hoursOf(
  all: readonly Slices[],
  of: (mode: VehicleMode) => Slices,
  ownMode: (mode: VehicleMode) => VehicleMode,
): Hours | undefined {
  const starts = [...new Set(all.flatMap((slices) => slices.starts.slice(1)))].sort((a, b) => a - b);
  if (starts.length === 0) return undefined;
  // The modes' own slices have borders at some of these only.
  const own = (slice: number, mode: VehicleMode) =>
    slice === 0 ? 0 : sliceAt({ starts: of(mode).starts.slice(1) }, starts[slice - 1]!);
  const tables = new Map<VehicleMode, number[]>();
  const tableOf = (slice: number, mode: VehicleMode) => {
    let found = tables.get(mode);
    if (!found) {
      found = [0, ...starts].map((_, at) => own(at, mode));
      tables.set(mode, found);
    }
    return found[slice]!;
  };
  return {
    starts,
    duration: (slice, mode, from, to) => {
      const { durations, size } = of(mode).matrices[tableOf(slice, mode)]!;
      return durations[from * size + to]!;
    },
    key: (slice, mode) => `${ownMode(mode)}/${tableOf(slice, mode)}`,
  };
}
