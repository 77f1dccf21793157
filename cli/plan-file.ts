// Plans of the command line: a bare plan, or an answer with its plan.
import type { JsonObject } from "@bufbuild/protobuf";
import { type AssignResponse, AssignResponseSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Plan, PlanSchema } from "../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { UsageError } from "./failure.ts";
import { messageOf, readJson } from "./files.ts";

/** A bare plan, or the plan of an answer with the answer. */
export async function readPlan(path: string): Promise<{ plan: Plan; response?: AssignResponse }> {
  const json = await readJson(path);
  const keys = Object.keys((json ?? {}) as JsonObject);
  if (keys.every((key) => key === "routes" || key === "unassigned")) return { plan: messageOf(PlanSchema, json, path) };
  const response = messageOf(AssignResponseSchema, json, path);
  if (!response.plan) throw new UsageError(`${path} is an answer without a plan`);
  return { plan: response.plan, response };
}
