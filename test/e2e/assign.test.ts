import { toBinary } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import type { Progress } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { PlanSchema } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { dayRequest, longRequest, shortRequest } from "./requests.ts";
import { start } from "./servers.ts";

test("a request is answered with a plan that serves every order once", async () => {
  const { client } = await start();
  const response = await client.assign({ ...shortRequest(), requestId: "day 7" });
  expect(response.requestId).toBe("day 7");
  expect(response.assignments.map(({ orderId }) => orderId)).toEqual(["order-0", "order-1", "order-2", "order-3"]);
  expect(response.plan!.unassigned).toEqual([]);
});

test("a stream tells progress and ends with the same plan as the unary call", async () => {
  const { client } = await start();
  const request = dayRequest(40, 4, { iterations: 3_000n, seed: 5n });
  const told: Progress[] = [];
  const streamed = await client.assign(request, { onProgress: (one) => told.push(one), progressIntervalMs: 1 });
  expect(told.length).toBeGreaterThan(0);
  for (const [index, one] of told.entries()) {
    expect(one.fraction).toBeGreaterThanOrEqual(0);
    expect(one.fraction).toBeLessThanOrEqual(1);
    expect(one.iterations).toBeGreaterThanOrEqual(told[index - 1]?.iterations ?? 0n);
  }
  const unary = await client.assign(request);
  expect(toBinary(PlanSchema, streamed.plan!)).toEqual(toBinary(PlanSchema, unary.plan!));
});

test("two workers give the same plan twice, and both have searched", async () => {
  const { client } = await start({ workers: 2 });
  const request = dayRequest(30, 4, { iterations: 500n, seed: 3n, workers: 2 });
  const first = await client.assign(request);
  const second = await client.assign(request);
  expect(toBinary(PlanSchema, second.plan!)).toEqual(toBinary(PlanSchema, first.plan!));
  expect(first.statistics!.workers).toBe(2);
  expect(first.plan!.unassigned).toEqual([]);
});

test("an answer with a deadline arrives before it, although the time limit is longer", async () => {
  // DEADLINE_EXCEEDED would reject. The margin is generous, because test machines are busy.
  const { client } = await start({ marginMs: 500 });
  const response = await client.assign(longRequest(), { deadlineMs: 4_000 });
  expect(response.plan).toBeDefined();
});

test("two workers keep the deadline, too", async () => {
  const { client } = await start({ workers: 2, marginMs: 500 });
  const response = await client.assign(longRequest({ workers: 2 }), { deadlineMs: 4_000 });
  expect(response.plan).toBeDefined();
});

test("a time limit ends the search without a deadline", async () => {
  const { client } = await start();
  const response = await client.assign(longRequest({ timeLimit: { seconds: 0n, nanos: 300_000_000 } }));
  expect(response.plan!.routes.length).toBeGreaterThan(0);
});
