import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openJournal } from "./journal.ts";
import type { ReoptimizedRow } from "./row.ts";

const path = () => join(mkdtempSync(join(tmpdir(), "shanpai-journal-")), "report.jsonl");
const row = (name: string, error?: string): ReoptimizedRow => ({
  ...{ name, asked: `asked-${name}`, requestId: name, seconds: 1, levels: { before: [], after: [] }, leftOut: 0 },
  ...{ changes: [], releasedOrderIds: [], inherited: 0, ...(error !== undefined && { error }) },
});
const linesIn = (file: string) =>
  readFileSync(file, "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line).name);

test("lines are in the file as soon as they are appended, and are found again", () => {
  const file = path();
  const journal = openJournal(file, false);
  journal.append(row("a"));
  // Whoever is killed here has lost nothing.
  expect(linesIn(file)).toEqual(["a"]);
  journal.append(row("b"));
  journal.close();
  const again = openJournal(file, true);
  expect(again.done).toEqual([row("a"), row("b")]);
  again.append(row("c"));
  again.close();
  expect(linesIn(file)).toEqual(["a", "b", "c"]);
});

test("a line that was cut off is taken away, failed ones are asked again", () => {
  const file = path();
  writeFileSync(file, `${JSON.stringify(row("a"))}\n${JSON.stringify(row("b", "no"))}\n{"name":"c","as`);
  const journal = openJournal(file, true);
  expect(journal.done.map(({ name }) => name)).toEqual(["a"]);
  journal.append(row("d"));
  journal.close();
  expect(linesIn(file)).toEqual(["a", "d"]);
});

test("without resume the file is begun anew; another file is not taken for one", () => {
  const file = path();
  writeFileSync(file, "something else\n");
  expect(() => openJournal(file, true)).toThrow("cannot be resumed: line 1 is no line of shanpai reoptimize");
  expect(readFileSync(file, "utf8")).toBe("something else\n");
  openJournal(file, false).close();
  expect(readFileSync(file, "utf8")).toBe("");
});
