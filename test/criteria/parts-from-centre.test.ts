import fc from "fast-check";
import { expect, test } from "vitest";
import type { Plan } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { CriterionMode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { validate } from "../../server/validate/validate.ts";
import { between, point } from "../oracle/build.ts";
import { expectAliveInDays, leftOut } from "./alive-in-days.ts";
import { centreWith } from "./centre-with.ts";
import { onlyPolicy } from "./pair-criterion.ts";
import { pairRequest } from "./pair-request.ts";
import { moreIsNeverDearer, planned } from "./route-criterion.ts";

const ID = "parts_from_centre";
const ORDER = { o: { place: point(0, 0), parts: [{ sku: "A", quantity: 2 }] } };
const DAY = { e: { shifts: [{ time: between(0, 9000), startPlace: point(0, 0) }] } };

test("by hand: shown are the way to the centre and the pick-up, which are charged as time", async () => {
  // 600 there and 1200 for the pick-up: half of 3600. 600 back.
  const { row, cost, response } = await planned(ID, ORDER, DAY, {}, centreWith("A", 2, 600, 1200));
  expect(row("o")).toEqual({ status: "evaluated", score: 5000, cost: 0 });
  expect(cost).toBe(0);
  expect(response.cost!.criteria.map(({ criterionId, cost: ticks }) => [criterionId, Number(ticks)])).toEqual([
    ["travel_time", 1200],
    ["service", 1200],
  ]);
});

test("by hand: a centre gives what it has, in its opening hours", async () => {
  expect((await planned(ID, ORDER, DAY, {}, centreWith("A", 1))).routes).toEqual({});
  const open = (start: number, end: number) =>
    planned(ID, ORDER, DAY, {}, (request) => {
      centreWith("A", 2)(request);
      request.operatingCentres[0]!.openingWindows = [between(start, end)];
    });
  // There at 50 at the earliest.
  expect((await open(0, 49)).routes).toEqual({});
  expect((await open(0, 50)).start("o")).toBe(110);
});

test("two orders share one pick-up, and what a centre has is not given twice", async () => {
  const orders = { ...ORDER, p: ORDER.o };
  const supplies = (plan: Plan) => plan.routes[0]!.stops.filter(({ kind }) => kind === Stop_Kind.SUPPLY);
  const both = (await planned(ID, orders, DAY, {}, centreWith("A", 4))).response.plan!;
  expect(supplies(both).map(({ pickUps }) => pickUps.map(({ quantity }) => quantity))).toEqual([[4]]);
  expect((await planned(ID, orders, DAY, {}, centreWith("A", 3))).response.assignments.length).toBe(1);
});

test("it cannot be turned off: a centre without stock gives nothing", () => {
  const [violation] = validate(pairRequest(ORDER, DAY, onlyPolicy(ID, { mode: CriterionMode.OFF })));
  expect(violation!.description).toBe("of parts_from_centre must be one of soft, is off");
});

test("missing: where nothing is fetched it is not evaluated; stock that is not stated is none", async () => {
  const own = { e: { ...DAY.e, stock: [{ sku: "A", quantity: 2 }] } };
  expect((await planned(ID, ORDER, own, {}, centreWith("A", 2))).row("o")).toEqual({
    status: "not_evaluated",
    score: 5000,
    cost: 0,
  });
  expect((await planned(ID, ORDER, DAY, {}, centreWith("B", 2))).routes).toEqual({});
});

test("monotone: a nearer centre never scores lower, nor does a shorter pick-up", async () => {
  const missing = async (x: number, pickS: number) =>
    10_000 - (await planned(ID, ORDER, DAY, {}, centreWith("A", 2, x, pickS))).row("o").score;
  await moreIsNeverDearer(fc.integer({ min: -4000, max: 0 }), (nearer) => missing(-nearer, 10));
  await moreIsNeverDearer(fc.integer({ min: -4000, max: 0 }), (shorter) => missing(10, -shorter));
});

test("alive: on a day with empty vans stock at the centre, against none, serves more orders", () =>
  expectAliveInDays({
    both: ({ engineers }) => {
      for (const engineer of engineers) engineer.stock = [];
    },
    without: ({ operatingCentres }) => {
      for (const centre of operatingCentres) centre.stock = [];
    },
    heavy: () => {},
    against: leftOut,
  }));
