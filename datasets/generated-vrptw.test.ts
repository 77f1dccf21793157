import { expect, test } from "vitest";
import { generateVrptw, type VrptwOptions } from "./generated-vrptw.ts";
import { parseSolomon } from "./solomon.ts";
import { solomonCost } from "./solomon-cost.ts";

const classes = (["random", "clustered", "mixed"] as const).flatMap((placement) =>
  (["narrow", "wide"] as const).map((windows) => ({ placement, windows })),
);
const text = (changes: Partial<VrptwOptions> = {}) =>
  generateVrptw({ customers: 100, placement: "random", windows: "narrow", seed: 1, ...changes });

test.each(classes)("every customer of $placement, $windows can be served alone", ({ placement, windows }) => {
  for (const customers of [1, 7, 400]) {
    const instance = text({ customers, placement, windows });
    const { nodes, vehicles } = parseSolomon(instance);
    expect([nodes.length, vehicles]).toEqual([customers + 1, Math.ceil(customers / 4)]);
    for (let customer = 1; customer <= customers; customer++)
      expect(solomonCost(instance, [{ engineer: 1, visits: [customer] }]).problems).toEqual([]);
  }
});

test("100 customers lie in a square of 100, 400 in one of 200", () => {
  const spread = (customers: number) => {
    const xs = parseSolomon(text({ customers })).nodes.map(({ x }) => x);
    return [Math.min(...xs) >= 0, Math.max(...xs)] as const;
  };
  expect(spread(100)[0] && spread(400)[0]).toBe(true);
  expect(spread(100)[1]).toBeLessThanOrEqual(100);
  // Anywhere but beyond the 100 of the smaller one has chance 2^-400.
  expect(spread(400)[1]).toBeGreaterThan(100);
  expect(spread(400)[1]).toBeLessThanOrEqual(200);
});

/** Mean distance from each customer to its nearest other one. */
function nearest(instance: string): number {
  const nodes = parseSolomon(instance).nodes.slice(1);
  const each = nodes.map((a) =>
    Math.min(...nodes.filter((b) => b !== a).map((b) => Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2))),
  );
  return each.reduce((sum, distance) => sum + distance, 0) / each.length;
}

test("clusters are denser than places anywhere, and mixed ones lie between", () => {
  const [random, clustered, mixed] = (["random", "clustered", "mixed"] as const).map((placement) =>
    nearest(text({ customers: 400, placement })),
  );
  expect(clustered!).toBeLessThan(mixed!);
  expect(mixed!).toBeLessThan(random!);
});

test("windows have the lengths of their class, and a quarter of the customers has none", () => {
  for (const [windows, least, most] of [
    ["narrow", 10, 30],
    ["wide", 80, 240],
  ] as const) {
    const { nodes } = parseSolomon(text({ customers: 400, windows }));
    const day = nodes[0]!.due;
    const own = nodes.slice(1).filter(({ ready }) => ready > 0);
    const lengths = own.map(({ ready, due }) => (due - ready) / 10);
    // A window at the end of the day may be cut.
    expect(Math.max(...lengths)).toBeLessThanOrEqual(most);
    expect(lengths.filter((length) => length >= least).length).toBeGreaterThan(0.9 * lengths.length);
    expect(own.length).toBeGreaterThan(260);
    expect(own.length).toBeLessThan(340);
    expect(own.every(({ due }) => due < day)).toBe(true);
  }
});

test("the same options give the same text, another seed another one", () => {
  expect(text()).toBe(text());
  expect(text({ seed: 2 })).not.toBe(text());
});

test.each([
  [{ customers: 0 }, "customers: must be a whole number from 1 to 10000, got 0"],
  [{ customers: 1.5 }, "got 1.5"],
  [{ seed: -1 }, "seed: must be a whole number from 0 to 4294967295, got -1"],
])("%j is refused", (changes, message) => {
  expect(() => text(changes)).toThrow(new RegExp(message));
});
