import fc from "fast-check";
import { expect, test } from "vitest";
import { CriterionMode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { expectAliveInRounds } from "./alive-in-rounds.ts";
import { loaded, pairsBothWays } from "./loaded.ts";
import { alone, betterIsNeverDearer, crew } from "./pair-criterion.ts";
import { pairRequest } from "./pair-request.ts";

const ENGINEERS = { a: {}, b: {}, c: {}, d: {} };

async function load(orders: Parameters<typeof pairRequest>[0], policy = {}) {
  const request = pairRequest(orders, ENGINEERS, policy);
  const { core, checker } = await pairsBothWays(request);
  expect(core).toEqual(checker);
  return loaded(request);
}

const WISHES = {
  o: { engineerPreference: { preferredEngineerIds: ["a"], secondaryEngineerIds: ["b"], dislikedEngineerIds: ["c"] } },
};

test("by hand: preferred costs nothing, secondary, nobody and disliked cost more and more", async () => {
  const { cost } = await load(WISHES);
  // W = 900: floor((900 * 3000 + 5000) / 10000) = 270, of 5000: 450, of 9000: 810.
  expect(["a", "b", "d", "c"].map((name) => cost("o", name))).toEqual([0, 270, 450, 810]);
});

test("an order that names nobody it would rather have or not costs nothing, even when it requires or excludes", async () => {
  const { cost } = await load({
    plain: {},
    required: { engineerPreference: { requiredEngineerIds: ["a", "b"] } },
  });
  expect([cost("plain", "a"), cost("required", "a"), cost("required", "c")]).toEqual([0, 0, 0]);
});

test("required and excluded engineers rule the others, or them, out", async () => {
  const { excluded } = await load({
    required: { engineerPreference: { requiredEngineerIds: ["a", "b"] } },
    excluded: { engineerPreference: { excludedEngineerIds: ["c"] } },
  });
  const eligible = (order: string) => Object.keys(ENGINEERS).filter((name) => excluded(order, name).length === 0);
  expect(eligible("required")).toEqual(["a", "b"]);
  expect(eligible("excluded")).toEqual(["a", "b", "d"]);
});

test("soft still rules out, off neither rules out nor costs", async () => {
  const order = { o: { engineerPreference: { excludedEngineerIds: ["c"], dislikedEngineerIds: ["d"] } } };
  const setting = (mode: CriterionMode) => ({ criteria: [{ id: "engineer_preference", mode }] });
  const soft = await load(order, setting(CriterionMode.SOFT));
  expect([soft.excluded("o", "c"), soft.cost("o", "d")]).toEqual([["engineer_preference"], 810]);
  const off = await load(order, setting(CriterionMode.OFF));
  expect([off.excluded("o", "c"), off.cost("o", "d")]).toEqual([[], 0]);
});

test("the cost of preference and the cost of level add up", async () => {
  const { cost } = await load({ o: { ...WISHES.o, proficiencies: [{ skillId: "gas", level: 1 }] } });
  // Nobody holds gas: 600 more.
  expect(["a", "c"].map((name) => cost("o", name))).toEqual([600, 1410]);
});

test("who declined is not asked again, unless acceptance is off; absent engineers may have declined", async () => {
  const order = { o: { declinedEngineerIds: ["b", "left the company"] } };
  const on = await load(order);
  expect(Object.keys(ENGINEERS).map((name) => on.excluded("o", name).join())).toEqual(["", "acceptance_rate", "", ""]);
  const off = await load(order, { criteria: [{ id: "acceptance_rate", mode: CriterionMode.OFF }] });
  expect(off.excluded("o", "b")).toEqual([]);
});

test("missing: an order without wishes is reported as not evaluated; one with wishes judges everybody", async () => {
  const { row } = await alone("engineer_preference", { plain: {}, ...WISHES }, ENGINEERS);
  expect(row("plain", "a")).toEqual({ status: "not_evaluated", score: 5000, cost: 0 });
  expect(row("o", "d")).toEqual({ status: "evaluated", score: 5000, cost: 450 });
});

test("monotone: who is wanted more never costs more", async () => {
  await betterIsNeverDearer(fc.integer({ min: 0, max: 3 }), async (wishes) => {
    const wanted = (wish: number) => wishes.flatMap((drawn, row) => (drawn === wish ? [`e${row}`] : []));
    const engineerPreference = {
      dislikedEngineerIds: [...wanted(0), "away"],
      secondaryEngineerIds: wanted(2),
      preferredEngineerIds: wanted(3),
    };
    const { cost } = await alone(
      "engineer_preference",
      { o: { engineerPreference } },
      crew(wishes, () => ({})),
    );
    return wishes.map((_, row) => cost("o", `e${row}`));
  });
});

test("alive: in a round ten times its weight, against none, changes who comes", () =>
  expectAliveInRounds("engineer_preference"));
