// Digests in an answer's provenance: of what was asked and of the policy that was in force.
import { createHash } from "node:crypto";
import { create } from "@bufbuild/protobuf";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { compareIds } from "../../solver/model/ids.ts";
import type { EffectivePolicy } from "../../solver/model/problem.ts";
import { encoderOf } from "../codec/encoder.ts";

const encode = encoderOf(AssignRequestSchema);

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

/** SHA-256 of the request with orders, engineers and centres by id, without request_id, labels and, of the search, all but its mode. */
export function requestDigest(request: AssignRequest): string {
  const byId = <T extends { id: string }>(rows: readonly T[]) => [...rows].sort((a, b) => compareIds(a.id, b.id));
  const { search } = request;
  // A shallow copy: a deep one costs three times what the digest itself does.
  const canonical: AssignRequest = {
    ...request,
    requestId: "",
    labels: {},
    orders: byId(request.orders),
    engineers: byId(request.engineers),
    operatingCentres: byId(request.operatingCentres),
    ...(search && { search: create(SearchOptionsSchema, { mode: search.mode }) }),
  };
  return sha256(encode(canonical));
}

/** SHA-256 of the criteria as used. */
export function policyDigest(policy: EffectivePolicy): string {
  return sha256(JSON.stringify([[...policy.criteria.values()], policy.neutralScore, policy.secondsPerCurrencyUnit]));
}
