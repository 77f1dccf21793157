// google.rpc.Status in the trailer grpc-status-details-bin: field violations and retry hints, written and read by hand.
// Field numbers: google/rpc/status.proto, google/rpc/error_details.proto, google/protobuf/any.proto.
import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { Metadata, type StatusObject, status } from "@grpc/grpc-js";
import { RequestError, toPlainError, type Violation } from "./errors.ts";

/** Name of the trailer. */
export const DETAILS_KEY = "grpc-status-details-bin";
/** Most bytes of the encoded Status, so that it fits the usual 8 KB of headers after base64. */
export const MAX_DETAIL_BYTES = 4096;

const BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest";
const RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";
const MAX_MESSAGE_CHARS = 300;
const MAX_FIELD_CHARS = 200;
const MAX_DESCRIPTION_CHARS = 400;

/** What the details of a status say. */
export interface StatusDetails {
  readonly violations: readonly Violation[];
  readonly retryMs: number | undefined;
}

/** What goes over the wire for anything thrown. */
export function statusOf(thrown: unknown): StatusObject {
  const plain = toPlainError(thrown);
  const error = thrown instanceof RequestError ? thrown : new RequestError(plain.code, plain.message);
  const code = status[error.code];
  const metadata = new Metadata();
  const details = encodeDetails(error, code);
  if (details) metadata.set(DETAILS_KEY, details);
  return { code, details: wireMessage(error.message), metadata };
}

/** The status message for the wire: percent-encoding may make it nine times longer, so it is kept short. */
export function wireMessage(message: string): string {
  return shorten(message, MAX_MESSAGE_CHARS);
}

/** Encoded google.rpc.Status with as many violations as fit MAX_DETAIL_BYTES; undefined where there is nothing to add. */
export function encodeDetails(error: RequestError, code: number): Buffer | undefined {
  if (error.violations.length === 0 && error.retryMs === undefined) return undefined;
  const status = new BinaryWriter().tag(1, WireType.Varint).int32(code).tag(2, WireType.LengthDelimited);
  status.string(wireMessage(error.message));
  if (error.retryMs !== undefined) writeAny(status, RETRY_INFO, retryInfo(error.retryMs));
  const head = status.finish();

  // Tags and lengths of the Any around the violations stay below this.
  const room = MAX_DETAIL_BYTES - head.length - BAD_REQUEST.length - 16;
  const badRequest = new BinaryWriter();
  let used = 0;
  for (const violation of error.violations) {
    const encoded = new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(fieldViolation(violation)).finish();
    if (used + encoded.length > room) break;
    used += encoded.length;
    badRequest.raw(encoded);
  }
  const whole = new BinaryWriter().raw(head);
  if (used > 0) writeAny(whole, BAD_REQUEST, badRequest.finish());
  return Buffer.from(whole.finish());
}

/** Violations and retry hint of an encoded google.rpc.Status; unknown details are passed over, undecodable bytes say nothing. */
export function decodeDetails(bytes: Uint8Array): StatusDetails {
  const violations: Violation[] = [];
  let retryMs: number | undefined;
  try {
    for (const any of fields(bytes).filter(({ number }) => number === 3)) {
      const [typeUrl, value] = [1, 2].map(
        (number) => fields(any.bytes).find((field) => field.number === number)?.bytes,
      );
      if (!typeUrl || !value) continue;
      const type = text(typeUrl);
      if (type === BAD_REQUEST) violations.push(...fields(value).map(({ bytes }) => readViolation(bytes)));
      if (type === RETRY_INFO) retryMs = readRetryMs(value);
    }
  } catch {
    // The status itself still tells what happened.
  }
  return { violations, retryMs };
}

function fieldViolation({ field, description, code }: Violation): Uint8Array {
  return new BinaryWriter()
    .tag(1, WireType.LengthDelimited)
    .string(shorten(field, MAX_FIELD_CHARS))
    .tag(2, WireType.LengthDelimited)
    .string(shorten(description, MAX_DESCRIPTION_CHARS))
    .tag(3, WireType.LengthDelimited)
    .string(code)
    .finish();
}

function readViolation(bytes: Uint8Array): Violation {
  const [field, description, code] = [1, 2, 3].map((number) => {
    const found = fields(bytes).find((candidate) => candidate.number === number);
    return found ? text(found.bytes) : "";
  });
  return { field: field!, description: description!, code: code! };
}

function retryInfo(retryMs: number): Uint8Array {
  const duration = new BinaryWriter().tag(1, WireType.Varint).int64(BigInt(Math.floor(retryMs / 1000)));
  duration.tag(2, WireType.Varint).int32(Math.floor(retryMs % 1000) * 1_000_000);
  return new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(duration.finish()).finish();
}

function readRetryMs(retryInfoBytes: Uint8Array): number {
  const reader = new BinaryReader(fields(retryInfoBytes)[0]?.bytes ?? new Uint8Array());
  let ms = 0;
  while (reader.pos < reader.len) {
    const [number] = reader.tag();
    ms += number === 1 ? Number(reader.int64()) * 1000 : reader.int32() / 1e6;
  }
  return ms;
}

function writeAny(status: BinaryWriter, typeUrl: string, value: Uint8Array): void {
  status.tag(3, WireType.LengthDelimited).fork();
  status.tag(1, WireType.LengthDelimited).string(typeUrl);
  status.tag(2, WireType.LengthDelimited).bytes(value).join();
}

/** Length-delimited fields of a message, in order. */
function fields(bytes: Uint8Array): { number: number; bytes: Uint8Array }[] {
  const reader = new BinaryReader(bytes);
  const found: { number: number; bytes: Uint8Array }[] = [];
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    if (type === WireType.LengthDelimited) found.push({ number, bytes: reader.bytes() });
    else reader.skip(type, number);
  }
  return found;
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}

function shorten(words: string, most: number): string {
  const cut = words.length <= most ? words : `${words.slice(0, most - 1)}…`;
  // Half a surrogate pair would make grpc-js throw when it encodes the message.
  return cut.replace(/\p{Surrogate}/gu, "\ufffd");
}
