// A current plan is where the search begins: the answer is never worse, whatever the seed and however short the search.
import { clone } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Plan, PlanSchema } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { solveForTest } from "../solve-for-test.ts";
import { plainRequest } from "./plain-request.ts";
import { richRequest } from "./rich-request.ts";
import { forRequests } from "./run.ts";

/** The request again, with another seed, one iteration and the plan to begin with. */
function again(request: AssignRequest, plan: Plan | undefined): AssignRequest {
  const other = clone(AssignRequestSchema, request);
  other.search!.iterations = 1n;
  other.search!.seed += 17n;
  if (plan) other.currentPlan = clone(PlanSchema, plan);
  return other;
}

/** Negative when the levels `a` are better. */
function compareLevels(a: readonly bigint[], b: readonly bigint[]): number {
  const first = a.findIndex((value, level) => value !== b[level]);
  return first < 0 ? 0 : a[first]! < b[first]! ? -1 : 1;
}

const size = { orders: 30, engineers: 6, centres: 2 };

test("the answer is never worse than the current plan", async () => {
  let worseWithout = 0;
  await forRequests(
    (draws) => (draws.chance(60) ? richRequest(draws, size) : plainRequest(draws, size)),
    250,
    71,
    async (request) => {
      request.search!.iterations = 500n;
      const { plan, cost } = await solveForTest(request);
      const warm = again(request, plan);
      const response = await solveForTest(warm);
      expect(checkResponse(warm, response)).toEqual([]);
      expect(compareLevels(response.cost!.levels, cost!.levels)).toBeLessThanOrEqual(0);
      const cold = await solveForTest(again(request, undefined));
      if (compareLevels(cold.cost!.levels, cost!.levels) > 0) worseWithout++;
    },
  );
  expect(worseWithout).toBeGreaterThan(50);
}, 90_000);

test("without one of the engineers, the others still serve whom they served", async () => {
  let fewerServed = 0;
  await forRequests(
    (draws) => richRequest(draws, size, { broken: false }),
    150,
    72,
    async (request, draws) => {
      if (request.engineers.length < 2) return;
      // Orders may not name engineers who are not there.
      for (const order of request.orders) delete order.engineerPreference;
      const { plan, cost } = await solveForTest(request);
      const fewer = again(request, plan);
      const gone = draws.one(fewer.engineers).id;
      fewer.engineers = fewer.engineers.filter(({ id }) => id !== gone);
      fewer.currentPlan!.routes = fewer.currentPlan!.routes.filter(({ engineerId }) => engineerId !== gone);
      const response = await solveForTest(fewer);
      expect(checkResponse(fewer, response)).toEqual([]);
      const lost = new Set(
        plan!.routes.flatMap(({ engineerId, stops }) => (engineerId === gone ? stops.map((stop) => stop.orderId) : [])),
      );
      const weights = request.orders
        .filter(({ id, priceMinor }) => lost.has(id) && priceMinor === undefined)
        .map(({ priority }) => 1n + BigInt(priority));
      const most = weights.reduce((sum, weight) => sum + weight, cost!.levels[0]!);
      expect(response.cost!.levels[0]).toBeLessThanOrEqual(most);
      if (weights.length > 0) fewerServed++;
    },
  );
  expect(fewerServed).toBeGreaterThan(30);
}, 90_000);
