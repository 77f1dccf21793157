// A plan after an order has moved as an answer says, judged by the checker.
import { create } from "@bufbuild/protobuf";
import { expect } from "vitest";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import {
  type Cost,
  type Insertion,
  type Plan,
  PlanSchema,
  Stop_Kind,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { check } from "../../solver/check/check.ts";
import { costOf, measureOf } from "../../solver/check/cost.ts";
import { withoutRow, withRoute } from "./insertions.ts";

/** The plan with an order moved as the insertion says. */
export function moved(plan: Plan, orderId: string, { route, left, others }: Insertion): Plan {
  const from = plan.routes.find(({ stops }) =>
    stops.some((stop) => stop.kind === Stop_Kind.SERVICE && stop.orderId === orderId),
  );
  const rest = create(PlanSchema, { ...plan, routes: plan.routes.filter((other) => other !== from) });
  const changed = [...(left ? [left] : []), ...others, route!];
  return withoutRow(changed.reduce(withRoute, rest), orderId);
}

/** The checker finds nothing in the plan after the move, which costs as much more as it is said to. */
export function expectMove(
  request: AssignRequest,
  plan: Plan,
  orderId: string,
  insertion: Insertion,
  difference: Cost,
): void {
  const after = moved(plan, orderId, insertion);
  expect(check(request, after)).toEqual([]);
  expect(
    after.routes.find(
      ({ engineerId, shiftIndex }) => engineerId === insertion.engineerId && shiftIndex === insertion.shiftIndex,
    )!.stops[insertion.position]!.orderId,
  ).toBe(orderId);
  const [old, now] = [costOf(request, plan), costOf(request, after)];
  expect(difference.levels).toEqual(now.levels.map((value, level) => value - old.levels[level]!));
  expect(difference.measures.map(({ value }) => value)).toEqual(
    difference.measures.map(({ measure }) => measureOf(now.measures, measure) - measureOf(old.measures, measure)),
  );
  const rows = new Map<string, bigint>(now.criteria.map(({ criterionId, cost }) => [criterionId, cost]));
  for (const { criterionId, cost } of old.criteria) rows.set(criterionId, (rows.get(criterionId) ?? 0n) - cost);
  expect(new Map(difference.criteria.map(({ criterionId, cost }) => [criterionId, cost]))).toEqual(
    new Map([...rows].filter(([, cost]) => cost !== 0n)),
  );
}
