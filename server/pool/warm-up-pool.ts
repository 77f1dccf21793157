// The first requests of a server should not pay for compiling the code: its threads answer invented ones before it listens.
import { toBinary } from "@bufbuild/protobuf";
import { AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { inventedRound } from "./invented-requests.ts";

/** Rounds that differ, for a whole pool. */
const VARIANTS = 12;
/** So many times all of them without getting faster: everything is compiled that will be. */
const PATIENCE = 6;
/** What counts as faster. */
const FASTER = 0.97;

/**
 * Gets a pool ready: so many of its threads answer requests, by `answer`, until those are not answered faster any more, or for `mostMs`.
 * Never rejects: requests that this pool refuses warm up nothing.
 */
export async function warmUpPool(
  threads: number,
  mostMs: number,
  answer: (request: Uint8Array) => Promise<unknown>,
): Promise<void> {
  const end = performance.now() + mostMs;
  const requests = Array.from({ length: VARIANTS }, (_, variant) =>
    toBinary(AssignRequestSchema, inventedRound(variant)),
  );
  let fastest = Number.POSITIVE_INFINITY;
  let inVain = 0;
  const answerAll = async () => {
    while (inVain < PATIENCE * threads) {
      const began = performance.now();
      for (const request of requests) {
        if (performance.now() >= end) return;
        await answer(request);
      }
      const took = performance.now() - began;
      inVain = took < FASTER * fastest ? 0 : inVain + 1;
      fastest = Math.min(fastest, took);
    }
  };
  await Promise.allSettled(Array.from({ length: threads }, answerAll));
}
