import fc from "fast-check";
import { expect, test } from "vitest";
import { compareIds } from "./ids.ts";

test("ids are in the order of their UTF-8 bytes", () => {
  // Characters around the places where UTF-16 and UTF-8 disagree, besides any others.
  const character = fc.oneof(
    fc.constantFrom("a", "b", "é", "修", "\ud7ff", "\ue000", "\uffff", "\u{10000}", "\u{1f600}", "\u{10ffff}"),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  );
  const text = fc.array(character, { maxLength: 4 }).map((characters) => characters.join(""));
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(compareIds(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
    { numRuns: 5_000, seed: 1 },
  );
});
