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
  const crews = crewsOf(facts);
  for (const { orderId, reasons } of plan.unassigned) {
    const order = facts.orders.get(orderId);
    if (!order) continue;
    const wrong = (expected: string, got: string) => report("UNASSIGNED_REASON", { orderId }, expected, got);
    if (reasons.length === 0) wrong("at least one reason", "none");
    for (const reason of reasons) checkReason(facts, crews, order, reason, wrong);
  }
}

/** Engineers who share a territory: of a whole country most live elsewhere, and that is the same for all of them. */
function crewsOf({ engineers }: Facts): Engineer[][] {
  const crews = new Map<string, Engineer[]>();
  for (const engineer of engineers.values()) {
    const key = JSON.stringify([engineer.operatingCentreId, ...engineer.territoryCells]);
    const crew = crews.get(key);
    if (crew) crew.push(engineer);
    else crews.set(key, [engineer]);
  }
  return [...crews.values()];
}

function checkReason(
  facts: Facts,
  crews: readonly (readonly Engineer[])[],
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
  const keeper = facts.engineers.get(facts.allowances?.keepers.get(order.id) ?? "");
  const isEligible = (engineer: Engineer) => criteriaOf(engineer).length === 0;
  /** Everybody whom the territory does not rule out, and the engineer who keeps the order all the same. */
  const near = [
    ...crews.filter((crew) => !closed || !serviceTerritoryExcludes(order, crew[0]!, facts.centres, overflow)).flat(),
    ...(keeper ? [keeper] : []),
  ];
  const isWitness = (engineer: Engineer | undefined) => engineer !== undefined && isEligible(engineer);
  switch (reason.code) {
    case Code.NO_ELIGIBLE_ENGINEER: {
      const eligible = near.find(isEligible);
      if (eligible) wrong("no eligible engineer", `${eligible.id} is eligible`);
      checkCounts([...facts.engineers.values()], criteriaOf, reason, wrong);
      return;
    }
    case Code.NO_PART: {
      const served = near.find((engineer) => isEligible(engineer) && couldHaveParts(facts, order, engineer));
      if (served) wrong("an order whose parts nobody can get", `${served.id} can`);
      break;
    }
    case Code.NOT_WORTH_PRICE:
      if (order.priceMinor === undefined) wrong("a reason of mandatory orders", name);
      break;
    case Code.OUTBID:
      if (isWitness(facts.engineers.get(reason.witnessEngineerId))) return;
      wrong("an eligible witness", reason.witnessEngineerId);
  }
  if (!near.some(isEligible)) wrong("NO_ELIGIBLE_ENGINEER", name);
}

function checkCounts(
  engineers: readonly Engineer[],
  criteriaOf: (engineer: Engineer) => readonly string[],
  reason: UnassignedReason,
  wrong: (expected: string, got: string) => void,
): void {
  const expected = new Map<string, Set<string>>();
  for (const engineer of engineers)
    for (const criterion of criteriaOf(engineer)) {
      const ids = expected.get(criterion);
      if (ids) ids.add(engineer.id);
      else expected.set(criterion, new Set([engineer.id]));
    }
  for (const { criterionId, engineers: counted, exampleEngineerIds } of reason.criteria) {
    const ids = expected.get(criterionId) ?? new Set();
    expected.delete(criterionId);
    if (counted !== ids.size) wrong(`${criterionId} rules out ${ids.size}`, `${counted}`);
    const stranger = exampleEngineerIds.find((id) => !ids.has(id));
    if (stranger !== undefined) wrong(`${criterionId} rules out ${[...ids].join(", ")}`, stranger);
  }
  for (const [criterion, ids] of expected) wrong(`${criterion} rules out ${ids.size}`, "not counted");
}
