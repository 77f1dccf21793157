import fc from "fast-check";
import { expect, test } from "vitest";
import { between, lasts, point } from "../oracle/build.ts";
import { expectAliveInDays, offAgainst } from "./alive-in-days.ts";
import { moreIsNeverDearer, planned } from "./route-criterion.ts";

const ID = "workload_fairness";
const tenMinutes = { serviceDuration: lasts(600) };
const TWO_SHIFTS = [between(0, 700), between(2000, 2700)].map((time) => ({ time, startPlace: point(0, 0) }));
const TWO_ORDERS = {
  a: { ...tenMinutes, windows: [between(0, 50)] },
  b: { ...tenMinutes, windows: [between(2000, 2050)] },
};
const worked = (minutes: number, targetMinutes = 100) => ({ workload: { minutes, targetMinutes } });

test("by hand: the square of what an engineer is away from the target, those who do nothing included", async () => {
  // 50 + 10 of 100 minutes: 600 * 0.4^2 = 96.
  const one = await planned(ID, { o: tenMinutes }, { e: worked(50) });
  expect(one.cost).toBe(96);
  // 1 - 0.16
  expect(one.row("o").score).toBe(8400);
  // Somebody who has done nothing and may not: 600 * 1^2.
  const idle = { ...worked(0), maxOrders: 0 };
  expect((await planned(ID, { o: tenMinutes }, { e: worked(50), idle })).cost).toBe(696);
  // Of one engineer at most the cap.
  const capped = await planned(ID, { o: tenMinutes }, { e: worked(50), idle }, { params: { cap_s: 500 } });
  expect(capped.cost).toBe(596);
});

test("minutes are whole, and the rounded cost is that of the nearest second", async () => {
  // 599 s are 9 minutes: 600 * (41 / 100)^2 = 100.86.
  expect((await planned(ID, { o: { serviceDuration: lasts(599) } }, { e: worked(50) })).cost).toBe(101);
});

test("work goes to those who had less of it", async () => {
  for (const [a, b, who] of [
    [100, 80, "b"],
    [80, 100, "a"],
  ] as const) {
    const { routes } = await planned(ID, { o: tenMinutes }, { a: worked(a), b: worked(b) });
    expect(Object.keys(routes)).toEqual([who]);
  }
});

test("all shifts of an engineer count together", async () => {
  const { cost } = await planned(ID, TWO_ORDERS, { e: { ...worked(50), shifts: TWO_SHIFTS } });
  // 50 + 20: 600 * 0.3^2.
  expect(cost).toBe(54);
});

test("missing: where recent work is not known nothing is charged, and that is reported", async () => {
  const { row, cost } = await planned(ID, { o: tenMinutes }, { e: {} });
  expect(row("o")).toEqual({ status: "not_evaluated", score: 5000, cost: 0 });
  expect(cost).toBe(0);
});

test("monotone: work nearer to the target never costs more", async () => {
  await moreIsNeverDearer(
    fc.integer({ min: 0, max: 90 }),
    async (minutes) => (await planned(ID, { o: tenMinutes }, { e: worked(minutes) })).cost,
  );
});

test("alive: on a day ten times its weight, against off, changes who comes or when", () =>
  expectAliveInDays({
    ...offAgainst(ID, { weightS: 6_000, params: { cap_s: 36_000 } }),
    // Every other engineer has worked the whole week's target before the day, the others half of it.
    both: ({ engineers }) => {
      for (const [row, { workload }] of engineers.entries())
        workload!.minutes = row % 2 === 0 ? workload!.targetMinutes : workload!.targetMinutes / 2;
    },
  }));
