// The bytes and the proto3 JSON of our messages against other implementations of protobuf.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { equals, fromBinary, fromJsonString, type MessageShape, toBinary, toJsonString } from "@bufbuild/protobuf";
import { loadSync } from "@grpc/proto-loader";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generateCity } from "../../datasets/city.ts";
import { AssignRequestSchema, AssignResponseSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { drawsFromSeed } from "../property/draws.ts";
import { richRequest } from "../property/rich-request.ts";
import { solveForTest } from "../solve-for-test.ts";
import { anyMessage } from "./any-message.ts";
import { type Conversion, pythonConverter } from "./python.ts";

const SCHEMAS = { AssignRequest: AssignRequestSchema, AssignResponse: AssignResponseSchema };
type Type = keyof typeof SCHEMAS;
type Message = MessageShape<(typeof SCHEMAS)[Type]>;

/** Random messages of all fields, real requests with their answers, and a city. */
async function samples(): Promise<[Type, Message][]> {
  const any = (type: Type): [Type, Message][] =>
    fc.sample(anyMessage(SCHEMAS[type]), { seed: 51, numRuns: 150 }).map((message) => [type, message]);
  const real: [Type, Message][] = [];
  for (let seed = 1; seed <= 30; seed++) {
    const request = richRequest(drawsFromSeed(seed));
    real.push(["AssignRequest", request], ["AssignResponse", await solveForTest(request)]);
  }
  return [
    ...any("AssignRequest"),
    ...any("AssignResponse"),
    ...real,
    ["AssignRequest", generateCity({ orders: 300, engineers: 60, centres: 2, seed: 5 })],
  ];
}

const convert = await pythonConverter();
const messages = await samples();
const differing = (back: (index: number, type: Type) => Message) =>
  messages.flatMap(([type, message], index) => {
    const got = back(index, type);
    return equals(SCHEMAS[type], got, message) ? [] : [{ index, got, message }];
  });

test("the samples set every field of the contract that a request or an answer can hold", () => {
  const json = messages
    .map(([type, message]) => toJsonString(SCHEMAS[type], message, { useProtoFieldName: true }))
    .join();
  const missing = Object.values(SCHEMAS).flatMap((schema) =>
    schema.fields.filter((field) => !json.includes(`"${field.name}"`)),
  );
  expect(missing).toEqual([]);
});

describe.skipIf(!convert)("Google's protobuf for Python", () => {
  test("reads our bytes and writes JSON that we read as the same message", async () => {
    const json = await convert!(
      messages.map(([type, message]): Conversion => {
        const data = Buffer.from(toBinary(SCHEMAS[type], message)).toString("base64");
        return { type, from: "binary", data };
      }),
    );
    expect(differing((index, type) => fromJsonString(SCHEMAS[type], json[index]!))).toEqual([]);
  });

  test("reads our JSON and writes bytes that we read as the same message", async () => {
    const bytes = await convert!(
      messages.map(
        ([type, message]): Conversion => ({ type, from: "json", data: toJsonString(SCHEMAS[type], message) }),
      ),
    );
    expect(differing((index, type) => fromBinary(SCHEMAS[type], Buffer.from(bytes[index]!, "base64")))).toEqual([]);
  });
});

describe("protobufjs, by way of proto-loader", () => {
  const folder = join(dirname(fileURLToPath(import.meta.url)), "../../proto");
  const definition = loadSync("shanpai/dispatch/v1/dispatch.proto", {
    includeDirs: [folder],
    longs: String,
    arrays: true,
  });
  const assign = (definition["shanpai.dispatch.v1.Dispatch"] as never as Record<string, Method>).Assign!;
  interface Method {
    requestSerialize(message: object): Buffer;
    requestDeserialize(bytes: Buffer): Record<string, unknown>;
    responseSerialize(message: object): Buffer;
    responseDeserialize(bytes: Buffer): Record<string, unknown>;
  }

  test("reads our bytes and writes bytes that we read as the same message", () => {
    expect(
      differing((index, type) => {
        const bytes = Buffer.from(toBinary(SCHEMAS[type], messages[index]![1]));
        const back =
          type === "AssignRequest"
            ? assign.requestSerialize(assign.requestDeserialize(bytes))
            : assign.responseSerialize(assign.responseDeserialize(bytes));
        return fromBinary(SCHEMAS[type], back);
      }),
    ).toEqual([]);
  });

  test("finds the values in our bytes that we put there", () => {
    const city = generateCity({ orders: 3, engineers: 2, seed: 5 });
    const read = assign.requestDeserialize(Buffer.from(toBinary(AssignRequestSchema, city)));
    expect(read).toMatchObject({
      requestId: city.requestId,
      timeZone: "Asia/Shanghai",
      now: { seconds: `${city.now!.seconds}` },
      orders: city.orders.map(({ id, windows }) => ({
        id,
        windows: windows.map((window) => ({ start: { seconds: `${window.start!.seconds}` } })),
      })),
      engineers: city.engineers.map(({ id, vehicleMode }) => ({ id, vehicleMode })),
    });
  });
});
