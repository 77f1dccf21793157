// Who solves for a command: threads of this process, or a server.
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  type AssignRequest,
  AssignRequestSchema,
  type AssignResponse,
  AssignResponseSchema,
  type Progress,
} from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";

/** Answers requests until it is closed. */
export interface CommandAssigner {
  /** Rejects with RequestError. */
  assign(request: AssignRequest, onProgress?: (progress: Progress) => void): Promise<AssignResponse>;
  close(): Promise<void>;
}

/** Connects to `server` (host:port); without one starts `threads` threads in this process. */
export async function openAssigner(server: string | undefined, threads: number): Promise<CommandAssigner> {
  if (server !== undefined) {
    const { connect } = await import("../server/client.ts");
    const client = connect(server);
    return {
      // A command is no retry of an earlier one with the same file: the id stays here, where it goes into the answer.
      assign: async (request, onProgress) => {
        const response = await client.assign({ ...request, requestId: "" }, onProgress ? { onProgress } : {});
        return { ...response, requestId: request.requestId };
      },
      close: async () => client.close(),
    };
  }
  const { createPool } = await import("../server/pool.ts");
  const pool = await createPool({ workers: threads });
  return {
    assign: async (request, onProgress) => {
      const bytes = await pool.assign(toBinary(AssignRequestSchema, request), onProgress ? { onProgress } : {});
      return fromBinary(AssignResponseSchema, bytes);
    },
    close: () => pool.close(),
  };
}
