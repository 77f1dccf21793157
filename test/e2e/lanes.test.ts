// Requests beside each other: short ones beside long ones, and those sent twice.
import { toBinary } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { AssignResponseSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { dayRequest, longRequest, shortRequest } from "./requests.ts";
import { beginSearch, outcomeOf, start } from "./servers.ts";

test("a short request is answered while a search of 50 s has the only common thread", async () => {
  const { server, client } = await start({ workers: 1, shortWorkers: 1, maxQueue: 2 });
  const stop = new AbortController();
  const { outcome } = await beginSearch(client, longRequest(), { signal: stop.signal });
  const queued = outcomeOf(client.assign(longRequest(), { signal: stop.signal }));
  for (let round = 0; round < 3; round++) expect(await outcomeOf(client.assign(shortRequest()))).toHaveProperty("plan");
  expect(server.pool.lanes().map(({ lane, busy, waiting }) => [lane, busy, waiting])).toEqual([
    ["short", 0, 0],
    ["medium", 0, 0],
    ["long", 1, 1],
  ]);
  stop.abort();
  expect([await outcome, await queued]).toEqual(["CANCELLED", "CANCELLED"]);
});

test("a deadline that comes before a worker is free is refused at once, and one that does not is kept", async () => {
  const { client } = await start({ workers: 1, marginMs: 100 });
  const stop = new AbortController();
  await beginSearch(client, longRequest(), { signal: stop.signal }).then(({ outcome }) => void outcome);
  const late = client.assign(shortRequest(), { deadlineMs: 20_000 });
  await expect(late).rejects.toMatchObject({ code: "RESOURCE_EXHAUSTED", message: /too late for the call's deadline/ });
  const patient = outcomeOf(client.assign(shortRequest(), { deadlineMs: 120_000 }));
  stop.abort();
  expect(await patient).toHaveProperty("plan");
});

test("the same id and request get the same answer, and another request under the id is ALREADY_EXISTS", async () => {
  const { client } = await start();
  const request = { ...dayRequest(20, 3, { timeLimit: { seconds: 0n, nanos: 200_000_000 } }), requestId: "retried" };
  const [first, joined] = await Promise.all([client.assign(request), client.assign(request)]);
  const repeated = await client.assign(request, { onProgress: () => {} });
  // Times that the search took are in the answer: a second search would differ in them.
  for (const again of [joined, repeated])
    expect(toBinary(AssignResponseSchema, again)).toEqual(toBinary(AssignResponseSchema, first));
  expect(await outcomeOf(client.assign({ ...request, timeZone: "UTC" }))).toBe("ALREADY_EXISTS");
});
