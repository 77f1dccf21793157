// Reasons of unassigned orders, as far as the request alone can prove or disprove them.

import type { Engineer } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import {
  UnassignedReason_Code as Code,
  type Plan,
  type UnassignedReason,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { OnInvalidOrder } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { serviceTerritoryExcludes } from "./criteria/service-territory.ts";
import type { Facts } from "./facts.ts";
import type { Report } from "./finding.ts";
import { excludingCriteria } from "./pair.ts";
import { couldHaveParts } from "./parts-anywhere.ts";

/** Reports reasons that are missing, do not fit the order, or that eligibility disproves. */
export function checkReasons(facts: Facts, plan: Plan, report: Report): void {
  for (const { orderId, reasons } of plan.unassigned) {
    const order = facts.orders.get(orderId);
    if (!order) continue;
    const wrong = (expected: string, got: string) => report("UNASSIGNED_REASON", { orderId }, expected, got);
    if (reasons.length === 0) wrong("at least one reason", "none");
    for (const reason of reasons) checkReason(facts, order, reason, wrong);
  }
}

function checkReason(
  facts: Facts,
  order: Order,
  reason: UnassignedReason,
  wrong: (expected: string, got: string) => void,
): void {
  const name = Code[reason.code] ?? `${reason.code}`;
  if (reason.code === Code.INVALID_INPUT) {
    if (facts.request.onInvalidOrder !== OnInvalidOrder.LEAVE_OUT) wrong("no broken order is left out", name);
    return;
  }
  // A search that ran out of time need not say more than that.
  if (reason.code === Code.NOT_PROVED) return;
  if (reason.code === Code.UNSPECIFIED) {
    wrong("a reason", name);
    return;
  }
  const criteriaOf = (engineer: Engineer) =>
    facts.allowances?.keepers.get(order.id) === engineer.id ? [] : excludingCriteria(facts, order, engineer);
  const { mode, param } = facts.policy;
  const closed = mode("service_territory") === "hard";
  const overflow = param("service_territory", "overflow") === 1;
  // Of a whole country most engineers live elsewhere: that is seen before all else is looked at.
  const isElsewhere = (engineer: Engineer) =>
    closed &&
    facts.allowances?.keepers.get(order.id) !== engineer.id &&
    serviceTerritoryExcludes(order, engineer, facts.centres, overflow);
  const isEligible = (engineer: Engineer) => !isElsewhere(engineer) && criteriaOf(engineer).length === 0;
  const engineers = [...facts.engineers.values()];
  switch (reason.code) {
    case Code.NO_ELIGIBLE_ENGINEER: {
      const excluded = engineers.map((engineer) => ({ id: engineer.id, criteria: criteriaOf(engineer) }));
      const eligible = excluded.find(({ criteria }) => criteria.length === 0);
      if (eligible) wrong("no eligible engineer", `${eligible.id} is eligible`);
      checkCounts(excluded, reason, wrong);
      return;
    }
    case Code.NO_PART: {
      const served = engineers.find((engineer) => isEligible(engineer) && couldHaveParts(facts, order, engineer));
      if (served) wrong("an order whose parts nobody can get", `${served.id} can`);
      break;
    }
    case Code.NOT_WORTH_PRICE:
      if (order.priceMinor === undefined) wrong("a reason of mandatory orders", name);
      break;
    case Code.OUTBID:
      if (engineers.some((engineer) => engineer.id === reason.witnessEngineerId && isEligible(engineer))) return;
      wrong("an eligible witness", reason.witnessEngineerId);
  }
  if (!engineers.some(isEligible)) wrong("NO_ELIGIBLE_ENGINEER", name);
}

function checkCounts(
  excluded: readonly { id: string; criteria: readonly string[] }[],
  reason: UnassignedReason,
  wrong: (expected: string, got: string) => void,
): void {
  const expected = new Map<string, string[]>();
  for (const { id, criteria } of excluded)
    for (const criterion of criteria) expected.set(criterion, [...(expected.get(criterion) ?? []), id]);
  for (const { criterionId, engineers, exampleEngineerIds } of reason.criteria) {
    const ids = expected.get(criterionId) ?? [];
    expected.delete(criterionId);
    if (engineers !== ids.length) wrong(`${criterionId} rules out ${ids.length}`, `${engineers}`);
    const stranger = exampleEngineerIds.find((id) => !ids.includes(id));
    if (stranger !== undefined) wrong(`${criterionId} rules out ${ids.join(", ")}`, stranger);
  }
  for (const [criterion, ids] of expected) wrong(`${criterion} rules out ${ids.length}`, "not counted");
}
