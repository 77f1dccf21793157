import fc from "fast-check";
import { expect, test } from "vitest";
import { UnassignedReason_Code as Code } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { CriterionMode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { between, lasts, point } from "../oracle/build.ts";
import { expectAliveInDays, offAgainst } from "./alive-in-days.ts";
import { moreIsNeverDearer, planned } from "./route-criterion.ts";

const ID = "time_window_fit";
/** The way takes 30. */
const until = (end: number, grace = 20) => ({
  o: { place: point(30, 0), windows: [between(0, end)], latenessGrace: lasts(grace) },
});

test("by hand: late within the grace costs three times its seconds, in time nothing", async () => {
  // 10 late of 20.
  const late = await planned(ID, until(20), { e: {} });
  expect(late.row("o")).toEqual({ status: "evaluated", score: 5000, cost: 30 });
  expect(late.cost).toBe(30);
  const inTime = await planned(ID, until(30), { e: {} });
  expect(inTime.row("o")).toEqual({ status: "evaluated", score: 10_000, cost: 0 });
  expect(inTime.cost).toBe(0);
});

test("by hand: of several windows the last that is over says how late", async () => {
  // There at 30: after 12, before 100. 18 late cost 54, which is less than 70 of waiting.
  const order = { place: point(30, 0), windows: [between(0, 12), between(100, 200)], latenessGrace: lasts(20) };
  const early = { place: point(30, 0), windows: [between(0, 30)], serviceDuration: lasts(0) };
  const { row, start } = await planned(ID, { o: order, p: early }, { e: {} });
  expect([start("o"), row("o").cost]).toEqual([30, 54]);
});

test("past the grace an order is not served, on or off; off, lateness costs nothing", async () => {
  for (const mode of [CriterionMode.SOFT, CriterionMode.OFF]) {
    const { routes, response } = await planned(ID, until(20, 9), { e: {} }, { mode });
    expect(routes).toEqual({});
    expect(response.plan!.unassigned[0]!.reasons[0]!.code).toBe(Code.NO_FEASIBLE_TIME);
  }
  const { cost, row } = await planned(ID, until(20), { e: {} }, { mode: CriterionMode.OFF });
  expect([cost, row("o").status]).toEqual([0, "off"]);
});

test("missing: an order without a window is never late, which is reported", async () => {
  const { row, cost } = await planned(ID, { o: { place: point(30, 0) } }, { e: {} });
  expect(row("o")).toEqual({ status: "not_evaluated", score: 5000, cost: 0 });
  expect(cost).toBe(0);
});

test("monotone: a window that ends later never costs more", async () => {
  await moreIsNeverDearer(
    fc.integer({ min: 0, max: 60 }),
    async (end) => (await planned(ID, until(end, 40), { e: {} })).cost,
  );
});

test("alive: on a day with an hour of grace for everybody, on against off changes who comes or when", () =>
  expectAliveInDays({
    ...offAgainst(ID, {}),
    both: ({ orders }) => {
      for (const order of orders) order.latenessGrace = lasts(3600);
    },
  }));
