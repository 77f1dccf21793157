// A running plan after events: INSERT leaves its stops where they are, REOPTIMIZE is never worse, and neither breaks a rule that it keeps.
import { clone } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import {
  type AssignRequest,
  AssignRequestSchema,
  AssignResponseSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { RequestError } from "../../server/errors.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { solveForTest } from "../solve-for-test.ts";
import { byHour } from "./by-hour.ts";
import type { Draws } from "./draws.ts";
import { strike } from "./events.ts";
import { richRequest } from "./rich-request.ts";
import { forRequests } from "./run.ts";
import { underWay } from "./running.ts";

/** The request some time later: a plan of some of its orders under way, with locks, and struck by events. */
async function later(request: AssignRequest, draws: Draws): Promise<AssignRequest> {
  const early = { ...request, orders: request.orders.filter(() => draws.chance(75)) };
  const { plan } = await solveForTest(early);
  const running = underWay(request, plan!, draws);
  strike(running, draws);
  return running;
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

const size = { orders: 16, engineers: 4, centres: 2 };

const asDrawn = (request: AssignRequest) => request;

test.each([
  ["INSERT", "", 500, 91, asDrawn],
  ["REOPTIMIZE", "", 500, 92, asDrawn],
  ["INSERT", ", travel by the hour", 150, 93, byHour],
  ["REOPTIMIZE", ", travel by the hour", 150, 94, byHour],
] as const)(
  "%s: the checker finds nothing after random events%s",
  async (mode, _how, runs, seed, change) => {
    const seen = { answered: 0, inherited: 0, changed: 0 };
    await forRequests(
      (draws) => change(richRequest(draws, size, { broken: false }), draws),
      runs,
      seed,
      async (request, draws) => {
        const running = await later(request, draws);
        running.search!.mode = SearchOptions_Mode[mode];
        running.search!.iterations = BigInt(draws.one([0, 1, 300]));
        if (mode === "REOPTIMIZE" && running.search!.iterations === 0n) running.search!.iterations = 5n;
        const response = await answerOf(running);
        if (!response) return;
        expect(checkResponse(running, response)).toEqual([]);
        seen.answered++;
        if (response.running!.inherited.length > 0) seen.inherited++;
        if (response.running!.changes.length > 0) seen.changed++;
        if (draws.chance(10)) {
          const again = (await answerOf(clone(AssignRequestSchema, running)))!;
          delete again.statistics;
          const first = clone(AssignResponseSchema, response);
          delete first.statistics;
          expect(again).toEqual(first);
        }
      },
    );
    expect(seen.answered).toBeGreaterThan((runs * 120) / 500);
    expect(seen.inherited).toBeGreaterThan((runs * 15) / 500);
    expect(seen.changed).toBeGreaterThan((runs * 60) / 500);
  },
  120_000,
);
