// Travel by the hour: in every mode the checker, which has the rule by itself, finds nothing.
import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { SearchOptions_Mode, SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { validate } from "../../server/validate/validate.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { solveForTest } from "../solve-for-test.ts";
import { byHour } from "./by-hour.ts";
import { lendingRequest } from "./lending-request.ts";
import { richRequest } from "./rich-request.ts";
import { forRequests } from "./run.ts";

const size = { orders: 20, engineers: 6, centres: 2 };

test("plans of any request", async () => {
  await forRequests(
    (draws) => byHour(richRequest(draws, size, { broken: false }), draws),
    250,
    301,
    async (request) => {
      expect(validate(request)).toEqual([]);
      expect(checkResponse(request, await solveForTest(request))).toEqual([]);
    },
  );
}, 120_000);

test("plans of requests whose engineers lend", async () => {
  await forRequests(
    (draws) => byHour(lendingRequest(draws, size, { broken: false }), draws),
    250,
    302,
    async (request) => {
      expect(checkResponse(request, await solveForTest(request))).toEqual([]);
    },
  );
}, 120_000);

test("rounds", async () => {
  await forRequests(
    (draws) => byHour(richRequest(draws, { orders: 12, engineers: 8, centres: 2 }, { broken: false }), draws),
    150,
    303,
    async (request) => {
      request.search = create(SearchOptionsSchema, { mode: SearchOptions_Mode.MATCH });
      delete request.objective;
      expect(checkResponse(request, await solveForTest(request))).toEqual([]);
    },
  );
}, 120_000);
