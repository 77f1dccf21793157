import { expect, test } from "vitest";
import { readBestKnown } from "./best-known.ts";
import { SUITES } from "./suites.ts";

test("every table has positive values with a source", async () => {
  for (const { bestKnown } of Object.values(SUITES)) {
    if (bestKnown === undefined) continue;
    const values = [...(await readBestKnown(bestKnown)).values()];
    expect(values.length).toBeGreaterThan(0);
    for (const { value, unserved, vehicles, source } of values) {
      expect(value).toBeGreaterThan(0);
      expect(unserved).toBeGreaterThanOrEqual(0);
      expect(vehicles ?? 1).toBeGreaterThan(0);
      expect(source).not.toBe("");
    }
  }
});

test("the tables hold the published counts of instances", async () => {
  // Solomon: 9 + 8 + 12 + 11 + 8 + 8. Gehring & Homberger: 5 sizes, 6 classes, 10 each. Pillac: Solomon's. Industrial and
  // EURO-NeurIPS: those with a file.
  const sizes = [];
  for (const name of ["solomon", "homberger", "trsp", "trsp-industrial", "euro-neurips"])
    sizes.push((await readBestKnown(name)).size);
  expect(sizes).toEqual([56, 300, 56, 5, 10]);
});
