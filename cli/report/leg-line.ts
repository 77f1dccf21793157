// The way of a leg as longitudes and latitudes.
import polyline from "@googlemaps/polyline-codec";
import type { Leg } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";

/** Longitude and latitude, degrees, as in GeoJSON. */
export type Position = readonly [longitude: number, latitude: number];

/** The geometry of a leg, a polyline with 6 decimals, point by point; empty where it has none. */
export function lineOf(leg: Leg | undefined): Position[] {
  return polyline.decode(leg?.geometry ?? "", 6).map(([latitude, longitude]) => [longitude, latitude]);
}
