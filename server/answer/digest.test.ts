// What the digest of a request looks at, and what it does not.
import { clone, create, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { expect, test } from "vitest";
import { generateCity } from "../../datasets/city.ts";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptions_Mode, SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { decodeRequest } from "./decode-request.ts";
import { requestDigest } from "./digest.ts";

const day = generateCity({ orders: 12, engineers: 5, centres: 2, seed: 4 });
const digest = requestDigest(day);

/** Digest of the day as `change` leaves it: of the message, and of the bytes it came in, which must be the same. */
function digestAfter(change: (request: AssignRequest) => void): string {
  const request = clone(AssignRequestSchema, day);
  change(request);
  const bytes = toBinary(AssignRequestSchema, request);
  const found = requestDigest(request);
  expect(
    requestDigest(
      decodeRequest(bytes, () => false),
      bytes,
    ),
  ).toBe(found);
  return found;
}

test("is 64 hexadecimal digits", () => {
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
});

test.each<[string, (request: AssignRequest) => void]>([
  ["nothing", () => {}],
  ["the order of orders", ({ orders }) => orders.reverse()],
  ["the order of engineers", ({ engineers }) => engineers.push(engineers.shift()!)],
  ["the order of centres", ({ operatingCentres }) => operatingCentres.reverse()],
  ["the id of the request", (request) => Object.assign(request, { requestId: "again" })],
  ["its labels", ({ labels }) => Object.assign(labels, { shift: "late" })],
  [
    "seed and iterations",
    (request) => {
      request.search ??= create(SearchOptionsSchema);
      Object.assign(request.search, { seed: 9n, iterations: 5n });
    },
  ],
])("does not change with %s", (_, change) => {
  expect(digestAfter(change)).toBe(digest);
});

test.each<[string, (request: AssignRequest) => void]>([
  ["an order", ({ orders }) => orders.pop()],
  ["a field of an order", ({ orders }) => Object.assign(orders[3]!, { priority: 77 })],
  ["a label of an order", ({ orders }) => Object.assign(orders[3]!.labels, { floor: "7" })],
  ["a field of an engineer", ({ engineers }) => Object.assign(engineers[1]!, { trustCarriedMinor: 1n })],
  ["a field of a centre", ({ operatingCentres }) => Object.assign(operatingCentres[1]!, { pickFeeMinor: 1n })],
  ["the time", ({ now }) => Object.assign(now!, { seconds: now!.seconds + 60n })],
  [
    "the mode",
    (request) => {
      request.search ??= create(SearchOptionsSchema);
      request.search.mode = SearchOptions_Mode.MATCH;
    },
  ],
])("changes with %s", (_, change) => {
  expect(digestAfter(change)).not.toBe(digest);
});

test("bytes that decode by luck get the digest of their message", () => {
  // The type says eight bytes; the decoder, which knows the field, takes an order of no bytes all the same.
  const bytes = new BinaryWriter().tag(AssignRequestSchema.field.orders.number, WireType.Bit64).uint32(0).finish();
  const request = decodeRequest(bytes, () => false);
  expect(request.orders).toHaveLength(1);
  expect(requestDigest(request, bytes)).toBe(requestDigest(request));
});
