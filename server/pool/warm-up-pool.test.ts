import { afterEach, expect, test, vi } from "vitest";
import { validate } from "../validate/validate.ts";
import { inventedRound } from "./invented-requests.ts";
import { warmUpPool } from "./warm-up-pool.ts";

afterEach(() => vi.restoreAllMocks());

/** How many requests are asked of a pool that takes `msOf(n)` for its n-th. */
async function asked(threads: number, mostMs: number, msOf: (index: number) => number): Promise<number> {
  let now = 0;
  let count = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  await warmUpPool(threads, mostMs, async () => {
    now += msOf(count++);
  });
  return count;
}

test("a pool whose answers do not get faster is warm: the first look and six more at 12 requests", async () => {
  expect(await asked(1, 1_000_000, () => 10)).toBe(7 * 12);
});

test("while answers get faster it goes on, and six looks longer", async () => {
  // 12 requests of 100 ms, 12 of 50 and 12 of 40 are three looks, each faster than the one before.
  expect(await asked(1, 1_000_000, (index) => [100, 50][Math.floor(index / 12)] ?? 40)).toBe((3 + 6) * 12);
});

test("the time is the limit", async () => {
  expect(await asked(1, 100, () => 10)).toBe(10);
});

test("what the pool refuses does not keep it from starting", async () => {
  await expect(warmUpPool(3, 1_000, () => Promise.reject(new Error("too many orders")))).resolves.toBeUndefined();
});

test("the invented requests are what callers may send", () => {
  for (let variant = 0; variant < 12; variant++) expect(validate(inventedRound(variant))).toEqual([]);
});
