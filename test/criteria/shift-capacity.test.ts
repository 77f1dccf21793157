import fc from "fast-check";
import { expect, test } from "vitest";
import { UnassignedReason_Code as Code } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { CriterionMode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { between, lasts, point } from "../oracle/build.ts";
import { expectAliveInDays, offAgainst } from "./alive-in-days.ts";
import { alone } from "./pair-criterion.ts";
import { moreIsNeverDearer, planned } from "./route-criterion.ts";

const ID = "shift_capacity";
/** Over at 100 with the way home. */
const ORDER = { o: { place: point(40, 0), serviceDuration: lasts(20) } };
const ends = (second: number, overtime = 40) => ({
  e: {
    shifts: [
      {
        time: between(0, second),
        startPlace: point(0, 0),
        endPlace: point(0, 0),
        ...(overtime > 0 && { maxOvertime: lasts(overtime) }),
      },
    ],
  },
});

test("by hand: overtime with the way home costs half its seconds more, of the route", async () => {
  // 30 of 40 over: one quarter is left. 15 are charged, of no order.
  const { row, cost } = await planned(ID, ORDER, ends(70));
  expect(row("o")).toEqual({ status: "evaluated", score: 2500, cost: 0 });
  expect(cost).toBe(15);
  expect((await planned(ID, ORDER, ends(71))).cost).toBe(14);
});

test("past the longest overtime an order is not served, on or off; off, overtime is not charged", async () => {
  for (const mode of [CriterionMode.SOFT, CriterionMode.OFF]) {
    const { routes, response } = await planned(ID, ORDER, ends(59), { mode });
    expect(routes).toEqual({});
    expect(response.plan!.unassigned[0]!.reasons[0]!.code).toBe(Code.NO_FEASIBLE_TIME);
  }
  const { cost, row } = await planned(ID, ORDER, ends(70), { mode: CriterionMode.OFF });
  expect([cost, row("o").status]).toEqual([0, "off"]);
});

test("the count of orders is hard", async () => {
  const engineers = { e: { shifts: [{ ...ends(100).e.shifts[0]!, maxOrders: 0 }] } };
  expect((await planned(ID, ORDER, engineers)).routes).toEqual({});
});

test("missing: no overtime stated is none, and of an engineer who does not come no end is known, which is reported", async () => {
  expect((await planned(ID, ORDER, ends(100, 0))).row("o")).toEqual({ status: "evaluated", score: 10_000, cost: 0 });
  expect((await planned(ID, ORDER, ends(99, 0))).routes).toEqual({});
  const { row } = await alone(ID, ORDER, ends(100));
  expect(row("o", "e")).toEqual({ status: "not_evaluated", score: 5000, cost: 0 });
});

test("monotone: a shift that ends later never costs more", async () => {
  await moreIsNeverDearer(
    fc.integer({ min: 60, max: 120 }),
    async (second) => (await planned(ID, ORDER, ends(second))).cost,
  );
});

test("alive: on a day with three hours of overtime for everybody, on against off changes who comes or when", () =>
  expectAliveInDays({
    ...offAgainst(ID, {}),
    both: ({ engineers }) => {
      for (const { shifts } of engineers) for (const shift of shifts) shift.maxOvertime = lasts(10_800);
    },
  }));
