// What a worker remembers changes no answer.
import { clone, create, toBinary } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { AssignRequestSchema, RecommendRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { createCore, loadCoreModule } from "../../solver/core.ts";
import { dayRequest } from "../../test/e2e/requests.ts";
import { assign } from "./assign.ts";
import { recommend } from "./recommend.ts";
import { createRecommender } from "./recommender.ts";

const NO_LIMIT = { workerIndex: 0, deadlineMs: Number.POSITIVE_INFINITY, stopped: () => false };

test("the answer is that of a fresh worker, whatever was asked before and whatever the core did meanwhile", async () => {
  const module = await loadCoreModule();
  const core = createCore(module);
  const request = dayRequest(12, 3, { iterations: 200n });
  const early = clone(AssignRequestSchema, request);
  early.orders.splice(9);
  request.currentPlan = assign(core, early, NO_LIMIT).plan!;
  const other = clone(AssignRequestSchema, request);
  other.engineers.pop();
  other.currentPlan!.routes = other.currentPlan!.routes.filter(({ engineerId }) => engineerId !== "engineer-2");
  // Nobody can be there: a reason is proved, and the plan is gone from the core.
  request.orders[11]!.windows = [
    { $typeName: "shanpai.dispatch.v1.TimeWindow", start: request.now!, end: request.now! },
  ];
  const recommender = createRecommender();
  const questions = [
    ...["order-9", "order-10", "order-0", "order-9", "order-11", "order-10"].map((orderId) => ({ request, orderId })),
    { request: other, orderId: "order-9" },
    { request, orderId: "order-9" },
  ];
  for (const [index, { request, orderId }] of questions.entries()) {
    const question = create(RecommendRequestSchema, { request, orderId, withRoutes: true });
    const got = recommender.answer(core, toBinary(RecommendRequestSchema, question), NO_LIMIT);
    const expected = recommend(createCore(module), question, NO_LIMIT);
    for (const answer of [got, expected]) delete answer.elapsed;
    expect(got).toEqual(expected);
    expect(got.recommendations.length > 0).toBe(orderId !== "order-11" || request !== questions[0]!.request);
    if (index === 1) assign(core, early, NO_LIMIT);
  }
});
