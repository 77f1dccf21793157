// The first requests of a worker should not pay for compiling the code: invented ones are solved before they come.
import { toBinary } from "@bufbuild/protobuf";
import {
  type AssignRequest,
  AssignRequestSchema,
  AssignResponseSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
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
  const encode = encoderOf(AssignResponseSchema);
  // By way of bytes and the library's encoder: messages of another shape than those of callers would make all code that sees them slower.
  const answerTo = (request: AssignRequest) => {
    const bytes = toBinary(AssignRequestSchema, request);
    return assign(core, decodeRequest(bytes, stopped), { ...forever, bytes });
  };
  answerTo(inventedDay());
  for (let round = 0; round < FIRST_ROUNDS; round++) encode(answerTo(inventedRound(round)));
}
