// Travel that has become slower or faster than the request says.
import { clone, create } from "@bufbuild/protobuf";
import { VehicleMode } from "../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { type Matrix, type Travel, TravelSchema } from "../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { compareMoments } from "../solver/check/clock.ts";
import { DEFAULT_SPEEDS } from "../solver/travel/great-circle-travel.ts";

/**
 * The same travel at `percent` of its times.
 *
 * @throws RangeError for sources whose times a request cannot state.
 */
export function slowed(travel: Travel | undefined, percent: number): Travel | undefined {
  if (percent === 100) return travel;
  const copy = travel ? clone(TravelSchema, travel) : create(TravelSchema);
  const { source } = copy;
  if (source.case === "matrix") {
    const { matrices } = source.value;
    for (const matrix of matrices) {
      // Without metres of their own they are the usual times of the mode's first slice, not the slowed ones.
      const isFirst = !matrices.some((other) => other.vehicleMode === matrix.vehicleMode && isBefore(other, matrix));
      if (matrix.distancesM.length === 0 && isFirst) matrix.distancesM = matrix.durations;
      matrix.durations = matrix.durations.map((time) => (time < 0 ? time : Math.ceil((time * percent) / 100)));
    }
    return copy;
  }
  if (source.case !== undefined && source.case !== "greatCircle")
    throw new RangeError(`trafficChanged: travel "${source.case}" has no speeds to change; use great_circle or matrix`);
  const given = source.case === "greatCircle" ? source.value.speeds : [];
  const modes = [VehicleMode.FOOT, VehicleMode.E_BIKE, VehicleMode.MOTORBIKE, VehicleMode.CAR, VehicleMode.TRANSIT];
  const speeds = modes.map((vehicleMode) => {
    const own = given.find((speed) => speed.vehicleMode === vehicleMode);
    const { metresPerSecond, detourFactor } = DEFAULT_SPEEDS[vehicleMode];
    return {
      vehicleMode,
      metresPerSecond: ((own?.metresPerSecond ?? metresPerSecond) * 100) / percent,
      detourFactor: own?.detourFactor || detourFactor,
      hours: (own?.hours ?? []).map((at) => ({ hour: at.hour, metresPerSecond: (at.metresPerSecond * 100) / percent })),
    };
  });
  const { greatCircleFallback } = copy;
  return create(TravelSchema, { greatCircleFallback, source: { case: "greatCircle", value: { speeds } } });
}

function isBefore({ sliceStart: a }: Matrix, { sliceStart: b }: Matrix): boolean {
  return b !== undefined && (a === undefined || compareMoments(a, b) < 0);
}
