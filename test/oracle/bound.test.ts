// Bounds of ROUTE against the exact optimum on tiny requests where every rule of a plan matters.
import { create } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import { type AssignRequest, type AssignResponse, Bound_Proof } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { Measure, ObjectiveSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { solveForTest } from "../solve-for-test.ts";
import { bestPlan } from "./brute-force.ts";
import { tinyRequest } from "./generate.ts";

const SEEDS = Array.from({ length: 300 }, (_, index) => index + 1);

const { UNASSIGNED, ENGINEERS_USED, DISTANCE, TRAVEL_TIME, WORKING_TIME, SOFT_COST } = Measure;
const OBJECTIVES: readonly (readonly (readonly Measure[])[])[] = [
  [[UNASSIGNED], [SOFT_COST]],
  [[UNASSIGNED], [WORKING_TIME]],
  [[UNASSIGNED], [DISTANCE]],
  [[UNASSIGNED], [ENGINEERS_USED], [TRAVEL_TIME]],
  [[UNASSIGNED], [SOFT_COST], [DISTANCE, ENGINEERS_USED]],
  [[SOFT_COST, UNASSIGNED], [ENGINEERS_USED]],
];

/** Nothing may be late, so that no cost depends on the start; the objective goes by the seed. */
function provableRequest(seed: number, iterations: bigint): AssignRequest {
  const request = tinyRequest(seed);
  for (const order of request.orders) delete order.latenessGrace;
  request.objective = create(ObjectiveSchema, {
    levels: OBJECTIVES[seed % OBJECTIVES.length]!.map((measures) => ({
      terms: measures.map((measure, index) => ({ measure, weight: index === 0 ? 1 : 40 })),
    })),
  });
  request.search!.iterations = iterations;
  request.search!.prove = true;
  return request;
}

/** Only what the proof's routes know: no breaks, parts or tools, one window and one shift, no limits but those of time and load. */
function plainRequest(seed: number, iterations: bigint): AssignRequest {
  const request = provableRequest(seed, iterations);
  for (const order of request.orders) {
    order.parts = [];
    order.toolIds = [];
    order.windows = order.windows.slice(0, 1);
  }
  for (const engineer of request.engineers) {
    engineer.shifts = engineer.shifts.slice(0, 1);
    const [shift] = engineer.shifts;
    shift!.breaks = [];
    for (const limit of ["maxTravelDuration", "maxDistanceM", "maxWorkingDuration"] as const) delete shift![limit];
  }
  return request;
}

/** Negative, 0 or positive as the first level that differs. */
function compare(a: readonly bigint[], b: readonly bigint[]): number {
  const first = a.findIndex((value, level) => value !== b[level]);
  return first < 0 ? 0 : a[first]! < b[first]! ? -1 : 1;
}

async function proved(request: AssignRequest): Promise<AssignResponse> {
  const response = await solveForTest(request);
  expect(checkResponse(request, response)).toEqual([]);
  expect(response.statistics?.proof).toBeDefined();
  expect(response.statistics!.noBoundReason === "").toBe(response.bound !== undefined);
  if (response.bound) expect(response.bound.proof).toBe(Bound_Proof.PRICED_OUT);
  else expect(response.statistics!.noBoundReason).toBe("without what the proof leaves out, a plan could cost 0");
  return response;
}

test("with every rule, no bound is above the optimum, whether the plan has it or not", async () => {
  let bounds = 0;
  for (const seed of SEEDS) {
    // One iteration leaves many plans that are not the best.
    const request = provableRequest(seed, seed % 2 === 0 ? 3000n : 1n);
    const { bound } = await proved(request);
    if (!bound) continue;
    bounds++;
    const { levels } = bestPlan(request);
    expect(compare(bound.levels, levels), `seed ${seed}: ${bound.levels} against ${levels}`).toBeLessThanOrEqual(0);
  }
  expect(bounds).toBeGreaterThan(150);
}, 120_000);

test("without what the proof leaves out, bounds are mostly the optimum", async () => {
  let equal = 0;
  for (const seed of SEEDS.slice(0, 120)) {
    const request = plainRequest(seed, 3000n);
    const { bound, cost } = await proved(request);
    const { levels } = bestPlan(request);
    const order = compare(bound!.levels, levels);
    expect(order, `seed ${seed}: ${bound!.levels} against ${levels}`).toBeLessThanOrEqual(0);
    expect(bound!.provenOptimal).toBe(order === 0 && compare(cost!.levels, levels) === 0);
    if (order === 0) equal++;
  }
  expect(equal).toBeGreaterThan(90);
}, 120_000);

describe("no bound is claimed", () => {
  const noBound = async (request: AssignRequest) => {
    const response = await solveForTest(request);
    expect(response.bound).toBeUndefined();
    return response.statistics!.noBoundReason;
  };

  test("where nobody asks for one", async () => {
    const request = plainRequest(1, 10n);
    request.search!.prove = false;
    expect(await noBound(request)).toBe("");
  });

  test("where lateness costs", async () => {
    const request = plainRequest(6, 10n);
    request.orders[1]!.latenessGrace = { $typeName: "google.protobuf.Duration", seconds: 1n, nanos: 0 };
    expect(await noBound(request)).toBe("lateness costs, and order o2 may be late");
  });
});
