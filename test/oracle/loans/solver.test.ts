// The solver against the exact optimum on tiny requests where parts are with the wrong people.
import { describe, expect, test } from "vitest";
import { checkResponse } from "../../../solver/check/check.ts";
import { solveForTest } from "../../solve-for-test.ts";
import { optimalCost } from "./best-plan.ts";
import { loanRequest } from "./generate.ts";

const SEEDS = Array.from({ length: 300 }, (_, index) => index + 1);

describe("the solver on tiny requests with loans", () => {
  test.each(SEEDS)("finds the exact optimum of request %i, and the checker finds nothing", async (seed) => {
    const request = loanRequest(seed);
    const response = await solveForTest(request);
    expect(checkResponse(request, response)).toEqual([]);
    expect(response.cost?.levels).toEqual(optimalCost(request));
  });
});
