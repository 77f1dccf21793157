import fc from "fast-check";
import { expect, test } from "vitest";
import { CriterionMode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { at } from "../oracle/build.ts";
import { expectAliveInRounds } from "./alive-in-rounds.ts";
import { alone, betterIsNeverDearer } from "./pair-criterion.ts";

const ID = "continuity_of_service";
const DAY = 86_400;
const visit = (days: number, more = {}) => ({
  previousVisit: { engineerId: "last", finishedAt: at(-days * DAY), held: true, ...more },
});
const ENGINEERS = {
  last: { skills: [{ skillId: "gas", level: 9 }] },
  senior: { skills: [{ skillId: "gas", level: 7 }] },
  junior: {
    skills: [
      { skillId: "gas", level: 6 },
      { skillId: "ice", level: 10 },
    ],
  },
};
const NAMES = Object.keys(ENGINEERS);
const gas = { skills: { allOf: ["gas"] } };

test("by hand: who came last comes again, the less so the longer ago; the others cost everything", async () => {
  const { cost, row } = await alone(ID, { today: visit(0), old: visit(90), odd: visit(45) }, ENGINEERS);
  expect(NAMES.map((name) => cost("today", name))).toEqual([0, 900, 900]);
  expect(NAMES.map((name) => cost("old", name))).toEqual([450, 900, 900]);
  // 45 of 90 days are knot 4: 7071, and floor((900 * 2929 + 5000) / 10000) = 264.
  expect(row("odd", "last")).toEqual({ status: "evaluated", score: 7071, cost: 264 });
});

test("missing: a repair that did not hold, no date and no name leave everybody alike, which is reported", async () => {
  const orders = {
    broke: visit(1, { held: false }),
    undated: { previousVisit: { engineerId: "last", held: true } },
    nameless: visit(1, { engineerId: "" }),
    never: {},
  };
  const { row } = await alone(ID, orders, ENGINEERS);
  for (const order of Object.keys(orders))
    for (const name of NAMES) expect(row(order, name)).toEqual({ status: "not_evaluated", score: 5000, cost: 0 });
});

test("somebody who has left costs everybody the same", async () => {
  const { cost } = await alone(ID, { o: visit(1, { engineerId: "gone" }) }, ENGINEERS);
  expect(NAMES.map((name) => cost("o", name))).toEqual([900, 900, 900]);
});

test("rework goes to the same engineer or to another, senior one, as the policy says", async () => {
  const order = { o: { ...visit(1, { held: false, rework: true }), ...gas } };
  const costs = async (rework: number) => {
    const { cost } = await alone(ID, order, ENGINEERS, { params: { rework } });
    return NAMES.map((name) => cost("o", name));
  };
  expect([await costs(0), await costs(1), await costs(2)]).toEqual([
    [0, 0, 0],
    [0, 900, 900],
    [900, 0, 900],
  ]);
});

test("an order that asks for no skill takes seniority in any", async () => {
  const order = { o: visit(1, { rework: true }) };
  const { cost } = await alone(ID, order, ENGINEERS, { params: { rework: 2 } });
  expect(NAMES.map((name) => cost("o", name))).toEqual([900, 0, 0]);
});

test("hard, the rule for rework rules out, and only that", async () => {
  const orders = { rework: { ...visit(1, { rework: true }), ...gas }, again: { ...visit(1), ...gas } };
  const { excluded } = await alone(ID, orders, ENGINEERS, { mode: CriterionMode.HARD, params: { rework: 1 } });
  const out = (order: string) => NAMES.filter((name) => excluded(order, name).includes(ID));
  expect([out("rework"), out("again")]).toEqual([["senior", "junior"], []]);
});

test("monotone: a visit that is less long ago never costs more", async () => {
  await betterIsNeverDearer(fc.integer({ min: -1000, max: 0 }), async (daysAfter) => {
    const orders = Object.fromEntries(daysAfter.map((days, row) => [`o${row}`, visit(-days)]));
    const { cost } = await alone(ID, orders, ENGINEERS);
    return daysAfter.map((_, row) => cost(`o${row}`, "last"));
  });
});

test("alive: in a round ten times its weight, against none, changes who comes", () => expectAliveInRounds(ID));
