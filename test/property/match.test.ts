// MATCH on tiny requests against every possible round.
import { clone, create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptions_Mode, SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { factsOf } from "../../solver/check/facts.ts";
import { policyOf, priceCost } from "../../solver/check/policy.ts";
import { fairnessCost } from "../../solver/check/terms.ts";
import { bestPlan } from "../oracle/brute-force.ts";
import { tinyRequest } from "../oracle/generate.ts";
import { solveForTest } from "../solve-for-test.ts";
import { richRequest } from "./rich-request.ts";
import { forRequests } from "./run.ts";

function matchRequest(seed: number): AssignRequest {
  const request = tinyRequest(seed);
  // The default objective is the one that MATCH proves a bound for.
  delete request.objective;
  request.search!.mode = SearchOptions_Mode.MATCH;
  // The oracle asks for every break; one that is past at `now` is not asked for.
  for (const shift of request.engineers.flatMap((engineer) => engineer.shifts))
    shift.breaks = shift.breaks.filter((pause) => pause.window!.end!.seconds >= request.now!.seconds);
  return request;
}

/** What it costs that nobody works. */
const idleCost = (request: AssignRequest) => BigInt(fairnessCost(factsOf(request), new Map()));

/** Soft cost of the one order with the one engineer, by the oracle; undefined when it cannot be served. */
function pairCost(request: AssignRequest, order: number, engineer: number): bigint | undefined {
  const alone = clone(AssignRequestSchema, request);
  alone.orders = [alone.orders[order]!];
  alone.engineers = [alone.engineers[engineer]!];
  delete alone.orders[0]!.priceMinor;
  const [unassigned, cost] = bestPlan(alone).levels;
  return unassigned === 0n ? cost! - idleCost(alone) : undefined;
}

/** The best [unassigned, soft cost] over all ways to give each engineer at most one order, stock in the centres not shared. */
function bestRound(request: AssignRequest): { levels: [bigint, bigint]; rivalry: boolean } {
  const costs = request.orders.map((_, order) =>
    request.engineers.map((_, engineer) => pairCost(request, order, engineer)),
  );
  let best: [bigint, bigint] | undefined;
  const busy = request.engineers.map(() => false);
  const visit = (order: number, unassigned: bigint, cost: bigint) => {
    if (order === request.orders.length) {
      if (!best || unassigned < best[0] || (unassigned === best[0] && cost < best[1])) best = [unassigned, cost];
      return;
    }
    const { priceMinor, priority } = request.orders[order]!;
    if (priceMinor === undefined) visit(order + 1, unassigned + 1n + BigInt(priority), cost);
    else visit(order + 1, unassigned, cost + BigInt(priceCost(priceMinor, policyOf(request), 1)));
    for (const [engineer, pair] of costs[order]!.entries()) {
      if (pair === undefined || busy[engineer]) continue;
      busy[engineer] = true;
      visit(order + 1, unassigned, cost + pair);
      busy[engineer] = false;
    }
  };
  visit(0, 0n, idleCost(request));
  const scarce = request.operatingCentres.some(({ stock }) => stock.some((row) => !row.unlimited));
  const asked = request.orders.filter((order) => order.parts.length > 0).length > 1;
  return { levels: best!, rivalry: scarce && asked };
}

const SEEDS = Array.from({ length: 200 }, (_, row) => 5001 + row);

test("the bound of a round is the best of all rounds, and where no stock is shared so is the plan", async () => {
  let proven = 0;
  for (const seed of SEEDS) {
    const request = matchRequest(seed);
    const response = await solveForTest(request);
    expect(checkResponse(request, response), `${seed}`).toEqual([]);
    const { levels, rivalry } = bestRound(request);
    expect(response.bound?.levels, `bound of ${seed}`).toEqual(levels);
    if (!rivalry) expect(response.cost?.levels, `plan of ${seed}`).toEqual(levels);
    if (response.bound?.provenOptimal) proven++;
    expect(response.bound?.provenOptimal, `${seed}`).toBe(response.cost?.levels.join() === levels.join());
    const served = response.plan!.routes.map(({ engineerId }) => engineerId);
    expect(new Set(served).size, `one route each, ${seed}`).toBe(response.assignments.length);
  }
  // Shared stock is the exception.
  expect(proven).toBeGreaterThan(150);
}, 60_000);

test("two orders that need the one part of the centre: one is left out, the bound says that both could be served alone", async () => {
  const request = matchRequest(1);
  const [order] = request.orders;
  const [engineer] = request.engineers;
  const [centre] = request.operatingCentres;
  const plain = { ...order!, windows: [], parts: [], toolIds: [], loads: [], proficiencies: [] };
  for (const key of ["skills", "priceMinor", "engineerPreference", "latenessGrace"] as const) delete plain[key];
  const part = clone(AssignRequestSchema, request).operatingCentres[0]!.stock.slice(0, 1);
  request.operatingCentres = [{ ...centre!, openingWindows: [], stock: part }];
  Object.assign(part[0]!, { sku: "A", quantity: 1, reserved: 0, unlimited: false });
  const needs = tinyRequest(2)
    .orders.flatMap((candidate) => candidate.parts)
    .slice(0, 1);
  Object.assign(needs[0]!, { sku: "A", quantity: 1, substituteSkus: [] });
  request.orders = ["x", "y"].map((id) => ({
    ...plain,
    id,
    parts: needs,
    vehicleAccess: [],
    declinedEngineerIds: [],
    priority: 0,
  }));
  const shift = { ...engineer!.shifts[0]!, breaks: [] };
  for (const key of ["maxOrders", "maxTravelDuration", "maxDistanceM", "maxWorkingDuration"] as const)
    delete shift[key];
  request.engineers = ["e1", "e2"].map((id) => ({ ...engineer!, id, shifts: [shift], stock: [] }));
  for (const each of request.engineers)
    for (const key of ["maxOrders", "maxLegDuration", "partCapacity"] as const) delete each[key];
  const response = await solveForTest(request);
  expect(checkResponse(request, response)).toEqual([]);
  expect(response.cost!.levels[0]).toBe(1n);
  expect(response.bound!.levels[0]).toBe(0n);
  expect(response.bound!.provenOptimal).toBe(false);
  // (1 - 0) / max(1, 0)
  expect(response.bound!.gap).toBe(1);
});

test("rounds of any request: the checker makes their pair costs again and finds the dual right", async () => {
  let bounds = 0;
  await forRequests(
    (draws) => richRequest(draws, { orders: 12, engineers: 8, centres: 2 }, { broken: false }),
    200,
    1,
    async (request) => {
      request.search = create(SearchOptionsSchema, { mode: SearchOptions_Mode.MATCH });
      delete request.objective;
      const response = await solveForTest(request);
      expect(checkResponse(request, response)).toEqual([]);
      if (response.bound?.dual?.complete) bounds++;
    },
  );
  expect(bounds).toBe(200);
}, 120_000);
