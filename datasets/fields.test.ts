import { expect, test } from "vitest";
import { moment, scaled, windowOf } from "./fields.ts";

const LINE = { number: 7, text: "" };

test("decimals are scaled without floating error", () => {
  // 20.49 * 100000 is 2048999.9999999998 in doubles and 1.1 * 100000 is 110000.00000000001.
  expect(scaled(LINE, "value", "20.49", 5, "up")).toBe(2_049_000);
  expect(scaled(LINE, "value", "1.1000", 5, "up")).toBe(110_000);
  expect(scaled(LINE, "value", "12", 1, "refuse")).toBe(120);
  expect(scaled(LINE, "value", "12.50", 1, "refuse")).toBe(125);
});

test("what is behind the last digit rounds up or is refused", () => {
  expect(scaled(LINE, "value", "1.333301", 5, "up")).toBe(133_331);
  expect(() => scaled(LINE, "value", "1.25", 1, "refuse")).toThrow(
    'line 7: value is "1.25", expected at most 1 decimals',
  );
});

test("text that is no decimal number is refused with line and value", () => {
  for (const text of ["-1", "x", "", "1e3"])
    expect(() => scaled(LINE, "value", text, 5, "up")).toThrow(`line 7: value is "${text}"`);
});

test("moments count ticks from the first of January 2026", () => {
  // 2026-01-01T00:00:00Z is 1767225600 s after 1970; 25 tenths are 2.5 s.
  expect(moment(25, 10)).toMatchObject({ seconds: 1_767_225_602n, nanos: 500_000_000 });
  expect(windowOf(1, 200_000, 100_000)).toMatchObject({
    start: { seconds: 1_767_225_600n, nanos: 10_000 },
    end: { seconds: 1_767_225_602n, nanos: 0 },
  });
});
