import { create } from "@bufbuild/protobuf";
import fc from "fast-check";
import { expect, test } from "vitest";
import { OperatingCentreSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { UnassignedReason_Code as Code } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { CriterionMode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { between, lasts, point } from "../oracle/build.ts";
import { expectAliveInDays, offAgainst } from "./alive-in-days.ts";
import { moreIsNeverDearer, planned } from "./route-criterion.ts";

const ID = "service_cost";
const home = { shifts: [{ time: between(0, 1000), startPlace: point(0, 0), endPlace: point(0, 0) }] };
/** A minor unit a second and a metre; 100 of them are worth 60 s. */
const priced = { ...home, wagePerHourMinor: 3600n, costPerKmMinor: 1000n };
const order = { place: point(100, 0) };

test("by hand: wage, kilometres and fees cost what their money is worth", async () => {
  // 200 s and 200 m there and back at 0.6 s each, and a fee of 50: 120 + 120 + 30.
  const { cost, row } = await planned(ID, { o: { ...order, visitFeeMinor: 50n } }, { e: priced });
  expect(cost).toBe(270);
  // The visit's own share is the way there: 60 + 60 + 30 of 7200.
  expect(row("o")).toEqual({ status: "evaluated", score: 9791, cost: 150 });
});

test("a pick-up costs its fee", async () => {
  const orders = { o: { ...order, toolIds: ["ladder"] } };
  const { cost } = await planned(ID, orders, { e: priced }, {}, (request) => {
    const centre = { id: "c", place: point(50, 0), toolIds: ["ladder"], pickFeeMinor: 100n };
    request.operatingCentres = [create(OperatingCentreSchema, centre)];
  });
  expect(cost).toBe(300);
});

test("a visit is within the order's budget", async () => {
  // 100 s, 100 m and the fee: 250.
  const budget = (budgetMinor: bigint) => ({ o: { ...order, visitFeeMinor: 50n, budgetMinor } });
  expect((await planned(ID, budget(250n), { e: priced })).routes).toEqual({ e: ["o"] });
  for (const mode of [CriterionMode.SOFT, CriterionMode.HARD]) {
    const { routes, response } = await planned(ID, budget(249n), { e: priced }, { mode });
    expect(routes).toEqual({});
    expect(response.plan!.unassigned[0]!.reasons[0]!.code).toBe(Code.NO_FEASIBLE_TIME);
  }
  const off = await planned(ID, budget(249n), { e: priced }, { mode: CriterionMode.OFF });
  expect([off.routes, off.cost]).toEqual([{ e: ["o"] }, 0]);
});

test("an engineer whose wage for the service alone is beyond the budget is ruled out", async () => {
  const orders = { o: { serviceDuration: lasts(100), budgetMinor: 99n } };
  const { response } = await planned(ID, orders, { e: priced });
  const [reason] = response.plan!.unassigned[0]!.reasons;
  expect(reason!.code).toBe(Code.NO_ELIGIBLE_ENGINEER);
  expect(reason!.criteria.map(({ criterionId }) => criterionId)).toEqual([ID]);
  expect((await planned(ID, { o: { ...orders.o, budgetMinor: 100n } }, { e: priced })).routes).toEqual({ e: ["o"] });
});

test("hard, money rules out but costs nothing", async () => {
  expect((await planned(ID, { o: order }, { e: priced }, { mode: CriterionMode.HARD })).cost).toBe(0);
});

test("missing: without wage, kilometres and fee nothing is evaluated", async () => {
  const { row } = await planned(ID, { o: order }, { e: home });
  expect(row("o")).toEqual({ status: "not_evaluated", score: 5000, cost: 0 });
});

test("monotone: a lower wage never costs more", async () => {
  await moreIsNeverDearer(fc.integer({ min: -20_000, max: 0 }), async (lower) => {
    const engineer = { ...home, wagePerHourMinor: BigInt(-lower) };
    return (await planned(ID, { o: order }, { e: engineer })).cost;
  });
});

test("alive: on a day ten minutes for each unit of the currency, against off, change who comes or when", () =>
  expectAliveInDays(offAgainst(ID, {}, 600)));
