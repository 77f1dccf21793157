// Short words for hand-made requests and plans: moments in seconds after a fixed midnight, planar places.
import { create } from "@bufbuild/protobuf";
import { type Duration, DurationSchema, type Timestamp, TimestampSchema } from "@bufbuild/protobuf/wkt";
import {
  type Place,
  PlaceSchema,
  PlanarPointSchema,
  type TimeWindow,
  TimeWindowSchema,
} from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { type Leg, LegSchema } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";

/** 2026-01-01T00:00:00Z in seconds. */
const MIDNIGHT = 1_767_225_600n;

/** The moment so many seconds after midnight. */
export function at(seconds: number): Timestamp {
  return create(TimestampSchema, { seconds: MIDNIGHT + BigInt(seconds) });
}

/** A duration in seconds. */
export function lasts(seconds: number): Duration {
  return create(DurationSchema, { seconds: BigInt(seconds) });
}

/** A window from one moment to another, both ends inclusive. */
export function between(start: number, end: number): TimeWindow {
  return create(TimeWindowSchema, { start: at(start), end: at(end) });
}

/** A point on the plane. */
export function point(x: number, y: number): Place {
  return create(PlaceSchema, { position: { case: "planar", value: create(PlanarPointSchema, { x, y }) } });
}

/** A planar leg of one tick a second: as many metres as seconds. */
export function way(length: number): Leg {
  return create(LegSchema, { duration: lasts(length), distanceM: BigInt(length) });
}
