// Threads that die, trap and run out of memory: every admitted request is answered, and the pool goes on.
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { generateCity } from "../../datasets/city.ts";
import { AssignRequestSchema, AssignResponseSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import type { RequestError } from "../../server/errors.ts";
import { createPool, type Pool } from "../../server/pool/pool.ts";
import { dayRequest, shortRequest } from "../e2e/requests.ts";
import { closeAfterTest } from "../e2e/servers.ts";
import { coreThatTrapsIn } from "./broken-core.ts";

const bytesOf = (request: ReturnType<typeof shortRequest>) => toBinary(AssignRequestSchema, request);
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => "OK",
    (error: RequestError) => error.code,
  );

/** Begins `request` and resolves with its end once a worker searches. */
function begin(pool: Pool, request: ReturnType<typeof shortRequest>): Promise<{ outcome: Promise<string> }> {
  return new Promise((resolve) => {
    const outcome = codeOf(
      pool.assign(bytesOf(request), { onProgress: () => resolve({ outcome }), progressIntervalMs: 1 }),
    );
  });
}

/** How a short request ends that must be answered within a second. */
const soon = (pool: Pool) => codeOf(pool.assign(bytesOf(shortRequest()), { deadlineMs: 1_000 }));

test("while a killed thread is replaced short requests are answered within a second, and its request waits for the new one", async () => {
  const pool = closeAfterTest(await createPool({ workers: 1, shortWorkers: 1 }));
  const { outcome } = await begin(pool, dayRequest(40, 4, { timeLimit: { seconds: 5n } }));
  await pool.endThread(pool.threadIds()[0]!);
  expect(await soon(pool)).toBe("OK");
  // The other thread never got the long one: it is there for the next short one, too.
  expect(pool.lanes().map(({ busy }) => busy)).toEqual([0, 0, 1]);
  expect(await soon(pool)).toBe("OK");
  expect(await outcome).toBe("OK");
  expect([pool.threadIds().length, pool.replacedThreads]).toEqual([2, 1]);
});

test("a request whose thread is killed is done by another thread, and so are those that wait", async () => {
  const pool = closeAfterTest(await createPool({ workers: 1 }));
  const threads = pool.threadIds();
  const { outcome } = await begin(pool, dayRequest(40, 4, { timeLimit: { seconds: 2n } }));
  const waiting = [1, 2, 3].map(() => codeOf(pool.assign(bytesOf(shortRequest()))));
  await pool.endThread(threads[0]!);
  expect(await outcome).toBe("OK");
  expect(await Promise.all(waiting)).toEqual(["OK", "OK", "OK"]);
  expect([pool.threadIds().length, pool.replacedThreads]).toEqual([1, 1]);
  expect(pool.threadIds()).not.toEqual(threads);
});

test("of two threads on one request one is killed: the request is answered, and both are there again", async () => {
  const pool = closeAfterTest(await createPool({ workers: 2 }));
  const { outcome } = await begin(pool, dayRequest(40, 4, { timeLimit: { seconds: 2n }, workers: 2 }));
  await pool.endThread(pool.threadIds()[1]!);
  expect(await outcome).toBe("OK");
  const both = await pool.assign(bytesOf(dayRequest(20, 4, { iterations: 100n, workers: 2 })));
  expect(fromBinary(AssignResponseSchema, both).statistics!.workers).toBe(2);
});

test("an idle thread that is killed is replaced", async () => {
  const pool = closeAfterTest(await createPool({ workers: 1 }));
  await pool.endThread(pool.threadIds()[0]!);
  expect(await codeOf(pool.assign(bytesOf(shortRequest())))).toBe("OK");
});

test("a trap in the core is INTERNAL for its request, and the next one gets a new core in the same thread", async () => {
  const pool = closeAfterTest(await createPool({ workers: 1, module: await coreThatTrapsIn("solveMatch") }));
  const threads = pool.threadIds();
  for (let round = 0; round < 3; round++) {
    const error: RequestError = await pool.assign(bytesOf(dayRequest(3, 3, { mode: SearchOptions_Mode.MATCH }))).then(
      () => undefined as never,
      (thrown) => thrown,
    );
    expect([error.code, error.message]).toEqual(["INTERNAL", "unexpected error: unreachable"]);
    expect(await soon(pool)).toBe("OK");
  }
  expect(pool.threadIds()).toEqual(threads);
});

test("a request that needs more memory than a worker has is refused, and the next is answered", async () => {
  const pool = closeAfterTest(await createPool({ workers: 1, shortWorkers: 1, workerHeapMb: 96 }));
  const big = generateCity({ orders: 30_000, engineers: 100, centres: 1, seed: 1 });
  const error: RequestError = await pool.assign(bytesOf(big)).then(
    () => undefined as never,
    (thrown) => thrown,
  );
  expect([error.code, error.message]).toEqual([
    "RESOURCE_EXHAUSTED",
    "the request needs more memory than a worker has",
  ]);
  expect(await soon(pool)).toBe("OK");
}, 300_000);
