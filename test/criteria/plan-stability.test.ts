import { clone, create } from "@bufbuild/protobuf";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { UnassignedReason_Code as Code, PlanSchema, Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { CriterionMode, Policy_Preset, PolicySchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { at, between, point } from "../oracle/build.ts";
import { solveForTest } from "../solve-for-test.ts";
import { expectAliveInDays, offAgainst } from "./alive-in-days.ts";
import { moreIsNeverDearer, planned } from "./route-criterion.ts";

const ID = "plan_stability";

/** A current plan that sends the engineer to the order `o` at some moment. */
const told = (engineerId: string, start?: number) => (request: AssignRequest) => {
  const stop = { kind: Stop_Kind.SERVICE, orderId: "o", ...(start === undefined ? {} : { start: at(start) }) };
  request.currentPlan = create(PlanSchema, { routes: [{ engineerId, stops: [stop] }] });
};
const SHIFT = between(0, 1000);
const order = { place: point(100, 0) };

test("by hand: another engineer than the customer was told costs the weight", async () => {
  // Only b may come.
  const orders = { o: { ...order, declinedEngineerIds: ["a"] } };
  const moved = await planned(ID, orders, { a: {}, b: {} }, {}, told("a", 100));
  expect(moved.row("o")).toEqual({ status: "evaluated", score: 2500, cost: 600 });
  expect(moved.cost).toBe(600);
  expect((await planned(ID, orders, { a: {}, b: {} }, {}, told("b", 100))).cost).toBe(0);
});

test("a start that moved by more than the tolerance costs beside", async () => {
  const score = async (start: number) => (await planned(ID, { o: order }, { a: {} }, {}, told("a", start))).row("o");
  // Begun at 100: 900 s from 1000 and from -800, which is not too far; then 600 of 800 are kept.
  expect(await score(1000)).toEqual({ status: "evaluated", score: 10_000, cost: 0 });
  expect(await score(1001)).toEqual({ status: "evaluated", score: 7500, cost: 200 });
  expect(await score(-800)).toEqual({ status: "evaluated", score: 10_000, cost: 0 });
  expect(await score(-801)).toEqual({ status: "evaluated", score: 7500, cost: 200 });
});

test("a customer stays with the engineer unless another saves more than the weight", async () => {
  // b is at the door, a 100 s away and back: 100 s of the way there.
  const engineers = { a: {}, b: { shifts: [{ time: SHIFT, startPlace: point(100, 0) }] } };
  const who = async (weightS: number) =>
    Object.keys((await planned(ID, { o: order }, engineers, { weightS }, told("a", 100))).routes);
  expect(await who(99)).toEqual(["b"]);
  expect(await who(101)).toEqual(["a"]);
});

test("hard, nobody else may come", async () => {
  const engineers = { a: { maxOrders: 0 }, b: {} };
  const { response } = await planned(ID, { o: order }, engineers, { mode: CriterionMode.HARD }, told("a"));
  expect(response.plan!.unassigned[0]!.reasons[0]!.code).toBe(Code.NO_FEASIBLE_TIME);
  const free = { a: {}, b: { shifts: [{ time: SHIFT, startPlace: point(100, 0) }] } };
  expect((await planned(ID, { o: order }, free, { mode: CriterionMode.HARD }, told("a"))).routes).toEqual({ a: ["o"] });
});

test("missing: an order that the current plan does not serve is not evaluated", async () => {
  const { row } = await planned(ID, { o: order, other: {} }, { a: {} }, {}, told("a", 100));
  expect(row("other")).toEqual({ status: "not_evaluated", score: 5000, cost: 0 });
});

test("monotone: a start nearer to what the customer was told never costs more", async () => {
  await moreIsNeverDearer(
    fc.integer({ min: -2000, max: 0 }),
    async (nearer) => (await planned(ID, { o: order }, { a: {} }, {}, told("a", 100 - nearer))).cost,
  );
});

test("alive: on top of a plan made for speed alone ten times its weight, against off, changes who comes or when", () =>
  expectAliveInDays({
    ...offAgainst(ID, { weightS: 6_000, params: { start_s: 2_000 } }),
    both: async (day) => {
      const before = clone(AssignRequestSchema, day);
      before.policy = create(PolicySchema, { preset: Policy_Preset.FASTEST });
      day.currentPlan = (await solveForTest(before)).plan!;
    },
  }));
