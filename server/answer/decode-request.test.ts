import { create, toBinary } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { generateCity } from "../../datasets/city.ts";
import { AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { decodeRequest } from "./decode-request.ts";

const request = generateCity({ orders: 600, engineers: 50, centres: 2, seed: 4 });
const bytes = toBinary(AssignRequestSchema, request);
const never = () => false;

test("a message of several steps decodes to what it was", () => {
  expect(bytes.length).toBeGreaterThan(2 * 65_536);
  expect(decodeRequest(bytes, never)).toEqual(request);
});

test("fields that come in pieces far apart are merged", () => {
  const search = [{ workers: 3, seed: 1n }, { seed: 9n }].map((part) =>
    toBinary(AssignRequestSchema, create(AssignRequestSchema, { search: part })),
  );
  const whole = decodeRequest(Buffer.concat([search[0]!, bytes, search[1]!]), never);
  expect(whole.search).toMatchObject({ workers: 3, seed: 9n });
  expect(whole.orders).toHaveLength(600);
});

test("whose caller has gone is not decoded to its end", () => {
  let looks = 0;
  const goneAtSecond = () => ++looks === 2;
  expect(() => decodeRequest(bytes, goneAtSecond)).toThrow("the caller has gone");
  expect(looks).toBe(2);
});

test.each([
  ["cut", bytes.slice(0, -3)],
  ["with an order of rubbish in the middle", Buffer.concat([bytes, Buffer.from([0x3a, 0x02, 0x0a, 0x7f]), bytes])],
])("a big message that is %s is INVALID_ARGUMENT", (_name, broken) => {
  expect(() => decodeRequest(broken, never)).toThrow(/not a shanpai\.dispatch\.v1\.AssignRequest/);
});
