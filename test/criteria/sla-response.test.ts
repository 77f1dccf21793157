import fc from "fast-check";
import { expect, test } from "vitest";
import { UnassignedReason_Code as Code } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { CriterionMode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { at, between, lasts, point } from "../oracle/build.ts";
import { expectAliveInDays, offAgainst } from "./alive-in-days.ts";
import { moreIsNeverDearer, planned } from "./route-criterion.ts";

const ID = "sla_response";
/** 90 s away, 10 s of service: over at 100. */
const until = (due: number, more = {}) => ({
  place: point(90, 0),
  serviceDuration: lasts(10),
  visitDueAt: at(due),
  ...more,
});

test("by hand: a visit that ends after the promise costs by how much", async () => {
  const worst = { params: { worst_s: 100 } };
  // 50 of 100 s late: 5000, floor((1800 * 5000 + 5000) / 10000) = 900.
  const late = await planned(ID, { o: until(50) }, { e: {} }, worst);
  expect(late.row("o")).toEqual({ status: "evaluated", score: 5000, cost: 900 });
  expect(late.cost).toBe(900);
  expect((await planned(ID, { o: until(100) }, { e: {} }, worst)).row("o")).toEqual({
    status: "evaluated",
    score: 10_000,
    cost: 0,
  });
  expect((await planned(ID, { o: until(0) }, { e: {} }, worst)).cost).toBe(1800);
});

test("hard, a visit is over by the promise or does not take place", async () => {
  const hard = { mode: CriterionMode.HARD };
  expect((await planned(ID, { o: until(100) }, { e: {} }, hard)).routes).toEqual({ e: ["o"] });
  const { routes, response } = await planned(ID, { o: until(99) }, { e: {} }, hard);
  expect(routes).toEqual({});
  expect(response.plan!.unassigned[0]!.reasons[0]!.code).toBe(Code.NO_FEASIBLE_TIME);
});

test("hard, the promise ends several windows and the grace, too", async () => {
  const hard = { mode: CriterionMode.HARD };
  const windows = [between(0, 20), between(80, 95)];
  const order = (due: number) => until(due, { windows, latenessGrace: lasts(30) });
  // The way takes 90: the second window, begun at 90, over at 100.
  expect((await planned(ID, { o: order(100) }, { e: {} }, hard)).start("o")).toBe(90);
  expect((await planned(ID, { o: order(99) }, { e: {} }, hard)).routes).toEqual({});
});

test("a promise that is kept is not broken by leaving later", async () => {
  // Without a promise the first visit waits for the second one's window: 500 - 10 away.
  const orders = (promise: object) => ({
    a: { place: point(10, 0), ...promise },
    b: { place: point(20, 0), windows: [between(500, 600)] },
  });
  expect((await planned(ID, orders({}), { e: {} })).start("a")).toBe(490);
  // So dear that the second visit does not come first instead.
  const dear = { weightS: 100_000 };
  const kept = await planned(ID, orders({ visitDueAt: at(30) }), { e: {} }, dear);
  expect([kept.start("a"), kept.start("b"), kept.cost]).toEqual([30, 500, 0]);
  // One that cannot be kept is not broken further.
  expect((await planned(ID, orders({ visitDueAt: at(5) }), { e: {} }, dear)).start("a")).toBe(10);
});

test("the response clock is shown, and costs nothing: it is the same for every plan", async () => {
  const { response, cost } = await planned(ID, { o: { createdAt: at(-450) } }, { e: {} });
  const row = response.explanations[0]!.rows.find(({ criterionId }) => criterionId === ID)!;
  // Halfway from 300 to 600.
  expect(row.inputs).toEqual({ answer_s: "450", answer_score: "5000" });
  expect([cost, row.cost]).toEqual([0, 0n]);
});

test("missing: without a promise nothing is evaluated", async () => {
  const { row } = await planned(ID, { o: {} }, { e: {} });
  expect(row("o")).toEqual({ status: "not_evaluated", score: 5000, cost: 0 });
});

test("monotone: a later promise never costs more", async () => {
  await moreIsNeverDearer(
    fc.integer({ min: -50, max: 150 }),
    async (due) => (await planned(ID, { o: until(due) }, { e: {} }, { params: { worst_s: 120 } })).cost,
  );
});

test("alive: on a day ten times its weight, against off, changes who comes or when", () =>
  expectAliveInDays(offAgainst(ID, { weightS: 18_000 })));
