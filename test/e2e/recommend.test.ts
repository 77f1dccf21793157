// Recommend over gRPC: answers, refusals, deadline and cancel.
import { clone, create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import {
  type AssignRequest,
  AssignRequestSchema,
  type RecommendRequest,
  RecommendRequestSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { Stop_Lock } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { DispatchClient } from "../../server/client.ts";
import type { RequestError } from "../../server/errors.ts";
import { dayRequest, longRequest } from "./requests.ts";
import { beginSearch, start } from "./servers.ts";

/** The day with a plan that serves all orders but the last. */
async function running(client: DispatchClient): Promise<AssignRequest> {
  const request = dayRequest(12, 3, { iterations: 300n });
  const early = clone(AssignRequestSchema, request);
  early.orders.pop();
  request.currentPlan = (await client.assign(early)).plan!;
  return request;
}

const ask = (request: AssignRequest, rest: { orderId?: string; limit?: number; slotsPerEngineer?: number } = {}) =>
  create(RecommendRequestSchema, { request, orderId: "order-11", ...rest });

const refusal = (client: DispatchClient, asked: RecommendRequest) =>
  client.recommend(asked).then(
    () => undefined,
    (error: RequestError) => error,
  );

test("the best engineers come first, as many as asked for, and the same twice", async () => {
  const { client } = await start();
  const request = await running(client);
  const first = await client.recommend(ask(request));
  expect(first.requestId).toBe(request.requestId);
  expect(first.recommendations.map(({ engineerId }) => engineerId).sort()).toEqual([
    "engineer-0",
    "engineer-1",
    "engineer-2",
  ]);
  const costs = first.recommendations.map(({ levelChanges }) => levelChanges[1]!);
  expect(costs).toEqual([...costs].sort((a, b) => Number(a - b)));
  expect(first.recommendations.every(({ levelChanges }) => levelChanges[0] === -1n)).toBe(true);
  const second = await client.recommend(ask(request, { limit: 2 }));
  expect(second.recommendations).toEqual(first.recommendations.slice(0, 2));
  const slots = await client.recommend(ask(request, { limit: 100, slotsPerEngineer: 3 }));
  expect(slots.recommendations.length).toBeGreaterThan(3);
});

test("an order that the plan serves is taken out first", async () => {
  const { client } = await start();
  const request = await running(client);
  const { levels, recommendations } = await client.recommend(ask(request, { orderId: "order-0" }));
  // It and order-11 are left out of the plan that the changes are counted from.
  expect(levels[0]).toBe(2n);
  expect(recommendations.length).toBe(3);
});

test.each<[string, string, string, (asked: RecommendRequest) => void]>([
  ["no request", "request", "REQUIRED", (asked) => delete asked.request],
  ["no order", "order_id", "REQUIRED", (asked) => (asked.orderId = "")],
  ["an unknown order", "order_id", "UNKNOWN_ORDER", (asked) => (asked.orderId = "nobody's")],
  ["too many answers", "limit", "OUT_OF_RANGE", (asked) => (asked.limit = 101)],
  ["too many slots", "slots_per_engineer", "OUT_OF_RANGE", (asked) => (asked.slotsPerEngineer = 11)],
  ["a broken request", "time_zone", "UNKNOWN_TIME_ZONE", (asked) => (asked.request!.timeZone = "Nowhere")],
  [
    "a locked order",
    "order_id",
    "ORDER_LOCKED",
    (asked) => {
      const [stop] = asked.request!.currentPlan!.routes[0]!.stops;
      stop!.lock = Stop_Lock.SEQUENCE;
      asked.orderId = stop!.orderId;
    },
  ],
])("%s is refused by its field", async (_name, field, code, change) => {
  const { client } = await start();
  const asked = ask(await running(client));
  change(asked);
  const error = await refusal(client, asked);
  expect(error?.code).toBe("INVALID_ARGUMENT");
  expect(error?.violations.map((one) => [one.field, one.code])).toEqual([[field, code]]);
});

test("a deadline that comes while all workers are busy ends the call, and so does cancelling it", async () => {
  const { client } = await start();
  const request = await running(client);
  const { outcome, cancel } = await busy(client);
  const late = await client.recommend(ask(request), { deadlineMs: 200 }).catch((error: RequestError) => error.code);
  // Refused at once where the queue cannot keep the deadline, else ended when it comes.
  expect(["RESOURCE_EXHAUSTED", "DEADLINE_EXCEEDED"]).toContain(late);
  const abort = new AbortController();
  const cancelled = client.recommend(ask(request), { signal: abort.signal }).catch((error: RequestError) => error.code);
  abort.abort();
  expect(await cancelled).toBe("CANCELLED");
  cancel.abort();
  await outcome;
  expect((await client.recommend(ask(request))).recommendations.length).toBe(3);
});

/** Keeps the only worker searching until it is cancelled. */
async function busy(client: DispatchClient) {
  const cancel = new AbortController();
  const { outcome } = await beginSearch(client, longRequest(), { signal: cancel.signal });
  return { outcome, cancel };
}
