import { readFileSync } from "node:fs";
import { fromJsonString } from "@bufbuild/protobuf";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { generateCity } from "../../datasets/city.ts";
import { AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { putAnywhere } from "../../test/put-anywhere.ts";
import { holds } from "./holds.ts";
import { request } from "./schema.ts";

const sample = readFileSync(new URL("sample-request.json", import.meta.url), "utf8");
const isSound = holds(request);

test("a request with all there is in the contract, and a generated day, are sound", () => {
  expect(isSound(fromJsonString(AssignRequestSchema, sample))).toBe(true);
  expect(isSound(generateCity({ orders: 20, engineers: 8, centres: 2, seed: 3 }))).toBe(true);
});

test("of any value in any field it says what zod says", () => {
  const values = fc.oneof(
    fc.anything({ withBigInt: true, maxDepth: 2, withNullPrototype: true }),
    fc.integer(),
    fc.double(),
    fc.string({ unit: "binary" }),
    fc.bigInt(),
    fc.constantFrom(
      ...[Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 0.5, 1, 10, 11, 100, 101, 366, 367, 2 ** 31, 2 ** 53],
      ...[-1n, 0n, 1n, 1_000_001n, 1n << 70n, "", "x".repeat(128), "x".repeat(129), "é".repeat(65), "\ud800"],
      ...[null, undefined, [], {}, [{}], [undefined], true, new Map(), new Date(0)],
    ),
  );
  const seen = { sound: 0, unsound: 0 };
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 9 }), values, (steps, value) => {
      const message = fromJsonString(AssignRequestSchema, sample);
      putAnywhere(message, steps, value);
      const expected = request.safeParse(message).success;
      seen[expected ? "sound" : "unsound"]++;
      expect(isSound(message)).toBe(expected);
    }),
    { seed: 11, numRuns: 5000 },
  );
  // Both are met often, or the agreement would say nothing.
  expect(Math.min(seen.sound, seen.unsound)).toBeGreaterThan(500);
});

test.each<[string, z.ZodType, readonly unknown[], readonly unknown[]]>([
  ["more than", z.number().gt(0), [1e-9], [0, -1, Number.NaN]],
  ["less than", z.number().lt(5), [4.9], [5, 6]],
  ["at least and at most", z.int().min(-1).max(1), [-1, 0, 1], [-2, 2, 0.5, "0"]],
  ["not empty", z.array(z.boolean()).min(1), [[true]], [[], [1], "x"]],
  ["records", z.record(z.string(), z.number().min(0)), [{}, { a: 0 }], [{ a: -1 }, [], null, 1]],
])("ends of ranges: %s", (_name, schema, good, bad) => {
  const test = holds(schema);
  for (const value of good) expect([value, test(value)]).toEqual([value, schema.safeParse(value).success]);
  for (const value of bad) expect([value, test(value)]).toEqual([value, false]);
  expect(good.every(test)).toBe(true);
});

test("a schema it does not know is an error when it is made", () => {
  expect(() => holds(z.date())).toThrow("date");
  expect(() => holds(z.string().max(3))).toThrow("max_length");
});
