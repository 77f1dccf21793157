import fc from "fast-check";
import { expect, test } from "vitest";
import { CriterionMode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { expectAliveInRounds } from "./alive-in-rounds.ts";
import { alone, betterIsNeverDearer } from "./pair-criterion.ts";

const ID = "customer_attribute_preference";
const ON = { mode: CriterionMode.SOFT };
const GENDER = { mode: CriterionMode.SOFT, params: { gender: 1 } };
const speaks = (...languages: string[]) => ({ customerAttributes: { languages } });

test("it is off by default", async () => {
  const { row, cost } = await alone(ID, { o: speaks("en") }, { e: { languages: ["fr"] } });
  expect([row("o", "e").status, cost("o", "e")]).toEqual(["off", 0]);
});

test("by hand: a common language is full, whatever its script and region; none is 0.3", async () => {
  const engineers = { same: { languages: ["fr", "ZH-Hans"] }, other: { languages: ["yue"] } };
  const { cost } = await alone(ID, { o: speaks("en", "zh-CN") }, engineers, ON);
  // W = 300: floor((300 * 7000 + 5000) / 10000) = 210.
  expect([cost("o", "same"), cost("o", "other")]).toEqual([0, 210]);
});

test("a gender is asked for only where the region allows it; the lower of the two wishes counts", async () => {
  const order = { o: { customerAttributes: { languages: ["en"], engineerGender: "f" } } };
  const engineers = {
    both: { languages: ["en"], gender: "F" },
    language: { languages: ["en"], gender: "m" },
    neither: { languages: ["fr"], gender: "m" },
  };
  const names = Object.keys(engineers);
  const allowed = await alone(ID, order, engineers, GENDER);
  expect(names.map((name) => allowed.cost("o", name))).toEqual([0, 300, 300]);
  const not = await alone(ID, order, engineers, ON);
  expect(names.map((name) => not.cost("o", name))).toEqual([0, 0, 210]);
});

test("missing: what is not known of the engineer scores neutral and is reported; who asks for nothing pays nothing", async () => {
  const order = { o: speaks("en"), g: { customerAttributes: { engineerGender: "f" } }, none: {} };
  const { row } = await alone(ID, order, { e: {} }, GENDER);
  expect(row("o", "e")).toEqual({ status: "not_evaluated", score: 5000, cost: 150 });
  expect(row("g", "e")).toEqual({ status: "not_evaluated", score: 5000, cost: 150 });
  expect(row("none", "e")).toEqual({ status: "not_evaluated", score: 5000, cost: 0 });
});

test("monotone: one more language never costs more", async () => {
  const spoken = ["fr", "de", "en", "it"];
  await betterIsNeverDearer(fc.integer({ min: 1, max: 4 }), async (counts) => {
    const engineers = Object.fromEntries(
      counts.map((count, row) => [`e${row}`, { languages: spoken.slice(0, count) }]),
    );
    const { cost } = await alone(ID, { o: speaks("en") }, engineers, ON);
    return counts.map((_, row) => cost("o", `e${row}`));
  });
});

test("alive: in a round ten times its weight, against none, changes who comes", () => expectAliveInRounds(ID));
