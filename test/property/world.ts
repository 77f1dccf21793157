// Time and space of a generated request: the ticks of its clock and the places of its travel source.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type Duration, DurationSchema, type Timestamp, TimestampSchema } from "@bufbuild/protobuf/wkt";
import {
  type Place,
  PlaceSchema,
  type TimeWindow,
  TimeWindowSchema,
  VehicleMode,
} from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { PlanarTravel_Rounding, type TravelSchema } from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { type Draws, drawsFromSeed } from "./draws.ts";

/** 2026-01-01T00:00:00Z in seconds. */
const MIDNIGHT = 1_767_225_600n;

/** A day has some 600 units; a leg takes a few dozen. */
export interface World {
  readonly ticksPerSecond: number;
  readonly travel: MessageInitShape<typeof TravelSchema>;
  /** Metres, or what stands for them, that take about one unit. */
  readonly metres: number;
  /** So many units after midnight; the ticks within the unit are drawn. */
  at(units: number): Timestamp;
  lasts(units: number): Duration;
  between(start: number, end: number): TimeWindow;
  /** One of a few places, so that orders share them. */
  somewhere(): Place;
}

/** A world with a drawn clock and travel source. */
export function worldOf(draws: Draws): World {
  const { whole, one } = draws;
  const ticksPerSecond = one([1, 1, 10, 1000]);
  const count = whole(2, 25);
  const space = one([planar, matrix, geo])(draws, count, ticksPerSecond);
  const parts = (units: number) => {
    const ticks = units * space.secondsPerUnit * ticksPerSecond + whole(0, ticksPerSecond - 1);
    return {
      seconds: BigInt(Math.floor(ticks / ticksPerSecond)),
      nanos: ((ticks % ticksPerSecond) * 1e9) / ticksPerSecond,
    };
  };
  const at = (units: number) => {
    const { seconds, nanos } = parts(units);
    return create(TimestampSchema, { seconds: MIDNIGHT + seconds, nanos });
  };
  return {
    ticksPerSecond,
    travel: space.travel,
    metres: space.metres,
    at,
    lasts: (units) => create(DurationSchema, units === 0 ? {} : parts(units)),
    between: (start, end) => {
      const first = at(start);
      return create(TimeWindowSchema, { start: first, end: end === start ? first : at(end) });
    },
    somewhere: () => create(PlaceSchema, one(space.places)),
  };
}

interface Space {
  readonly places: readonly MessageInitShape<typeof PlaceSchema>[];
  readonly travel: MessageInitShape<typeof TravelSchema>;
  readonly secondsPerUnit: number;
  readonly metres: number;
}

const list = <T>(count: number, make: (row: number) => T) => Array.from({ length: count }, (_, row) => make(row));

function planar({ whole, one }: Draws, count: number, ticksPerSecond: number): Space {
  const { UNSPECIFIED, UP, DOWN, NEAREST } = PlanarTravel_Rounding;
  return {
    places: list(count, () => ({ position: { case: "planar", value: { x: whole(0, 80) / 2, y: whole(0, 80) / 2 } } })),
    travel: { source: { case: "planar", value: { rounding: one([UNSPECIFIED, UP, DOWN, NEAREST]) } } },
    secondsPerUnit: 1,
    metres: ticksPerSecond,
  };
}

/** Asymmetric times without any triangle inequality, with gaps, for all modes or some modes of their own. */
function matrix({ whole, chance, some }: Draws, count: number, ticksPerSecond: number): Space {
  const cells = drawsFromSeed(whole(0, 1_000_000));
  const gaps = chance(50) ? whole(1, 20) : 0;
  const modes = [VehicleMode.UNSPECIFIED, ...some([VehicleMode.CAR, VehicleMode.E_BIKE], 40)];
  return {
    places: list(count, (matrixIndex) => ({
      position: { case: "planar", value: { x: matrixIndex, y: 0 } },
      matrixIndex,
    })),
    travel: {
      source: {
        case: "matrix",
        value: {
          matrices: modes.map((vehicleMode) => {
            const durations = list(count * count, (cell) => {
              if (cell % (count + 1) === 0) return 0;
              return cells.chance(gaps) ? -1 : cells.whole(0, 60 * ticksPerSecond);
            });
            const far = (ticks: number, cell: number) =>
              ticks < 0 || cell % (count + 1) === 0 ? ticks : cells.whole(0, 60);
            return { vehicleMode, size: count, durations, distancesM: chance(50) ? durations.map(far) : [] };
          }),
        },
      },
    },
    secondsPerUnit: 1,
    metres: 1,
  };
}

function geo({ whole, chance }: Draws, count: number): Space {
  const speeds = chance(30) ? [{ vehicleMode: VehicleMode.CAR, metresPerSecond: whole(3, 20), detourFactor: 1.2 }] : [];
  return {
    places: list(count, () => ({
      position: {
        case: "geo",
        value: { latitude: 30.2 + whole(0, 1000) / 10_000, longitude: 120.1 + whole(0, 1000) / 10_000 },
      },
    })),
    travel: chance(70) ? { source: { case: "greatCircle", value: { speeds } } } : {},
    secondsPerUnit: 60,
    metres: 420,
  };
}
