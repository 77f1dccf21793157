import fc from "fast-check";
import { cellToLocalIj, getBaseCellNumber, gridDistance, latLngToCell } from "h3-js";
import { expect, test } from "vitest";
import { Point } from "./point.ts";

/** Anywhere, and around the pentagon in the Bay of Korea, with another point nearby. */
const north = fc.oneof(fc.double({ min: -89, max: 89, noNaN: true }), fc.double({ min: 29, max: 49, noNaN: true }));
const east = fc.oneof(fc.double({ min: -179, max: 179, noNaN: true }), fc.double({ min: 112, max: 132, noNaN: true }));
const offset = fc.double({ min: -1, max: 1, noNaN: true });
const pair = fc.record({ north, east, offset: fc.tuple(offset, offset), scale: fc.constantFrom(1, 0.1, 0.001) });

test("cells of one frame have H3's own local coordinates and distances, at every resolution", () => {
  let pentagons = 0;
  fc.assert(
    fc.property(pair, fc.integer({ min: 0, max: 15 }), ({ north, east, offset, scale }, resolution) => {
      const a = new Point(north, east).cell(resolution);
      const b = new Point(north + scale * offset[0], east + scale * offset[1]).cell(resolution);
      expect(a.index).toBe(latLngToCell(north, east, resolution));
      expect(a.resolution).toBe(resolution);
      expect(a.frame >> 3).toBe(getBaseCellNumber(a.index));
      if (a.frame !== b.frame) return;
      expect(cellToLocalIj(a.index, b.index)).toEqual({ i: b.i, j: b.j });
      const [i, j] = [a.i - b.i, a.j - b.j];
      expect(Math.max(Math.abs(i), Math.abs(j), Math.abs(i - j))).toBe(gridDistance(a.index, b.index));
      if (a.frame % 8 > 0) pentagons++;
    }),
    { numRuns: 3000, seed: 5 },
  );
  expect(pentagons).toBeGreaterThan(100);
});

test("a point remembers its cells, and is written out and compared without them", () => {
  const point = new Point(30.25, 120.15);
  const cell = point.cell(8);
  expect(point.cell(7).resolution).toBe(7);
  expect(point.cell(8)).toBe(cell);
  expect(JSON.stringify(point)).toBe('{"latitude":30.25,"longitude":120.15}');
  expect(point).toEqual(new Point(30.25, 120.15));
});
