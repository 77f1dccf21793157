import fc from "fast-check";
import { expect, test } from "vitest";
import { UnassignedReason_Code as Code } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { CriterionMode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { expectAliveInDays, offAgainstHard } from "./alive-in-days.ts";
import { moreIsNeverDearer, planned } from "./route-criterion.ts";

const ID = "trust_limit";
const worth = (value: number, takenAlong = false) => ({ trustValueMinor: BigInt(value), takenAlong });
const covered = (limit: number, carried = 0) => ({
  trustLimitMinor: BigInt(limit),
  trustCarriedMinor: BigInt(carried),
});

test("an order whose value is beyond what is left of the limit is ruled out", async () => {
  expect((await planned(ID, { o: worth(150) }, { e: covered(200, 50) })).routes).toEqual({ e: ["o"] });
  const { response } = await planned(ID, { o: worth(151) }, { e: covered(200, 50) });
  const [reason] = response.plan!.unassigned[0]!.reasons;
  expect(reason!.code).toBe(Code.NO_ELIGIBLE_ENGINEER);
  expect(reason!.criteria.map(({ criterionId }) => criterionId)).toEqual([ID]);
  expect((await planned(ID, { o: worth(151) }, { e: covered(200, 50) }, { mode: CriterionMode.OFF })).routes).toEqual({
    e: ["o"],
  });
});

test("devices taken along add up along the route, others stay with their customers", async () => {
  const served = async (takenAlong: boolean) => {
    const orders = { a: worth(100, takenAlong), b: worth(100, takenAlong) };
    return (await planned(ID, orders, { e: covered(150) })).response.assignments.length;
  };
  expect(await served(false)).toBe(2);
  expect(await served(true)).toBe(1);
});

test("what is taken along comes after what only fits before it", async () => {
  // 60 beside 100 is too much; 60 first, and then 100 that stay.
  const { routes } = await planned(ID, { a: worth(100, true), b: worth(60) }, { e: covered(150) });
  expect(routes).toEqual({ e: ["b", "a"] });
});

test("by hand: a weight charges what is missing of the margin", async () => {
  // A fifth of 200 should stay free: with 20 of 40 left 5000, floor((100 * 5000 + 5000) / 10000) = 50.
  const { row, cost } = await planned(ID, { o: worth(180) }, { e: covered(200) }, { weightS: 100 });
  expect(row("o")).toEqual({ status: "evaluated", score: 5000, cost: 50 });
  expect(cost).toBe(50);
  // Soft, even more than the limit is possible.
  const soft = await planned(ID, { o: worth(300) }, { e: covered(200) }, { weightS: 100, mode: CriterionMode.SOFT });
  expect(soft.row("o")).toEqual({ status: "evaluated", score: 0, cost: 100 });
});

test("missing: an order of no value is not evaluated, an engineer without a limit satisfies", async () => {
  expect((await planned(ID, { o: {} }, { e: covered(1) })).row("o").status).toBe("not_evaluated");
  expect((await planned(ID, { o: worth(5) }, { e: {} })).row("o")).toEqual({
    status: "evaluated",
    score: 10_000,
    cost: 0,
  });
});

test("monotone: a higher limit never costs more", async () => {
  await moreIsNeverDearer(fc.integer({ min: 100, max: 300 }), async (limit) => {
    const setting = { weightS: 500, mode: CriterionMode.SOFT };
    return (await planned(ID, { o: worth(150) }, { e: covered(limit) }, setting)).cost;
  });
});

test("alive: on a day with most of the cover taken, hard against off changes who comes or when", () =>
  expectAliveInDays({
    ...offAgainstHard(ID, "TRUST_LIMIT", "NOT_ELIGIBLE"),
    both: ({ engineers }) => {
      for (const engineer of engineers) engineer.trustCarriedMinor = (engineer.trustLimitMinor! * 19n) / 20n;
    },
  }));
