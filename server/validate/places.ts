// Places: all of one kind, the kind the travel source asks for, inside the matrices and not too far apart for i32.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Place, VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { ModeSpeed } from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { DEFAULT_SPEEDS } from "../../solver/travel/great-circle-travel.ts";
import type { Path, Report } from "./report.ts";
import { MAX_TICKS } from "./times.ts";

const EARTH_RADIUS_M = 6_371_009;

/** Calls `visit` for every place that travel is asked for; places of a current plan's stops are those of its orders. */
function eachPlace(request: AssignRequest, visit: (place: Place, path: () => Path) => void): void {
  const maybe = (place: Place | undefined, path: () => Path) => {
    if (place) visit(place, path);
  };
  request.orders.forEach((order, row) => {
    maybe(order.place, () => ["orders", row, "place"]);
  });
  request.engineers.forEach((engineer, row) => {
    engineer.shifts.forEach((shift, index) => {
      maybe(shift.startPlace, () => ["engineers", row, "shifts", index, "startPlace"]);
      maybe(shift.endPlace, () => ["engineers", row, "shifts", index, "endPlace"]);
      shift.breaks.forEach((pause, at) => {
        maybe(pause.place, () => ["engineers", row, "shifts", index, "breaks", at, "place"]);
      });
    });
  });
  request.operatingCentres.forEach((centre, row) => {
    maybe(centre.place, () => ["operatingCentres", row, "place"]);
  });
}

/** Reports places of the wrong kind, outside the matrices, or so far apart that travel times overflow. */
export function checkPlaces(request: AssignRequest, ticksPerSecond: number, report: Report): void {
  const source = request.travel?.source;
  const size = source?.case === "matrix" ? source.value.matrices[0]?.size || undefined : undefined;
  let kind: string | undefined = source?.case === "matrix" ? undefined : source?.case === "planar" ? "planar" : "geo";
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];

  eachPlace(request, (place, path) => {
    const position = place.position;
    if (position.case === undefined) return;
    kind ??= position.case;
    if (position.case !== kind) {
      report(
        [...path(), "position", "value"],
        "PLACE_KIND",
        `must be ${kind} like the travel source or the first place, is ${position.case}`,
      );
      return;
    }
    const a = position.case === "geo" ? position.value.latitude : position.value.x;
    const b = position.case === "geo" ? position.value.longitude : position.value.y;
    if (Number.isFinite(a) && Number.isFinite(b)) {
      low[0] = Math.min(low[0]!, a);
      low[1] = Math.min(low[1]!, b);
      high[0] = Math.max(high[0]!, a);
      high[1] = Math.max(high[1]!, b);
    }
    if (source?.case === "matrix" && place.matrixIndex === undefined)
      report([...path(), "matrixIndex"], "REQUIRED", "is required with matrix travel");
    else if (size !== undefined && place.matrixIndex! >= size)
      report(
        [...path(), "matrixIndex"],
        "MATRIX_SIZE",
        `must be less than the matrix size ${size}, is ${place.matrixIndex}`,
      );
  });
  if (source?.case !== "matrix" && low[0]! <= high[0]!)
    checkExtent(request, ticksPerSecond, [high[0]! - low[0]!, high[1]! - low[1]!], report);
}

/** `spread`: the sides of the box around all places, in degrees or coordinate units. */
function checkExtent(request: AssignRequest, ticksPerSecond: number, spread: [number, number], report: Report): void {
  const source = request.travel?.source;
  let ticks: number;
  if (source?.case === "planar") {
    ticks = Math.hypot(...spread) * ticksPerSecond;
  } else {
    // No great circle is longer than its way along the meridian and the parallel.
    const metres = ((spread[0] + spread[1]) * Math.PI * EARTH_RADIUS_M) / 180;
    const speeds = source?.case === "greatCircle" ? source.value.speeds : [];
    const slowest = ({ metresPerSecond, hours }: ModeSpeed) =>
      Math.min(metresPerSecond, ...hours.map((hour) => hour.metresPerSecond));
    if (speeds.some((speed) => !(slowest(speed) > 0))) return;
    const secondsPerMetre = (mode: VehicleMode) => {
      const own = speeds.find((speed) => speed.vehicleMode === mode);
      const usual = DEFAULT_SPEEDS[mode];
      return (own?.detourFactor || usual.detourFactor) / (own ? slowest(own) : usual.metresPerSecond);
    };
    const modes = new Set(request.engineers.map((engineer) => engineer.vehicleMode || VehicleMode.CAR));
    ticks =
      Math.max(0, ...[...modes].filter((mode) => mode in DEFAULT_SPEEDS).map(secondsPerMetre)) *
      metres *
      ticksPerSecond;
  }
  if (ticks > MAX_TICKS)
    report(
      ["travel"],
      "OVERFLOW",
      `the longest travel time must be at most ${MAX_TICKS} ticks, but the places are up to ${Math.ceil(ticks)} ticks apart`,
    );
}
