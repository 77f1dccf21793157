import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clone, create, fromJsonString, toJsonString } from "@bufbuild/protobuf";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { generateCity } from "../../datasets/city.ts";
import {
  type AssignRequest,
  AssignRequestSchema,
  AssignResponseSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { solveForTest } from "../../test/solve-for-test.ts";
import { reoptimize } from "./reoptimize.ts";

/** A running day an hour after its plan was made, with the plan. */
let request: AssignRequest;
let folder = "";
beforeAll(async () => {
  const morning = generateCity({ orders: 12, engineers: 5, seed: 2, lenders: "none" });
  morning.search = create(SearchOptionsSchema, { iterations: 50n, workers: 1 });
  request = clone(AssignRequestSchema, morning);
  const { plan } = await solveForTest(morning);
  request.currentPlan = plan!;
  request.now!.seconds += 3_600n;
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shanpai-reoptimize-"));
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const text = () => toJsonString(AssignRequestSchema, request);
const rowsIn = (file: string) =>
  readFileSync(file, "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));

test("one request: the answer keeps every rule, is not worse than the plan at now, and says what changed", async () => {
  const [input, output] = [join(folder, "request.json"), join(folder, "answer.json")];
  writeFileSync(input, text());
  expect(await reoptimize(input, { iterations: "300", jobs: "1", output })).toBe(0);
  const answer = fromJsonString(AssignResponseSchema, readFileSync(output, "utf8"));
  const { search: _, ...rest } = request;
  expect(
    checkResponse({ ...rest, search: create(SearchOptionsSchema, { mode: 4, iterations: 300n }) }, answer),
  ).toEqual([]);
  const [before, after] = [answer.running!.levels.map(Number), answer.cost!.levels.map(Number)];
  const first = after.findIndex((value, level) => value !== before[level]);
  if (first >= 0) expect(after[first]).toBeLessThan(before[first]!);
  const said = vi.mocked(process.stderr.write).mock.calls.join("");
  for (const { orderId } of answer.running!.changes) expect(said).toContain(`  ${orderId}: `);
});

test("a folder is gone on with: what was answered is not asked again, what changed is", async () => {
  const [input, output] = [join(folder, "in"), join(folder, "out")];
  mkdirSync(input);
  for (const name of ["a", "b"]) writeFileSync(join(input, `${name}.json`), text());
  writeFileSync(join(input, "c.json"), "{}");
  const options = { iterations: "20", jobs: "2", output };
  expect(await reoptimize(input, options)).toBe(1);
  expect(readdirSync(output).sort()).toEqual(["a.json", "b.json", "report.jsonl"]);
  const report = join(output, "report.jsonl");
  const before = rowsIn(report);
  expect(before.find(({ name }) => name === "c.json").error).toMatch("there is no plan to begin with");
  // As if killed before b's answer was there, and a's marked so that a second answer would show.
  writeFileSync(report, `${JSON.stringify(before.find(({ name }) => name === "a.json"))}\n`);
  writeFileSync(join(output, "a.json"), "mine");
  rmSync(join(input, "c.json"));
  expect(await reoptimize(input, { ...options, resume: true })).toBe(0);
  expect(readFileSync(join(output, "a.json"), "utf8")).toBe("mine");
  expect(rowsIn(report).map(({ name }) => name)).toEqual(["a.json", "b.json"]);
  // Another question is asked again.
  expect(await reoptimize(input, { ...options, iterations: "21", resume: true })).toBe(0);
  expect(readFileSync(join(output, "a.json"), "utf8")).not.toBe("mine");
});

test("a stream: a line for each line, with the answer in it; bad lines say where", async () => {
  const [input, output] = [join(folder, "in.jsonl"), join(folder, "out.jsonl")];
  const { currentPlan: plan, ...bare } = request;
  const pair = `{"request": ${toJsonString(AssignRequestSchema, create(AssignRequestSchema, { ...bare }))}, "plan": ${JSON.stringify(JSON.parse(text()).currentPlan)}}`;
  writeFileSync(input, `${text()}\n\n${pair}\n{"orders": 3}\n`);
  expect(plan).toBeDefined();
  expect(await reoptimize(input, { iterations: "20", jobs: "1", output })).toBe(1);
  const [first, second, third] = rowsIn(output);
  expect([first.name, second.name, third.name]).toEqual(["line 1", "line 3", "line 4"]);
  // The same question in two forms.
  expect(second.asked).toBe(first.asked);
  expect(second.response.plan).toEqual(first.response.plan);
  expect(third.error).toMatch(/in\.jsonl, line 4 is not a shanpai\.dispatch\.v1\.AssignRequest/);
});

test.each([
  ["a folder without output", { jobs: "1" }, "--output: is needed for a folder"],
  ["a stream with a plan", { jobs: "1", plan: "p.json" }, "a stream has its plans in its own lines"],
])("%s is refused", async (name, options, message) => {
  const input = name.startsWith("a folder") ? folder : join(folder, "in.jsonl");
  await expect(reoptimize(input, options)).rejects.toThrow(message);
});
