// With more routes than the search looks at for every order, nobody is left out whom a single insertion could serve.
import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { generateCity } from "../../datasets/city.ts";
import { SearchOptions_Mode, SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { loaded } from "../criteria/loaded.ts";
import { solveForTest } from "../solve-for-test.ts";

const request = generateCity({ orders: 160, engineers: 80, centres: 2, seed: 3 });

test("an order that is left out fits no route of the plan", async () => {
  const { core, problem } = await loaded(request);
  const { exports } = core;
  exports.startPlan(1n);
  exports.firstPlan();
  exports.runSearch(500, 500n, 0, 0);
  exports.finishSearch();
  exports.loadBest();
  const absent = core.int32s(exports.absent.value, exports.absentCount.value);
  expect(absent.length).toBeGreaterThan(0);
  const mandatory = [...absent].filter((order) => problem.orders[order]!.priceTicks === undefined);
  expect(mandatory.filter((order) => exports.isInsertable(order) !== 0)).toEqual([]);
});

test("the plan has no findings, and its distances are those of the places although the core has none", async () => {
  request.search = create(SearchOptionsSchema, { mode: SearchOptions_Mode.ROUTE, seed: 3n, iterations: 500n });
  const response = await solveForTest(request);
  expect(checkResponse(request, response)).toEqual([]);
  const distance = response.plan!.routes.reduce((sum, route) => sum + Number(route.distanceM ?? 0), 0);
  expect(distance).toBeGreaterThan(0);
});
