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
    expect(response.cost?.levels).toEqual(bestPlan(request).levels);
  });
});
