import fc from "fast-check";
import { expect, test } from "vitest";
import { expectAliveInRounds } from "./alive-in-rounds.ts";
import { alone, betterIsNeverDearer, crew } from "./pair-criterion.ts";

const ID = "customer_rating";
const rated = (stars: number, count = 1_000_000) => ({ rating: { stars, count } });

test("by hand: stars are shrunk to the prior and go from 3 to 5; a customer with a tier doubles the weight", async () => {
  const engineers = { few: rated(5, 5), many: rated(5, 180), bad: rated(2.5), prior: rated(1, 0) };
  const { cost, row } = await alone(ID, { o: {}, vip: { vipTier: 1 } }, engineers);
  // The prior 0.85 stands for 4.4 stars. few: (5000 * 5 + 4400 * 20) / 25 = 4520, 1520 * 5 = 7600, cost 72.
  expect(row("o", "few")).toEqual({ status: "evaluated", score: 7600, cost: 72 });
  // many: (5000 * 180 + 4400 * 20) / 200 = 4940: 9700, cost 9; prior: 4400: 7000, cost 90; a million ratings of 2.5: nothing.
  expect(Object.keys(engineers).map((name) => cost("o", name))).toEqual([72, 9, 300, 90]);
  expect(Object.keys(engineers).map((name) => cost("vip", name))).toEqual([144, 18, 600, 180]);
});

test("the policy sets prior and shrinkage", async () => {
  const { row } = await alone(ID, { o: {} }, { e: rated(5, 1) }, { params: { m: 1 } }, { priors: { [ID]: 0.5 } });
  // 0.5 stands for 3 stars: (5000 + 3000) / 2 = 4000, 1000 * 5.
  expect(row("o", "e").score).toBe(5000);
});

test("missing: without stars the neutral score is charged and reported", async () => {
  const { row } = await alone(ID, { o: {}, vip: { vipTier: 9 } }, { e: {} });
  expect(row("o", "e")).toEqual({ status: "not_evaluated", score: 5000, cost: 150 });
  expect(row("vip", "e").cost).toBe(300);
});

test("monotone: more stars never cost more", async () => {
  await betterIsNeverDearer(fc.integer({ min: 100, max: 500 }), async (hundredths) => {
    const { cost } = await alone(
      ID,
      { o: {} },
      crew(hundredths, (value) => rated(value / 100, 30)),
    );
    return hundredths.map((_, row) => cost("o", `e${row}`));
  });
});

test("alive: in a round ten times its weight, against none, changes who comes", () => expectAliveInRounds(ID));
