import { afterEach, expect, test, vi } from "vitest";
import type { RequestError } from "./errors.ts";
import { createAnswers, type IdempotencyOptions } from "./idempotency.ts";

afterEach(() => {
  vi.useRealTimers();
});

const never = new AbortController().signal;
const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
const codeOf = (call: Promise<unknown>) => call.then(String, (error: RequestError) => error.code);

function answers(options: Partial<IdempotencyOptions> = {}) {
  const made = createAnswers({ windowMs: 1_000, maxCallerBytes: 10_000, maxBytes: 20_000, ...options });
  let solved = 0;
  const ask = (caller: string, id: string, body: string, answer = "answer", signal = never) =>
    made.answer(caller, id, bytes(body), signal, async () => {
      solved++;
      return bytes(answer);
    });
  return { made, ask, solved: () => solved };
}

test("the same id and body get the same answer, solved once, whether under way or finished", async () => {
  const { ask, solved } = answers();
  const both = await Promise.all([ask("a", "1", "body"), ask("a", "1", "body")]);
  expect(both[0]).toBe(both[1]);
  expect(await ask("a", "1", "body")).toBe(both[0]);
  expect(solved()).toBe(1);
});

test("another body under the id is ALREADY_EXISTS; another caller has ids of his own", async () => {
  const { ask, solved } = answers();
  await ask("a", "1", "body");
  expect(await codeOf(ask("a", "1", "other"))).toBe("ALREADY_EXISTS");
  await ask("b", "1", "other");
  await ask("a", "2", "other");
  expect(solved()).toBe(3);
  // Names that run into one another are not mixed up.
  await ask("ab", "c", "x");
  await ask("a", "bc", "y");
  expect(solved()).toBe(5);
});

test("bodies too big to hash at once are told apart, too", async () => {
  const { ask, solved } = answers();
  const big = "x".repeat(100_000);
  await ask("a", "1", big);
  await ask("a", "1", big);
  expect(await codeOf(ask("a", "1", `${big}y`))).toBe("ALREADY_EXISTS");
  expect(solved()).toBe(1);
});

test("after the window the id is free again", async () => {
  const { made, ask, solved } = answers({ windowMs: 20 });
  await ask("a", "1", "body");
  await new Promise((resolve) => setTimeout(resolve, 30));
  await ask("a", "1", "other");
  expect([solved(), made.size]).toEqual([2, 1]);
});

test("what fails is not remembered", async () => {
  const { made, ask } = answers();
  const failing = made.answer("a", "1", bytes("body"), never, () => Promise.reject(new Error("broken")));
  await expect(failing).rejects.toThrow("broken");
  expect([made.size, made.bytes]).toEqual([0, 0]);
  expect(await codeOf(ask("a", "1", "other"))).not.toBe("ALREADY_EXISTS");
});

test("the oldest answers of a caller go where he has too much, and others keep theirs", async () => {
  const { made, ask, solved } = answers({ maxCallerBytes: 5_000 });
  await ask("b", "kept", "body", "x".repeat(1_000));
  for (const id of ["1", "2", "3"]) await ask("a", id, "body", "x".repeat(2_000)); // 2,500 each with what is kept of it
  expect(made.bytes).toBe(1_500 + 5_000);
  await ask("b", "kept", "body");
  await ask("a", "3", "body");
  expect(solved()).toBe(4);
  await ask("a", "1", "body");
  expect(solved()).toBe(5);
});

test("all callers together are bounded", async () => {
  const { made, ask } = answers({ maxBytes: 3_000 });
  for (let caller = 0; caller < 50; caller++) await ask(`${caller}`, "1", "body", "x".repeat(500));
  expect(made.bytes).toBeLessThanOrEqual(3_000);
  expect(made.size).toBe(3);
});

test("a call goes on while one of its callers waits, and is stopped when the last has gone", async () => {
  const { made } = answers();
  let stopped = false;
  const solve = (signal: AbortSignal) =>
    new Promise<Uint8Array<ArrayBuffer>>((_, reject) =>
      signal.addEventListener("abort", () => {
        stopped = true;
        reject(new Error("stopped"));
      }),
    );
  const [first, second] = [new AbortController(), new AbortController()];
  const calls = [first, second].map(({ signal }) => codeOf(made.answer("a", "1", bytes("body"), signal, solve)));
  await new Promise((resolve) => setImmediate(resolve));
  first.abort();
  expect([await calls[0], stopped, made.size]).toEqual(["CANCELLED", false, 1]);
  second.abort();
  expect([await calls[1], stopped, made.size]).toEqual(["CANCELLED", true, 0]);
});

test("without a window calls under way are joined, and nothing is kept", async () => {
  const { made, ask, solved } = answers({ windowMs: 0 });
  await Promise.all([ask("a", "1", "body"), ask("a", "1", "body")]);
  expect([solved(), made.size]).toEqual([1, 0]);
  await ask("a", "1", "other");
  expect(solved()).toBe(2);
});
