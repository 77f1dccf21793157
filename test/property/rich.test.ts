// Whatever the request, the checker finds nothing in its answer.
import { expect, test } from "vitest";
import { checkResponse } from "../../solver/check/check.ts";
import { solveForTest } from "../solve-for-test.ts";
import { lendingRequest } from "./lending-request.ts";
import { richRequest } from "./rich-request.ts";
import { forRequests } from "./run.ts";

test("the checker finds nothing in the plan of any request", async () => {
  await forRequests(richRequest, 400, 1, async (request) => {
    expect(checkResponse(request, await solveForTest(request))).toEqual([]);
  });
}, 120_000);

test("nor in that of a request whose engineers lend", async () => {
  await forRequests(
    (draws) => lendingRequest(draws, { orders: 30, engineers: 8, centres: 3 }),
    300,
    2,
    async (request) => {
      expect(checkResponse(request, await solveForTest(request))).toEqual([]);
    },
  );
}, 120_000);
