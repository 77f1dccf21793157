import { expect, test } from "vitest";
import { loadCoreModule } from "../solver/core.ts";
import { MATCH_INSTANCES, type MatchInstance } from "./match-instances.ts";
import { measureMatch } from "./match-speed.ts";

function instance(rows: readonly (readonly (number | undefined)[])[]): MatchInstance {
  return { name: "by hand", rows: rows.length, columns: rows[0]!.length, costs: () => rows };
}

test("the cost of a matrix worked out by hand, and a row that nobody may have", async () => {
  const module = await loadCoreModule();
  // Rows to columns 1, 0, 2: 2 + 6 + 1.
  const square = instance([
    [4, 2, 8],
    [6, 8, 7],
    [5, 6, 1],
  ]);
  expect(measureMatch(module, square)).toMatchObject({ cost: 9, matched: 3 });
  const barred = instance([
    [undefined, undefined],
    [3, undefined],
  ]);
  expect(measureMatch(module, barred)).toMatchObject({ cost: 3, matched: 1 });
});

test("costs take 4 bytes a pair in dense rows and 12 in sparse ones", async () => {
  const module = await loadCoreModule();
  const wide = Array.from({ length: 400 }, (_, column) => column);
  const dense = measureMatch(module, instance(wide.map(() => wide)));
  expect(dense.costBytes).toBeGreaterThanOrEqual(400 * 400 * 4);
  expect(dense.costBytes).toBeLessThan(400 * 400 * 4 * 1.1);
  // A hundred of 400 pairs are the most that a list takes.
  const sparse = measureMatch(
    module,
    instance(wide.map(() => wide.map((column) => (column < 100 ? column : undefined)))),
  );
  expect(sparse.costBytes).toBeGreaterThanOrEqual(400 * 100 * 12);
  expect(sparse.costBytes).toBeLessThan(400 * 100 * 12 * 1.1);
});

test("instances have names of their own, the size that these say, and the same costs every time", () => {
  expect(new Set(MATCH_INSTANCES.map(({ name }) => name)).size).toBe(MATCH_INSTANCES.length);
  for (const { name, rows, columns, costs } of MATCH_INSTANCES) {
    expect(name.endsWith(`-${rows}x${columns}`)).toBe(true);
    const [first] = costs();
    const [again] = costs();
    expect(first).toHaveLength(columns);
    expect(again).toEqual(first);
  }
});
