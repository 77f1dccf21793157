// What travel takes of a whole Assign on roads.
import { performance } from "node:perf_hooks";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { roadDay } from "../datasets/road-day.ts";
import { AssignRequestSchema, AssignResponseSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptionsSchema } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { TravelSchema } from "../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { createPool } from "../server/pool/pool.ts";
import { ROAD_DEFAULTS } from "../server/roads/road-setup.ts";
import type { Point } from "../solver/roads/engine.ts";

/** What travel takes of an Assign of a generated day, cold and again; seconds. */
export interface AssignShare {
  readonly orders: number;
  readonly engineers: number;
  readonly pairs: number;
  readonly coldS: number;
  readonly cachedS: number;
  /** The whole call, cold. */
  readonly callS: number;
  /** Travel over the whole call, cold and again. */
  readonly coldShare: number;
  readonly cachedShare: number;
}

/** Assigns a day at the points twice, with the tiles' travel and `timeLimitMs` for each call. */
export async function measureAssign(
  tiles: string,
  points: readonly Point[],
  [orders, engineers]: readonly [number, number],
  timeLimitMs: number,
): Promise<AssignShare> {
  const request = roadDay({ crossings: points, orders, engineers });
  request.travel = create(TravelSchema, { source: { case: "valhalla", value: {} } });
  request.search = create(SearchOptionsSchema, {
    timeLimit: { seconds: BigInt(Math.floor(timeLimitMs / 1000)), nanos: (timeLimitMs % 1000) * 1e6 },
  });
  const pool = await createPool({ workers: 1, roads: { ...ROAD_DEFAULTS, valhallaTiles: tiles } });
  const call = async () => {
    const begun = performance.now();
    const bytes = await pool.assign(toBinary(AssignRequestSchema, request));
    const { travelReport } = fromBinary(AssignResponseSchema, bytes);
    const { seconds, nanos } = travelReport!.tables!;
    return {
      pairs: Number(travelReport!.pairs),
      travelS: Number(seconds) + nanos / 1e9,
      callS: (performance.now() - begun) / 1000,
    };
  };
  try {
    const cold = await call();
    const cached = await call();
    return {
      orders,
      engineers,
      pairs: cold.pairs,
      coldS: cold.travelS,
      cachedS: cached.travelS,
      callS: cold.callS,
      coldShare: cold.travelS / cold.callS,
      cachedShare: cached.travelS / cached.callS,
    };
  } finally {
    await pool.close();
  }
}
