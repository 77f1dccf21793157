// A working day in the town of street-network.ts, and its tiles.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { afterAll } from "vitest";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import type { DirectionsSchema, TravelSchema } from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { buildTiles } from "../../solver/roads/build-tiles.ts";
import type { Point } from "../../solver/roads/engine.ts";
import { crossing, writeStreetNetwork } from "./street-network.ts";

/** Builds the town's tiles in a folder that goes after the tests of the file. */
export async function townTiles(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "shanpai-town-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const pbf = join(folder, "town.osm.pbf");
  writeStreetNetwork(pbf);
  await buildTiles(pbf, join(folder, "tiles"));
  return join(folder, "tiles");
}

const DAY_START = 1_800_000_000n;

export const placeAt = (point: Point) => ({ position: { case: "geo" as const, value: point } });

interface More {
  readonly travel?: MessageInitShape<typeof TravelSchema>;
  readonly directions?: MessageInitShape<typeof DirectionsSchema>;
  readonly search?: MessageInitShape<typeof SearchOptionsSchema>;
}

/** Twelve orders all over the town and three engineers: two drive, the last walks; 60 iterations. */
export function townRequest(more: More = {}): AssignRequest {
  const [depot, noon] = [placeAt(crossing(5, 6)), DAY_START + 14_400n];
  return create(AssignRequestSchema, {
    now: { seconds: DAY_START },
    timeZone: "Asia/Shanghai",
    orders: Array.from({ length: 12 }, (_, index) => ({
      id: `order-${String(index).padStart(2, "0")}`,
      place: placeAt(crossing(1 + ((index * 5) % 11), (index * 7) % 12)),
      serviceDuration: { seconds: 1_200n },
      windows: [
        index % 2 === 0
          ? { start: { seconds: DAY_START }, end: { seconds: noon } }
          : { start: { seconds: noon - 3_600n }, end: { seconds: DAY_START + 30_000n } },
      ],
      // Some are only for those who drive.
      ...(index % 3 === 0 && { vehicleAccess: [VehicleMode.CAR] }),
    })),
    engineers: [VehicleMode.CAR, VehicleMode.UNSPECIFIED, VehicleMode.FOOT].map((vehicleMode, index) => ({
      id: `engineer-${index}`,
      vehicleMode,
      shifts: [
        {
          time: { start: { seconds: DAY_START }, end: { seconds: DAY_START + 32_400n } },
          startPlace: depot,
          endPlace: depot,
        },
      ],
    })),
    search: { iterations: 60n, seed: 1n },
    ...more,
  });
}
