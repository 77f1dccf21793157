// Mutated and hostile messages: never a crash, never a hang, always a clear status. SHANPAI_FUZZ says how many (default 20,000).
import { create, toBinary } from "@bufbuild/protobuf";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { decodeRequest } from "../../server/answer/decode-request.ts";
import { RequestError } from "../../server/errors.ts";
import { peekAssign, peekEvaluate, peekStream } from "../../server/pool/peek.ts";
import { createPool, type Pool } from "../../server/pool/pool.ts";
import { dayRequest, shortRequest } from "../e2e/requests.ts";
import { encodedOrNot, mutatedBytes, mutatedRequest } from "./mutations.ts";

const COUNT = Number(process.env.SHANPAI_FUZZ ?? 20_000);
const LIMITS = { maxTimeLimitMs: 60_000, maxWindows: 100_000, maxMatrixCells: 1_000_000 };

/** Statuses that say what is wrong with a request. */
const CLEAR = new Set(["OK", "INVALID_ARGUMENT", "UNIMPLEMENTED", "DEADLINE_EXCEEDED"]);

let pool: Pool;
beforeAll(async () => {
  pool = await createPool({ workers: 1, marginMs: 20, limits: LIMITS, graceMs: 30_000 });
});
afterAll(() => pool.close());

const valid = dayRequest(3, 2, { iterations: 5n, seed: 1n });

/** How the pool answers; each call has 300 ms: some hostile values ask for endless searches. */
async function statusOf(bytes: Uint8Array): Promise<string> {
  try {
    await pool.assign(bytes, { deadlineMs: 300 });
    return "OK";
  } catch (error) {
    return error instanceof RequestError
      ? `${CLEAR.has(error.code) ? "" : `${error.message}: `}${error.code}`
      : String(error);
  }
}

/** Asks for all of them, a few at a time; what did not end clearly, with its number. */
async function unclear(numbers: readonly number[], bytesOf: (seed: number) => Uint8Array | undefined) {
  const found: [number, string][] = [];
  const statuses = new Map<string, number>();
  for (const seed of numbers) {
    const bytes = bytesOf(seed);
    if (!bytes) continue;
    const status = await statusOf(bytes);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (!CLEAR.has(status)) found.push([seed, status]);
  }
  return { found, statuses };
}

const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);

test("mutated bytes at the decoders end as a message or as INVALID_ARGUMENT", () => {
  const bytes = toBinary(AssignRequestSchema, valid);
  let refused = 0;
  for (let seed = 0; seed < COUNT / 2; seed++) {
    const mutated = mutatedBytes(bytes, seed);
    for (const decode of [
      peekAssign,
      peekStream,
      peekEvaluate,
      (some: Uint8Array) => decodeRequest(some, () => false),
    ]) {
      try {
        decode(mutated);
      } catch (error) {
        refused++;
        if (!(error instanceof RequestError) || error.code !== "INVALID_ARGUMENT")
          throw new Error(`seed ${seed}: ${error}`);
      }
    }
  }
  expect(refused).toBeGreaterThan(COUNT / 10);
}, 3_600_000);

test("hostile values and mutated bytes at Assign end with a clear status, and no thread is lost", async () => {
  const threads = pool.threadIds();
  const bytes = toBinary(AssignRequestSchema, valid);
  const values = await unclear(numbers(Math.round(COUNT * 0.35)), (seed) => encodedOrNot(mutatedRequest(valid, seed)));
  expect(values.found).toEqual([]);
  // Both kinds are there: what is still valid, and what is not.
  expect(values.statuses.get("OK")).toBeGreaterThan(COUNT / 100);
  expect(values.statuses.get("INVALID_ARGUMENT")).toBeGreaterThan(COUNT / 100);
  const broken = await unclear(numbers(Math.round(COUNT * 0.15), 1_000_000), (seed) => mutatedBytes(bytes, seed));
  expect(broken.found).toEqual([]);
  expect(pool.threadIds()).toEqual(threads);
}, 3_600_000);

function named(request: AssignRequest, ids: readonly string[]): void {
  for (const [row, id] of ids.entries()) request.orders[row]!.id = id;
}

const hostile: [string, (request: AssignRequest) => void, string][] = [
  ["nothing", (r) => Object.assign(r, create(AssignRequestSchema)), "INVALID_ARGUMENT"],
  ["no orders", (r) => (r.orders = []), "OK"],
  ["a service of 2^31 s", (r) => (r.orders[0]!.serviceDuration!.seconds = 2n ** 31n), "INVALID_ARGUMENT"],
  [
    "a place that is not a number",
    (r) => Object.assign(r.orders[0]!.place!.position.value!, { x: Number.NaN }),
    "INVALID_ARGUMENT",
  ],
  [
    "an endless place",
    (r) => Object.assign(r.orders[0]!.place!.position.value!, { y: Number.POSITIVE_INFINITY }),
    "INVALID_ARGUMENT",
  ],
  ["one id for two orders", (r) => (r.orders[1]!.id = r.orders[0]!.id), "INVALID_ARGUMENT"],
  ["one id for an order and an engineer", (r) => (r.orders[1]!.id = r.engineers[0]!.id), "OK"],
  ["ids beyond ASCII", (r) => named(r, ["订单-🛠️-0", "订单-🛠️-1", "订单-🛠️-2"]), "OK"],
  ["ids that objects have", (r) => named(r, ["__proto__", "constructor", "toString"]), "OK"],
  [
    "a criterion that objects have",
    (r) =>
      Object.assign(r, {
        policy: {
          $typeName: "shanpai.dispatch.v1.Policy",
          criteria: [{ $typeName: "shanpai.dispatch.v1.CriterionSetting", id: "__proto__", params: {} }],
        },
      }),
    "INVALID_ARGUMENT",
  ],
];

test.each(hostile)("%s", async (_name, spoil, status) => {
  const request = dayRequest(3, 2, { iterations: 5n, seed: 1n });
  spoil(request);
  const bytes = encodedOrNot(request);
  if (bytes) expect(await statusOf(bytes)).toBe(status);
});

test("a million windows are refused by the server's limit, and the next call is answered", async () => {
  const request = shortRequest();
  const seconds = request.now!.seconds;
  const windows = Array.from({ length: 1_000_000 }, (_, row) => ({
    $typeName: "shanpai.dispatch.v1.TimeWindow" as const,
    start: { $typeName: "google.protobuf.Timestamp" as const, seconds: seconds + BigInt(2 * row), nanos: 0 },
    end: { $typeName: "google.protobuf.Timestamp" as const, seconds: seconds + BigInt(2 * row), nanos: 0 },
  }));
  request.orders[0]!.windows = windows;
  const error: RequestError = await pool.assign(toBinary(AssignRequestSchema, request)).then(
    () => undefined as never,
    (thrown) => thrown,
  );
  expect([error.code, error.violations[0]!.field]).toEqual(["INVALID_ARGUMENT", "orders"]);
  expect(await statusOf(toBinary(AssignRequestSchema, shortRequest()))).toBe("OK");
}, 300_000);
