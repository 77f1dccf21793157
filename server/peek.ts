// The few fields of a request the main thread needs, read without decoding orders, engineers or matrices.
import { type DescMessage, fromBinary } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { type Duration, DurationSchema } from "@bufbuild/protobuf/wkt";
import {
  AssignRequestSchema,
  AssignStreamRequestSchema,
  EvaluateRequestSchema,
} from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import {
  CriterionMode,
  PolicySchema,
  type SearchOptions,
  SearchOptionsSchema,
} from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { RequestError } from "./errors.ts";

/** What is known of an AssignRequest before a worker has decoded it. */
export interface Peek {
  readonly requestId: string;
  readonly validateOnly: boolean;
  readonly search: SearchOptions;
  /** The policy turns customer_attribute_preference on: every use of it is logged. */
  readonly customerAttributes: boolean;
}

/** Reads `request_id`, `validate_only`, `policy` and `search` of an encoded AssignRequest. Throws INVALID_ARGUMENT on undecodable bytes. */
export function peekAssign(bytes: Uint8Array): Peek {
  const { requestId, validateOnly, policy, search } = AssignRequestSchema.field;
  let foundId = "";
  let foundValidateOnly = false;
  const searchParts: Uint8Array[] = [];
  const policyParts: Uint8Array[] = [];
  return decoding(AssignRequestSchema, () => {
    eachField(bytes, (number, type, reader) => {
      if (number === requestId.number && type === WireType.LengthDelimited) foundId = reader.string();
      else if (number === validateOnly.number && type === WireType.Varint) foundValidateOnly = reader.bool();
      else if (number === search.number && type === WireType.LengthDelimited) searchParts.push(reader.bytes());
      else if (number === policy.number && type === WireType.LengthDelimited) policyParts.push(reader.bytes());
      else return false;
      return true;
    });
    const decoded = fromBinary(SearchOptionsSchema, Buffer.concat(searchParts));
    const { criteria } = fromBinary(PolicySchema, Buffer.concat(policyParts));
    const customerAttributes = criteria.some(
      ({ id, mode }) => id === "customer_attribute_preference" && mode === CriterionMode.SOFT,
    );
    return { requestId: foundId, validateOnly: foundValidateOnly, search: decoded, customerAttributes };
  });
}

/** The encoded AssignRequest inside an encoded AssignStreamRequest, and the interval in milliseconds. Throws INVALID_ARGUMENT. */
export function peekStream(bytes: Uint8Array): { request: Uint8Array; progressIntervalMs: number | undefined } {
  const { request, progressInterval } = AssignStreamRequestSchema.field;
  const requestParts: Uint8Array[] = [];
  const intervalParts: Uint8Array[] = [];
  return decoding(AssignStreamRequestSchema, () => {
    eachField(bytes, (number, type, reader) => {
      if (type !== WireType.LengthDelimited) return false;
      if (number === request.number) requestParts.push(reader.bytes());
      else if (number === progressInterval.number) intervalParts.push(reader.bytes());
      else return false;
      return true;
    });
    // Encoded occurrences of one message field, put one after the other, decode to their merge.
    const joined = requestParts.length === 1 ? requestParts[0]! : Buffer.concat(requestParts);
    const interval = fromBinary(DurationSchema, Buffer.concat(intervalParts));
    return { request: joined, progressIntervalMs: intervalParts.length > 0 ? durationMs(interval) : undefined };
  });
}

/** The encoded AssignRequest inside an encoded EvaluateRequest. Throws INVALID_ARGUMENT. */
export function peekEvaluate(bytes: Uint8Array): Uint8Array {
  const { request } = EvaluateRequestSchema.field;
  const parts: Uint8Array[] = [];
  return decoding(EvaluateRequestSchema, () => {
    eachField(bytes, (number, type, reader) => {
      if (number !== request.number || type !== WireType.LengthDelimited) return false;
      parts.push(reader.bytes());
      return true;
    });
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  });
}

/** Milliseconds of a duration, fractions kept. */
export function durationMs(duration: Duration): number {
  return Number(duration.seconds) * 1000 + duration.nanos / 1e6;
}

/** Runs `decode`; whatever it throws becomes INVALID_ARGUMENT. */
export function decoding<T>(schema: DescMessage, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new RequestError("INVALID_ARGUMENT", `the bytes are not a ${schema.typeName}: ${cause}`);
  }
}

/** Calls `take` at the head of every field; a field it does not take is skipped. */
function eachField(bytes: Uint8Array, take: (number: number, type: WireType, reader: BinaryReader) => boolean): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    if (!take(number, type, reader)) reader.skip(type, number);
  }
}
