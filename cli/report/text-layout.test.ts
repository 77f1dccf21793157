import fc from "fast-check";
import { expect, test } from "vitest";
import { columns, pad, textWidth, wrap } from "./text-layout.ts";

test("CJK characters take two columns and combining ones none", () => {
  expect(textWidth("林晓 (e1)")).toBe(9); // 2 + 2 + 5
  expect(textWidth("e\u0301")).toBe(1);
  expect(textWidth("Ｆ한か")).toBe(6);
});

test("padding fills to columns, not to characters", () => {
  expect(pad("王磊", 6)).toBe("王磊  ");
  expect(pad("王磊", 6, "right")).toBe("  王磊");
  expect(pad("longer", 3)).toBe("longer");
});

test("lines break between words, between CJK characters, and inside a word only when it must", () => {
  expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
  expect(wrap("浦东新区世纪大道", 7)).toEqual(["浦东新", "区世纪", "大道"]);
  expect(wrap("a abcdefgh", 4)).toEqual(["a", "abcd", "efgh"]);
});

test("control characters do not reach the terminal", () => {
  expect(wrap("a\u001b[31mb", 20)).toEqual(["a [31mb"]);
});

test("no wrapped line is wider than asked and no character is lost", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "王", "한") });
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 12 }), (words, width) => {
      const lines = wrap(words, width);
      expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(width);
      expect(lines.join("").replaceAll(" ", "")).toBe(words.replaceAll(" ", ""));
    }),
    { seed: 1 },
  );
});

test("columns align under their heads and empty ones disappear", () => {
  const spec = [
    { head: "who" },
    { head: "none" },
    { head: "n", align: "right" },
    { head: "what", fill: true },
  ] as const;
  const rows = [
    ["王磊", "", "12", ["one two three four five six", "seven"]],
    ["e3", "", "3", "x"],
  ];
  // who: 4 columns, n: 2, what: 32 - 4 - 2 - 2 * 2 = 22 columns.
  expect(columns(spec, rows, 32)).toEqual([
    "who    n  what",
    "王磊  12  one two three four",
    "          five six",
    "          seven",
    "e3     3  x",
  ]);
});
