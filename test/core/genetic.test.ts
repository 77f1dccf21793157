// The genetic search against the route engine, the checker and itself.
import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { solomonRequest } from "../../datasets/solomon.ts";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { EngineerPreferenceSchema } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { Measure, SearchOptions_Mode, SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { check } from "../../solver/check/check.ts";
import { loaded } from "../criteria/loaded.ts";
import { quietTerms } from "../quiet-terms.ts";
import { solveForTest } from "../solve-for-test.ts";

/** A drawn instance: 40 orders in wide windows, 8 vans that are too small to leave one out lightly. */
function drawn(seed: number): AssignRequest {
  let state = seed;
  const draw = (bound: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % bound;
  };
  const rows = Array.from({ length: 40 }, (_, index) => {
    const ready = draw(500);
    return [index + 1, draw(100), draw(100), 5 + draw(20), ready, ready + 60 + draw(300), 10].join(" ");
  });
  return solomonRequest(
    `drawn\n\nVEHICLE\nNUMBER CAPACITY\n8 120\n\nCUSTOMER\nCUST NO. XCOORD.\n0 50 50 0 0 1200 0\n${rows.join("\n")}\n`,
  );
}

/** The same with engineers that differ in place, time, capacity and in who wants them, under `measure`. */
function mixed(seed: number, measure: Measure): AssignRequest {
  const request = drawn(seed);
  quietTerms(request);
  request.objective!.levels[1]!.terms[0]!.measure = measure;
  for (const [index, engineer] of request.engineers.entries()) {
    const shift = engineer.shifts[0]!;
    if (index % 3 === 1) engineer.capacities[0]!.amount -= 20;
    if (index % 4 === 2) shift.startPlace = request.orders[index]!.place!;
    if (index % 4 === 3) shift.endPlace = request.orders[index]!.place!;
  }
  for (const [index, order] of request.orders.entries())
    if (index % 5 === 0)
      order.engineerPreference = create(EngineerPreferenceSchema, {
        excludedEngineerIds: [`${1 + (index % 7)}`],
        preferredEngineerIds: [`${1 + ((index + 1) % 8)}`],
      });
  return request;
}

const REQUESTS: [string, () => AssignRequest][] = [
  ["alike engineers, distance", () => drawn(1)],
  ["alike engineers, working time", () => mixedOnly(Measure.WORKING_TIME)],
  ["mixed engineers, soft cost", () => mixed(2, Measure.SOFT_COST)],
  ["mixed engineers, distance", () => mixed(3, Measure.DISTANCE)],
];

function mixedOnly(measure: Measure): AssignRequest {
  const request = drawn(4);
  request.objective!.levels[1]!.terms[0]!.measure = measure;
  return request;
}

test.each(REQUESTS)("the cost of its best plan is that of the same plan on the routes: %s", async (_, make) => {
  const { core, problem } = await loaded(make());
  const { exports } = core;
  exports.startPlan(1n);
  expect(exports.geneticApplies()).toBe(1);
  exports.geneticStart(1n);
  let improvements = 0;
  while (exports.generations.value < 200) {
    if (exports.geneticStep() === 0) continue;
    improvements++;
    exports.geneticExport();
    // Eight bits of fraction: scalar costs are whole.
    expect(exports.geneticCost()).toBe(exports.totalCost.value << 8n);
    expect(exports.absentCount.value).toBe(0);
  }
  expect(improvements).toBeGreaterThan(0);
  expect(problem.orders).toHaveLength(40);
});

test("a plan that is added comes back when nothing better is found", async () => {
  const { core } = await loaded(drawn(1));
  const { exports } = core;
  exports.startPlan(1n);
  exports.firstPlan();
  exports.runSearch(20_000, 20_000n, 0, 0);
  exports.loadBest();
  const cost = exports.totalCost.value;
  exports.geneticStart(1n);
  exports.geneticAdd();
  exports.geneticExport();
  expect(exports.totalCost.value).toBe(cost);
  expect(exports.geneticCost()).toBe(cost << 8n);
});

test.each(REQUESTS)("a solve with it gives a plan without findings, the same twice: %s", async (_, make) => {
  const request = make();
  request.search = create(SearchOptionsSchema, { mode: SearchOptions_Mode.ROUTE, seed: 3n, iterations: 60_000n });
  const response = await solveForTest(request);
  expect(response.plan!.unassigned).toHaveLength(0);
  expect(check(request, response.plan!)).toEqual([]);
  expect((await solveForTest(request)).plan).toEqual(response.plan);
});

test.each([
  ["an optional order", (request: AssignRequest) => Object.assign(request.orders[3]!, { priceMinor: 100n })],
  ["a limit on orders", (request: AssignRequest) => Object.assign(request.engineers[2]!, { maxOrders: 5 })],
  ["two windows", (request: AssignRequest) => request.orders[0]!.windows.push(request.orders[1]!.windows[0]!)],
])("it leaves alone a problem with %s", async (_, change) => {
  const request = drawn(1);
  change(request);
  const { exports } = (await loaded(request)).core;
  exports.startPlan(1n);
  expect(exports.geneticApplies()).toBe(0);
});
