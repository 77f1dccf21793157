// Digests in an answer's provenance: of what was asked and of the policy that was in force.
import { createHash } from "node:crypto";
import { clone, create, toBinary } from "@bufbuild/protobuf";
import { type AssignRequest, AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptionsSchema } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { compareIds } from "../solver/model/ids.ts";
import type { EffectivePolicy } from "../solver/model/problem.ts";

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

/** SHA-256 of the request with orders, engineers and centres by id, without request_id, labels and, of the search, all but its mode. */
export function requestDigest(request: AssignRequest): string {
  const canonical = clone(AssignRequestSchema, request);
  canonical.requestId = "";
  canonical.labels = {};
  if (canonical.search) canonical.search = create(SearchOptionsSchema, { mode: canonical.search.mode });
  for (const list of [canonical.orders, canonical.engineers, canonical.operatingCentres])
    (list as { id: string }[]).sort((a, b) => compareIds(a.id, b.id));
  return sha256(toBinary(AssignRequestSchema, canonical));
}

/** SHA-256 of the criteria as used. */
export function policyDigest(policy: EffectivePolicy): string {
  return sha256(JSON.stringify([[...policy.criteria.values()], policy.neutralScore, policy.secondsPerCurrencyUnit]));
}
