// A client process of the load benchmark: calls at moments decided beforehand, whether or not earlier ones have been answered.
import { readFileSync } from "node:fs";
import { Client, credentials, status } from "@grpc/grpc-js";
import { randomFrom } from "../../datasets/city/random.ts";
import type { CallResult, LoadPlan } from "./load-plan.ts";

const keep = (bytes: Buffer) => bytes;

/** Moments of the calls, milliseconds after the beginning: gaps are exponential, as of callers who know nothing of each other. */
function* arrivals(rate: number, seconds: number, seed: number): Generator<number> {
  const random = randomFrom(seed);
  for (let at = 0; ; ) {
    at += (-Math.log((random.int(0, 999_999) + 1) / 1_000_001) / rate) * 1000;
    if (at >= seconds * 1000) return;
    yield at;
  }
}

async function run(plan: LoadPlan): Promise<CallResult[]> {
  const messages = plan.kinds.map(({ file }) => readFileSync(file));
  const clients = Array.from(
    { length: 4 },
    () =>
      new Client(plan.address, credentials.createInsecure(), {
        "grpc.max_receive_message_length": -1,
        "grpc.use_local_subchannel_pool": 1,
      }),
  );
  const random = randomFrom(plan.seed + 1);
  const rows = plan.kinds.map((kind, row) => ({ row, weight: kind.weight }));
  const call = (kind: number, due: number, number: number): Promise<CallResult> =>
    new Promise((resolve) => {
      // The deadline counts from the moment the call was due: a client that is late has less time.
      const deadline = Date.now() + plan.kinds[kind]!.deadlineMs - Math.max(0, performance.now() - due);
      clients[number % clients.length]!.makeUnaryRequest(
        plan.kinds[kind]!.path,
        keep,
        keep,
        messages[kind]!,
        { deadline },
        (error) =>
          resolve({ kind, ms: performance.now() - due, status: error ? (status[error.code] ?? "UNKNOWN") : "OK" }),
      );
    });
  const begun = performance.now();
  const calls: Promise<CallResult>[] = [];
  if (plan.rate === undefined) {
    // As many calls as the server takes, `concurrency` at a time.
    const results: CallResult[] = [];
    let left = plan.calls ?? Number.POSITIVE_INFINITY;
    const loop = async (lane: number) => {
      while (performance.now() - begun < plan.seconds * 1000 && left-- > 0)
        results.push(await call(random.weighted(rows).row, performance.now(), lane));
    };
    await Promise.all(Array.from({ length: plan.concurrency }, (_, lane) => loop(lane)));
    return results;
  }
  for (const at of arrivals(plan.rate, plan.seconds, plan.seed)) {
    const due = begun + at;
    const early = due - performance.now();
    if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
    calls.push(call(random.weighted(rows).row, due, calls.length));
  }
  return Promise.all(calls);
}

process.once("message", async (plan: LoadPlan) => {
  const results = await run(plan);
  process.send!(results, () => process.exit());
});
