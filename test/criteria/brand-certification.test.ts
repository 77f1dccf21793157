import fc from "fast-check";
import { expect, test } from "vitest";
import { CriterionMode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { at, between } from "../oracle/build.ts";
import { expectAliveInRounds } from "./alive-in-rounds.ts";
import { alone, betterIsNeverDearer, crew } from "./pair-criterion.ts";

const ID = "brand_certification";
const DAY = 86_400;
const windows = [between(0, 10), between(50, 100)];
const ORDER = { windows, device: { brand: "Aux" } };
const UNDER_WARRANTY = { windows, device: { brand: "Aux", manufacturerWarranty: true } };
const until = (second: number) => ({ brandCertificates: [{ brand: "Aux", validUntil: at(second) }] });
const ENGINEERS = {
  endless: { brandCertificates: [{ brand: "Brill" }, { brand: "Aux" }] },
  long: until(100 + 7 * DAY),
  soon: until(99 + 7 * DAY),
  just: until(100),
  late: until(99),
  other: { brandCertificates: [{ brand: "Brill" }] },
};

test("by hand: a certificate through the last window is full, one that ends within seven days of it 0.9, none nothing", async () => {
  const { cost } = await alone(ID, { o: ORDER }, ENGINEERS);
  // W = 400: of 9000 it is floor((400 * 1000 + 5000) / 10000) = 40.
  expect(Object.keys(ENGINEERS).map((name) => cost("o", name))).toEqual([0, 0, 40, 40, 400, 400]);
});

test("under the maker's warranty, or where the policy insists, who has none is ruled out", async () => {
  const soft = await alone(ID, { o: ORDER, w: UNDER_WARRANTY }, ENGINEERS);
  const out = (pairs: typeof soft, order: string) =>
    Object.keys(ENGINEERS).filter((name) => pairs.excluded(order, name).includes(ID));
  expect([out(soft, "o"), out(soft, "w")]).toEqual([[], ["late", "other"]]);
  const hard = await alone(ID, { o: ORDER, plain: {} }, ENGINEERS, { mode: CriterionMode.HARD });
  expect([out(hard, "o"), out(hard, "plain")]).toEqual([["late", "other"], []]);
  const off = await alone(ID, { w: UNDER_WARRANTY }, ENGINEERS, { mode: CriterionMode.OFF });
  expect([out(off, "w"), off.cost("w", "other"), off.row("w", "other").status]).toEqual([[], 0, "off"]);
});

test("without windows it must last through the engineer's last shift; of two certificates the longer one counts", async () => {
  // Shifts end at 1000.
  const device = { brand: "Aux" };
  const both = { brandCertificates: [{ brand: "Aux", validUntil: at(5) }, { brand: "Aux" }] };
  const { cost } = await alone(ID, { o: { device } }, { short: until(999), enough: until(1000 + 8 * DAY), both });
  expect(["short", "enough", "both"].map((name) => cost("o", name))).toEqual([400, 0, 0]);
});

test("missing: an order that names no maker costs nothing and is reported as not evaluated", async () => {
  const { row } = await alone(ID, { o: {} }, { e: {} });
  expect(row("o", "e")).toEqual({ status: "not_evaluated", score: 5000, cost: 0 });
});

test("monotone: a certificate that lasts longer never costs more", async () => {
  await betterIsNeverDearer(fc.integer({ min: 0, max: 9 * DAY }), async (seconds) => {
    const { cost } = await alone(ID, { o: ORDER }, crew(seconds, until));
    return seconds.map((_, row) => cost("o", `e${row}`));
  });
});

test("alive: in a round ten times its weight, against none, changes who comes", () => expectAliveInRounds(ID));
