// Two plans of the same request side by side: what each serves and what it takes, and the checker's verdict on each.
import { create } from "@bufbuild/protobuf";
import { type AssignRequest, AssignResponseSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Plan } from "../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { costOf } from "../solver/check/cost.ts";
import type { Finding } from "../solver/check/finding.ts";
import { count, groups } from "./report/format.ts";
import { viewPlan } from "./report/plan-view.ts";
import { columns } from "./report/text-layout.ts";

/** A plan with its name and what the checker found. */
export interface JudgedPlan {
  readonly name: string;
  readonly plan: Plan;
  readonly findings: readonly Finding[];
}

/** A table with a column for each plan and a row for each total; costs are computed anew from request and plan. */
export function comparisonTable(request: AssignRequest, plans: readonly JudgedPlan[]): string {
  const sides = plans.map(({ name, plan, findings }) => {
    const { totals, format } = viewPlan(request, create(AssignResponseSchema, { plan }), plan);
    const { measures } = costOf(request, plan);
    const each = (seconds: number) => (totals.orders === 0 ? "-" : format.duration(seconds / totals.orders));
    const rows = [
      ["orders served", `${groups(totals.orders)} of ${groups(request.orders.length)}`],
      ["left out, 1 + priority each", groups(measures.unassigned)],
      ["engineers used", groups(totals.engineers)],
      ["travel", format.duration(totals.travel)],
      ["travel for each order served", each(totals.travel)],
      ["distance", format.distance(totals.distance)],
      ["waiting", format.duration(totals.waiting)],
      ["working time", format.duration(totals.working)],
      ["working time for each order served", each(totals.working)],
      ["lateness", format.duration(totals.lateness)],
      ["overtime", format.duration(totals.overtime)],
      ["soft cost", format.duration(Number(measures.softCost) * format.secondsPerTick)],
      ["checker", findings.length === 0 ? "no findings" : count(findings.length, "finding")],
    ] as const;
    return { name, rows };
  });
  const spec = [{ head: "" }, ...sides.map(({ name }) => ({ head: name, align: "right" as const }))];
  const rows = sides[0]?.rows.map(([label], at) => [label, ...sides.map(({ rows }) => rows[at]![1])]) ?? [];
  return `${columns(spec, rows, 110).join("\n")}\n`;
}
