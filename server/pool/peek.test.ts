import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter } from "@bufbuild/protobuf/wire";
import { expect, test } from "vitest";
import { AssignRequestSchema, AssignStreamRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { CriterionMode, SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { RequestError } from "../errors.ts";
import { durationMs, peekAssign, peekStream } from "./peek.ts";

const request = create(AssignRequestSchema, {
  requestId: "day-7",
  orders: [{ id: "a" }, { id: "b", labels: { note: "x" } }],
  search: { workers: 3, iterations: 40n, timeLimit: { seconds: 2n, nanos: 500_000_000 } },
  validateOnly: true,
});

test("the id, the search options and validate_only are read past orders", () => {
  const peek = peekAssign(toBinary(AssignRequestSchema, request));
  expect(peek.requestId).toBe("day-7");
  expect(peek.validateOnly).toBe(true);
  expect(peek.search).toEqual(request.search);
  expect([peek.orders, peek.engineers]).toEqual([2, 0]);
});

test("a policy that turns customer_attribute_preference on is noticed", () => {
  const turned = (mode: CriterionMode) => {
    const policy = { criteria: [{ id: "on_time_rate" }, { id: "customer_attribute_preference", mode }] };
    return peekAssign(toBinary(AssignRequestSchema, create(AssignRequestSchema, { policy }))).customerAttributes;
  };
  expect([turned(CriterionMode.SOFT), turned(CriterionMode.OFF), turned(CriterionMode.UNSPECIFIED)]).toEqual([
    true,
    false,
    false,
  ]);
});

test("an empty request has no id and no options", () => {
  const peek = peekAssign(new Uint8Array());
  expect(peek).toEqual({
    requestId: "",
    validateOnly: false,
    search: create(SearchOptionsSchema),
    orders: 0,
    engineers: 0,
    directions: false,
    customerAttributes: false,
  });
});

test("search options sent in two pieces are merged, as a full decode does", () => {
  const pieces = [{ workers: 3, seed: 1n }, { seed: 9n }].map((search) =>
    toBinary(AssignRequestSchema, create(AssignRequestSchema, { search })),
  );
  const bytes = Buffer.concat(pieces);
  expect(peekAssign(bytes).search).toEqual(fromBinary(AssignRequestSchema, bytes).search);
  expect(peekAssign(bytes).search).toMatchObject({ workers: 3, seed: 9n });
});

test.each([
  ["cut in the middle of a field", toBinary(AssignRequestSchema, request).slice(0, 5)],
  ["field number 0", new Uint8Array([0, 0])],
  ["an end of a group that never began", new Uint8Array([0x0c])],
  ["text", Buffer.from("hello, this is not protobuf")],
  ["a length beyond the end", new BinaryWriter().uint32(0x3a).uint32(4_000_000_000).finish()],
])("bytes that cannot be decoded are INVALID_ARGUMENT: %s", (_name, bytes) => {
  expect(() => peekAssign(bytes)).toThrow(RequestError);
  expect(() => peekAssign(bytes)).toThrow(/not a shanpai\.dispatch\.v1\.AssignRequest/);
});

test.each([
  ["100,001 fields of two bytes", Buffer.alloc(200_002, Buffer.from([0x78, 1])), /more than 100000 fields/],
  ["a group", Buffer.from([0x0b, 0x0c]), /field 1 is a group/],
  // Field 12, length 70,000 = 0xf0 0xa2 0x04
  [
    "a policy of 70,000 bytes",
    Buffer.concat([Buffer.from([0x62, 0xf0, 0xa2, 0x04]), Buffer.alloc(70_000)]),
    /65536 bytes/,
  ],
])("what would keep the main thread busy is refused: %s", (_name, bytes, reason) => {
  expect(() => peekAssign(bytes)).toThrow(reason);
});

test("the request inside a stream request keeps its bytes", () => {
  const stream = create(AssignStreamRequestSchema, { request, progressInterval: { seconds: 0n, nanos: 20_000_000 } });
  const peek = peekStream(toBinary(AssignStreamRequestSchema, stream));
  expect(fromBinary(AssignRequestSchema, peek.request)).toEqual(request);
  expect(peek.progressIntervalMs).toBe(20); // 20 000 000 ns
});

test("a stream request without an interval leaves it to the server", () => {
  expect(peekStream(new Uint8Array())).toEqual({ request: Buffer.alloc(0), progressIntervalMs: undefined });
});

test("durations in milliseconds keep fractions", () => {
  // 1 s + 1 500 000 ns = 1000 ms + 1.5 ms
  expect(durationMs({ $typeName: "google.protobuf.Duration", seconds: 1n, nanos: 1_500_000 })).toBe(1001.5);
});
