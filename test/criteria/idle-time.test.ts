import fc from "fast-check";
import { expect, test } from "vitest";
import { Measure } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { between, point } from "../oracle/build.ts";
import { aims, costs, expectAliveInDays } from "./alive-in-days.ts";
import { moreIsNeverDearer, planned } from "./route-criterion.ts";

const ID = "idle_time";
/** Served at 10 at the latest, and the other not before `second`: the way between takes 10. */
const waitingUntil = (second: number) => ({
  first: { place: point(10, 0), windows: [between(0, 10)] },
  second: { place: point(20, 0), windows: [between(second, 1000)] },
});

test("by hand: waiting before service costs its seconds", async () => {
  // Begun at 10, there at 20, open at 920: 900 of 3600, three quarters.
  const { row, cost } = await planned(ID, waitingUntil(920), { e: {} });
  expect(row("second")).toEqual({ status: "evaluated", score: 7500, cost: 900 });
  expect(row("first")).toEqual({ status: "evaluated", score: 10_000, cost: 0 });
  expect(cost).toBe(900);
});

test("by hand: who may leave later does not wait", async () => {
  const { cost, start } = await planned(ID, { o: { place: point(10, 0), windows: [between(500, 900)] } }, { e: {} });
  expect([cost, start("o")]).toEqual([0, 500]);
});

test("missing: an order without a window waits for nothing, which is reported", async () => {
  const { row, cost } = await planned(ID, { o: { place: point(10, 0) } }, { e: {} });
  expect(row("o")).toEqual({ status: "not_evaluated", score: 5000, cost: 0 });
  expect(cost).toBe(0);
});

test("monotone: a window that opens earlier never costs more", async () => {
  await moreIsNeverDearer(
    fc.integer({ min: -990, max: 0 }),
    async (earlier) => (await planned(ID, waitingUntil(-earlier), { e: {} })).cost,
  );
});

test("alive: on a day waiting charged as working time, against travel alone, changes who comes or when", () =>
  expectAliveInDays({
    without: aims({ measure: Measure.TRAVEL_TIME }),
    heavy: aims({ measure: Measure.WORKING_TIME }),
    against: costs(ID),
  }));
