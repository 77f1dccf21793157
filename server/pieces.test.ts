import { create, equals, fromBinary, toBinary } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import {
  type AssignResponse,
  AssignResponseSchema,
  AssignStreamResponseSchema,
} from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { joined, responseEvents } from "./pieces.ts";

const response = create(AssignResponseSchema, {
  requestId: "r",
  labels: { a: "b" },
  plan: {
    routes: Array.from({ length: 30 }, (_, row) => ({ engineerId: `e${row}`, stops: [{ orderId: `o${row}` }] })),
    unassigned: Array.from({ length: 20 }, (_, row) => ({
      orderId: `u${row}`,
      reasons: [{ message: "m".repeat(row) }],
    })),
  },
  assignments: Array.from({ length: 30 }, (_, row) => ({ orderId: `o${row}`, engineerId: `e${row}` })),
  explanations: Array.from({ length: 10 }, (_, row) => ({ orderId: `o${row}`, rows: [{ sentence: "s".repeat(40) }] })),
  statistics: { iterations: 5n, unexplained: 1 },
});

function put(events: readonly Uint8Array[]): AssignResponse {
  const read = events.map((event) => fromBinary(AssignStreamResponseSchema, event).event);
  expect(read.map((event) => event.case)).toEqual([...read.slice(1).map(() => "chunk"), "response"]);
  const values = read.map(({ value }) => value as AssignResponse);
  return joined(values.slice(0, -1), values.at(-1)!);
}

test.each([1, 50, 200, 500, 1_000])("pieces of %s bytes give the answer again", (most) => {
  const events = responseEvents(toBinary(AssignResponseSchema, response), most);
  expect(events.length).toBeGreaterThan(1);
  expect(equals(AssignResponseSchema, put(events), response)).toBe(true);
  // An entry may be larger than a piece by itself; no two are together then. The last one has the rest, too.
  for (const event of events.slice(0, -1)) expect(event.length).toBeLessThan(Math.max(most, 80) + 20);
});

test("an answer that is small enough is one event", () => {
  const bytes = toBinary(AssignResponseSchema, response);
  expect(responseEvents(bytes, bytes.length)).toHaveLength(1);
  expect(equals(AssignResponseSchema, put(responseEvents(bytes, bytes.length)), response)).toBe(true);
});

test("a piece decodes as the pieces before it and itself in a row", () => {
  // Repeated fields of concatenated messages are appended: what clients in other languages may do with the bytes.
  const events = responseEvents(toBinary(AssignResponseSchema, response), 300);
  const all = events.map((event) =>
    toBinary(AssignResponseSchema, fromBinary(AssignStreamResponseSchema, event).event.value as AssignResponse),
  );
  expect(equals(AssignResponseSchema, fromBinary(AssignResponseSchema, Buffer.concat(all)), response)).toBe(true);
});
