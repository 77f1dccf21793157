import fc from "fast-check";
import { expect, test } from "vitest";
import { CriterionMode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { at, between } from "../oracle/build.ts";
import { expectAliveInDays, offAgainstHard } from "./alive-in-days.ts";
import { loaded, pairsBothWays } from "./loaded.ts";
import { alone, crew } from "./pair-criterion.ts";
import { pairRequest } from "./pair-request.ts";

const ENGINEERS = {
  both: { skills: [{ skillId: "gas" }, { skillId: "ice" }] },
  gas: { skills: [{ skillId: "gas" }] },
  // Valid through second 100.
  until100: { skills: [{ skillId: "gas", validUntil: at(100) }, { skillId: "ice" }] },
  none: {},
};

async function eligible(orders: Parameters<typeof pairRequest>[0], policy = {}): Promise<Record<string, string[]>> {
  const request = pairRequest(orders, ENGINEERS, policy);
  const { core, checker } = await pairsBothWays(request);
  expect(core).toEqual(checker);
  const { excluded } = await loaded(request);
  return Object.fromEntries(
    Object.keys(orders).map((id) => [id, Object.keys(ENGINEERS).filter((name) => excluded(id, name).length === 0)]),
  );
}

test("by hand: all_of asks for every skill, any_of for one, none_of for none", async () => {
  const windows = [between(0, 50)];
  expect(
    await eligible({
      all: { windows, skills: { allOf: ["gas", "ice"] } },
      any: { windows, skills: { anyOf: ["ice", "lift"] } },
      not: { windows, skills: { noneOf: ["ice"] } },
      mix: { windows, skills: { allOf: ["gas"], anyOf: ["gas", "ice"], noneOf: ["lift"] } },
      free: { windows },
    }),
  ).toEqual({
    all: ["both", "until100"],
    any: ["both", "until100"],
    not: ["gas", "none"],
    mix: ["both", "gas", "until100"],
    free: ["both", "gas", "until100", "none"],
  });
});

test("a skill is valid through the end of the last window, both ends inclusive and without grace", async () => {
  const skills = { allOf: ["gas"] };
  expect(
    await eligible({
      just: { windows: [between(0, 10), between(20, 100)], skills, latenessGrace: { seconds: 50n } },
      late: { windows: [between(20, 101), between(0, 10)], skills },
    }),
  ).toEqual({ just: ["both", "gas", "until100"], late: ["both", "gas"] });
});

test("without windows a skill is valid through the engineer's last shift", async () => {
  // The shifts end at 1000, the skill at 100.
  expect(await eligible({ open: { skills: { allOf: ["gas"] } } })).toEqual({ open: ["both", "gas"] });
});

test("a skill that none_of bars counts as held after its end, too", async () => {
  expect(await eligible({ bar: { windows: [between(200, 300)], skills: { noneOf: ["gas"] } } })).toEqual({
    bar: ["none"],
  });
});

test("soft or off, the criterion rules nobody out", async () => {
  for (const mode of [CriterionMode.SOFT, CriterionMode.OFF])
    expect(
      await eligible({ all: { skills: { allOf: ["lift"] } } }, { criteria: [{ id: "skill_match", mode }] }),
    ).toEqual({ all: Object.keys(ENGINEERS) });
});

test("a skill without an end is valid for windows a week away at a thousand ticks a second", async () => {
  // 7 days are 604,800,000 ticks, more than half the horizon of 1,000,000,000.
  const week = 7 * 86_400;
  const request = pairRequest(
    { far: { windows: [between(week - 10, week)], skills: { allOf: ["gas"] } } },
    {
      endless: { skills: [{ skillId: "gas" }] },
      nextDay: { skills: [{ skillId: "gas", validUntil: at(week + 86_400) }] },
      dayBefore: { skills: [{ skillId: "gas", validUntil: at(week - 86_400) }] },
    },
  );
  request.ticksPerSecond = 1000;
  const { excluded } = await loaded(request);
  expect(["endless", "nextDay", "dayBefore"].map((name) => excluded("far", name))).toEqual([[], [], ["skill_match"]]);
});

test("moments before now are compared as they are", async () => {
  // The window was over at 50, now is 200; one skill ended between the two, one before the window's end.
  const request = pairRequest(
    { past: { windows: [between(10, 50)], skills: { allOf: ["gas"] } } },
    {
      after: { skills: [{ skillId: "gas", validUntil: at(60) }] },
      before: { skills: [{ skillId: "gas", validUntil: at(40) }] },
    },
  );
  request.now = at(200);
  const { excluded } = await loaded(request);
  expect([excluded("past", "after"), excluded("past", "before")]).toEqual([[], ["skill_match"]]);
});

test("monotone: one more skill, or one that lasts longer, never rules out where the order bars none", async () => {
  const names = ["gas", "ice", "lift"];
  const skills = fc.array(fc.constantFrom(...names), { maxLength: 3 });
  let gained = false;
  await fc.assert(
    fc.asyncProperty(
      skills,
      skills,
      fc.array(fc.tuple(fc.constantFrom(...names), fc.integer({ min: 50, max: 150 })), { maxLength: 4 }),
      async (allOf, anyOf, growing) => {
        // Each engineer holds what the one before holds and one skill more, or one of them for longer.
        const held = growing.map((_, last) => {
          const until = new Map<string, number>();
          for (const [skillId, second] of growing.slice(0, last + 1))
            until.set(skillId, Math.max(second, until.get(skillId) ?? 0));
          return [...until].map(([skillId, second]) => ({ skillId, validUntil: at(second) }));
        });
        const order = { windows: [between(0, 100)], skills: { allOf, anyOf } };
        const { excluded } = await alone(
          "skill_match",
          { o: order },
          crew([[], ...held], (list) => ({ skills: list })),
        );
        const out = [[], ...held].map((_, row) => excluded("o", `e${row}`).length);
        expect(out).toEqual([...out].sort((a, b) => b - a));
        gained ||= out[0]! > out.at(-1)!;
      },
    ),
    { numRuns: 60, seed: 7 },
  );
  expect(gained).toBe(true);
});

test("missing: an order that asks for no skill is not evaluated, and a skill that is not stated is not held", async () => {
  const { row } = await alone("skill_match", { free: {}, asks: { skills: { allOf: ["gas"] } } }, { e: {} });
  expect(row("free", "e")).toEqual({ status: "not_evaluated", score: 5000, cost: 0 });
  expect(row("asks", "e").status).toBe("excluded");
});

test("alive: on a day hard, against off, changes who comes", () =>
  expectAliveInDays(offAgainstHard("skill_match", "NOT_ELIGIBLE")));
