// The solver against the exact optimum on tiny requests where parts are with the wrong people.
import { describe, expect, test } from "vitest";
import { checkResponse } from "../../../solver/check/check.ts";
import { solveForTest } from "../../solve-for-test.ts";
import { bestPlan } from "../brute-force.ts";
import { optimalCost } from "./best-plan.ts";
import { loanRequest } from "./generate.ts";

const REQUESTS = 300;

describe("the solver on tiny requests with loans", () => {
  test("finds the exact optimum, and the checker finds nothing", async () => {
    let needLoans = 0;
    for (let seed = 1; seed <= REQUESTS; seed++) {
      const request = loanRequest(seed);
      const response = await solveForTest(request);
      expect(checkResponse(request, response), request.requestId).toEqual([]);
      const best = optimalCost(request);
      const alone = bestPlan(request).levels;
      if (isLess(best, alone)) needLoans++;
      expect(response.cost!.levels, request.requestId).toEqual(best);
    }
    expect(needLoans).toBeGreaterThanOrEqual(60);
  }, 300_000);
});

function isLess(a: readonly bigint[], b: readonly bigint[]): boolean {
  const differs = a.findIndex((level, index) => level !== b[index]);
  return differs >= 0 && a[differs]! < b[differs]!;
}
