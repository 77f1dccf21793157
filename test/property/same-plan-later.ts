// Plans as bytes, and the same plan at other times.
import { toBinary } from "@bufbuild/protobuf";
import { expect } from "vitest";
import {
  type AssignRequest,
  AssignRequestSchema,
  type AssignResponse,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { PlanSchema } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { solveForTest } from "../solve-for-test.ts";
import { shiftTimes } from "./shift-times.ts";

export const planBytes = ({ plan }: AssignResponse) => Buffer.from(toBinary(PlanSchema, plan!)).toString("base64");

/** All times of the request an hour, a day and a tick later give the same plan so much later. */
export async function expectSamePlanLater(request: AssignRequest): Promise<void> {
  const response = await solveForTest(request);
  const tick = 1e9 / request.ticksPerSecond;
  const by = { seconds: 90_000n, nanos: tick === 1e9 ? 0 : tick };
  const later = await solveForTest(shiftTimes(AssignRequestSchema, request, by));
  expect(planBytes(later)).toBe(planBytes({ ...response, plan: shiftTimes(PlanSchema, response.plan!, by) }));
}
