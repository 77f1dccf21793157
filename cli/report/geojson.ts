// A plan as GeoJSON: a line for every leg and a point for every stop.
import type { AssignRequest, AssignResponse } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Place } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { type Leg, Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { UsageError } from "../failure.ts";
import { lineOf, type Position } from "./leg-line.ts";

/** A FeatureCollection (RFC 7946), indented. Legs without geometry are straight lines. Throws UsageError for places on a plane. */
export function planGeoJson(request: AssignRequest, { plan }: AssignResponse): string {
  const features: object[] = [];
  const feature = (geometry: object, properties: object) => features.push({ type: "Feature", geometry, properties });
  for (const route of plan?.routes ?? []) {
    const engineer = request.engineers.find(({ id }) => id === route.engineerId);
    const shift = engineer?.shifts[route.shiftIndex];
    const base = { engineer_id: route.engineerId, shift_index: route.shiftIndex };
    let before = positionOf(shift?.startPlace);
    const go = (leg: Leg | undefined, to: Position, stopIndex: number | undefined) => {
      const drawn = lineOf(leg);
      const moved = before[0] !== to[0] || before[1] !== to[1];
      if (leg && moved)
        feature(
          { type: "LineString", coordinates: drawn.length > 1 ? drawn : [before, to] },
          {
            ...base,
            kind: "leg",
            ...(stopIndex !== undefined && { stop_index: stopIndex }),
            seconds: Number(leg.duration?.seconds ?? 0n),
            metres: Number(leg.distanceM),
            ...(leg.greatCircle && { great_circle: true }),
            ...(leg.steps.length > 0 && { instructions: leg.steps.map(({ instruction }) => instruction) }),
          },
        );
      before = to;
    };
    for (const [index, stop] of route.stops.entries()) {
      const here = positionOf(stop.place);
      go(stop.leg, here, index);
      const name = stop.orderId || stop.operatingCentreId;
      feature(
        { type: "Point", coordinates: here },
        { ...base, kind: Stop_Kind[stop.kind]!.toLowerCase(), stop_index: index, name },
      );
    }
    if (shift?.endPlace) go(route.finalLeg, positionOf(shift.endPlace), undefined);
  }
  return `${JSON.stringify({ type: "FeatureCollection", features }, null, 2)}\n`;
}

function positionOf(place: Place | undefined): Position {
  if (place?.position.case !== "geo")
    throw new UsageError("--format geojson: places on a plane are nowhere on the earth");
  return [place.position.value.longitude, place.position.value.latitude];
}
