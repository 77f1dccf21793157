// Schema of travel: structure and ranges; the values of matrices are read by matrices.ts, as there may be millions.
import type { Duration } from "@bufbuild/protobuf/wkt";
import { z } from "zod";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { PlanarTravel_Rounding } from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { durationMs } from "../pool/peek.ts";
import { isHttpUrl } from "../roads/road-setup.ts";
import { duration, language, name, rule, timestamp } from "./schema-basics.ts";

const namedMode = rule(
  z.enum(VehicleMode),
  "REQUIRED",
  "must name a vehicle mode",
  (mode) => mode !== VehicleMode.UNSPECIFIED,
);
const metresPerSecond = z.number().gt(0).max(100);
const list = z.custom<number[]>((value) => Array.isArray(value));

const modeSpeed = z.object({
  vehicleMode: namedMode,
  metresPerSecond,
  detourFactor: rule(
    z.number(),
    "OUT_OF_RANGE",
    "must be 0 (the default) or 1 to 10",
    (factor) => factor === 0 || (factor >= 1 && factor <= 10),
  ),
  hours: z.array(z.object({ hour: z.int().min(0).max(23), metresPerSecond })),
});

const matrix = z.object({
  vehicleMode: z.enum(VehicleMode),
  size: z.int().min(1).max(20_000),
  durations: list,
  distancesM: list,
  sliceStart: timestamp.optional(),
});

const roadEngine = z.object({
  baseUrl: rule(
    z.string(),
    "INVALID_URL",
    "must be empty or the root of an HTTP server, without name, password, query or fragment",
    (url) => url === "" || isHttpUrl(url),
  ),
  profiles: z.array(z.object({ vehicleMode: namedMode, profile: name })),
  timeout: rule(
    duration,
    "OUT_OF_RANGE",
    "must be more than 0 and at most 10 minutes",
    (timeout) => durationMs(timeout as Duration) > 0 && durationMs(timeout as Duration) <= 600_000,
  ).optional(),
});

export const travel = z.object({
  source: z.discriminatedUnion("case", [
    z.object({ case: z.literal(undefined) }),
    z.object({ case: z.literal("greatCircle"), value: z.object({ speeds: z.array(modeSpeed) }) }),
    z.object({ case: z.literal("matrix"), value: z.object({ matrices: z.array(matrix).min(1) }) }),
    z.object({ case: z.literal("planar"), value: z.object({ rounding: z.enum(PlanarTravel_Rounding) }) }),
    z.object({ case: z.literal("osrm"), value: roadEngine }),
    z.object({ case: z.literal("valhalla"), value: roadEngine }),
  ]),
});

export const directions = z.object({
  geometry: z.boolean(),
  language: z.union([z.literal(""), language]),
});
