// A request without the terms of routes, which no proof prices.
import { create } from "@bufbuild/protobuf";
import type { AssignRequest } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { CriterionMode, CriterionSettingSchema, PolicySchema } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";

const TERMS = new Set([
  "route_cluster_fit",
  "sla_response",
  "order_priority",
  "workload_fairness",
  "trust_limit",
  "service_cost",
  "plan_stability",
]);

/** Turns the criteria of routes off, whatever the policy sets. */
export function quietTerms(request: AssignRequest): void {
  request.policy ??= create(PolicySchema);
  request.policy.criteria = [
    ...request.policy.criteria.filter(({ id }) => !TERMS.has(id)),
    ...[...TERMS].map((id) => create(CriterionSettingSchema, { id, mode: CriterionMode.OFF })),
  ];
}
