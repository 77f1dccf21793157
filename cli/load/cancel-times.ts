// How long after a cancelled call its thread is free again.
import { create } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";
import { generateCity } from "../../datasets/city.ts";
import { SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { connect } from "../../server/client.ts";
import type { BenchTarget } from "./bench-target.ts";

const CALLS = 20;

/**
 * Milliseconds from the cancellation of searches under way, one after the other on an idle server, until its metrics say that no thread is busy;
 * looking takes a few milliseconds itself. Sorted.
 */
export async function cancelTimes(target: BenchTarget): Promise<number[]> {
  const client = connect(target.address);
  const search = create(SearchOptionsSchema, { timeLimit: create(DurationSchema, { seconds: 60n }) });
  const request = { ...generateCity({ orders: 125, engineers: 38 }), requestId: "", search };
  const busyThreads = async () =>
    (await target.metrics())
      .filter(({ name }) => name === "shanpai_lane_busy_threads")
      .reduce((sum, { value }) => sum + value, 0);
  const times: number[] = [];
  while (times.length < CALLS) {
    const stop = new AbortController();
    await new Promise<void>((resolve, reject) => {
      client.assign(request, { signal: stop.signal, onProgress: () => resolve() }).catch(reject);
    });
    const cancelled = performance.now();
    stop.abort();
    while ((await busyThreads()) > 0);
    times.push(performance.now() - cancelled);
  }
  client.close();
  return times.sort((a, b) => a - b);
}
