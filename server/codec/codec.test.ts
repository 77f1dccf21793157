// The written-out decoders and encoders against the library's own.
import { type DescMessage, fromBinary, type MessageShape, mergeFromBinary, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  AssignRequestSchema,
  AssignResponseSchema,
  AssignStreamResponseSchema,
  EvaluateRequestSchema,
  EvaluateResponseSchema,
  RecommendRequestSchema,
  RecommendResponseSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { anyMessage } from "../../test/codec/any-message.ts";
import { decoderOf } from "./decoder.ts";
import { encoderOf } from "./encoder.ts";

const SCHEMAS: DescMessage[] = [
  AssignRequestSchema,
  AssignResponseSchema,
  AssignStreamResponseSchema,
  EvaluateRequestSchema,
  EvaluateResponseSchema,
  RecommendRequestSchema,
  RecommendResponseSchema,
];

/** What decoding gives, or the words of its error. */
function outcome<T>(decode: () => T): T | string {
  try {
    return decode();
  } catch (error) {
    return `${error}`;
  }
}

describe.each(SCHEMAS.map((schema) => [schema.name, schema] as const))("%s", (_, schema) => {
  const decode = decoderOf(schema);
  const encode = encoderOf(schema);

  test("is encoded to the library's bytes and decoded to the library's message", () => {
    fc.assert(
      fc.property(anyMessage(schema), (message) => {
        const bytes = toBinary(schema, message);
        expect(encode(message)).toEqual(bytes);
        const decoded = decode(bytes);
        expect(decoded).toEqual(fromBinary(schema, bytes));
        expect(encode(decoded)).toEqual(bytes);
        expect(toBinary(schema, decoded)).toEqual(bytes);
      }),
      { seed: 7, numRuns: 150 },
    );
  });

  test("is merged as the library does", () => {
    fc.assert(
      fc.property(anyMessage(schema), anyMessage(schema), (first, second) => {
        const [a, b] = [toBinary(schema, first), toBinary(schema, second)];
        const merged: MessageShape<DescMessage> = mergeFromBinary(schema, fromBinary(schema, a), b);
        expect(decode(b, decode(a))).toEqual(merged);
        expect(decode(Buffer.concat([a, b]))).toEqual(merged);
      }),
      { seed: 8, numRuns: 60 },
    );
  });

  test("is decoded from broken bytes to what the library makes of them, or refused in its words", () => {
    const anyBreak = fc.record({ at: fc.nat(), byte: fc.nat(255), cut: fc.option(fc.nat()) });
    fc.assert(
      fc.property(anyMessage(schema), fc.array(anyBreak, { minLength: 1, maxLength: 3 }), (message, breaks) => {
        let bytes = toBinary(schema, message);
        for (const { at, byte, cut } of breaks) {
          if (bytes.length === 0) return;
          bytes[at % bytes.length] = byte;
          if (cut !== null) bytes = bytes.slice(0, cut % bytes.length);
        }
        const ours = outcome(() => decode(bytes));
        expect(ours).toEqual(outcome(() => fromBinary(schema, bytes)));
        if (typeof ours !== "string")
          expect(outcome(() => encode(ours))).toEqual(outcome(() => toBinary(schema, ours)));
      }),
      { seed: 9, numRuns: 400 },
    );
  });
});

test("fields of a newer contract are kept", () => {
  const later = new BinaryWriter().tag(9999, WireType.LengthDelimited).string("new").finish();
  const order = new BinaryWriter()
    .tag(AssignRequestSchema.field.orders.number, WireType.LengthDelimited)
    .bytes(later)
    .finish();
  const bytes = Buffer.concat([later, order, later]);
  const decoded = decoderOf(AssignRequestSchema)(bytes);
  expect(decoded.$unknown).toHaveLength(2);
  expect(decoded).toEqual(fromBinary(AssignRequestSchema, bytes));
  expect(encoderOf(AssignRequestSchema)(decoded)).toEqual(toBinary(AssignRequestSchema, decoded));
});

test("a value that its field cannot hold is named as the library names it", () => {
  const message = { ...fromBinary(AssignRequestSchema, new Uint8Array()), ticksPerSecond: 1.5 };
  expect(() => encoderOf(AssignRequestSchema)(message)).toThrow(
    "cannot encode field shanpai.dispatch.v1.AssignRequest.ticks_per_second",
  );
});

test("a key called __proto__ is a key", () => {
  const labels = JSON.parse('{"__proto__": "a", "b": "c"}');
  const bytes = toBinary(AssignRequestSchema, { ...fromBinary(AssignRequestSchema, new Uint8Array()), labels });
  const decoded = decoderOf(AssignRequestSchema)(bytes);
  expect(Object.entries(decoded.labels)).toEqual([
    ["__proto__", "a"],
    ["b", "c"],
  ]);
});
