// Decodes a request piece by piece, so that a worker whose caller has gone stops in the middle of a big message.
import { BinaryReader, type WireType } from "@bufbuild/protobuf/wire";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { decoderOf } from "../codec/decoder.ts";
import { RequestError } from "../errors.ts";
import { decoding } from "../pool/peek.ts";

const decode = decoderOf(AssignRequestSchema);

/** Bytes that are decoded between two looks at the flag: a few milliseconds. */
const STEP_BYTES = 65_536;

/** The message of `bytes`; ends with CANCELLED as soon as `stopped` says so. Throws INVALID_ARGUMENT on undecodable bytes. */
export function decodeRequest(bytes: Uint8Array, stopped: () => boolean): AssignRequest {
  if (bytes.length <= STEP_BYTES) return decoding(AssignRequestSchema, () => decode(bytes));
  let request: AssignRequest | undefined;
  let from = 0;
  const take = (to: number) => {
    const piece = bytes.subarray(from, to);
    // Decoding fields into a message is decoding their concatenation: protobuf.dev/programming-guides/encoding, "Last One Wins".
    request = decode(piece, request);
    from = to;
  };
  return decoding(AssignRequestSchema, () => {
    const reader = new BinaryReader(bytes);
    while (reader.pos < reader.len) {
      const [number, type] = reader.tag();
      reader.skip(type as WireType, number);
      if (reader.pos - from < STEP_BYTES) continue;
      take(reader.pos);
      if (stopped()) throw new RequestError("CANCELLED", "the caller has gone");
    }
    take(bytes.length);
    return request!;
  });
}
