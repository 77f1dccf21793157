import fc from "fast-check";
import { expect, test } from "vitest";
import { at, point } from "../oracle/build.ts";
import { expectAliveInDays, offAgainst } from "./alive-in-days.ts";
import { moreIsNeverDearer, planned } from "./route-criterion.ts";

const ID = "order_priority";
const far = (x: number, more = {}) => ({ place: point(x, 0), ...more });

test("by hand: an urgent order costs by its tier, severity and age, and by the time until it begins", async () => {
  const halved = { params: { half_s: 100 } };
  // Severity 10: urgency 4000. Begun after 100 s, one half-life: floor((1200 * 4000 * 5000 + 5e7) / 1e8) = 240.
  const severe = await planned(ID, { o: far(100, { severity: 10 }) }, { e: {} }, halved);
  expect(severe.row("o")).toEqual({ status: "evaluated", score: 5000, cost: 240 });
  expect(severe.cost).toBe(240);
  // Tier 5: 2000, 120. Twelve hours old: half of 2000, 1000, 60. All three: 7000, 420.
  const age = { createdAt: at(-43_200) };
  expect((await planned(ID, { o: far(100, { vipTier: 5 }) }, { e: {} }, halved)).cost).toBe(120);
  expect((await planned(ID, { o: far(100, age) }, { e: {} }, halved)).cost).toBe(60);
  expect((await planned(ID, { o: far(100, { severity: 10, vipTier: 5, ...age }) }, { e: {} }, halved)).cost).toBe(420);
  // Two half-lives: 7500 are missing, 360.
  expect((await planned(ID, { o: far(200, { severity: 10 }) }, { e: {} }, halved)).cost).toBe(360);
});

test("the more urgent of two orders in opposite directions comes first", async () => {
  for (const urgent of ["left", "right"]) {
    const order = (id: string, x: number) => far(x, { severity: id === urgent ? 9 : 1 });
    const orders = { left: order("left", -100), right: order("right", 100) };
    const { routes } = await planned(ID, orders, { e: {} }, { params: { half_s: 100 } });
    expect(routes.e![0]).toBe(urgent);
  }
});

test("missing: an order that nothing makes urgent is not evaluated and costs nothing", async () => {
  const { row, cost } = await planned(ID, { o: far(100) }, { e: {} });
  expect(row("o")).toEqual({ status: "not_evaluated", score: 5000, cost: 0 });
  expect(cost).toBe(0);
});

test("monotone: an earlier start never costs more", async () => {
  await moreIsNeverDearer(fc.integer({ min: -400, max: -1 }), async (earlier) => {
    const order = far(-earlier, { severity: 7 });
    return (await planned(ID, { o: order }, { e: {} }, { params: { half_s: 60 } })).cost;
  });
});

test("alive: on a day ten times its weight, against off, changes who comes or when", () =>
  expectAliveInDays(offAgainst(ID, { weightS: 12_000 })));
