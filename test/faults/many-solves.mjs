// Solves small requests one after the other and tells its resident memory after each hundred: node --expose-gc many-solves.mjs COUNT. Runs from the build.
import { create, toBinary } from "@bufbuild/protobuf";
import { generateCity } from "../../dist/datasets/city.js";
import { AssignRequestSchema } from "../../dist/proto/gen/shanpai/dispatch/v1/dispatch_pb.js";
import { SearchOptionsSchema } from "../../dist/proto/gen/shanpai/dispatch/v1/policy_pb.js";
import { createPool } from "../../dist/server/pool/pool.js";

const count = Number(process.argv[2]);
// Little room for young objects: it fills up within the first hundreds and hides nothing that stays.
const pool = await createPool({ workers: 1, workerYoungMb: 24 });
const requests = [1, 2, 3, 4].map((seed) => {
  const mode = seed % 2 === 0 ? 2 : 1;
  const search = create(SearchOptionsSchema, { mode, iterations: 50n, seed: 1n });
  return toBinary(AssignRequestSchema, {
    ...generateCity({ orders: 10 * seed, engineers: 8, seed }),
    requestId: "",
    search,
  });
});
const broken = requests[0].slice(0, -3);
const megabytes = [];
for (let done = 1; done <= count; done++) {
  if (done % 10 === 0) {
    const stop = new AbortController();
    const cancelled = pool.assign(requests[2], { signal: stop.signal }).catch(() => {});
    setTimeout(() => stop.abort(), 1);
    await cancelled;
  } else if (done % 10 === 5) await pool.assign(broken).catch(() => {});
  else await pool.assign(requests[done % 4]);
  if (done % 100 > 0) continue;
  globalThis.gc();
  megabytes.push(process.memoryUsage().rss / 1e6);
}
process.send(megabytes);
await pool.close();
