import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { AssignRequestSchema, AssignResponseSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { RequestError } from "../../server/errors.ts";
import { createPool } from "../../server/pool/pool.ts";
import { longRequest, shortRequest } from "./requests.ts";
import { closeAfterTest } from "./servers.ts";

const bytesOf = (request: ReturnType<typeof shortRequest>) => toBinary(AssignRequestSchema, request);

test("a pool answers without a server, and waiting calls are answered in turn", async () => {
  const pool = closeAfterTest(await createPool({ workers: 1 }));
  const answers = await Promise.all([1, 2, 3].map(() => pool.assign(bytesOf(shortRequest()))));
  for (const bytes of answers) expect(fromBinary(AssignResponseSchema, bytes).assignments).toHaveLength(4);
});

test("a pool without patience for cancelled work replaces the thread and answers the next call", async () => {
  const pool = closeAfterTest(await createPool({ workers: 1, graceMs: 0 }));
  const stop = new AbortController();
  // Cancelled at the first progress: the worker is inside the search.
  const cancelled = pool.assign(bytesOf(longRequest()), { signal: stop.signal, onProgress: () => stop.abort() });
  expect(await cancelled.catch((error: RequestError) => error.code)).toBe("CANCELLED");
  const next = await pool.assign(bytesOf(shortRequest()));
  expect(fromBinary(AssignResponseSchema, next).assignments).toHaveLength(4);
});

test("two calls that each want both workers are both answered", async () => {
  const pool = closeAfterTest(await createPool({ workers: 2 }));
  const request = shortRequest();
  request.search!.workers = 2;
  const answers = await Promise.all([1, 2].map(() => pool.assign(bytesOf(request))));
  for (const bytes of answers) expect(fromBinary(AssignResponseSchema, bytes).statistics!.workers).toBe(2);
});

test("a cancelled call is CANCELLED although its search has a plan to give", async () => {
  const pool = closeAfterTest(await createPool({ workers: 1 }));
  const stop = new AbortController();
  const call = pool.assign(bytesOf(longRequest()), { signal: stop.signal, onProgress: () => stop.abort() });
  expect(await call.catch((error: RequestError) => error.code)).toBe("CANCELLED");
});
