import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromJsonString, type Message } from "@bufbuild/protobuf";
import type { GenMessage } from "@bufbuild/protobuf/codegenv2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { baselinePlan } from "../datasets/baseline.ts";
import { AssignRequestSchema, AssignResponseSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { checkResponse } from "../solver/check/check.ts";
import { costOf } from "../solver/check/cost.ts";
import { runDemo } from "./demo.ts";

let folder: string;
let text = "";
let good: boolean;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "shanpai-demo-"));
  const write = (part: string) => {
    text += part;
  };
  good = await runDemo({ seed: 2, timeLimitMs: 3000, outDir: join(folder, "out"), write });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string) => readFileSync(join(folder, "out", name), "utf8");
const read = <T extends Message>(schema: GenMessage<T>, name: string) => fromJsonString(schema, file(name));

test("the demo says so when both plans pass the checker", () => {
  expect(good).toBe(true);
  expect(text.match(/no findings/g)).toHaveLength(2);
});

test("the written request and plan belong together and keep every rule", () => {
  expect(checkResponse(read(AssignRequestSchema, "request.json"), read(AssignResponseSchema, "plan.json"))).toEqual([]);
});

test("the solver leaves out less than the dispatchers do", () => {
  const request = read(AssignRequestSchema, "request.json");
  const plan = read(AssignResponseSchema, "plan.json").plan!;
  const leftOut = costOf(request, plan).measures.unassigned;
  expect(leftOut < costOf(request, baselinePlan(request)).measures.unassigned).toBe(true);
});

test("one order is explained by all 30 criteria", () => {
  const { explanations } = read(AssignResponseSchema, "plan.json");
  expect(new Set(explanations.map(({ orderId }) => orderId)).size).toBe(1);
  for (const { rows } of explanations) expect(rows).toHaveLength(30);
});

test("the page is written", () => {
  expect(file("plan.html").slice(0, 15).toLowerCase()).toBe("<!doctype html>");
});
