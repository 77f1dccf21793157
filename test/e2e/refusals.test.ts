import { create, toBinary } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";
import { Client, credentials, type ServiceError, status } from "@grpc/grpc-js";
import { expect, test } from "vitest";
import { AssignRequestSchema, Dispatch } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { RequestError } from "../../server/errors.ts";
import { longRequest, shortRequest } from "./requests.ts";
import { beginSearch, closeAfterTest, start } from "./servers.ts";

const failure = (call: Promise<unknown>): Promise<RequestError> =>
  call.then(
    () => {
      throw new Error("the call was answered");
    },
    (error) => error,
  );

/** A call with bytes of the caller's choice. */
async function rawCall(port: number, method: string, bytes: Uint8Array): Promise<ServiceError> {
  const client = closeAfterTest(new Client(`127.0.0.1:${port}`, credentials.createInsecure()));
  const keep = (buffer: Buffer) => buffer;
  return new Promise((resolve, reject) =>
    client.makeUnaryRequest(`/${Dispatch.typeName}/${method}`, keep, keep, Buffer.from(bytes), (error) =>
      error ? resolve(error) : reject(new Error("the call was answered")),
    ),
  );
}

test.each([
  ["unary", {}],
  ["stream", { onProgress: () => {} }],
])("bad input is INVALID_ARGUMENT with every violation in the details: %s", async (_name, options) => {
  const { client } = await start();
  const request = shortRequest();
  request.orders[1]!.id = "";
  request.orders[3]!.priority = 101;
  const error = await failure(client.assign(request, options));
  expect(error.code).toBe("INVALID_ARGUMENT");
  expect(error.message).toMatch(/^2 violations; the first: orders\[1\]\.id: /);
  expect(error.violations.map(({ field }) => field)).toEqual(["orders[1].id", "orders[3].priority"]);
  expect(error.violations[1]!.description).toContain("101");
  expect(error.violations[1]!.code).toBe("OUT_OF_RANGE");
});

test("a thousand violations are counted in the message, and as many as fit are in the details", async () => {
  const { client } = await start();
  const request = longRequest();
  request.orders = Array.from({ length: 1_000 }, () => ({ ...request.orders[0]!, id: "same", priority: 999 }));
  const error = await failure(client.assign(request));
  expect(error.code).toBe("INVALID_ARGUMENT");
  // 1000 priorities out of range and 999 ids that were there before
  expect(error.message).toMatch(/^1999 violations; the first: orders\[0\]\.priority: /);
  expect(error.violations.length).toBeGreaterThan(10);
});

test("validate_only is OK with the violations in the body", async () => {
  const { client } = await start();
  const request = shortRequest();
  request.validateOnly = true;
  request.orders[1]!.id = "";
  const response = await client.assign(request);
  expect(response.plan).toBeUndefined();
  expect(response.violations.map(({ field }) => field)).toEqual(["orders[1].id"]);
});

test("more workers than the server has are refused by field", async () => {
  const { client } = await start();
  const error = await failure(client.assign(longRequest({ workers: 2 })));
  expect(error.violations).toEqual([
    { field: "search.workers", description: "2 workers asked for, this server has 1", code: "OUT_OF_RANGE" },
  ]);
});

test("undecodable bytes are INVALID_ARGUMENT and the server lives on", async () => {
  const { server, client } = await start();
  const threads = server.pool.threadIds();
  for (const bytes of [
    Buffer.from("not protobuf at all"),
    toBinary(AssignRequestSchema, longRequest()).slice(0, -3),
    // An order whose own bytes are cut: only the worker looks inside.
    Buffer.from([0x3a, 0x02, 0x0a, 0x7f]),
  ]) {
    const error = await rawCall(server.port, "Assign", bytes);
    expect(error.code).toBe(status.INVALID_ARGUMENT);
    expect(error.details).toMatch(/not a shanpai\.dispatch\.v1\.AssignRequest/);
  }
  expect((await client.assign(shortRequest())).plan).toBeDefined();
  expect(server.pool.threadIds()).toEqual(threads);
});

test("a message above the limit is RESOURCE_EXHAUSTED", async () => {
  const { client } = await start({ maxMessageBytes: 4_096 });
  const request = shortRequest();
  expect((await client.assign(request)).plan).toBeDefined();
  request.labels.note = "x".repeat(4_096);
  const error = await failure(client.assign(request));
  expect(error.code).toBe("RESOURCE_EXHAUSTED");
  expect(error.message).toContain("larger than max");
});

test.each([
  ["maxOrders", 3, "orders", "must have at most 3 entries on this server, has 4"],
  ["maxEngineers", 1, "engineers", "must have at most 1 entries on this server, has 2"],
  ["maxTimeLimitMs", 1_500, "search.time_limit", "must be at most 1.5 s on this server, is 2 s"],
  // Two shifts, no windows
  ["maxWindows", 1, "orders", "windows, shifts and opening windows must be at most 1 together on this server, has 2"],
  // Four orders somewhere, and both engineers begin and end at the origin: 5 places
  ["maxMatrixCells", 24, "travel", "cells between places must be at most 24 on this server, has 25"],
])("a request beyond the server's %s is refused by field", async (setting, limit, field, description) => {
  const { client } = await start({ [setting]: limit });
  const request = shortRequest();
  request.search!.timeLimit = create(DurationSchema, { seconds: 2n });
  const error = await failure(client.assign(request));
  expect([error.code, error.violations.map((one) => [one.field, one.description])]).toEqual([
    "INVALID_ARGUMENT",
    [[field, description]],
  ]);
});

test("beyond the queue limit the answer is RESOURCE_EXHAUSTED at once, with a retry hint", async () => {
  const { client } = await start({ workers: 1, maxQueue: 1 });
  const stop = new AbortController();
  // The first call runs, the second waits, so the third finds the queue full.
  const { outcome } = await beginSearch(client, longRequest(), { signal: stop.signal });
  const waiting = failure(client.assign(longRequest(), { signal: stop.signal }));
  const refused = await failure(client.assign(shortRequest()));
  expect(refused.code).toBe("RESOURCE_EXHAUSTED");
  expect(refused.message).toContain("1 of 1 queue places");
  expect(refused.retryMs).toBeGreaterThanOrEqual(100);
  stop.abort();
  expect(await outcome).toBe("CANCELLED");
  expect((await waiting).code).toBe("CANCELLED");
});
