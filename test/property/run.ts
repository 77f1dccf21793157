// Runs a property over generated requests; the request that breaks it is printed in proto3 JSON, made smaller where possible.
import { toJsonString } from "@bufbuild/protobuf";
import fc from "fast-check";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Draws, drawsFromGen } from "./draws.ts";

/** Longest search for a smaller request after the first failure. */
const SHRINK_MS = 15_000;

/** Fails with the smallest request found for which `property` throws. The seed is fixed: every run draws the same requests. */
export async function forRequests(
  make: (draws: Draws) => AssignRequest,
  runs: number,
  seed: number,
  property: (request: AssignRequest, draws: Draws) => Promise<void>,
): Promise<void> {
  let shrinkUntil = Number.POSITIVE_INFINITY;
  let failed: AssignRequest | undefined;
  const holds = fc.asyncProperty(fc.gen(), async (gen) => {
    if (performance.now() > shrinkUntil) return;
    const draws = drawsFromGen(gen);
    const request = make(draws);
    try {
      await property(request, draws);
    } catch (error) {
      failed = request;
      shrinkUntil = Math.min(shrinkUntil, performance.now() + SHRINK_MS);
      throw error;
    }
  });
  const result = await fc.check(holds, { numRuns: runs, seed });
  if (!result.failed) return;
  const json = failed && toJsonString(AssignRequestSchema, failed);
  throw new Error(`seed ${result.seed}, path ${result.counterexamplePath}, request ${json}`, {
    cause: result.errorInstance,
  });
}
