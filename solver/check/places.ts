// Where things are on the earth, for the criteria that look at H3 cells.
import { latLngToCell } from "h3-js";
import type { LatLng, Place } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { greatCircleMetres, unitVector } from "../travel/great-circle.ts";

export function onEarth(place: Place | undefined): LatLng | undefined {
  return place?.position.case === "geo" ? place.position.value : undefined;
}

export const cellAt = ({ latitude, longitude }: LatLng, resolution: number) =>
  latLngToCell(latitude, longitude, resolution);

export function metresApart(a: { latitude: number; longitude: number }, b: { latitude: number; longitude: number }) {
  return greatCircleMetres(unitVector(a.latitude, a.longitude), unitVector(b.latitude, b.longitude));
}
