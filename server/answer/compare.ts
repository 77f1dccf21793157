// Two plans for one request: which orders moved, and what that costs.
import { create } from "@bufbuild/protobuf";
import {
  type Comparison,
  ComparisonSchema,
  type MovedOrder,
  MovedOrderSchema,
  type Visit,
  VisitSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Cost, CostSchema, type Plan, Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { Finding } from "../../solver/check/finding.ts";
import { compareIds } from "../../solver/model/ids.ts";

/** A plan at its canonical times with its values and broken rules. */
export interface Judged {
  readonly plan: Plan;
  readonly cost: Cost;
  readonly findings: readonly Finding[];
}

/** `other` against `base`. */
export function comparisonOf(base: Judged, other: Judged): Comparison {
  return create(ComparisonSchema, {
    moved: movedOrders(base.plan, other.plan),
    otherCost: other.cost,
    difference: costDifference(other.cost, base.cost),
    otherFindings: [...other.findings],
  });
}

/** `cost` minus `base`: levels and measures in their order, criteria that differ by id. */
export function costDifference(cost: Cost, base: Cost): Cost {
  const measures = new Map(base.measures.map(({ measure, value }) => [measure, value]));
  const criteria = new Map(cost.criteria.map((row) => [row.criterionId, row.cost]));
  for (const row of base.criteria) criteria.set(row.criterionId, (criteria.get(row.criterionId) ?? 0n) - row.cost);
  return create(CostSchema, {
    levels: cost.levels.map((value, level) => value - (base.levels[level] ?? 0n)),
    measures: cost.measures.map(({ measure, value }) => ({ measure, value: value - (measures.get(measure) ?? 0n) })),
    criteria: [...criteria]
      .filter(([, value]) => value !== 0n)
      .map(([criterionId, value]) => ({ criterionId, cost: value }))
      .sort((a, b) => compareIds(a.criterionId, b.criterionId)),
  });
}

function visits(plan: Plan): Map<string, Visit> {
  return new Map(
    plan.routes.flatMap(({ engineerId, shiftIndex, stops }) =>
      stops.flatMap(({ kind, orderId, start }, position) =>
        kind === Stop_Kind.SERVICE
          ? [[orderId, create(VisitSchema, { engineerId, shiftIndex, position, ...(start && { start }) })] as const]
          : [],
      ),
    ),
  );
}

function movedOrders(base: Plan, other: Plan): MovedOrder[] {
  const [before, after] = [visits(base), visits(other)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((orderId) => key(before.get(orderId)) !== key(after.get(orderId)))
    .sort(compareIds)
    .map((orderId) => {
      const [from, to] = [before.get(orderId), after.get(orderId)];
      return create(MovedOrderSchema, { orderId, ...(from && { before: from }), ...(to && { after: to }) });
    });
}

function key(visit: Visit | undefined): string {
  if (!visit) return "";
  const { engineerId, shiftIndex, position, start } = visit;
  return JSON.stringify([engineerId, shiftIndex, position, `${start?.seconds}`, start?.nanos]);
}
