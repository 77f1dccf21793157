// A policy without the criteria that charge every engineer or every detour where a request says nothing of people.
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { CriterionSettingSchema, PolicySchema } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";

type Setting = Exclude<MessageInitShape<typeof CriterionSettingSchema>, { $typeName: string }>;

const QUIET: readonly Setting[] = [
  "route_cluster_fit",
  "engineer_tier",
  "customer_rating",
  "on_time_rate",
  "acceptance_rate",
].map((id) => ({ id, weightS: 0 }));

/** The policy on top of it; what it sets itself stays set. */
export function quietPolicy(
  policy: Exclude<MessageInitShape<typeof PolicySchema>, { $typeName: string }> = {},
): MessageInitShape<typeof PolicySchema> {
  const set = new Set(policy.criteria?.map(({ id }) => id));
  return { ...policy, criteria: [...QUIET.filter(({ id }) => !set.has(id)), ...(policy.criteria ?? [])] };
}
