import fc from "fast-check";
import { expect, test } from "vitest";
import { UnassignedReason_Code as Code } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { CriterionMode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { validate } from "../../server/validate/validate.ts";
import { point } from "../oracle/build.ts";
import { breaks, expectAliveInDays } from "./alive-in-days.ts";
import { centreWith } from "./centre-with.ts";
import { onlyPolicy } from "./pair-criterion.ts";
import { pairRequest } from "./pair-request.ts";
import { planned } from "./route-criterion.ts";

const ID = "parts_on_hand";
const needing = (quantity: number, substituteSkus: string[] = []) => ({
  o: { place: point(100, 0), parts: [{ sku: "A", quantity, substituteSkus }] },
});
const holding = (quantity: number, sku = "A", reserved = 0) => ({ e: { stock: [{ sku, quantity, reserved }] } });

test("by hand: shown is how much of what is needed is in the van, nothing is charged", async () => {
  const half = await planned(ID, needing(2), holding(1), {}, centreWith("A", 5));
  expect(half.row("o")).toEqual({ status: "evaluated", score: 5000, cost: 0 });
  const all = await planned(ID, needing(2), holding(2), {}, centreWith("A", 5));
  expect(all.row("o")).toEqual({ status: "evaluated", score: 10_000, cost: 0 });
  // Two of three reserved: one is free. Of a substitute 0.9 counts.
  expect((await planned(ID, needing(2), holding(3, "A", 2), {}, centreWith("A", 5))).row("o").score).toBe(5000);
  expect((await planned(ID, needing(2, ["B"]), holding(2, "B"))).row("o").score).toBe(9000);
});

test("by hand: every unit must come from somewhere", async () => {
  const { routes, response } = await planned(ID, needing(2), holding(1));
  expect(routes).toEqual({});
  expect(response.plan!.unassigned[0]!.reasons[0]!.code).toBe(Code.NO_PART);
});

test("what an order uses is gone for the next one", async () => {
  const orders = { ...needing(1), p: needing(1).o };
  expect((await planned(ID, orders, holding(1))).response.assignments.length).toBe(1);
  expect((await planned(ID, orders, holding(2))).response.assignments.length).toBe(2);
});

test("parts cannot be turned off", () => {
  const policy = onlyPolicy(ID, { mode: CriterionMode.OFF });
  const [violation] = validate(pairRequest(needing(1), holding(1), policy));
  expect(violation!.description).toBe("of parts_on_hand must be one of hard, is off");
});

test("missing: an order that needs no part is not evaluated; stock that is not stated is none", async () => {
  const none = await planned(ID, { o: { place: point(100, 0) } }, { e: {} });
  expect(none.row("o")).toEqual({ status: "not_evaluated", score: 5000, cost: 0 });
  expect((await planned(ID, needing(1), { e: {} })).routes).toEqual({});
});

test("monotone: one more unit in the van never lowers the score, nor leaves an order out", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 6 }), async (needed, atCentre) => {
      let before = -1;
      for (let held = 0; held <= needed; held++) {
        const plan = await planned(ID, needing(needed), holding(held), {}, centreWith("A", atCentre));
        const score = plan.routes.e ? plan.row("o").score : -1;
        expect(score).toBeGreaterThanOrEqual(before);
        before = score;
      }
      expect(before).toBe(10_000);
    }),
    { numRuns: 15, seed: 7 },
  );
});

test("alive: on a day parts that are needed, against none, change who comes or when", () =>
  expectAliveInDays({
    without: ({ orders }) => {
      for (const order of orders) order.parts = [];
    },
    heavy: () => {},
    against: breaks("PART_NOT_COVERED"),
  }));
