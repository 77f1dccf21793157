// A long search on a thread of its own ends when the stop flag is set, and the thread does the next task.
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { Piscina } from "piscina";
import { afterAll, expect, test } from "vitest";
import { generateCity } from "../../datasets/city.ts";
import {
  type AssignRequest,
  AssignRequestSchema,
  AssignResponseSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { assign } from "../../server/answer/assign.ts";
import { monotonicMs, STOP, type Task, type TaskResult, type WorkerSetup } from "../../server/pool/task.ts";
import { createCore, loadCoreModule } from "../../solver/core.ts";
import { dayRequest } from "../e2e/requests.ts";
import { tinyRequest } from "../oracle/generate.ts";

const pool = new Piscina({
  filename: new URL("../../server/pool/worker.ts", import.meta.url).href,
  name: "run",
  execArgv: ["--import", new URL("../../server/pool/register-tsx.mjs", import.meta.url).href],
  minThreads: 1,
  maxThreads: 1,
  workerData: {
    module: await loadCoreModule(),
    limits: {},
    keepCoreMb: 256,
    started: new Int32Array(1),
  } satisfies WorkerSetup,
});
afterAll(() => pool.destroy());

function taskOf(request: AssignRequest, deadline = Number.POSITIVE_INFINITY): Task {
  const bytes = toBinary(AssignRequestSchema, request);
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return {
    kind: "assign",
    request: shared,
    flags: new Int32Array(new SharedArrayBuffer(4)),
    workerIndex: 0,
    deadline,
    timeLimitMs: Number.POSITIVE_INFINITY,
  };
}

const planOf = (result: TaskResult) => {
  if (result.kind !== "answer") throw new Error(JSON.stringify(result));
  return fromBinary(AssignResponseSchema, result.response).plan!;
};

test("the stop flag ends a search over 2,000 orders, and the thread survives", async () => {
  const thread = pool.threads[0]!.threadId;
  const task = taskOf(generateCity({ orders: 2000, engineers: 400, centres: 4, seed: 1 }), monotonicMs() + 600_000);
  const running = pool.run(task) as Promise<TaskResult>;
  setTimeout(() => Atomics.store(task.flags, STOP, 1), 3000);
  // Ten minutes are left: only the flag can end it within this test's time.
  expect(await running).toMatchObject({ kind: "error", error: { code: "CANCELLED" } });

  const next = planOf((await pool.run(taskOf(tinyRequest(3)))) as TaskResult);
  expect(next.routes.length + next.unassigned.length).toBeGreaterThan(0);
  expect(pool.threads.map(({ threadId }) => threadId)).toEqual([thread]);
}, 60_000);

test("a search looks at the flag after its first iteration: nobody knows yet how long one takes", async () => {
  const core = createCore(await loadCoreModule());
  const request = dayRequest(30, 4, { iterations: 100_000n });
  const stopped = () => core.exports.iterations.value > 0n;
  expect(() => assign(core, request, { workerIndex: 0, deadlineMs: Number.POSITIVE_INFINITY, stopped })).toThrow(
    "the caller has gone",
  );
  expect(core.exports.iterations.value).toBe(1n);
});
