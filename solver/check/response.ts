// What an answer says about its plan: assignments and cost.
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { AssignResponse } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Plan, Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Measure } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { compareIds } from "./bookkeeping.ts";
import { measureOf, type PlanCost } from "./cost.ts";
import type { Report } from "./finding.ts";

/** Reports assignments that are not the plan's services in order of their ids. */
export function checkAssignments(plan: Plan, response: AssignResponse, report: Report): void {
  const expected = plan.routes
    .flatMap(({ engineerId, shiftIndex, stops }) =>
      stops
        .filter((stop) => stop.kind === Stop_Kind.SERVICE)
        .map(({ orderId, start }) => ({ orderId, engineerId, shiftIndex, start })),
    )
    .sort((a, b) => compareIds(a.orderId, b.orderId));
  const got = response.assignments;
  for (let index = 0; index < Math.max(expected.length, got.length); index++) {
    const orderId = expected[index]?.orderId ?? got[index]!.orderId;
    const [wanted, found] = [rowText(expected[index]), rowText(got[index])];
    if (wanted !== found) report("ASSIGNMENT", { orderId }, wanted, found);
  }
}

interface AssignmentRow {
  orderId: string;
  engineerId: string;
  shiftIndex: number;
  start?: Timestamp | undefined;
}

function rowText(row: AssignmentRow | undefined): string {
  if (!row) return "no row";
  const start = row.start ? `${row.start.seconds} s ${row.start.nanos} ns` : "no start";
  return `${row.orderId}: ${row.engineerId} shift ${row.shiftIndex} at ${start}`;
}

/** Reports levels, measures and criteria that are not those of the plan. */
export function checkCost(cost: PlanCost, response: AssignResponse, report: Report): void {
  const stated = response.cost;
  if (!stated) {
    report("COST_MISSING", {}, "a cost", "none");
    return;
  }
  if (stated.levels.join() !== cost.levels.join()) report("COST_LEVEL", {}, cost.levels.join(), stated.levels.join());

  const measures = [
    Measure.UNASSIGNED,
    Measure.ENGINEERS_USED,
    Measure.DISTANCE,
    Measure.TRAVEL_TIME,
    Measure.WORKING_TIME,
    Measure.SOFT_COST,
  ];
  for (const measure of measures) {
    const rows = stated.measures.filter((row) => row.measure === measure);
    const expected = measureOf(cost.measures, measure);
    if (rows.length !== 1 || rows[0]!.value !== expected)
      report("COST_MEASURE", {}, `${Measure[measure]} ${expected}`, rows.map((row) => row.value).join() || "missing");
  }

  const expected = new Map<string, bigint>(cost.criteria.map((row) => [row.criterionId, row.cost]));
  for (const { criterionId, cost: value } of stated.criteria) {
    const right = expected.get(criterionId) ?? 0n;
    expected.delete(criterionId);
    if (right !== value || value === 0n) report("COST_CRITERION", {}, `${criterionId} ${right}`, value);
  }
  for (const [criterionId, value] of expected) report("COST_CRITERION", {}, `${criterionId} ${value}`, "missing");
}
