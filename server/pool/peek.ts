// The few fields of a request the main thread needs, read without decoding orders, engineers or matrices.
import { type DescMessage, fromBinary } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { type Duration, DurationSchema } from "@bufbuild/protobuf/wkt";
import {
  AssignRequestSchema,
  AssignStreamRequestSchema,
  EvaluateRequestSchema,
  RecommendRequestSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import {
  CriterionMode,
  PolicySchema,
  type SearchOptions,
  SearchOptionsSchema,
} from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { type Travel, TravelSchema } from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { RequestError } from "../errors.ts";

/** What is known of an AssignRequest before a worker has decoded it. */
export interface Peek {
  readonly requestId: string;
  readonly validateOnly: boolean;
  readonly search: SearchOptions;
  /** Orders of the request. */
  readonly orders: number;
  /** Engineers of the request. */
  readonly engineers: number;
  /** The policy turns customer_attribute_preference on: every use of it is logged. */
  readonly customerAttributes: boolean;
  /** The travel source that the request names; undefined: none. */
  readonly travel: Exclude<Travel["source"]["case"], undefined> | undefined;
  /** The request asks for the ways of the legs. */
  readonly directions: boolean;
}

/** Most fields of the request itself, each entry of a list counted, as none of the contract's lists together has; reading them takes milliseconds. */
const MOST_FIELDS = 100_000;
/** Most bytes of `policy` and `search` together, which are decoded here. */
const MOST_DECODED_BYTES = 65_536;

/**
 * Reads `request_id`, `validate_only`, `policy`, `search`, the kind of `travel` and the presence of `directions` of an encoded
 * AssignRequest and counts orders and engineers, in bounded time. Throws INVALID_ARGUMENT on undecodable bytes and on what takes too long to read.
 */
export function peekAssign(bytes: Uint8Array): Peek {
  const { requestId, validateOnly, policy, search, travel, directions, orders, engineers } = AssignRequestSchema.field;
  let foundId = "";
  let foundValidateOnly = false;
  let orderCount = 0;
  let engineerCount = 0;
  const searchParts: Uint8Array[] = [];
  const policyParts: Uint8Array[] = [];
  let foundTravel: Peek["travel"];
  let foundDirections = false;
  return decoding(AssignRequestSchema, () => {
    eachField(bytes, (number, type, reader) => {
      if (number === orders.number) orderCount++;
      if (number === engineers.number) engineerCount++;
      if (number === requestId.number && type === WireType.LengthDelimited) foundId = reader.string();
      else if (number === validateOnly.number && type === WireType.Varint) foundValidateOnly = reader.bool();
      else if (number === search.number && type === WireType.LengthDelimited) searchParts.push(reader.bytes());
      else if (number === policy.number && type === WireType.LengthDelimited) policyParts.push(reader.bytes());
      else if (number === travel.number && type === WireType.LengthDelimited)
        foundTravel = travelSource(reader.bytes()) ?? foundTravel;
      else if (number === directions.number && type === WireType.LengthDelimited) {
        reader.skip(type, number);
        foundDirections = true;
      } else return false;
      return true;
    });
    const searchBytes = Buffer.concat(searchParts);
    const policyBytes = Buffer.concat(policyParts);
    if (searchBytes.length + policyBytes.length > MOST_DECODED_BYTES)
      throw new Error(`its policy and search options take more than ${MOST_DECODED_BYTES} bytes`);
    const decoded = fromBinary(SearchOptionsSchema, searchBytes);
    const { criteria } = fromBinary(PolicySchema, policyBytes);
    const customerAttributes = criteria.some(
      ({ id, mode }) => id === "customer_attribute_preference" && mode === CriterionMode.SOFT,
    );
    return {
      requestId: foundId,
      validateOnly: foundValidateOnly,
      search: decoded,
      orders: orderCount,
      engineers: engineerCount,
      customerAttributes,
      travel: foundTravel,
      directions: foundDirections,
    };
  });
}

/** The source in an encoded Travel, whose matrices are not read. */
function travelSource(bytes: Uint8Array): Peek["travel"] {
  let found: Peek["travel"];
  eachField(bytes, (number) => {
    const source = TravelSchema.oneofs[0]!.fields.find((field) => field.number === number);
    found = (source?.localName as Peek["travel"]) ?? found;
    return false;
  });
  return found;
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
    const intervalBytes = Buffer.concat(intervalParts);
    if (intervalBytes.length > MOST_DECODED_BYTES)
      throw new Error(`its progress interval takes more than ${MOST_DECODED_BYTES} bytes`);
    const interval = fromBinary(DurationSchema, intervalBytes);
    return { request: joined, progressIntervalMs: intervalParts.length > 0 ? durationMs(interval) : undefined };
  });
}

/** The encoded AssignRequest inside an encoded EvaluateRequest. Throws INVALID_ARGUMENT. */
export const peekEvaluate = (bytes: Uint8Array) => requestIn(bytes, EvaluateRequestSchema);

/** The same inside an encoded RecommendRequest. */
export const peekRecommend = (bytes: Uint8Array) => requestIn(bytes, RecommendRequestSchema);

/** An encoded RecommendRequest taken apart: the encoded AssignRequest, undefined where there is none, and the rest. Throws INVALID_ARGUMENT. */
export function splitRecommend(bytes: Uint8Array): { request: Uint8Array | undefined; rest: Uint8Array } {
  const { request } = RecommendRequestSchema.field;
  const parts: Uint8Array[] = [];
  const rest: Uint8Array[] = [];
  return decoding(RecommendRequestSchema, () => {
    const reader = new BinaryReader(bytes);
    while (reader.pos < reader.len) {
      const from = reader.pos;
      const [number, type] = reader.tag();
      const mine = number === request.number && type === WireType.LengthDelimited;
      if (mine) parts.push(reader.bytes());
      else {
        reader.skip(type, number);
        rest.push(bytes.subarray(from, reader.pos));
      }
    }
    const joined = parts.length > 1 ? Buffer.concat(parts) : parts[0];
    return { request: joined, rest: Buffer.concat(rest) };
  });
}

function requestIn(
  bytes: Uint8Array,
  schema: typeof EvaluateRequestSchema | typeof RecommendRequestSchema,
): Uint8Array {
  const { request } = schema.field;
  const parts: Uint8Array[] = [];
  return decoding(schema, () => {
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
    if (error instanceof RequestError) throw error;
    const cause = error instanceof Error ? error.message : String(error);
    throw new RequestError("INVALID_ARGUMENT", `the bytes are not a ${schema.typeName}: ${cause}`);
  }
}

/** Calls `take` at the head of every field; a field it does not take is skipped. Throws where there are too many, and on groups. */
function eachField(bytes: Uint8Array, take: (number: number, type: WireType, reader: BinaryReader) => boolean): void {
  const reader = new BinaryReader(bytes);
  for (let fields = 1; reader.pos < reader.len; fields++) {
    const [number, type] = reader.tag();
    if (fields > MOST_FIELDS) throw new Error(`it has more than ${MOST_FIELDS} fields and entries`);
    // The contract has none, and skipping one takes as long as it is.
    if (type === WireType.StartGroup) throw new Error(`field ${number} is a group`);
    if (!take(number, type, reader)) reader.skip(type, number);
  }
}
