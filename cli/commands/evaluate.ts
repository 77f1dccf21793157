// shanpai evaluate: what the checker says of a plan, and what the plan costs.
import { create, type JsonObject } from "@bufbuild/protobuf";
import { z } from "zod";
import {
  type AssignRequest,
  AssignResponseSchema,
  type EvaluateResponse,
  EvaluateResponseSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { CostSchema, type Plan, PlanSchema } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Measure } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { MEASURES } from "../../server/to-proto.ts";
import { check, checkResponse, type Finding } from "../../solver/check/check.ts";
import { costOf, measureOf } from "../../solver/check/cost.ts";
import type { RoadTables } from "../../solver/travel/road-tables.ts";
import { EXIT, UsageError } from "../failure.ts";
import { jsonText, messageOf, readJson } from "../files.ts";
import { findingTable } from "../findings.ts";
import { file, oneOf, parseOptions } from "../options.ts";
import { columns } from "../report/text-layout.ts";
import { readRequest, refuseInvalid } from "../request.ts";
import { overrideTravel, roadTablesOf } from "../travel.ts";

const schema = z.object({ format: oneOf("json", "table").optional(), travel: file.optional() });

/** Judges the plan (or whole answer) in `planPath` for the request in `requestPath`; returns the exit code, 1 on a finding. */
export async function evaluate(requestPath: string, planPath: string, raw: object): Promise<number> {
  const options = parseOptions(schema, raw);
  const request = await readRequest(requestPath);
  const roads = overrideTravel(request, options.travel);
  refuseInvalid(request);
  const tables = await roadTablesOf(request, roads);
  const { plan, findings } = await judge(request, planPath, tables);
  const answer = answerOf(request, plan, findings, tables);
  const asTable = (options.format ?? (process.stdout.isTTY ? "table" : "json")) === "table";
  process.stdout.write(asTable ? tableOf(answer, findings) : jsonText(EvaluateResponseSchema, answer));
  return findings.length === 0 ? EXIT.ok : EXIT.findings;
}

/** An answer is checked with its cost and assignments, a bare plan by itself. */
async function judge(
  request: AssignRequest,
  path: string,
  tables: RoadTables | undefined,
): Promise<{ plan: Plan; findings: Finding[] }> {
  const json = await readJson(path);
  const keys = Object.keys((json ?? {}) as JsonObject);
  if (keys.every((key) => key === "routes" || key === "unassigned")) {
    const plan = messageOf(PlanSchema, json, path);
    return { plan, findings: check(request, plan, tables) };
  }
  const response = messageOf(AssignResponseSchema, json, path);
  if (!response.plan) throw new UsageError(`${path} is an answer without a plan`);
  return { plan: response.plan, findings: checkResponse(request, response, tables) };
}

function answerOf(
  request: AssignRequest,
  plan: Plan,
  findings: readonly Finding[],
  tables: RoadTables | undefined,
): EvaluateResponse {
  const { levels, measures, criteria } = costOf(request, plan, tables);
  return create(EvaluateResponseSchema, {
    valid: findings.length === 0,
    findings: [...findings],
    cost: create(CostSchema, {
      levels,
      measures: MEASURES.map((measure) => ({ measure, value: measureOf(measures, measure) })),
      criteria,
    }),
  });
}

function tableOf({ cost }: EvaluateResponse, findings: readonly Finding[]): string {
  const verdict =
    findings.length === 0
      ? "The plan keeps every rule.\n"
      : `The plan breaks rules at ${findings.length} places:\n${findingTable(findings, process.stdout.columns ?? 110)}`;
  const rows = [
    ...(cost?.levels ?? []).map((value, row) => [`level ${row + 1}`, String(value)]),
    ...(cost?.measures ?? []).map(({ measure, value }) => [Measure[measure], String(value)]),
    ...(cost?.criteria ?? []).map(({ criterionId, cost }) => [`soft cost: ${criterionId}`, String(cost)]),
  ];
  return `${verdict}\n${columns([{ head: "value" }, { head: "ticks, metres or count", align: "right" }], rows, 80).join("\n")}\n`;
}
