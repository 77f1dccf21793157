import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { BenchReport, BenchSettings } from "./report.ts";
import { finishedResults, writeReport } from "./resume.ts";

const folder = mkdtempSync(join(tmpdir(), "resume-"));
afterAll(() => rmSync(folder, { recursive: true }));

const settings: BenchSettings = {
  name: null,
  suite: "trsp",
  instances: "R1*",
  timeLimitS: null,
  iterations: 10,
  seeds: [1, 2],
  workers: 1,
  jobs: 1,
  routes: true,
  machine: "m",
  node: "v20.1.0",
  commit: null,
};
const report: BenchReport = {
  ...settings,
  results: [
    {
      instance: "R101",
      seed: 2,
      elapsedS: 0.5,
      iterations: 10,
      cost: 1.5,
      levels: [0, 15],
      bestKnown: null,
      gap: null,
      engineersUsed: 1,
      unassigned: 0,
      valid: false,
      problems: ["late"],
      routes: [{ engineer: 1, visits: [0, 2] }],
    },
  ],
};

test("what is written is read again, and nothing lies beside it", async () => {
  const path = join(folder, "report.json");
  expect(await finishedResults(path, settings)).toEqual([]);
  writeReport(path, { ...report, results: [] });
  writeReport(path, report);
  expect(await finishedResults(path, settings)).toEqual(report.results);
  expect(existsSync(`${path}.next`)).toBe(false);
  expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(report);
});

test.each<[Partial<BenchSettings>, string]>([
  [{ name: "v2" }, "name: none and v2"],
  [{ suite: "solomon" }, "suite: trsp and solomon"],
  [{ instances: "*" }, "instances: R1* and *"],
  [{ timeLimitS: 1.5 }, "time limit in seconds: none and 1.5"],
  [{ iterations: null }, "iterations: 10 and none"],
  [{ seeds: [2, 1] }, "seeds: 1,2 and 2,1"],
  [{ workers: 2 }, "workers: 1 and 2"],
  [{ jobs: 2 }, "jobs: 1 and 2"],
  [{ routes: false }, "routes: true and false"],
  [{ machine: "n" }, "machine: m and n"],
  [{ node: "v20.2.0" }, "Node version: v20.1.0 and v20.2.0"],
  [{ commit: "c" }, "commit: none and c"],
])("a run with %j is not resumed", async (changes, words) => {
  const path = join(folder, "other.json");
  writeReport(path, report);
  await expect(finishedResults(path, { ...settings, ...changes })).rejects.toThrow(
    new Error(`${path} cannot be resumed, it was begun with other settings: ${words}`),
  );
});

test.each([
  ["half a report", JSON.stringify(report).slice(0, 100), "is not JSON"],
  ["another file", "{}", "is not a report of shanpai bench: name: "],
  ["a result that lacks something", JSON.stringify({ ...report, results: [{ instance: "R101" }] }), "results.0.seed: "],
])("%s is refused", async (_name, text, words) => {
  const path = join(folder, "broken.json");
  writeFileSync(path, text);
  await expect(finishedResults(path, settings)).rejects.toThrow(words);
});
