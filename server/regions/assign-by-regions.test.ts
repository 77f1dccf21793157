import { setTimeout as sleep } from "node:timers/promises";
import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { generateCity } from "../../datasets/city.ts";
import type { AssignRequest, AssignResponse } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { PlanSchema } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { CriterionMode, PolicySchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { solveForTest } from "../../test/solve-for-test.ts";
import { areasOf } from "./area.ts";
import { assignByRegions, type RegionsProgress } from "./assign-by-regions.ts";

/** The answer, the requests that were asked, and the levels after every part. */
async function planned(request: AssignRequest, iterations = 60) {
  const parts: AssignRequest[] = [];
  const progress: RegionsProgress[] = [];
  const assign = (part: AssignRequest) => {
    parts.push(part);
    return solveForTest(part);
  };
  const answer = await assignByRegions(request, assign, { iterations, jobs: 1, onPlan: (each) => progress.push(each) });
  return { answer, parts, progress };
}

const assigned = ({ assignments }: AssignResponse) =>
  assignments.map(({ orderId, engineerId }) => [orderId, engineerId]);

/** Cities a step away from each other, brought together: people of one may serve the other. */
function together(request: AssignRequest): AssignRequest {
  for (const place of [
    ...request.orders.map((each) => each.place!),
    ...request.operatingCentres.map((each) => each.place!),
    ...request.engineers.flatMap(({ shifts }) => shifts.flatMap((shift) => [shift.startPlace, shift.endPlace])),
  ])
    if (place?.position.case === "geo") {
      const { value } = place.position;
      while (value.longitude > 120.6) value.longitude = Math.round((value.longitude - 0.5 + 0.02) * 1e5) / 1e5;
    }
  request.policy = create(PolicySchema, {
    criteria: [
      { id: "service_territory", mode: CriterionMode.SOFT, weightS: 60 },
      { id: "parts_borrowable", mode: CriterionMode.OFF },
    ],
  });
  return request;
}

test("areas are the centres, with their own orders and engineers; a part never holds all of them", async () => {
  const request = generateCity({ orders: 30, engineers: 12, centres: 3, seed: 1 });
  const { answer, parts } = await planned(request);
  expect(checkResponse(request, answer)).toEqual([]);
  // A first plan and a search of each; nobody may cross.
  expect(parts.map(({ orders, engineers }) => [orders.length, engineers.length])).toEqual(Array(6).fill([10, 4]));
  for (const [order, engineer] of assigned(answer))
    expect(request.engineers.find(({ id }) => id === engineer)!.operatingCentreId).toBe(
      request.orders.find(({ id }) => id === order)!.operatingCentreId,
    );
});

test("the same request, in another order of rows, has the same plan", async () => {
  const request = generateCity({ orders: 24, engineers: 9, centres: 3, seed: 2 });
  const { answer } = await planned(request);
  const turned = { ...request, orders: request.orders.toReversed(), engineers: request.engineers.toReversed() };
  expect((await planned(turned)).answer.plan).toEqual(answer.plan);
});

/** The levels after each part, none of them worse than before. */
function levelsThatNeverGetWorse(progress: readonly RegionsProgress[]): number[][] {
  const levels = progress.map((each) => each.levels.map(Number));
  for (const [index, now] of levels.entries()) {
    const before = levels[index - 1] ?? now;
    const at = now.findIndex((value, level) => value !== before[level]);
    if (at >= 0) expect(now[at]).toBeLessThan(before[at]!);
  }
  return levels;
}

test.each([3, 4, 5])(
  "seed %i: neighbours exchange orders, the plan keeps every rule, and no part makes it worse",
  async (seed) => {
    const request = together(generateCity({ orders: 36, engineers: 9, centres: 3, seed, lenders: "none" }));
    const { answer, progress } = await planned(request, 150);
    expect(checkResponse(request, answer)).toEqual([]);
    const levels = levelsThatNeverGetWorse(progress);
    expect(levels.at(-1)).toEqual(answer.cost!.levels.map(Number));
    const centreOf = (rows: readonly { id: string; operatingCentreId: string }[], id: string) =>
      rows.find((row) => row.id === id)!.operatingCentreId;
    const crossed = assigned(answer).filter(
      ([order, engineer]) => centreOf(request.orders, order!) !== centreOf(request.engineers, engineer!),
    );
    expect(crossed.length).toBeGreaterThan(0);
  },
);

test("where engineers lend, meetings inside areas and across borders stay, and no part makes the plan worse", async () => {
  let within = 0;
  let across = 0;
  for (const seed of [3, 4, 5]) {
    const request = together(
      generateCity({ orders: 36, engineers: 12, centres: 3, seed, vanStock: 40, centreStock: false }),
    );
    request.policy!.criteria = request.policy!.criteria.filter(({ id }) => id !== "parts_borrowable");
    const { answer, progress } = await planned(request, 100);
    expect(checkResponse(request, answer)).toEqual([]);
    levelsThatNeverGetWorse(progress);
    const centreOf = (id: string) => request.engineers.find((engineer) => engineer.id === id)!.operatingCentreId;
    for (const { engineerId, stops } of answer.plan!.routes)
      for (const { loan } of stops) {
        if (loan?.lenderEngineerId !== engineerId) continue;
        if (centreOf(engineerId) === centreOf(loan.borrowerEngineerId)) within++;
        else across++;
      }
  }
  expect(within).toBeGreaterThan(0);
  expect(across).toBeGreaterThan(0);
});

test("orders and engineers without a centre belong to the cell they are in, or the nearest one with engineers", () => {
  const request = generateCity({ orders: 20, engineers: 6, centres: 2, seed: 1 });
  for (const each of [...request.orders, ...request.engineers]) each.operatingCentreId = "";
  const areas = areasOf(request);
  expect(areas.length).toBeGreaterThan(1);
  expect(areas.flatMap(({ orders }) => orders.map(({ id }) => id)).sort()).toEqual(
    request.orders.map(({ id }) => id).sort(),
  );
  expect(areas.flatMap(({ engineers }) => engineers.map(({ id }) => id)).sort()).toEqual(
    request.engineers.map(({ id }) => id).sort(),
  );
  for (const { engineers } of areas) expect(engineers.length).toBeGreaterThan(0);
});

test("locks of a running plan hold", async () => {
  const request = generateCity({ orders: 24, engineers: 8, centres: 2, seed: 6, lenders: "none" });
  const { answer: first } = await planned(request);
  const running = { ...request, currentPlan: first.plan! };
  for (const { stops } of running.currentPlan.routes) for (const stop of stops) if (stop.orderId !== "") stop.lock = 2;
  const { answer } = await planned(running);
  expect(checkResponse(running, answer)).toEqual([]);
  expect(new Map(assigned(answer) as [string, string][])).toEqual(
    new Map([...(assigned(first) as [string, string][]), ...(assigned(answer) as [string, string][])]),
  );
});

test("matrix travel and other modes are refused", async () => {
  const request = generateCity({ orders: 2, engineers: 2, seed: 1 });
  const refused = (more: object) =>
    assignByRegions({ ...request, ...more } as AssignRequest, solveForTest, { jobs: 1, iterations: 1 });
  await expect(refused({ travel: { source: { case: "matrix", value: {} } } })).rejects.toThrow(
    "travel.matrix: its one table",
  );
  await expect(refused({ search: { mode: 2 } })).rejects.toThrow("search.mode MATCH: only MODE_ROUTE");
});

/** Parts take longer than all the time there is, so that only the first one is planned in it. */
async function inHaste(request: AssignRequest) {
  const parts: string[][] = [];
  const slow = async (part: AssignRequest) => {
    parts.push(part.orders.map(({ id }) => id));
    await sleep(2_000);
    return solveForTest({ ...part, search: { ...part.search!, iterations: 1n } });
  };
  return { answer: await assignByRegions(request, slow, { timeLimitMs: 2_000, jobs: 1 }), parts };
}

test("where the time is too short for every area, the others are left out with that reason, and the plan is valid", async () => {
  const request = generateCity({ orders: 30, engineers: 12, centres: 3, seed: 1 });
  const { answer, parts } = await inHaste(request);
  expect(parts).toHaveLength(1);
  expect(answer.assignments.length).toBeGreaterThan(0);
  const late = answer.plan!.unassigned.filter(
    ({ reasons }) => reasons[0]!.message === "The time limit came before its area was planned.",
  );
  expect(late).toHaveLength(20);
  expect(late.every(({ orderId }) => !parts[0]!.includes(orderId))).toBe(true);
  expect(checkResponse(request, answer)).toEqual([]);
});

test("an area that the running plan has routes in is planned whatever the time", async () => {
  const request = generateCity({ orders: 30, engineers: 12, centres: 3, seed: 1 });
  const { answer: whole } = await planned(request);
  const last = request.operatingCentres.at(-1)!.id;
  const own = new Set(request.engineers.filter((each) => each.operatingCentreId === last).map(({ id }) => id));
  const routes = whole.plan!.routes.filter(({ engineerId }) => own.has(engineerId));
  for (const { stops } of routes) for (const stop of stops) if (stop.orderId !== "") stop.lock = 2;
  const running = { ...request, currentPlan: create(PlanSchema, { routes }) };
  const { answer, parts } = await inHaste(running);
  expect(parts).toHaveLength(1);
  expect(answer.plan!.routes.map(({ engineerId }) => engineerId)).toEqual(
    expect.arrayContaining(routes.map(({ engineerId }) => engineerId)),
  );
  expect(checkResponse(running, answer)).toEqual([]);
});
