import { expect, test } from "vitest";
import { soakGrowth } from "./soak-growth.ts";

/** Two hundred samples of a server whose garbage comes and goes, and which keeps so many MB, handles and files more after each. */
const samples = (megabytes: number, handles: number) =>
  Array.from({ length: 200 }, (_, row) => ({
    seconds: row,
    residentMb: 700 + ((row * 37) % 150) + megabytes * row,
    handles: 9 + Math.floor(handles * row),
    files: 38,
  }));
const flat = (megabytes: number, handles: number) => soakGrowth(samples(megabytes, handles)).map((one) => one.flat);

test("garbage that comes and goes is flat, whatever the phase in which the load ends", () => {
  expect(flat(0, 0)).toEqual([true, true, true]);
  for (let end = 60; end <= 200; end++)
    expect(
      soakGrowth(samples(0, 0).slice(0, end)).every((one) => one.flat),
      `${end} samples`,
    ).toBe(true);
});

test("what leaks is growth below the garbage", () => {
  expect(flat(1, 0)).toEqual([false, true, true]);
  expect(flat(0, 0.2)).toEqual([true, false, true]);
});

test("the lowest of the second and of the last third are what is compared", () => {
  const values = [900, 500, 800, 700, 1000, 600].map((residentMb) => ({ ...samples(0, 0)[0]!, residentMb }));
  expect(soakGrowth(values)[0]).toEqual({ key: "residentMb", second: 700, last: 600, flat: true });
});
