// The first requests of a worker should not pay for compiling the code: invented ones are solved before they come.
import { AssignRequestSchema, AssignResponseSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Core } from "../../solver/core.ts";
import { assign } from "../answer/assign.ts";
import { decodeRequest } from "../answer/decode-request.ts";
import { encoderOf } from "../codec/encoder.ts";
import { inventedDay, inventedRound } from "./invented-requests.ts";

/** Rounds that a new thread solves, from message to message. */
const FIRST_ROUNDS = 6;

/** Gets one thread ready: about half a second. */
export async function warmUp(core: Core): Promise<void> {
  const stopped = () => false;
  const forever = { workerIndex: 0, deadlineMs: Number.POSITIVE_INFINITY, stopped };
  const bytesOf = encoderOf(AssignRequestSchema);
  const encode = encoderOf(AssignResponseSchema);
  // Decoded, too: messages of other shapes than those that come from callers would make all code that reads them slower.
  assign(core, decodeRequest(bytesOf(inventedDay()), stopped), forever);
  for (let round = 0; round < FIRST_ROUNDS; round++)
    encode(assign(core, decodeRequest(bytesOf(inventedRound(round)), stopped), forever));
}
