import { expect, test } from "vitest";
import { formatOf, groups } from "./format.ts";

const shanghai = formatOf({ timeZone: "Asia/Shanghai", fine: false, planar: false, ticksPerSecond: 1 });
const planar = formatOf({ timeZone: "UTC", fine: true, planar: true, ticksPerSecond: 10 });

test("clock and day are local, also past midnight", () => {
  // 16:30 UTC is 00:30 of the next day at UTC+8.
  const moment = Date.UTC(2026, 2, 2, 16, 30);
  expect(shanghai.clock(moment)).toBe("00:30");
  expect(shanghai.day(moment)).toBe("Tue 3 Mar 2026");
});

test("clock follows the change to summer time", () => {
  const berlin = formatOf({ timeZone: "Europe/Berlin", fine: false, planar: false, ticksPerSecond: 1 });
  // 29 March 2026, 01:00 UTC: from UTC+1 to UTC+2.
  expect(berlin.clock(Date.UTC(2026, 2, 29, 0, 59))).toBe("01:59");
  expect(berlin.clock(Date.UTC(2026, 2, 29, 1, 0))).toBe("03:00");
});

test.each([
  [0, "0 min"],
  [29, "<1 min"],
  [30, "1 min"],
  [3599, "1 h"], // 59.98 minutes
  [3900, "1 h 05 min"],
  [4_500_000, "1,250 h"],
])("%d seconds in coarse words are %s", (seconds, words) => expect(shanghai.duration(seconds)).toBe(words));

test.each([
  [0, "0 s"],
  [45.5, "45.5 s"],
  [230, "3 min 50 s"],
  [240, "4 min"],
  [45661, "12 h 41 min"], // 761 min 1 s
])("%d seconds in fine words are %s", (seconds, words) => expect(planar.duration(seconds)).toBe(words));

test("amounts in columns are bare and empty at zero", () => {
  expect([0, 20, 90, 5400].map(shanghai.amount)).toEqual(["", "<1", "2", "90"]);
  expect([0, 20, 1.25].map(planar.amount)).toEqual(["", "20", "1.3"]);
});

test("planar distances are units: the stored number over ticks per second", () => {
  expect(planar.distance(12345)).toBe("1,234.5 units");
  expect(shanghai.distance(12345)).toBe("12.3 km");
});

test("an unknown zone is refused by name", () => {
  expect(() => formatOf({ timeZone: "Mars/Base", fine: false, planar: false, ticksPerSecond: 1 })).toThrow("Mars/Base");
});

test("thousands are set apart", () => {
  expect([0, 999, 1000, -1234567].map(groups)).toEqual(["0", "999", "1,000", "-1,234,567"]);
});
