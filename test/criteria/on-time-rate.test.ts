import fc from "fast-check";
import { expect, test } from "vitest";
import { expectAliveInRounds } from "./alive-in-rounds.ts";
import { alone, betterIsNeverDearer, crew } from "./pair-criterion.ts";

const ID = "on_time_rate";
const started = (successes: number, total: number) => ({ onTime: { successes, total } });

test("by hand: starts on time are shrunk to the prior as if 30 more had gone that way", async () => {
  const { cost, row } = await alone(
    ID,
    { o: {} },
    { three: started(0, 3), many: started(270, 270), none: started(0, 0) },
  );
  // (0 + 30 * 9000) / 33 = 8181, cost floor((300 * 1819 + 5000) / 10000) = 55.
  expect(row("o", "three")).toEqual({ status: "evaluated", score: 8181, cost: 55 });
  // (2700000 + 270000) / 300 = 9900: 3; no starts: the prior, 30.
  expect([cost("o", "many"), cost("o", "none")]).toEqual([3, 30]);
});

test("the policy sets prior and shrinkage", async () => {
  const { row } = await alone(ID, { o: {} }, { e: started(1, 1) }, { params: { m: 3 } }, { priors: { [ID]: 0.2 } });
  // (10000 + 3 * 2000) / 4
  expect(row("o", "e").score).toBe(4000);
});

test("missing: where nothing is known the neutral score is charged and reported", async () => {
  const { row } = await alone(ID, { o: {} }, { e: {} }, {}, { neutralScore: 0 });
  expect(row("o", "e")).toEqual({ status: "not_evaluated", score: 0, cost: 300 });
});

test("monotone: more starts on time never cost more", async () => {
  await betterIsNeverDearer(fc.integer({ min: 0, max: 100 }), async (onTime) => {
    const { cost } = await alone(
      ID,
      { o: {} },
      crew(onTime, (value) => started(value, 100)),
    );
    return onTime.map((_, row) => cost("o", `e${row}`));
  });
});

test("alive: in a round ten times its weight, against none, changes who comes", () => expectAliveInRounds(ID));
