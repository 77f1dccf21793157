// Running plans with loans worked out by hand: meetings to come stay or come anew, and come apart where they have lost what they need.
import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Plan, Stop_Kind, Stop_Lock, UnassignedReason_Code } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { at, between, lasts, point } from "../oracle/build.ts";
import { quietPolicy } from "../quiet-policy.ts";
import { solveForTest } from "../solve-for-test.ts";

const PLACES = { p: 20, s: 80, q: 50 };
type Id = keyof typeof PLACES;

/**
 * Orders of 10 ticks on a line, engineer b from 60 and back, engineer l from 100 and back, who alone can do s and has 3 of the part that p
 * needs; only b can do p. Hand-overs take 10 ticks and cost nothing beside their time.
 */
function day(ids: readonly Id[], plan?: Plan, mode = SearchOptions_Mode.INSERT): AssignRequest {
  const home = (x: number) => ({ time: between(0, 400), startPlace: point(x, 0), endPlace: point(x, 0) });
  const needs = { p: "gas", s: "ice", q: "" };
  return create(AssignRequestSchema, {
    now: at(0),
    timeZone: "UTC",
    policy: quietPolicy({
      criteria: [{ id: "parts_borrowable", weightS: 0, params: { hand_over_s: 10, half_s: 60 } }],
    }),
    travel: { source: { case: "planar", value: {} } },
    engineers: [
      { id: "b", skills: [{ skillId: "gas" }], shifts: [home(60)] },
      {
        id: "l",
        skills: [{ skillId: "ice" }],
        stock: [{ sku: "X", quantity: 3 }],
        lending: { mayLend: true },
        shifts: [home(100)],
      },
    ],
    orders: ids.map((id) => ({
      id,
      place: point(PLACES[id], 0),
      serviceDuration: lasts(10),
      ...(needs[id] && { skills: { allOf: [needs[id]] } }),
      ...(id === "p" && { parts: [{ sku: "X", quantity: 1 }] }),
    })),
    ...(plan && { currentPlan: plan }),
    search: { mode, iterations: 200n },
  });
}

async function answer(request: AssignRequest) {
  const response = await solveForTest(request);
  expect(checkResponse(request, response)).toEqual([]);
  const stops = response.plan!.routes.flatMap(({ engineerId, stops }) =>
    stops.map(
      ({ kind, orderId, start }) =>
        `${engineerId} ${kind === Stop_Kind.LOAN ? "meets" : orderId} ${Number(start!.seconds - at(0).seconds)}`,
    ),
  );
  return { plan: response.plan!, stops, running: response.running };
}

/**
 * The two meet where s is: b gets there after 20 ticks, as does l. From 30 on b goes back to 20, 60 away, and begins p at 90. Were they to
 * meet at p, l would have 120 more to drive; at l's home b would have 80 more in place of 40.
 */
const LENT = ["b meets 20", "b p 90", "l meets 20", "l s 30"];

const morning = async () => (await answer(day(["p", "s"], undefined, SearchOptions_Mode.ROUTE))).plan;

test("a new order borrows from a colleague's running plan", async () => {
  const { plan } = await answer(day(["s"], undefined, SearchOptions_Mode.ROUTE));
  const { stops, running } = await answer(day(["p", "s"], plan));
  expect(stops).toEqual(LENT);
  // s began at 20 before.
  expect(running!.changes.map(({ orderId }) => orderId)).toEqual(["p", "s"]);
});

test("a meeting to come stays where it is when another order comes in", async () => {
  const { stops, running } = await answer(day(["p", "q", "s"], await morning()));
  // q lies on b's way back to p: 30 from the meeting and 30 from p.
  expect(stops).toEqual(["b meets 20", "b q 60", "b p 100", "l meets 20", "l s 30"]);
  expect(running!.releasedOrderIds).toEqual([]);
});

test("the search begins with the meetings of the running plan, and with those of the current plan", async () => {
  for (const mode of [SearchOptions_Mode.REOPTIMIZE, SearchOptions_Mode.ROUTE]) {
    const request = day(["p", "s"], await morning(), mode);
    request.search!.iterations = 1n;
    expect((await answer(request)).stops).toEqual(LENT);
  }
});

test("an engineer who is late for a meeting keeps the other one waiting", async () => {
  const request = day(["p", "s"], await morning());
  request.engineers[0]!.shifts[0]!.time = between(50, 400);
  // b is at s at 70 only; l's s comes after the meeting, as it did.
  expect((await answer(request)).stops).toEqual(["b meets 70", "b p 140", "l meets 70", "l s 80"]);
});

test("a meeting under way has happened: the part is in the borrower's van", async () => {
  const plan = await morning();
  for (const { stops } of plan.routes) stops[0]!.lock = Stop_Lock.STARTED;
  const request = day(["p", "s"], plan, SearchOptions_Mode.REOPTIMIZE);
  request.now = at(25);
  request.engineers[0]!.stock = [{ ...request.engineers[1]!.stock[0]!, quantity: 1 }];
  request.engineers[1]!.stock[0]!.quantity = 2;
  const { stops } = await answer(request);
  expect(stops).toEqual(LENT);
});

test("without what it needs a meeting comes apart and its order is released", async () => {
  // The lender has lost the part, does not lend any more, or has nobody to serve.
  const changes: ((request: AssignRequest) => unknown)[] = [
    (request) => (request.engineers[1]!.stock = []),
    (request) => (request.engineers[1]!.lending!.mayLend = false),
    (request) => {
      request.orders = request.orders.filter(({ id }) => id !== "s");
      for (const route of request.currentPlan!.routes)
        route.stops = route.stops.filter(({ orderId }) => orderId !== "s");
    },
  ];
  for (const [index, change] of changes.entries()) {
    const request = day(["p", "s"], await morning(), SearchOptions_Mode.REOPTIMIZE);
    change(request);
    const { stops, running, plan } = await answer(request);
    expect(running!.releasedOrderIds).toEqual(["p"]);
    expect(stops).toEqual(index < 2 ? ["l s 20"] : []);
    const code = index < 2 ? UnassignedReason_Code.NO_PART : UnassignedReason_Code.OUTBID;
    expect(plan.unassigned.map(({ reasons }) => reasons[0]!.code)).toEqual([code]);
  }
});

test("a meeting that is locked stays, in both routes, where another way would be shorter", async () => {
  const request = day(["p", "s"], await morning(), SearchOptions_Mode.REOPTIMIZE);
  // A centre next to p has the part now: 20 ticks less of way, and of the hand-over.
  request.operatingCentres = [
    {
      ...create(AssignRequestSchema, {
        operatingCentres: [{ id: "c", place: point(20, 0), stock: [{ sku: "X", quantity: 1 }] }],
      }).operatingCentres[0]!,
    },
  ];
  expect((await answer(request)).stops).toEqual(["b  40", "b p 40", "l s 20"]);
  for (const stop of request.currentPlan!.routes[0]!.stops) stop.lock = Stop_Lock.SEQUENCE;
  const { stops, plan } = await answer(request);
  expect(stops).toEqual(LENT);
  expect(plan.routes.map((route) => route.stops.map(({ lock }) => lock))).toEqual([
    [Stop_Lock.SEQUENCE, Stop_Lock.SEQUENCE],
    [Stop_Lock.UNSPECIFIED, Stop_Lock.UNSPECIFIED],
  ]);
});

test("the order of a meeting is told by part uses, and without them it is the first that needs just that", async () => {
  const request = day(["p", "s"], await morning());
  // A second order like p: b carries one unit for it, and its first place costs as much as the others.
  request.orders.push({ ...request.orders[0]!, id: "p2" });
  request.engineers[0]!.stock = [{ ...request.engineers[1]!.stock[0]!, quantity: 1 }];
  const { stops, plan } = await answer(request);
  expect(stops).toEqual(["b meets 20", "b p2 90", "b p 100", "l meets 20", "l s 30"]);
  const borrowers = (of: Plan) =>
    of.routes[0]!.stops.filter(({ parts }) => parts[0]?.lenderEngineerId === "l").map(({ orderId }) => orderId);
  expect(borrowers(plan)).toEqual(["p"]);
  request.currentPlan = plan;
  expect(borrowers((await answer(request)).plan)).toEqual(["p"]);
  for (const stop of plan.routes[0]!.stops) stop.parts = [];
  expect(borrowers((await answer(request)).plan)).toEqual(["p2"]);
});
