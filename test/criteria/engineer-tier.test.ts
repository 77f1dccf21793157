import fc from "fast-check";
import { expect, test } from "vitest";
import { expectAliveInRounds } from "./alive-in-rounds.ts";
import { alone, betterIsNeverDearer, crew } from "./pair-criterion.ts";

const ID = "engineer_tier";
const works = (attendanceDays: number, ordersPerDay = 4) => ({
  tier: { attendanceDays, ordersPerDay, targetDays: 20, targetOrdersPerDay: 4 },
});

test("by hand: tiers from A to D cost 0, 60, 120 and 180; even D scores something", async () => {
  const engineers = {
    a: works(20),
    a2: works(10, 8),
    b: works(16),
    b2: works(19),
    c: works(12),
    d: works(11),
    none: works(0),
  };
  const { cost } = await alone(ID, { o: {} }, engineers);
  // W = 300; 20 of 20 days are 100 %, 16 are 80 %, 12 are 60 %, 11 are 55 %.
  expect(Object.keys(engineers).map((name) => cost("o", name))).toEqual([0, 0, 60, 60, 120, 180, 180]);
});

test("the policy sets where tiers begin", async () => {
  const { cost } = await alone(ID, { o: {} }, { e: works(19) }, { params: { a_percent: 95 } });
  expect(cost("o", "e")).toBe(0);
});

test("missing: without input, or without a target, the neutral score is charged and reported", async () => {
  const noTarget = { tier: { attendanceDays: 20, ordersPerDay: 4 } };
  const { row } = await alone(ID, { o: {} }, { unknown: {}, noTarget });
  for (const name of ["unknown", "noTarget"])
    expect(row("o", name)).toEqual({ status: "not_evaluated", score: 5000, cost: 150 });
});

test("monotone: more output never costs more", async () => {
  await betterIsNeverDearer(fc.integer({ min: 0, max: 80 }), async (tenths) => {
    const { cost } = await alone(
      ID,
      { o: {} },
      crew(tenths, (value) => works(20, value / 10)),
    );
    return tenths.map((_, row) => cost("o", `e${row}`));
  });
});

test("alive: in a round ten times its weight, against none, changes who comes", () => expectAliveInRounds(ID));
