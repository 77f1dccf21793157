// Who solves for a command: threads of this process, or a server.
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  type AssignRequest,
  AssignRequestSchema,
  type AssignResponse,
  AssignResponseSchema,
  type Progress,
} from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { RoadSetup } from "../server/roads/road-setup.ts";
import type { RoadTables } from "../solver/travel/road-tables.ts";
import { commandRoads } from "./travel.ts";

/** Answers requests until it is closed. */
export interface CommandAssigner {
  /** Rejects with RequestError. */
  assign(request: AssignRequest, onProgress?: (progress: Progress) => void): Promise<AssignResponse>;
  /** What the road engine said for the request answered last; undefined where none was asked, or a server did. */
  roadTables(): RoadTables | undefined;
  close(): Promise<void>;
}

/** Connects to `server` (host:port); without one starts `threads` threads in this process, which may ask any road engine. */
export async function openAssigner(
  server: string | undefined,
  threads: number,
  roads: Partial<RoadSetup> = {},
): Promise<CommandAssigner> {
  if (server !== undefined) {
    const { connect } = await import("../server/client.ts");
    const client = connect(server);
    return {
      // A command is no retry of an earlier one with the same file: the id stays here, where it goes into the answer.
      assign: async (request, onProgress) => {
        const response = await client.assign({ ...request, requestId: "" }, onProgress ? { onProgress } : {});
        return { ...response, requestId: request.requestId };
      },
      roadTables: () => undefined,
      close: async () => client.close(),
    };
  }
  const { createPool } = await import("../server/pool/pool.ts");
  const pool = await createPool({ workers: threads, roads: commandRoads(roads) });
  let tables: RoadTables | undefined;
  return {
    assign: async (request, onProgress) => {
      tables = undefined;
      const bytes = await pool.assign(toBinary(AssignRequestSchema, request), {
        ...(onProgress && { onProgress }),
        onRoadTravel: (road) => {
          tables = road.tables;
        },
      });
      return fromBinary(AssignResponseSchema, bytes);
    },
    roadTables: () => tables,
    close: () => pool.close(),
  };
}
