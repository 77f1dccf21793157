import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { AssignRequestSchema, AssignResponseSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { planReport } from "./task-report.ts";

test.each([
  [undefined, "route"],
  [SearchOptions_Mode.UNSPECIFIED, "route"],
  [SearchOptions_Mode.ROUTE, "route"],
  [SearchOptions_Mode.MATCH, "match"],
  [SearchOptions_Mode.INSERT, "insert"],
  [SearchOptions_Mode.REOPTIMIZE, "reoptimize"],
] as const)("the report of a plan under mode %s says %s", (mode, name) => {
  const request = create(AssignRequestSchema, mode === undefined ? {} : { search: { mode } });
  expect(planReport(request, create(AssignResponseSchema, { plan: {} }))!.mode).toBe(name);
});

test("an answer without a plan has no report", () => {
  expect(planReport(create(AssignRequestSchema), create(AssignResponseSchema))).toBeUndefined();
});
