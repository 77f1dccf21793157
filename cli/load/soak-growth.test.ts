import { expect, test } from "vitest";
import { soakGrowth } from "./soak-growth.ts";

/** Five minutes of a server whose garbage comes and goes, and which keeps so many MB and handles more after each second. */
const samples = (megabytes: number, handles: number) =>
  Array.from({ length: 300 }, (_, row) => ({
    seconds: row,
    residentMb: 700 + ((row * 37) % 150) + megabytes * row,
    handles: 9 + Math.floor(handles * row),
    files: 38,
  }));
const flat = (megabytes: number, handles: number) => soakGrowth(samples(megabytes, handles)).map((one) => one.flat);

test("garbage that comes and goes is flat, whatever the phase in which the load ends", () => {
  expect(flat(0, 0)).toEqual([true, true, true]);
  for (let end = 241; end <= 300; end++)
    expect(
      soakGrowth(samples(0, 0).slice(0, end)).every((one) => one.flat),
      `${end} samples`,
    ).toBe(true);
});

test("what leaks is growth, with garbage above it", () => {
  expect(flat(1, 0)).toEqual([false, true, true]);
  expect(flat(0, 0.2)).toEqual([true, false, true]);
});

test("the range of the last third lies above that of the second only where both ends do", () => {
  const growth = (values: readonly number[]) =>
    soakGrowth(values.map((residentMb, row) => ({ ...samples(0, 0)[0]!, seconds: row * 50, residentMb })))[0];
  const of = (second: number[], last: number[], isFlat: boolean) => ({ key: "residentMb", second, last, flat: isFlat });
  expect(growth([900, 500, 800, 700, 1000, 800])).toEqual(of([700, 800], [800, 1000], false));
  expect(growth([900, 500, 700, 1000, 800, 900])).toEqual(of([700, 1000], [800, 900], true));
  expect(growth([900, 500, 700, 800, 700, 1000])).toEqual(of([700, 800], [700, 1000], true));
  // A twentieth and 5 MB more at both ends is as far as flat goes: 700 to 740, 800 to 845.
  expect(growth([0, 0, 700, 800, 740, 845])?.flat).toBe(true);
  expect(growth([0, 0, 700, 800, 741, 846])?.flat).toBe(false);
});

test("less than four minutes say nothing", () => {
  expect(soakGrowth([])).toEqual([]);
  expect(soakGrowth(samples(1, 0).slice(0, 240))).toEqual([]);
  expect(soakGrowth(samples(1, 0).slice(0, 241))[0]?.flat).toBe(false);
});
