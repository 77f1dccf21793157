// A generated request whose travel takes longer or shorter by the hour.
import { create } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Place, PlaceSchema, VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import {
  HourSpeedSchema,
  type Matrix,
  MatrixSchema,
  TravelSchema,
} from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { travelOf } from "../../solver/travel/travel.ts";
import type { Draws } from "./draws.ts";

/** The request, changed: hours of the day for some great circles, else matrices of what its travel says, in one to five slices. */
export function byHour(request: AssignRequest, draws: Draws): AssignRequest {
  const source = request.travel?.source;
  if (source?.case === "greatCircle" && draws.chance(50)) {
    if (source.value.speeds.length === 0)
      request.travel = create(TravelSchema, {
        source: { case: "greatCircle", value: { speeds: [{ vehicleMode: VehicleMode.CAR, metresPerSecond: 7 }] } },
      });
    const { speeds } = request.travel!.source.value as { speeds: { hours: unknown[] }[] };
    speeds[0]!.hours = Array.from({ length: 24 }, (_, hour) => hour)
      .filter(() => draws.chance(50))
      .map((hour) => create(HourSpeedSchema, { hour, metresPerSecond: draws.whole(3, 20) }));
    return request;
  }
  const matrices = matricesOf(request);
  const starts = sliceStarts(request, draws);
  request.travel = create(TravelSchema, {
    source: {
      case: "matrix",
      value: { matrices: matrices.flatMap((matrix) => (draws.chance(85) ? slices(matrix, starts, draws) : [matrix])) },
    },
  });
  return request;
}

/** What the request's travel says, as matrices; its places get their indices. */
export function matricesOf(request: AssignRequest): Matrix[] {
  const travel = travelOf(request);
  const places: Place[] = [];
  const walk = (message: ReflectMessage) => {
    if (message.desc.typeName === PlaceSchema.typeName) places.push(message.message as Place);
    for (const field of message.fields) {
      if (!message.isSet(field)) continue;
      if (field.fieldKind === "message") walk(message.get(field));
      else if (field.fieldKind === "list" && field.listKind === "message")
        for (const item of message.get(field)) walk(item as ReflectMessage);
    }
  };
  walk(reflect(AssignRequestSchema, request));
  const rows = places.map((place) => travel.row(place));
  for (const [index, place] of places.entries()) place.matrixIndex = rows[index]!;
  const size = Math.max(...rows) + 1;
  const cells = Array.from({ length: size * size }, (_, cell) => [Math.floor(cell / size), cell % size] as const);
  const known = new Set(rows);
  const of = (value: (from: number, to: number) => number) =>
    cells.map(([from, to]) => (from === to || !known.has(from) || !known.has(to) ? 0 : value(from, to)));
  const modes = new Set(request.engineers.map(({ vehicleMode }) => vehicleMode || VehicleMode.CAR));
  return [...modes].map((vehicleMode) => {
    const durations = of((from, to) => travel.duration(vehicleMode, from, to));
    return create(MatrixSchema, {
      vehicleMode,
      size,
      durations,
      distancesM: of((from, to) =>
        travel.duration(vehicleMode, from, to) < 0 ? -1 : travel.distance(vehicleMode, from, to),
      ),
    });
  });
}

/** One to four moments of the request's days. */
export function sliceStarts(request: AssignRequest, draws: Draws) {
  const now = request.now!;
  const ends = request.engineers.flatMap(({ shifts }) => shifts.map(({ time }) => Number(time!.end!.seconds)));
  const span = Math.max(60, ...ends.map((end) => end - Number(now.seconds)));
  const seconds = new Set(Array.from({ length: draws.whole(1, 4) }, () => draws.whole(1, span)));
  return [...seconds].map((after) => create(TimestampSchema, { seconds: now.seconds + BigInt(after) }));
}

function slices(matrix: Matrix, starts: ReturnType<typeof sliceStarts>, draws: Draws): Matrix[] {
  return [undefined, ...starts].map((sliceStart) => {
    const percent = draws.whole(30, 300);
    const durations = matrix.durations.map((ticks) =>
      ticks <= 0 ? ticks : Math.ceil((ticks * percent) / 100) + (draws.chance(5) ? draws.whole(0, 9) : 0),
    );
    return create(MatrixSchema, {
      ...matrix,
      durations,
      distancesM: sliceStart && draws.chance(50) ? [] : matrix.distancesM,
      ...(sliceStart && { sliceStart }),
    });
  });
}
