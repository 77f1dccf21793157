// The solver against the exact optimum on tiny requests where parts are with the wrong people.
import { describe, expect, test } from "vitest";
import type { AssignRequest } from "../../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { checkResponse } from "../../../solver/check/check.ts";
import { solveForTest } from "../../solve-for-test.ts";
import { bestPlan } from "../brute-force.ts";
import { optimalCost } from "./best-plan.ts";
import { loanRequest } from "./generate.ts";

const REQUESTS = 300;
/** Of the requests in a hundred: how many the search solves to the optimum. */
const SOLVED = 90;

async function levelsOf(request: AssignRequest): Promise<bigint[]> {
  const response = await solveForTest(request);
  expect(checkResponse(request, response), request.requestId).toEqual([]);
  return response.cost!.levels;
}

function isLess(a: readonly bigint[], b: readonly bigint[]): boolean {
  const differs = a.findIndex((level, index) => level !== b[index]);
  return differs >= 0 && a[differs]! < b[differs]!;
}

describe("the solver on tiny requests with loans", () => {
  test("gives valid plans, none worse than the best one without loans, nine in ten of them optimal", async () => {
    let optimal = 0;
    for (let seed = 1; seed <= REQUESTS; seed++) {
      const request = loanRequest(seed);
      const levels = await levelsOf(request);
      const best = optimalCost(request);
      expect(isLess(levels, best), `${request.requestId} is better than the optimum`).toBe(false);
      expect(isLess(bestPlan(request).levels, levels), `${request.requestId} is worse than without loans`).toBe(false);
      if (!isLess(best, levels)) optimal++;
    }
    expect(optimal).toBeGreaterThanOrEqual((REQUESTS * SOLVED) / 100);
  });
});
