import fc from "fast-check";
import { expect, test } from "vitest";
import { UnassignedReason_Code as Code } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Measure } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { between, lasts, point } from "../oracle/build.ts";
import { aims, breaks, expectAliveInDays, measures } from "./alive-in-days.ts";
import { alone } from "./pair-criterion.ts";
import { moreIsNeverDearer, planned } from "./route-criterion.ts";

const ID = "travel_time";
const away = (x: number) => ({ place: point(x, 0) });

test("by hand: every leg costs its seconds, from the stop before", async () => {
  // 30 to the first, 70 more to the second. floor(10000 * 7170 / 7200) = 9958, floor(10000 * 7130 / 7200) = 9902.
  const { row, cost } = await planned(ID, { near: away(30), far: away(100) }, { e: {} });
  expect(row("near")).toEqual({ status: "evaluated", score: 9958, cost: 30 });
  expect(row("far")).toEqual({ status: "evaluated", score: 9902, cost: 70 });
  expect(cost).toBe(100);
});

test("by hand: the way home costs, too, and is nobody's row", async () => {
  const shifts = [{ time: between(0, 1000), startPlace: point(0, 0), endPlace: point(0, 0) }];
  const { row, cost } = await planned(ID, { o: away(30) }, { e: { shifts } });
  expect([row("o").cost, cost]).toEqual([30, 60]);
});

test("a leg over the engineer's longest one is ruled out", async () => {
  const longest = (seconds: number) => ({ e: { maxLegDuration: lasts(seconds) } });
  expect((await planned(ID, { o: away(100) }, longest(100))).routes).toEqual({ e: ["o"] });
  const { routes, response } = await planned(ID, { o: away(100) }, longest(99));
  expect(routes).toEqual({});
  expect(response.plan!.unassigned[0]!.reasons[0]!.code).toBe(Code.NO_FEASIBLE_TIME);
});

test("missing: of an engineer who does not come no leg is known, which is neutral and reported", async () => {
  const { row } = await alone(ID, { o: away(30) }, { e: {} });
  expect(row("o", "e")).toEqual({ status: "not_evaluated", score: 5000, cost: 0 });
});

test("monotone: a nearer order never costs more, nor does a longer leg allowed leave more out", async () => {
  await moreIsNeverDearer(
    fc.integer({ min: -900, max: 0 }),
    async (nearer) => (await planned(ID, { o: away(-nearer) }, { e: {} })).cost,
  );
  await moreIsNeverDearer(fc.integer({ min: 0, max: 200 }), async (longest) => {
    const { response } = await planned(ID, { o: away(100) }, { e: { maxLegDuration: lasts(longest) } });
    return response.plan!.unassigned.length;
  });
});

test("alive: on a day ten times its seconds, against once, changes who comes or when", () =>
  expectAliveInDays({
    without: aims({ measure: Measure.SOFT_COST }),
    heavy: aims({ measure: Measure.SOFT_COST }, { measure: Measure.TRAVEL_TIME, weight: 9 }),
    against: measures("travelTime"),
  }));

test("alive: on a day a longest leg, against none, changes who comes or when", () =>
  expectAliveInDays({
    without: () => {},
    heavy: ({ engineers }) => {
      for (const engineer of engineers) engineer.maxLegDuration = lasts(900);
    },
    against: breaks("MAX_LEG"),
  }));
