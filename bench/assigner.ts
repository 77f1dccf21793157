// Whoever answers the requests of a benchmark: solvers in this process or a server.
import type { AssignRequest, AssignResponse } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";

export interface Assigner {
  /** Answers one request; rejects where the request cannot be answered. */
  assign(request: AssignRequest): Promise<AssignResponse>;
}
