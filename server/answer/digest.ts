// Digests in an answer's provenance: of what was asked and of the policy that was in force.
import { createHash } from "node:crypto";
import { BinaryReader } from "@bufbuild/protobuf/wire";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { sortById } from "../../solver/model/ids.ts";
import type { EffectivePolicy } from "../../solver/model/problem.ts";
import { encoderOf } from "../codec/encoder.ts";

const encode = encoderOf(AssignRequestSchema);

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

/**
 * SHA-256 of the encoded request with orders, engineers and centres by id, without request_id, labels and, of the search, all but its mode.
 * `bytes`: the request as it came, which need not be encoded again then.
 */
export function requestDigest(request: AssignRequest, bytes?: Uint8Array): string {
  const canonical = (bytes && canonicalBytes(request, bytes)) ?? canonicalBytes(request, encode(request))!;
  return sha256(canonical);
}

const { requestId, labels, orders, engineers, operatingCentres, search } = AssignRequestSchema.field;
const LEFT_OUT = new Set([requestId.number, labels.number, search.number]);

/** The fields of the encoded request, then its rows by id, each as it is encoded; undefined where they are not those of the message. */
function canonicalBytes(request: AssignRequest, bytes: Uint8Array): Uint8Array | undefined {
  const rows: ReadonlyMap<number, Uint8Array[]> = new Map(
    [orders, engineers, operatingCentres].map(({ number }) => [number, []]),
  );
  const pieces: Uint8Array[] = [Uint8Array.of(request.search?.mode ?? SearchOptions_Mode.UNSPECIFIED)];
  try {
    const reader = new BinaryReader(bytes);
    while (reader.pos < reader.len) {
      const from = reader.pos;
      const [number, type] = reader.tag();
      reader.skip(type, number);
      if (!LEFT_OUT.has(number)) (rows.get(number) ?? pieces).push(bytes.subarray(from, reader.pos));
    }
  } catch {
    // A decoder takes more than a reader that only skips: it does not look at the type of a field that it knows.
    return undefined;
  }
  const lists = [
    [orders, request.orders],
    [engineers, request.engineers],
    [operatingCentres, request.operatingCentres],
  ] as const;
  for (const [{ number }, messages] of lists) {
    const own = rows.get(number)!;
    if (own.length !== messages.length) return undefined;
    const byId = sortById(messages.map(({ id }, row) => ({ id, row })));
    for (const { row } of byId) pieces.push(own[row]!);
  }
  return Buffer.concat(pieces);
}

/** Those of the presets are the same objects for all requests that change none of them. */
const criteriaTexts = new WeakMap<EffectivePolicy["criteria"], string>();

/** SHA-256 of the criteria as used. */
export function policyDigest(policy: EffectivePolicy): string {
  const { criteria, neutralScore, secondsPerCurrencyUnit } = policy;
  let text = criteriaTexts.get(criteria);
  if (text === undefined) {
    text = JSON.stringify([...criteria.values()]);
    criteriaTexts.set(criteria, text);
  }
  return sha256(`[${text},${JSON.stringify(neutralScore)},${JSON.stringify(secondsPerCurrencyUnit)}]`);
}
