// A given plan from message to message: time, score, check, explain, compare.
import { create } from "@bufbuild/protobuf";
import {
  type AssignRequest,
  type EvaluateRequest,
  type EvaluateResponse,
  EvaluateResponseSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Cost, CostSchema, type Plan } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { check } from "../../solver/check/check.ts";
import { costOf, measureOf } from "../../solver/check/cost.ts";
import { retime } from "../../solver/check/retime.ts";
import type { RoadTables } from "../../solver/travel/road-tables.ts";
import { invalidRequest, RequestError, stopIfGone, type Violation } from "../errors.ts";
import { plannedFromProto } from "../messages/planned-from-proto.ts";
import { MEASURES } from "../messages/to-proto.ts";
import { type AssignControl, type Prepared, prepare } from "./assign.ts";
import { comparisonOf, type Judged } from "./compare.ts";
import { explanationsOf } from "./explanations.ts";
import { answersOf, questionViolations } from "./why-not.ts";

/** What an evaluation may take. */
export type EvaluateControl = Pick<AssignControl, "deadlineMs" | "stopped" | "road">;

/** Judges a plan for a request. Throws RequestError. */
export function evaluate(asked: EvaluateRequest, control: EvaluateControl): EvaluateResponse {
  const { request, plan, otherPlan } = asked;
  const missing = [...(request ? [] : ["request"]), ...(plan ? [] : ["plan"])];
  if (!request || !plan)
    throw invalidRequest(missing.map((field) => ({ field, description: "is required", code: "REQUIRED" })));
  // The plan is there already: nothing is searched, whatever the search is asked for.
  const { search: _, ...rest } = request;
  const { problem } = prepared({ ...rest, validateOnly: false }, questionViolations(asked), control);
  const tables = control.road?.tables;
  const judged = judge(request, plan, tables);
  stopIfGone(control);
  const other = otherPlan && judge(request, otherPlan, tables);
  stopIfGone(control);
  const planned = plannedFromProto(request, problem, judged.plan);
  const { explanations, unexplained } = explanationsOf(request, problem, planned, judged.plan, control);
  const whyNot = answersOf(request, problem, planned, asked.whyNot, control);
  return create(EvaluateResponseSchema, {
    valid: judged.findings.length === 0,
    findings: [...judged.findings],
    cost: judged.cost,
    plan: judged.plan,
    explanations,
    whyNot,
    unexplained: unexplained + asked.whyNot.length - whyNot.length,
    ...(other && { comparison: comparisonOf(judged, other) }),
    ...(control.road && { travelReport: control.road.report }),
  });
}

/** The request as for Assign; what is wrong with it is reported together with what is wrong with the questions. */
function prepared(request: AssignRequest, questions: readonly Violation[], control: EvaluateControl): Prepared {
  try {
    const ready = prepare(request, control);
    if (questions.length === 0) return ready;
  } catch (error) {
    if (!(error instanceof RequestError) || error.violations.length === 0) throw error;
    throw invalidRequest([...error.violations, ...questions]);
  }
  throw invalidRequest(questions);
}

function judge(request: AssignRequest, given: Plan, tables: RoadTables | undefined): Judged {
  const { timed, filled } = retime(request, given, tables);
  return { plan: timed, cost: costMessage(request, timed, tables), findings: check(request, filled, tables) };
}

/** Levels, every measure, and what makes up the soft cost. */
export function costMessage(request: AssignRequest, plan: Plan, tables?: RoadTables): Cost {
  const { levels, measures, criteria } = costOf(request, plan, tables);
  return create(CostSchema, {
    levels,
    measures: MEASURES.map((measure) => ({ measure, value: measureOf(measures, measure) })),
    criteria,
  });
}
