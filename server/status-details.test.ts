import protobuf from "protobufjs";
import { expect, test } from "vitest";
import { invalidRequest, RequestError, type Violation } from "./errors.ts";
import { decodeDetails, encodeDetails, MAX_DETAIL_BYTES, wireMessage } from "./status-details.ts";

// The public definitions, read by another protobuf library.
const { root } = protobuf.parse(`
  syntax = "proto3"; package google.rpc;
  message Any { string type_url = 1; bytes value = 2; }
  message Duration { int64 seconds = 1; int32 nanos = 2; }
  message Status { int32 code = 1; string message = 2; repeated Any details = 3; }
  message BadRequest { repeated FieldViolation field_violations = 1;
    message FieldViolation { string field = 1; string description = 2; string reason = 3; } }
  message RetryInfo { Duration retry_delay = 1; }`);

function read(type: string, bytes: Uint8Array) {
  const found = root.lookupType(`google.rpc.${type}`);
  return found.toObject(found.decode(bytes), { longs: Number, defaults: true });
}

const violation = (index: number): Violation => ({
  field: `orders[${index}].windows[0].end`,
  description: `is before start (order ${index})`,
  code: "INVALID_TIME",
});

test("violations are a google.rpc.BadRequest inside a google.rpc.Status", () => {
  const status = read("Status", encodeDetails(invalidRequest([violation(0), violation(1)]), 3)!);
  expect(status).toMatchObject({
    code: 3,
    message: "2 violations; the first: orders[0].windows[0].end: is before start (order 0)",
  });
  expect(status.details).toHaveLength(1);
  expect(status.details[0].type_url ?? status.details[0].typeUrl).toBe("type.googleapis.com/google.rpc.BadRequest");
  expect(read("BadRequest", status.details[0].value).fieldViolations).toEqual(
    [0, 1].map((index) => ({
      field: violation(index).field,
      description: violation(index).description,
      reason: "INVALID_TIME",
    })),
  );
});

test("a retry hint is a google.rpc.RetryInfo", () => {
  const status = read("Status", encodeDetails(new RequestError("RESOURCE_EXHAUSTED", "full", [], 2_250), 8)!);
  // 2250 ms = 2 s + 250 000 000 ns
  expect(read("RetryInfo", status.details[0].value)).toEqual({ retryDelay: { seconds: 2, nanos: 250_000_000 } });
});

test("as many violations as fit are sent, and the message has the total", () => {
  const all = Array.from({ length: 1_000 }, (_, index) => violation(index));
  const error = invalidRequest(all);
  const bytes = encodeDetails(error, 3)!;
  expect(bytes.length).toBeLessThanOrEqual(MAX_DETAIL_BYTES);
  const sent = decodeDetails(bytes).violations;
  expect(sent).toEqual(all.slice(0, sent.length));
  // One more of these takes at most 90 bytes, so less than that and the Any's 16 bytes of head stays unused.
  expect(bytes.length).toBeGreaterThan(MAX_DETAIL_BYTES - 90 - 16);
  expect(error.message).toMatch(/^1000 violations;/);
});

test("a violation with huge words is cut, not dropped", () => {
  const huge = { field: "f".repeat(9_000), description: "修".repeat(9_000), code: "OUT_OF_RANGE" };
  const bytes = encodeDetails(invalidRequest([huge]), 3)!;
  expect(bytes.length).toBeLessThanOrEqual(MAX_DETAIL_BYTES);
  const [sent] = decodeDetails(bytes).violations;
  expect(sent!.field).toMatch(/^f+…$/);
  expect(sent!.description).toMatch(/^修+…$/);
  expect(sent!.code).toBe("OUT_OF_RANGE");
});

test("what is written is read again", () => {
  const both = new RequestError("RESOURCE_EXHAUSTED", "full", [violation(4)], 1_500);
  expect(decodeDetails(encodeDetails(both, 8)!)).toEqual({ violations: [violation(4)], retryMs: 1_500 });
});

test("an error without violations and hint has no details, and undecodable details say nothing", () => {
  expect(encodeDetails(new RequestError("UNIMPLEMENTED", "not today"), 12)).toBeUndefined();
  expect(decodeDetails(new Uint8Array([0xff, 0xff]))).toEqual({ violations: [], retryMs: undefined });
});

test("a message cut inside a surrogate pair can still be percent-encoded", () => {
  // 298 letters, then an emoji of two UTF-16 units: the cut at 299 falls between them.
  expect(() => encodeURI(wireMessage(`${"x".repeat(298)}😀${"x".repeat(50)}`))).not.toThrow();
});
