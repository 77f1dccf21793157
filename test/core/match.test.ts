// MATCH on city days: the assignment against another solver, and rounds that are cut by the deadline or by the caller.
import { create } from "@bufbuild/protobuf";
import munkres from "munkres";
import { afterEach, expect, test, vi } from "vitest";
import { generateCity } from "../../datasets/city.ts";
import {
  type AssignRequest,
  type AssignResponse,
  Bound_Proof,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Place, VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import {
  CandidatesSchema,
  SearchOptions_Mode,
  SearchOptionsSchema,
} from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { MatrixSchema, MatrixTravelSchema, TravelSchema } from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { travelOf } from "../../solver/travel/travel.ts";
import { loaded } from "../criteria/loaded.ts";
import { lasts } from "../oracle/build.ts";
import { solveForTest } from "../solve-for-test.ts";

afterEach(() => vi.restoreAllMocks());

function cityRound(orders: number, engineers: number, seed: number): AssignRequest {
  const request = generateCity({ orders, engineers, seed });
  request.search = create(SearchOptionsSchema, { mode: SearchOptions_Mode.MATCH });
  // With stock for all, no two pairs are rivals.
  for (const centre of request.operatingCentres) for (const stock of centre.stock) stock.unlimited = true;
  return request;
}

test.each([
  [60, 60, 1],
  [80, 30, 2],
  [30, 80, 3],
])("%i orders and %i engineers of city %i cost what munkres finds", async (orders, engineers, seed) => {
  const request = cityRound(orders, engineers, seed);
  const response = await solveForTest(request);
  expect(checkResponse(request, response)).toEqual([]);
  expect(response.bound!.provenOptimal).toBe(true);

  const { core, problem } = await loaded(request);
  const { exports } = core;
  expect(exports.startPlan(0n)).toBe(0);
  exports.solveMatch();
  const out = core.int64s(exports.leaveOutCosts.value, orders);
  // A column of its own for every order to be left out in. Forbidden pairs cost more than all orders left out.
  const never = 10n ** 17n;
  const costs = problem.orders.map((_, row) => [
    ...problem.engineers.map((_, column) => {
      const cost = exports.matchCost(row, column);
      return cost < never ? cost : never;
    }),
    ...problem.orders.map((_, own) => (own === row ? out[row]! : never)),
  ]);
  const least = munkres(costs).reduce((sum, [row, column]) => sum + costs[row]![column]!, 0n);
  const { dual } = response.bound!;
  expect(dual!.complete).toBe(true);
  expect(dual!.pairs.reduce((sum, pair) => sum + pair.cost, 0n)).toBe(least);
});

test.each([
  [60, 60, 1],
  [120, 30, 2],
  [30, 120, 3],
  [90, 45, 4],
])(
  "%i orders and %i engineers of city %i, one candidate an order: what is priced in makes it as good as all pairs",
  async (orders, engineers, seed) => {
    const request = cityRound(orders, engineers, seed);
    // Customers who matter more take engineers from others: their orders' duals reach far.
    for (const [row, order] of request.orders.entries()) order.priority = row % 7;
    const all = await solveForTest(request);
    for (const count of [1, 4]) {
      request.search!.candidates = create(CandidatesSchema, { engineers: count });
      const few = await solveForTest(request);
      // The checker makes all pairs' costs again and holds them against the duals.
      expect(checkResponse(request, few)).toEqual([]);
      expect(few.bound!.dual!.complete).toBe(true);
      expect(few.bound!.provenOptimal).toBe(true);
      expect(few.cost!.levels).toEqual(all.cost!.levels);
      expect(few.bound!.levels).toEqual(all.bound!.levels);
    }
  },
);

/** Vans and centre short of parts, colleagues who lend, visits that may be late, routes that may end late, and promises. */
function scarceRound(orders: number, engineers: number, seed: number): AssignRequest {
  const request = generateCity({ orders, engineers, seed, vanStock: 30 });
  request.search = create(SearchOptionsSchema, { mode: SearchOptions_Mode.MATCH });
  for (const centre of request.operatingCentres)
    for (const stock of centre.stock) stock.quantity = Math.min(stock.quantity, 2);
  for (const [row, order] of request.orders.entries()) {
    order.priority = row % 5;
    order.latenessGrace = lasts(3600);
    if (row % 3 === 0) order.visitDueAt = order.windows[0]?.end ?? order.visitDueAt!;
  }
  for (const { shifts } of request.engineers) for (const shift of shifts) shift.maxOvertime = lasts(3600);
  return request;
}

test("with parts, loans, late visits, overtime and promises candidates come to the bound of all pairs, and say where a plan is above it", async () => {
  const seen = { proven: 0, open: 0 };
  for (const [orders, engineers, seed] of [
    [60, 60, 5],
    [100, 30, 6],
    [30, 100, 7],
    [90, 60, 8],
  ] as const) {
    const request = scarceRound(orders, engineers, seed);
    const all = await solveForTest(request);
    expect(checkResponse(request, all)).toEqual([]);
    for (const count of [1, 4]) {
      request.search!.candidates = create(CandidatesSchema, { engineers: count });
      const few = await solveForTest(request);
      const name = `${orders} x ${engineers}, ${count} candidates`;
      // The checker makes all pairs' costs again and holds them against the duals.
      expect(checkResponse(request, few), name).toEqual([]);
      expect(few.bound!.dual!.complete, name).toBe(true);
      expect(few.bound!.levels, name).toEqual(all.bound!.levels);
      const isBest = few.cost!.levels.join() === few.bound!.levels.join();
      expect(few.bound!.provenOptimal, name).toBe(isBest);
      expect(few.bound!.gap > 0, name).toBe(!isBest);
      if (isBest) seen.proven++;
      else seen.open++;
      if (isBest && all.bound!.provenOptimal) expect(few.cost!.levels, name).toEqual(all.cost!.levels);
    }
  }
  expect(seen.proven).toBeGreaterThan(0);
  expect(seen.open).toBeGreaterThan(0);
}, 120_000);

/** The round with a way uphill, to the north, ten times as long. */
function uphill(request: AssignRequest): AssignRequest {
  const travel = travelOf(request);
  const places = [
    ...request.orders.map(({ place }) => place),
    ...request.operatingCentres.map(({ place }) => place),
    ...request.engineers.flatMap(({ shifts }) => shifts.flatMap(({ startPlace, endPlace }) => [startPlace, endPlace])),
  ].filter((place) => place !== undefined);
  const points = places.map((place) => ({ row: travel.row(place), latitude: latitudeOf(place) }));
  const durations = points.flatMap((from) =>
    points.map((to) => travel.duration(VehicleMode.CAR, from.row, to.row) * (to.latitude > from.latitude ? 10 : 1)),
  );
  for (const [index, place] of places.entries()) place.matrixIndex = index;
  const matrices = [create(MatrixSchema, { size: places.length, durations })];
  request.travel = create(TravelSchema, {
    source: { case: "matrix", value: create(MatrixTravelSchema, { matrices }) },
  });
  return request;
}

const latitudeOf = ({ position }: Place) => (position.case === "geo" ? position.value.latitude : 0);

test("where ways back are shorter than ways there candidates come to the bound of all pairs", async () => {
  // No parts and no breaks: ways there and back are bounds, and every route is judged from end to end for its terms.
  const request = uphill(generateCity({ orders: 120, engineers: 60, seed: 5 }));
  for (const order of request.orders) Object.assign(order, { parts: [], toolIds: [], priority: 5 });
  for (const { shifts } of request.engineers) for (const shift of shifts) shift.breaks = [];
  for (const centre of request.operatingCentres) Object.assign(centre, { stock: [], toolIds: [] });
  request.search = create(SearchOptionsSchema, { mode: SearchOptions_Mode.MATCH });
  const all = await solveForTest(request);
  request.search.candidates = create(CandidatesSchema, { engineers: 1 });
  const few = await solveForTest(request);
  expect(checkResponse(request, few)).toEqual([]);
  expect(few.bound!.dual!.complete).toBe(true);
  expect(few.bound!.levels).toEqual(all.bound!.levels);
}, 120_000);

const stageOf = ({ bound }: AssignResponse) =>
  bound!.proof === Bound_Proof.HEADCOUNT ? "in costs" : bound!.dual!.complete ? "complete" : "in assignment";

test.each([
  [80, 40],
  [40, 80],
])(
  "%i orders and %i engineers, cut at any moment: a right plan, a bound below the best, a gap",
  async (orders, engineers) => {
    const request = cityRound(orders, engineers, 1);
    const best = (await solveForTest(request)).cost!.levels;
    // A clock that goes on a millisecond every time it is read: deadlines cut where they will on every machine.
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => ++now);
    const seen = new Set<string>();
    for (let deadline = 0; !seen.has("complete"); deadline++) {
      now = 0;
      const response = await solveForTest(request, { deadlineMs: deadline });
      const at = `deadline ${deadline}`;
      seen.add(stageOf(response));
      expect(checkResponse(request, response), at).toEqual([]);
      const { levels, gap, provenOptimal } = response.bound!;
      const [unassigned, soft] = levels;
      expect(unassigned! < best[0]! || (unassigned === best[0] && soft! <= best[1]!), at).toBe(true);
      expect(provenOptimal, at).toBe(gap === 0);
      if (stageOf(response) !== "complete") expect(response.assignments.length, at).toBeGreaterThan(0);
    }
    expect([...seen]).toEqual(["in costs", "in assignment", "complete"]);
  },
  120_000,
);

test("a deadline of the wall clock cuts a round of 600 x 600", async () => {
  const request = cityRound(600, 600, 1);
  const begun = performance.now();
  // Travel times and eligibility come first, whatever the deadline.
  const overdue = await solveForTest(request, { deadlineMs: begun });
  const prepared = performance.now();
  expect(stageOf(overdue)).toBe("in costs");
  expect(overdue.bound).toMatchObject({ levels: [0n, 0n], provenOptimal: false });

  const deadline = prepared + (prepared - begun) + 100;
  const cut = await solveForTest(request, { deadlineMs: deadline });
  // A busy machine is late, but not by the rest of the round.
  expect(performance.now() - deadline).toBeLessThan(1_000);
  expect(checkResponse(request, cut)).toEqual([]);
  expect(cut.assignments.length).toBeGreaterThan(300);
});

test("a caller who goes ends a round of 600 x 600", async () => {
  const request = cityRound(600, 600, 2);
  let asked = 0;
  // Validation and encoding ask a few times, the pair costs some thousand times.
  const solving = solveForTest(request, { stopped: () => ++asked > 500 });
  await expect(solving).rejects.toMatchObject({ code: "CANCELLED" });
  // The question that was answered with yes, and the one behind the round: nothing went on in between.
  expect(asked).toBeLessThan(700);
});
