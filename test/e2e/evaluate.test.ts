import { clone, create, equals } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { EvaluateRequestSchema, EvaluateResponseSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { PlanSchema } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Explain_Level } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { evaluate } from "../../server/answer/evaluate.ts";
import type { RequestError } from "../../server/errors.ts";
import { dayRequest, shortRequest } from "./requests.ts";
import { start } from "./servers.ts";

test("the server's own plan is valid and costs what it said, with the explanations asked for", async () => {
  const { client } = await start();
  const request = shortRequest();
  request.explain = {
    $typeName: "shanpai.dispatch.v1.Explain",
    level: Explain_Level.CRITERIA,
    orderIds: ["order-1"],
    engineerIds: [],
    language: "en",
  };
  const { plan, cost, explanations } = await client.assign(request);
  const answer = await client.evaluate(create(EvaluateRequestSchema, { request, plan: plan! }));
  expect(answer.findings).toEqual([]);
  expect(answer.valid).toBe(true);
  expect(equals(PlanSchema, answer.plan!, plan!)).toBe(true);
  expect(answer.cost!.levels).toEqual(cost!.levels);
  expect(answer.cost!.measures).toEqual(cost!.measures);
  expect(answer.explanations).toEqual(explanations);
});

test("a plan is compared with another one", async () => {
  const { client } = await start();
  const request = shortRequest();
  const { plan, cost } = await client.assign(request);
  const otherPlan = clone(PlanSchema, plan!);
  const [first] = otherPlan.routes;
  first!.stops.reverse();
  for (const stop of first!.stops)
    for (const field of ["leg", "arrival", "start", "departure", "setup", "waiting", "lateness"] as const)
      delete stop[field];
  for (const field of [
    "departure",
    "arrival",
    "finalLeg",
    "travel",
    "waiting",
    "service",
    "working",
    "overtime",
  ] as const)
    delete first![field];
  const { comparison } = await client.evaluate(create(EvaluateRequestSchema, { request, plan: plan!, otherPlan }));
  expect(comparison!.moved.map(({ orderId }) => orderId)).toEqual(first!.stops.map(({ orderId }) => orderId).sort());
  expect(comparison!.otherCost!.levels.map((value, level) => value - comparison!.difference!.levels[level]!)).toEqual(
    cost!.levels,
  );
});

test("the command's way gives the same answer as the server", async () => {
  const { client } = await start();
  const request = shortRequest();
  const { plan } = await client.assign(request);
  const asked = create(EvaluateRequestSchema, { request, plan: plan! });
  const here = evaluate(asked, { deadlineMs: Number.POSITIVE_INFINITY, stopped: () => false });
  expect(equals(EvaluateResponseSchema, await client.evaluate(asked), here)).toBe(true);
});

test("what is missing or broken is refused with its field", async () => {
  const { client } = await start();
  const refused = async (asked: Parameters<typeof client.evaluate>[0]) =>
    client.evaluate(asked).then(
      () => [],
      ({ violations }: RequestError) => violations.map(({ field, code }) => [field, code]),
    );
  expect(await refused(create(EvaluateRequestSchema, {}))).toEqual([
    ["request", "REQUIRED"],
    ["plan", "REQUIRED"],
  ]);
  const request = shortRequest();
  request.timeZone = "";
  const whyNot = [{ orderId: "order-0", engineerId: "nobody" }, { orderId: "" }];
  expect(await refused(create(EvaluateRequestSchema, { request, plan: {}, whyNot }))).toEqual([
    ["time_zone", "REQUIRED"],
    ["why_not[0].engineer_id", "UNKNOWN_ENGINEER"],
    ["why_not[1].order_id", "REQUIRED"],
    ["why_not[1].engineer_id", "REQUIRED"],
  ]);
});

test("a call that is cancelled ends, and the worker is free for the next one", async () => {
  const { client } = await start();
  const request = dayRequest(400, 20, { iterations: 1n });
  const { plan } = await client.assign(request);
  const cancel = new AbortController();
  const call = client.evaluate(create(EvaluateRequestSchema, { request, plan: plan! }), { signal: cancel.signal });
  cancel.abort();
  await expect(call).rejects.toMatchObject({ code: "CANCELLED" });
  expect((await client.assign(shortRequest())).assignments).toHaveLength(4);
});
