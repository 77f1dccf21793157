import fc from "fast-check";
import { expect, test } from "vitest";
import { Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { CriterionMode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { between, lasts, point } from "../oracle/build.ts";
import { expectAliveInDays, leftOut, set } from "./alive-in-days.ts";
import { moreIsNeverDearer, planned } from "./route-criterion.ts";

const ID = "parts_borrowable";
const shift = (x: number) => ({ shifts: [{ time: between(0, 500), startPlace: point(x, 0) }] });
const only = (engineerId: string) => ({ engineerPreference: { requiredEngineerIds: [engineerId] } });
/** Leaf starts at 0 and serves l at `x`; Bo starts at 100 and needs A for b at 60. Nobody has an end place, nobody else may serve. */
const orders = (x = 30) => ({
  b: { place: point(60, 0), serviceDuration: lasts(5), parts: [{ sku: "A", quantity: 1 }], ...only("bo") },
  l: { place: point(x, 0), serviceDuration: lasts(20), ...only("leaf") },
});
const engineers = (lending: object = { lending: { mayLend: true } }, quantity = 1, safetyStock = 0) => ({
  bo: shift(100),
  leaf: { ...shift(0), stock: [{ sku: "A", quantity, safetyStock }], ...lending },
});
/** A hand-over takes 10, a detour of 20 halves the score. */
const SETTING = { params: { hand_over_s: 10, half_s: 20 } };

test("by hand: a meeting is charged by the detour of both, on top of its time", async () => {
  const { row, cost, response } = await planned(ID, orders(), engineers(), SETTING);
  // Leaf goes on to b, where Bo is anyway: 30 more, and 10 for the hand-over. 40 are two halves: 300 * 0.75.
  expect(row("b")).toEqual({ status: "evaluated", score: 2500, cost: 225 });
  expect(cost).toBe(225);
  const lent = response.plan!.routes.map(({ stops }) => stops.map(({ kind, orderId }) => orderId || Stop_Kind[kind]));
  expect(lent).toEqual([
    ["LOAN", "b"],
    ["l", "LOAN"],
  ]);
});

test("by hand: weight and half-life are the policy's", async () => {
  // 40 are one half: 100 * 0.5.
  const light = { weightS: 100, params: { hand_over_s: 10, half_s: 40 } };
  expect((await planned(ID, orders(), engineers(), light)).row("b")).toEqual({
    status: "evaluated",
    score: 5000,
    cost: 50,
  });
});

test("a lender consents, keeps its safety stock and, where only hubs lend, is one", async () => {
  const served = async (...crew: Parameters<typeof engineers>) =>
    Object.keys((await planned(ID, orders(), engineers(...crew), SETTING)).routes).includes("bo");
  expect(await served({ lending: { mayLend: false } })).toBe(false);
  expect(await served(undefined, 1, 1)).toBe(false);
  expect(await served(undefined, 2, 1)).toBe(true);
  const hubs = { params: { ...SETTING.params, hubs_only: 1 } };
  for (const hub of [false, true]) {
    const { routes } = await planned(ID, orders(), engineers({ lending: { mayLend: true, hub } }), hubs);
    expect("bo" in routes).toBe(hub);
  }
});

test("off, nothing is lent", async () => {
  const { routes, response } = await planned(ID, orders(), engineers(), { mode: CriterionMode.OFF });
  expect(routes).toEqual({ leaf: ["l"] });
  expect(response.plan!.unassigned.map(({ orderId }) => orderId)).toEqual(["b"]);
});

test("missing: where nothing is borrowed it is not evaluated; consent that is not stated is none", async () => {
  const { row } = await planned(ID, orders(), engineers(), SETTING);
  expect(row("l")).toEqual({ status: "not_evaluated", score: 5000, cost: 0 });
  expect((await planned(ID, orders(), engineers({}), SETTING)).routes).toEqual({ leaf: ["l"] });
});

test("monotone: a nearer lender never costs more, nor does a shorter hand-over", async () => {
  const setting = (handOver: number) => ({ params: { hand_over_s: handOver, half_s: 20 } });
  await moreIsNeverDearer(
    fc.integer({ min: 0, max: 60 }),
    async (x) => (await planned(ID, orders(x), engineers(), setting(10))).cost,
  );
  await moreIsNeverDearer(
    fc.integer({ min: -60, max: -1 }),
    async (shorter) => (await planned(ID, orders(), engineers(), setting(-shorter))).cost,
  );
});

test("alive: on a day on which only those who lend have parts, on against off serves more orders", () =>
  expectAliveInDays({
    both: ({ operatingCentres, engineers }) => {
      for (const centre of operatingCentres) centre.stock = [];
      for (const engineer of engineers)
        if (engineer.lending?.mayLend) for (const stock of engineer.stock) stock.quantity += 5;
        else engineer.stock = [];
    },
    without: set(ID, { mode: CriterionMode.OFF }),
    heavy: set(ID, { mode: CriterionMode.SOFT }),
    against: leftOut,
  }));
