// A request in which the criteria of routes charge nothing, as proofs need it; what they forbid stays forbidden.
import { create } from "@bufbuild/protobuf";
import type { AssignRequest } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { CriterionMode, CriterionSettingSchema, PolicySchema } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";

const WEIGHTED = ["route_cluster_fit", "sla_response", "order_priority", "workload_fairness", "trust_limit"];

/** Takes off their weights and what is charged without one; modes stay as they are, and so do costs of pairs. */
export function quietTerms(request: AssignRequest): void {
  request.policy ??= create(PolicySchema);
  const { criteria } = request.policy;
  const settingOf = (id: string) => {
    const found = criteria.find((setting) => setting.id === id);
    if (found) return found;
    const setting = create(CriterionSettingSchema, { id });
    criteria.push(setting);
    return setting;
  };
  for (const id of WEIGHTED) settingOf(id).weightS = 0;
  settingOf("plan_stability").params.start_s = 0;
  const cost = settingOf("service_cost");
  // Hard, budgets hold, and nothing is charged.
  if (cost.mode !== CriterionMode.OFF) cost.mode = CriterionMode.HARD;
}
