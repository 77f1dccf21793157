// How soon a worker is free again after a cancelled call, and how late answers are after their time limit: `npm run bench:release`.
import { create, toBinary } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";
import { machineName } from "../bench/machine.ts";
import { generateCity } from "../datasets/city.ts";
import { type AssignRequest, AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptionsSchema } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { createPool, type Pool } from "../server/pool/pool.ts";

const ROUNDS = 100;
const SIZES = [
  { orders: 125, engineers: 38, centres: 1 },
  { orders: 500, engineers: 150, centres: 4 },
  { orders: 1000, engineers: 300, centres: 8 },
];

const quantile = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(share * values.length) - 1)]!;
const summary = (values: readonly number[]) =>
  `p50 ${quantile(values, 0.5).toFixed(1)} ms, p99 ${quantile(values, 0.99).toFixed(1)} ms, largest ${Math.max(...values).toFixed(1)} ms`;

/** The request with a time limit of whole seconds. */
function withLimit(request: AssignRequest, milliseconds: number): Uint8Array {
  const timeLimit = create(DurationSchema, { seconds: BigInt(milliseconds / 1000) });
  const search = create(SearchOptionsSchema, { timeLimit, seed: 1n });
  return toBinary(AssignRequestSchema, { ...request, search });
}

/** Milliseconds until a small call behind it is answered, after a long call was cancelled at a random moment. */
async function cancelled(pool: Pool, long: Uint8Array, small: Uint8Array, after: number): Promise<number> {
  const abort = new AbortController();
  const call = pool.assign(long, { signal: abort.signal }).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, after));
  const begun = performance.now();
  abort.abort();
  await pool.assign(small, {});
  const took = performance.now() - begun;
  await call;
  return took;
}

const pool = await createPool({ workers: 1 });
const threads = pool.threadIds().join();
const small = toBinary(AssignRequestSchema, { ...generateCity({ orders: 1, engineers: 1 }), validateOnly: true });
console.log(`${machineName()}, node ${process.version}, ${ROUNDS} rounds each`);
for (const size of SIZES) {
  const request = generateCity({ ...size, seed: 1 });
  const long = withLimit(request, 60_000);
  const free: number[] = [];
  for (let round = 0; round < ROUNDS; round++)
    free.push(await cancelled(pool, long, small, 100 + ((round * 37) % 900)));
  const limited = withLimit(request, 1000);
  const late: number[] = [];
  for (let round = 0; round < ROUNDS / 5; round++) {
    const begun = performance.now();
    await pool.assign(limited, {});
    late.push(performance.now() - begun - 1000);
  }
  console.log(
    `${size.orders} orders x ${size.engineers} engineers: free after cancel ${summary(free)}; past a limit of 1 s ${summary(late)}`,
  );
}
console.log(
  threads === pool.threadIds().join() ? "the thread is the one it was at the start" : "the thread was replaced",
);
await pool.close();
