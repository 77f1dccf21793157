// The solver against the exact optimum on tiny requests where every rule of a plan matters.
import { describe, expect, test } from "vitest";
import { checkResponse } from "../../solver/check/check.ts";
import { solveForTest } from "../solve-for-test.ts";
import { bestPlan } from "./brute-force.ts";
import { tinyRequest } from "./generate.ts";

const SEEDS = Array.from({ length: 300 }, (_, index) => index + 1);

describe("the solver on tiny requests", () => {
  test.each(SEEDS)("finds the exact optimum of request %i, and the checker finds nothing", async (seed) => {
    const request = tinyRequest(seed);
    const response = await solveForTest(request);
    expect(checkResponse(request, response)).toEqual([]);
    const { levels } = bestPlan(request);
    expect(response.cost?.levels).toEqual(levels);
  });

  test("shifts may be given in any order, also where one makes room in the van for another", async () => {
    let compared = 0;
    for (const seed of SEEDS) {
      const request = tinyRequest(seed);
      const shared = request.engineers.filter(
        ({ shifts, partCapacity }) => shifts.length > 1 && partCapacity !== undefined,
      );
      if (shared.length === 0) continue;
      for (const engineer of shared) engineer.shifts.reverse();
      const response = await solveForTest(request);
      expect(checkResponse(request, response)).toEqual([]);
      expect([seed, response.cost?.levels]).toEqual([seed, bestPlan(tinyRequest(seed)).levels]);
      compared++;
    }
    expect(compared).toBeGreaterThan(20);
  });
});
