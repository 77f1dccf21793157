// A worker's memory of the request it recommended for last: questions about one request come one after another.
import {
  type AssignRequest,
  AssignRequestSchema,
  RecommendRequestSchema,
  type RecommendResponse,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Core } from "../../solver/core.ts";
import { decoderOf } from "../codec/decoder.ts";
import { decoding, splitRecommend } from "../pool/peek.ts";
import type { AssignControl } from "./assign.ts";
import { type Asked, askedOf, recommendAgain } from "./recommend.ts";

const decodeQuestion = decoderOf(RecommendRequestSchema);
const decodeRequest = decoderOf(AssignRequestSchema);

/** Answers encoded questions. */
export interface Recommender {
  /** The answer to an encoded RecommendRequest; `accept` may refuse a request that is not remembered. Throws RequestError. */
  answer(
    core: Core,
    bytes: Uint8Array,
    control: AssignControl,
    accept?: (request: AssignRequest) => void,
  ): RecommendResponse;
}

/** Nothing is remembered yet. */
export function createRecommender(): Recommender {
  let last: { bytes: Uint8Array; asked: Asked } | undefined;
  return {
    answer(core, bytes, control, accept = () => {}) {
      const { request, rest } = splitRecommend(bytes);
      const question = decoding(RecommendRequestSchema, () => decodeQuestion(rest));
      if (last === undefined || request === undefined || Buffer.compare(last.bytes, request) !== 0) {
        last = undefined;
        const decoded = request && decoding(AssignRequestSchema, () => decodeRequest(request));
        if (decoded) accept(decoded);
        const asked = askedOf(decoded, control);
        // What can be asked about again is a request that is there.
        last = { bytes: request!, asked };
      }
      const { asked } = last;
      // Great circle stands in until the road engine is back.
      if ((control.road?.report.greatCirclePairs ?? 0n) > 0n) last = undefined;
      return recommendAgain(core, question, asked, control);
    },
  };
}
