// Requests of the command line: read from a file and refused with every violation before anything is solved.
import { type AssignRequest, AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { OnInvalidOrder } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { invalidRequest } from "../server/errors.ts";
import { validate } from "../server/validate/validate.ts";
import { readMessage } from "./files.ts";

/** The request in a file, or on standard input for `-`. */
export function readRequest(path: string): Promise<AssignRequest> {
  return readMessage(AssignRequestSchema, path);
}

/** Throws RequestError INVALID_ARGUMENT with all violations, except those of orders that the request wants left out. */
export function refuseInvalid(request: AssignRequest): void {
  const leaveOut = request.onInvalidOrder === OnInvalidOrder.LEAVE_OUT;
  const violations = validate(request).filter(({ field }) => !leaveOut || !field.startsWith("orders["));
  if (violations.length > 0) throw invalidRequest(violations);
}
