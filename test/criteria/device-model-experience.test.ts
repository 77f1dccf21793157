import fc from "fast-check";
import { expect, test } from "vitest";
import { expectAliveInRounds } from "./alive-in-rounds.ts";
import { alone, betterIsNeverDearer, crew } from "./pair-criterion.ts";

const ID = "device_model_experience";
const ORDER = { device: { model: "m1", family: "f" } };
const repaired = (repairs: number) => ({ deviceExperience: [{ model: "m1", family: "f", repairs }] });

test("by hand: eight repairs halve what is missing; those of the family count half; other things do not count", async () => {
  const { cost, row } = await alone(
    ID,
    { o: ORDER },
    {
      none: { deviceExperience: [{ model: "x", family: "y", repairs: 100 }] },
      eight: repaired(8),
      kin: { deviceExperience: [{ model: "m2", family: "f", repairs: 16 }] },
      both: {
        deviceExperience: [
          { model: "m1", family: "f", repairs: 4 },
          { family: "f", repairs: 8 },
        ],
      },
      three: repaired(3),
    },
  );
  // W = 300. 8 repairs score 10000 - 5000; 3 repairs are knot 3 of 8: 10000 - 7711 = 2289, floor((300 * 7711 + 5000) / 10000) = 231.
  expect(["none", "eight", "kin", "both", "three"].map((name) => cost("o", name))).toEqual([300, 150, 150, 150, 231]);
  expect(row("o", "three")).toEqual({ status: "evaluated", score: 2289, cost: 231 });
});

test("between two knots the curve is a line with floor", async () => {
  const { row } = await alone(ID, { o: ORDER }, { e: repaired(2) }, { params: { half_repairs: 5 } });
  // 2 of 5 are 16 / 5 knots: 3 and a fifth. floor((7711 * 4 + 7071) / 5) = 7583, and 10000 - 7583.
  expect(row("o", "e").score).toBe(2417);
});

test("missing: where nothing is known of the engineer the neutral score is charged and reported; an order without a device costs nothing", async () => {
  const { row } = await alone(ID, { o: ORDER, plain: {} }, { e: {} }, {}, { neutralScore: 4000 });
  expect(row("o", "e")).toEqual({ status: "not_evaluated", score: 4000, cost: 180 });
  expect(row("plain", "e")).toEqual({ status: "not_evaluated", score: 4000, cost: 0 });
});

test("monotone: more repairs never cost more", async () => {
  await betterIsNeverDearer(fc.integer({ min: 0, max: 200 }), async (repairs) => {
    const { cost } = await alone(ID, { o: ORDER }, crew(repairs, repaired));
    return repairs.map((_, row) => cost("o", `e${row}`));
  });
});

test("alive: in a round ten times its weight, against none, changes who comes", () => expectAliveInRounds(ID));
