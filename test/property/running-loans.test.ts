// Running plans with meetings to come: after random events they are kept where they still stand, and every mode answers.
import { clone, create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import {
  type AssignRequest,
  AssignRequestSchema,
  RecommendRequestSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import {
  type Plan,
  PlanSchema,
  Stop_Kind,
  Stop_Lock,
  UnassignedOrderSchema,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { recommend } from "../../server/answer/recommend.ts";
import { RequestError } from "../../server/errors.ts";
import { check, checkResponse } from "../../solver/check/check.ts";
import { costOf } from "../../solver/check/cost.ts";
import { createCore, loadCoreModule } from "../../solver/core.ts";

import { solveForTest } from "../solve-for-test.ts";
import { type Draws, drawsFromSeed } from "./draws.ts";
import { strike } from "./events.ts";
import { withRoute } from "./insertions.ts";
import { underWay } from "./running.ts";
import { scarceRequest } from "./scarce-request.ts";

const size = { orders: 20, engineers: 6, centres: 2 };

const hasLoans = ({ routes }: Plan) => routes.some(({ stops }) => stops.some(({ kind }) => kind === Stop_Kind.LOAN));

/** A request some time after its morning plan, which has meetings; undefined where that has none. */
async function later(draws: Draws): Promise<AssignRequest | undefined> {
  const request = scarceRequest(draws, size);
  request.search!.iterations = 100n;
  const early = { ...request, orders: request.orders.filter(() => draws.chance(75)) };
  const morning = await solveForTest(early);
  expect(checkResponse(early, morning)).toEqual([]);
  return hasLoans(morning.plan!) ? underWay(request, morning.plan!, draws) : undefined;
}

/** The answer, or undefined where a locked head cannot be kept at all. */
async function answerOf(request: AssignRequest) {
  try {
    return await solveForTest(request);
  } catch (error) {
    if (error instanceof RequestError && `${error}`.includes("cannot be served in time")) return undefined;
    throw error;
  }
}

test.each([
  ["INSERT", 191],
  ["REOPTIMIZE", 192],
  ["ROUTE", 193],
] as const)(
  "%s: the checker finds nothing where the running plan has meetings",
  async (mode, seed) => {
    const seen = { meetings: 0, locked: 0, kept: 0 };
    for (let run = 0; run < 480; run++) {
      const draws = drawsFromSeed(seed * 1000 + run);
      const running = await later(draws);
      if (!running) continue;
      // A new plan has to keep locks that events may have made impossible.
      if (mode !== "ROUTE" && draws.chance(70)) strike(running, draws);
      running.search!.mode = SearchOptions_Mode[mode];
      running.search!.iterations = BigInt(draws.one([1, 5, 200]));
      const response = await answerOf(running);
      if (!response) continue;
      expect([run, checkResponse(running, response)]).toEqual([run, []]);
      const loans = running.currentPlan!.routes.flatMap(({ stops }) =>
        stops.filter(({ kind, lock }) => kind === Stop_Kind.LOAN && lock < Stop_Lock.STARTED),
      );
      if (loans.length > 0) seen.meetings++;
      if (loans.some(({ lock }) => lock === Stop_Lock.SEQUENCE)) seen.locked++;
      if (hasLoans(response.plan!)) seen.kept++;
    }
    expect(seen.meetings).toBeGreaterThan(30);
    expect(seen.locked).toBeGreaterThan(8);
    expect(seen.kept).toBeGreaterThan(50);
  },
  240_000,
);

test("Recommend: every place is one that the checker accepts, at the cost that is said, with meetings of its own and of others", async () => {
  const core = createCore(await loadCoreModule());
  const control = { workerIndex: 0, deadlineMs: Number.POSITIVE_INFINITY, stopped: () => false };
  const seen = { recommended: 0, borrowed: 0, tied: 0 };
  for (let run = 0; run < 480; run++) {
    const draws = drawsFromSeed(194_000 + run);
    const running = await later(draws);
    if (!running) continue;
    running.search!.mode = SearchOptions_Mode.INSERT;
    const served = new Set(running.currentPlan!.routes.flatMap(({ stops }) => stops.map(({ orderId }) => orderId)));
    const orderId = running.orders.find(({ id }) => !served.has(id))?.id;
    if (orderId === undefined) continue;
    running.orders = running.orders.filter(({ id }) => served.has(id) || id === orderId);
    const without = clone(AssignRequestSchema, running);
    without.orders = without.orders.filter(({ id }) => id !== orderId);
    const base = await answerOf(without);
    if (!base || base.running!.releasedOrderIds.length + base.plan!.unassigned.length > 0) continue;
    const leftOut = clone(PlanSchema, base.plan!);
    leftOut.unassigned.push(create(UnassignedOrderSchema, { orderId }));
    const before = costOf(running, leftOut).levels;
    const asked = create(RecommendRequestSchema, { request: running, orderId, limit: 100, withRoutes: true });
    const { recommendations, levels } = recommend(core, asked, control);
    expect(levels).toEqual(before);
    for (const { routes, levelChanges, parts } of recommendations) {
      const plan = routes.reduce(withRoute, base.plan!);
      expect([run, check(running, plan)]).toEqual([run, []]);
      expect(costOf(running, plan).levels.map((value, level) => value - before[level]!)).toEqual(levelChanges);
      seen.recommended++;
      if (parts.some(({ lenderEngineerId }) => lenderEngineerId !== "")) seen.borrowed++;
      else if (hasLoans(create(PlanSchema, { routes }))) seen.tied++;
    }
  }
  expect(seen.recommended).toBeGreaterThan(60);
  expect(seen.borrowed).toBeGreaterThan(10);
  expect(seen.tied).toBeGreaterThan(3);
}, 240_000);
