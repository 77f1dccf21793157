import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { FINDING_CODES } from "../../solver/check/codes.ts";
import { VIOLATION_CODES } from "./codes.ts";

const page = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");

/** Text of one section: from its heading to the next of the same level. */
function section(heading: string): string {
  const from = page.indexOf(`\n## ${heading}\n`);
  const to = page.indexOf("\n## ", from + 1);
  return page.slice(from, to < 0 ? undefined : to);
}

describe("docs/errors.md", () => {
  test("has a heading for every violation code and no other", () => {
    const headings = [...section("Violations").matchAll(/^### (.+)$/gm)].map((match) => match[1]);
    expect(headings.sort()).toEqual(Object.keys(VIOLATION_CODES).sort());
  });

  test("has a row with the checker's own words for every finding code and no other", () => {
    const rows = [...section("Findings").matchAll(/^\| `(\w+)`\s+\| (.+?)\s+\|$/gm)].map((match) => [
      match[1],
      match[2],
    ]);
    expect(rows).toEqual(Object.entries(FINDING_CODES));
  });
});
