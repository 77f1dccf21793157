// One criterion of routes alone: what it costs in a plan, which the checker passes, and what the explanation says.
import { create } from "@bufbuild/protobuf";
import fc from "fast-check";
import { expect } from "vitest";
import type { AssignRequest, AssignResponse } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { CriterionRow_Status as Status } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Explain_Level, ExplainSchema, SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { checkResponse } from "../../solver/check/check.ts";
import type { CriterionId } from "../../solver/criteria.ts";
import { solveForTest } from "../solve-for-test.ts";
import { onlyPolicy } from "./pair-criterion.ts";
import { pairRequest } from "./pair-request.ts";

export interface Planned {
  /** Ticks of the criterion in the whole plan. */
  readonly cost: number;
  /** Its row of the explanation of an order and the engineer who serves it. */
  row(orderId: string): { status: string; score: number; cost: number };
  /** Orders by engineer, in sequence. */
  readonly routes: Record<string, string[]>;
  /** Begin of service, seconds after time 0 of the tests. */
  start(orderId: string): number;
  readonly response: AssignResponse;
}

/** Solves a request of which only the one criterion and time matter. */
export async function planned(
  id: CriterionId,
  orders: Parameters<typeof pairRequest>[0],
  engineers: Parameters<typeof pairRequest>[1],
  setting: Parameters<typeof onlyPolicy>[1] = {},
  change: (request: AssignRequest) => void = () => {},
): Promise<Planned> {
  const request = pairRequest(orders, engineers, onlyPolicy(id, setting));
  request.currencyCode = "CNY";
  request.explain = create(ExplainSchema, { level: Explain_Level.CRITERIA });
  request.search = create(SearchOptionsSchema, { iterations: 60n });
  change(request);
  const response = await solveForTest(request);
  expect(checkResponse(request, response)).toEqual([]);
  const base = Number(request.now!.seconds);
  return {
    cost: Number(response.cost!.criteria.find(({ criterionId }) => criterionId === id)?.cost ?? 0n),
    row: (orderId) => {
      const { rows } = response.explanations.find((found) => found.orderId === orderId && found.chosen)!;
      const { status, score, cost, sentence } = rows.find(({ criterionId }) => criterionId === id)!;
      expect(sentence).not.toBe("");
      return { status: Status[status]!.toLowerCase(), score, cost: Number(cost) };
    },
    routes: Object.fromEntries(
      response.plan!.routes.map(({ engineerId, stops }) => [
        engineerId,
        stops.flatMap(({ orderId }) => (orderId ? [orderId] : [])),
      ]),
    ),
    start: (orderId) => Number(response.assignments.find((row) => row.orderId === orderId)!.start!.seconds) - base,
    response,
  };
}

/** Of drawn numbers a larger one never costs more, and some cost less. */
export async function moreIsNeverDearer(values: fc.Arbitrary<number>, costOf: (value: number) => Promise<number>) {
  let fell = false;
  await fc.assert(
    fc.asyncProperty(values, values, async (a, b) => {
      const [less, more] = [await costOf(Math.min(a, b)), await costOf(Math.max(a, b))];
      expect(more).toBeLessThanOrEqual(less);
      fell ||= more < less;
    }),
    { numRuns: 25, seed: 7 },
  );
  expect(fell).toBe(true);
}
