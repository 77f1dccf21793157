import fc from "fast-check";
import { expect, test } from "vitest";
import { CriterionMode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { expectAliveInRounds } from "./alive-in-rounds.ts";
import { loaded, pairsBothWays } from "./loaded.ts";
import { alone, betterIsNeverDearer, crew } from "./pair-criterion.ts";
import { pairRequest } from "./pair-request.ts";

const holds = (level: number) => ({ skills: [{ skillId: "gas", level }] });
const wants = (level: number, hard = false) => ({ proficiencies: [{ skillId: "gas", level, hard }] });

async function load(...args: Parameters<typeof pairRequest>) {
  const request = pairRequest(...args);
  const { core, checker } = await pairsBothWays(request);
  expect(core).toEqual(checker);
  return loaded(request);
}

test("by hand: the score is full at the wanted level, one half at level 10, and nothing below it or without the skill", async () => {
  const { cost } = await load({ o: wants(4) }, { l3: holds(3), l4: holds(4), l7: holds(7), l10: holds(10), none: {} });
  // W = 600. Level 7: 10000 - floor(5000 * 3 / 6) = 7500, so floor((600 * 2500 + 5000) / 10000) = 150.
  // Level 10: 10000 - floor(5000 * 6 / 6) = 5000, so floor((600 * 5000 + 5000) / 10000) = 300.
  expect(["l3", "l4", "l7", "l10", "none"].map((name) => cost("o", name))).toEqual([600, 0, 150, 300, 600]);
});

test("scores and costs are rounded as docs/plan.md says", async () => {
  const { cost } = await load({ o: wants(3) }, { l5: holds(5) });
  // 10000 - floor(5000 * 2 / 7) = 10000 - 1428 = 8572; floor((600 * 1428 + 5000) / 10000) = floor(86.18) = 86.
  expect(cost("o", "l5")).toBe(86);
});

test("wanted level 10 is met in full by level 10", async () => {
  const { cost } = await load({ o: wants(10) }, { l10: holds(10), l9: holds(9) });
  expect([cost("o", "l10"), cost("o", "l9")]).toEqual([0, 600]);
});

test("a held skill without a stated level scores neutral and meets a hard requirement", async () => {
  const { cost, excluded } = await load({ o: wants(4, true) }, { silent: holds(0) }, { neutralScore: 2500 });
  // floor((600 * 7500 + 5000) / 10000) = 450
  expect(cost("o", "silent")).toBe(450);
  expect(excluded("o", "silent")).toEqual([]);
});

test("a hard requirement rules out who is below it or lacks the skill; the lowest of several scores counts", async () => {
  const engineers = { low: holds(3), high: holds(6), none: {} };
  const { excluded, cost } = await load(
    {
      hard: wants(4, true),
      two: {
        proficiencies: [
          { skillId: "gas", level: 6 },
          { skillId: "ice", level: 1 },
        ],
      },
    },
    engineers,
  );
  expect(Object.keys(engineers).map((name) => excluded("hard", name).join())).toEqual([
    "proficiency_level",
    "",
    "proficiency_level",
  ]);
  // gas is met in full, ice is not held.
  expect(cost("two", "high")).toBe(600);
});

test("the policy makes all requirements hard, or leaves them aside; the cost follows weight and ticks", async () => {
  const setting = (mode: CriterionMode, weightS = 600) => ({ criteria: [{ id: "proficiency_level", mode, weightS }] });
  const hard = await load({ o: wants(4) }, { low: holds(3) }, setting(CriterionMode.HARD));
  expect(hard.excluded("o", "low")).toEqual(["proficiency_level"]);
  const off = await load({ o: wants(4, true) }, { low: holds(3) }, setting(CriterionMode.OFF));
  expect([off.excluded("o", "low"), off.cost("o", "low")]).toEqual([[], 0]);
  const request = pairRequest({ o: wants(4) }, { low: holds(3) }, setting(CriterionMode.SOFT, 7));
  request.ticksPerSecond = 10;
  // floor((7 * 10000 + 5000) / 10000) = 7 s = 70 ticks
  expect((await loaded(request)).cost("o", "low")).toBe(70);
});

test("the largest weight at the most ticks that validation lets through does not overflow", async () => {
  const request = pairRequest(
    { o: wants(4) },
    { low: holds(3) },
    {
      criteria: [{ id: "proficiency_level", weightS: 1_000_000 }],
    },
  );
  request.ticksPerSecond = 1000;
  expect((await loaded(request)).cost("o", "low")).toBe(1_000_000_000);
});

test("missing: a level that is not stated is charged as neutral and reported, where it decides; an order that wants none pays nothing", async () => {
  const twoSkills = {
    skills: [
      { skillId: "gas", level: 0 },
      { skillId: "ice", level: 9 },
    ],
  };
  const both = {
    proficiencies: [
      { skillId: "gas", level: 4 },
      { skillId: "ice", level: 9 },
    ],
  };
  const lacking = { proficiencies: [...both.proficiencies, { skillId: "lift", level: 1 }] };
  const { row } = await alone("proficiency_level", { o: wants(4), both, lacking, free: {} }, { e: twoSkills });
  // W = 600, neutral 5000: floor((600 * 5000 + 5000) / 10000) = 300.
  const neutral = { status: "not_evaluated", score: 5000, cost: 300 };
  expect([row("o", "e"), row("both", "e")]).toEqual([neutral, neutral]);
  // Who lacks a skill has nothing, whatever is not known beside it.
  expect(row("lacking", "e")).toEqual({ status: "evaluated", score: 0, cost: 600 });
  expect(row("free", "e")).toEqual({ status: "not_evaluated", score: 5000, cost: 0 });
});

test("monotone: a level nearer to the wanted one, from above or by reaching it, never costs more", async () => {
  await betterIsNeverDearer(fc.integer({ min: -3, max: 6 }), async (qualities) => {
    // From worst to best: levels 1, 2, 3 below the wanted 4, then 10 down to 4.
    const levelOf = (quality: number) => (quality < 0 ? 4 + quality : 10 - quality);
    const { cost } = await alone(
      "proficiency_level",
      { o: wants(4) },
      crew(qualities, (quality) => holds(levelOf(quality))),
    );
    return qualities.map((_, row) => cost("o", `e${row}`));
  });
});

test("alive: in a round ten times its weight, against none, changes who comes", () =>
  expectAliveInRounds("proficiency_level"));
