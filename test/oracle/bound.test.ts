// Bounds of ROUTE against the exact optimum on tiny requests where every rule of a plan matters.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import {
  type AssignRequest,
  AssignRequestSchema,
  type AssignResponse,
  Bound_Proof,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import {
  OperatingCentreSchema,
  type ShiftSchema,
  WorkloadSchema,
} from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { OrderSchema } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { CriterionMode, Measure, ObjectiveSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { boundFromNothing, compareLevels } from "../bound-from-nothing.ts";
import { quietTerms } from "../quiet-terms.ts";
import { solveForTest } from "../solve-for-test.ts";
import { bestPlan } from "./brute-force.ts";
import { at, between, lasts, point } from "./build.ts";
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

/** Nothing may be late and criteria of routes charge nothing, so that no cost depends on the start; the objective goes by the seed. */
function provableRequest(seed: number, iterations: bigint): AssignRequest {
  const request = tinyRequest(seed);
  quietTerms(request);
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

/** Only what the proof's routes know: no breaks, parts, tools, value, budgets or promises, one window and one shift, no limits but those of time and load. */
function plainRequest(seed: number, iterations: bigint): AssignRequest {
  const request = provableRequest(seed, iterations);
  for (const order of request.orders) {
    order.parts = [];
    order.toolIds = [];
    order.windows = order.windows.slice(0, 1);
    order.trustValueMinor = 0n;
    delete order.budgetMinor;
    delete order.visitDueAt;
  }
  for (const engineer of request.engineers) {
    engineer.shifts = engineer.shifts.slice(0, 1);
    const [shift] = engineer.shifts;
    shift!.breaks = [];
    for (const limit of ["maxTravelDuration", "maxDistanceM", "maxWorkingDuration"] as const) delete shift![limit];
  }
  return request;
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
    expect(compareLevels(bound.levels, levels), `seed ${seed}: ${bound.levels} against ${levels}`).toBeLessThanOrEqual(
      0,
    );
  }
  expect(bounds).toBeGreaterThan(150);
}, 120_000);

test("from nothing, no bound is above the optimum", async () => {
  for (const seed of SEEDS) {
    const request = provableRequest(seed, 1n);
    const { levels } = bestPlan(request);
    const { bound } = await boundFromNothing(request, () => levels);
    if (bound) expect(compareLevels(bound, levels), `seed ${seed}: ${bound} against ${levels}`).toBeLessThanOrEqual(0);
  }
}, 120_000);

test("without what the proof leaves out, bounds are mostly the optimum", async () => {
  let equal = 0;
  for (const seed of SEEDS) {
    const request = plainRequest(seed, 1n);
    const { levels } = bestPlan(request);
    const bound = (await boundFromNothing(request, () => levels)).bound!;
    const order = compareLevels(bound, levels);
    expect(order, `seed ${seed}: ${bound} against ${levels}`).toBeLessThanOrEqual(0);
    if (order === 0) equal++;
  }
  expect(equal).toBeGreaterThan(240);
}, 120_000);

/** The one engineer starts at 0 and stays where the last order is. */
function oneRoute(
  orders: MessageInitShape<typeof OrderSchema>[],
  shifts: MessageInitShape<typeof ShiftSchema>[],
  measures: Measure[],
) {
  return create(AssignRequestSchema, {
    now: at(0),
    timeZone: "UTC",
    orders,
    engineers: [{ id: "e", shifts: shifts.map((shift) => ({ startPlace: point(0, 0), ...shift })) }],
    travel: { source: { case: "planar", value: {} } },
    objective: { levels: [UNASSIGNED, ...measures].map((measure) => ({ terms: [{ measure }] })) },
    search: { iterations: 100n, prove: true },
  });
}

describe("what a proof leaves out makes no bound too high", () => {
  test("an unpaid break instead of waiting", async () => {
    // 10 out, served at 10 and 100, a break of 30 between: 100 - 30.
    const orders = [10, 100].map((start) => ({
      id: `at ${start}`,
      place: point(10, 0),
      windows: [between(start, start)],
    }));
    const breaks = [{ window: between(20, 60), duration: lasts(30) }];
    const { bound } = await proved(oneRoute(orders, [{ time: between(0, 200), breaks }], [WORKING_TIME]));
    expect(bound).toMatchObject({ levels: [0n, 70n], provenOptimal: true });
  });

  test("a supply stop that saves the set-up", async () => {
    // The centre is where the order is: 10 out, no set-up of 6.
    const part = { sku: "A", quantity: 1 };
    const orders = [{ id: "a", place: point(10, 0), setupDuration: lasts(6), parts: [part] }];
    const request = oneRoute(orders, [{ time: between(0, 200) }], [WORKING_TIME]);
    request.operatingCentres = [create(OperatingCentreSchema, { id: "c", place: point(10, 0), stock: [part] })];
    const { bound } = await proved(request);
    expect(bound).toMatchObject({ levels: [0n, 10n], provenOptimal: true });
  });

  test("two shifts of one engineer", async () => {
    const orders = [10, 310].map((start) => ({
      id: `at ${start}`,
      place: point(10, 0),
      windows: [between(start, start)],
    }));
    const shifts = [{ time: between(0, 100) }, { time: between(300, 400) }];
    const { bound } = await proved(oneRoute(orders, shifts, [ENGINEERS_USED, DISTANCE]));
    // 10 out, twice; each shift starts anew.
    expect(bound).toMatchObject({ levels: [0n, 1n, 20n], provenOptimal: true });
  });
});

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

  // What proofs do not price, each made to cost something.
  const charged: Record<string, (request: AssignRequest) => void> = {
    route_cluster_fit: () => {},
    sla_response: ({ orders }) => (orders[0]!.visitDueAt = at(50)),
    order_priority: ({ orders }) => (orders[0]!.severity = 5),
    workload_fairness: ({ engineers }) =>
      (engineers[0]!.workload = create(WorkloadSchema, { minutes: 1, targetMinutes: 9 })),
    trust_limit: ({ orders }) => (orders[0]!.trustValueMinor = 5n),
    service_cost: ({ orders }) => (orders[0]!.visitFeeMinor = 100n),
  };
  test.each(Object.entries(charged))("where %s costs", async (id, change) => {
    const request = plainRequest(6, 10n);
    for (const order of request.orders) Object.assign(order, { visitFeeMinor: 0n, severity: 0, createdAt: undefined });
    for (const engineer of request.engineers)
      Object.assign(engineer, { workload: undefined, wagePerHourMinor: 0n, costPerKmMinor: 0n });
    const setting = request.policy!.criteria.find((row) => row.id === id)!;
    setting.mode = CriterionMode.SOFT;
    if (id !== "service_cost") setting.weightS = 60;
    change(request);
    expect(await noBound(request)).toBe(`${id} depends on more than one leg, and pricing does not know it`);
  });

  test("where lateness costs", async () => {
    const request = plainRequest(6, 10n);
    request.orders[1]!.latenessGrace = { $typeName: "google.protobuf.Duration", seconds: 1n, nanos: 0 };
    expect(await noBound(request)).toBe("lateness costs, and order o2 may be late");
  });
});
