import fc from "fast-check";
import { expect, test } from "vitest";
import { CriterionMode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { expectAliveInRounds } from "./alive-in-rounds.ts";
import { alone, betterIsNeverDearer, crew } from "./pair-criterion.ts";

const ID = "acceptance_rate";
const accepts = (own: [number, number], peers?: [number, number]) => ({
  acceptance: {
    own: { successes: own[0], total: own[1] },
    ...(peers && { peers: { successes: peers[0], total: peers[1] } }),
  },
});

test("by hand: who accepts as often as peers on like offers scores in full, however hard the offers are", async () => {
  const engineers = {
    hardOffers: accepts([40, 80], [400_000, 800_000]),
    cherries: accepts([80, 100], [180, 180]),
    better: accepts([80, 80], [40, 80]),
  };
  const { cost, row } = await alone(ID, { o: {} }, engineers);
  expect([cost("o", "hardOffers"), cost("o", "better")]).toEqual([0, 0]);
  // peers: (1800000 + 20 * 8000) / 200 = 9800; own: (800000 + 20 * 9800) / 120 = 8300; floor(10000 * 8300 / 9800) = 8469, cost 46.
  expect(row("o", "cherries")).toEqual({ status: "evaluated", score: 8469, cost: 46 });
});

test("without peers the prior stands for them, and without cases the engineer is like them", async () => {
  const { row } = await alone(ID, { o: {} }, { alone: accepts([0, 20]), new: accepts([0, 0], [1, 100]) });
  // (0 + 20 * 8000) / 40 = 4000 of 8000
  expect([row("o", "alone").score, row("o", "new").score]).toEqual([5000, 10_000]);
});

test("where peers accept nothing at all, nobody is worse", async () => {
  const { row } = await alone(ID, { o: {} }, { e: accepts([0, 50], [0, 100]) }, {}, { priors: { [ID]: 0 } });
  expect(row("o", "e").score).toBe(10_000);
});

test("missing: where nothing is known the neutral score is charged and reported", async () => {
  const peersOnly = { acceptance: { peers: { successes: 1, total: 2 } } };
  const { row } = await alone(ID, { o: {} }, { unknown: {}, peersOnly });
  for (const name of ["unknown", "peersOnly"])
    expect(row("o", name)).toEqual({ status: "not_evaluated", score: 5000, cost: 150 });
});

test("who declined is ruled out, unless the criterion is off", async () => {
  const order = { o: { declinedEngineerIds: ["e"] } };
  const on = await alone(ID, order, { e: {}, f: {} });
  expect([on.excluded("o", "e"), on.excluded("o", "f"), on.row("o", "e").status]).toEqual([[ID], [], "excluded"]);
  const off = await alone(ID, order, { e: {} }, { mode: CriterionMode.OFF });
  expect([off.excluded("o", "e"), off.row("o", "e")]).toEqual([[], { status: "off", score: 0, cost: 0 }]);
});

test("monotone: more offers accepted never cost more", async () => {
  await betterIsNeverDearer(fc.integer({ min: 0, max: 100 }), async (accepted) => {
    const { cost } = await alone(
      ID,
      { o: {} },
      crew(accepted, (value) => accepts([value, 100], [90, 100])),
    );
    return accepted.map((_, row) => cost("o", `e${row}`));
  });
});

test("alive: in a round ten times its weight, against none, changes who comes", () => expectAliveInRounds(ID));
