import fc from "fast-check";
import { expect, test } from "vitest";
import { expectAliveInRounds } from "./alive-in-rounds.ts";
import { alone, betterIsNeverDearer, crew } from "./pair-criterion.ts";

const ID = "first_time_fix_rate";
const ORDER = { device: { family: "oven" }, skills: { allOf: ["gas"] } };
const rate = (successes: number, total: number) => ({ rate: { successes, total } });

test("by hand: fixes are shrunk to the prior; what is missing is the chance of a second visit", async () => {
  const { row } = await alone(ID, { o: ORDER }, { e: { firstTimeFixes: [{ family: "oven", ...rate(20, 20) }] } });
  // (200000 + 20 * 8500) / 40 = 9250; floor((900 * 750 + 5000) / 10000) = 68.
  expect(row("o", "e")).toEqual({ status: "evaluated", score: 9250, cost: 68 });
});

test("the most particular rows that fit count, several of a kind together", async () => {
  const any = rate(0, 80);
  const good = rate(40, 40);
  const engineers = {
    any: { firstTimeFixes: [any] },
    skill: { firstTimeFixes: [any, { skillId: "gas", ...good }] },
    family: { firstTimeFixes: [{ skillId: "gas", ...any }, { family: "oven", ...good }, any] },
    both: {
      firstTimeFixes: [
        { family: "oven", ...any },
        { skillId: "gas", family: "oven", ...good },
      ],
    },
    sum: {
      firstTimeFixes: [
        { family: "oven", ...rate(40, 40) },
        { family: "oven", ...rate(0, 40) },
      ],
    },
    other: { firstTimeFixes: [{ family: "fridge", ...good }, { skillId: "ice", family: "oven", ...good }, any] },
  };
  const { row } = await alone(ID, { o: ORDER }, engineers);
  // any: 170000 / 100; good: (400000 + 170000) / 60; sum: (400000 + 170000) / 100.
  expect(Object.keys(engineers).map((name) => row("o", name).score)).toEqual([1700, 9500, 9500, 9500, 5700, 1700]);
});

test("missing: where no row fits the neutral score is charged and reported; an order without a family costs nothing", async () => {
  const engineers = { none: {}, other: { firstTimeFixes: [{ family: "fridge", ...rate(9, 9) }] } };
  const { row } = await alone(ID, { o: ORDER, plain: { skills: { allOf: ["gas"] } } }, engineers);
  for (const name of Object.keys(engineers)) {
    expect(row("o", name)).toEqual({ status: "not_evaluated", score: 5000, cost: 450 });
    expect(row("plain", name)).toEqual({ status: "not_evaluated", score: 5000, cost: 0 });
  }
});

test("monotone: more fixes never cost more", async () => {
  await betterIsNeverDearer(fc.integer({ min: 0, max: 100 }), async (fixes) => {
    const fixed = (value: number) => ({ firstTimeFixes: [{ family: "oven", ...rate(value, 100) }] });
    const { cost } = await alone(ID, { o: ORDER }, crew(fixes, fixed));
    return fixes.map((_, row) => cost("o", `e${row}`));
  });
});

test("alive: in a round ten times its weight, against none, changes who comes", () => expectAliveInRounds(ID));
