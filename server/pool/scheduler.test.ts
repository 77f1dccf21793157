import { expect, test } from "vitest";
import type { RequestError } from "../errors.ts";
import { createScheduler, type Job, type SchedulerShape } from "./scheduler.ts";

const never = new AbortController().signal;
const SHORT = 0;
const LONG = 1;

function scheduler(common: number, more: Partial<SchedulerShape> & { reserved?: number; cores?: number } = {}) {
  const lanes = [
    { name: "short", upToMs: 100, reserved: more.reserved ?? 0, atOnce: more.cores ?? 99 },
    { name: "long", upToMs: Number.POSITIVE_INFINITY, reserved: 0, atOnce: Number.POSITIVE_INFINITY },
  ];
  const made = createScheduler({ lanes, common, maxQueue: 64, maxBytes: 1_000, ...more });
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const run = (name: string, job: Partial<Job> = {}, stop = never) => {
    const whole = {
      lane: SHORT,
      threads: 1,
      bytes: 1,
      caller: "",
      share: 1,
      priority: 0,
      workMs: 10,
      beginWithinMs: 1e9,
    };
    return made.run({ ...whole, ...job }, stop, () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    });
  };
  const end = async (...names: string[]) => {
    for (const name of names) {
      ends.get(name)!();
      await settle();
    }
  };
  const state = () => made.lanes().map(({ busy, waiting }) => [busy, waiting]);
  return { made, begun, run, end, state };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));
const refusal = (call: Promise<unknown>): Promise<RequestError> =>
  call.then(
    () => undefined as never,
    (error) => error,
  );

test("more than the threads wait, and begin in order as threads are given back", async () => {
  const { begun, run, end, state } = scheduler(2);
  for (const name of ["a", "b", "c", "d"]) void run(name);
  await settle();
  expect([begun, state()[SHORT]]).toEqual([
    ["a", "b"],
    [2, 2],
  ]);
  await end("b");
  expect([begun, state()[SHORT]]).toEqual([
    ["a", "b", "c"],
    [2, 1],
  ]);
  await end("a", "c");
  expect([begun, state()[SHORT]]).toEqual([
    ["a", "b", "c", "d"],
    [1, 0],
  ]);
});

test("two jobs that both need all threads run one after the other, and nobody overtakes them", async () => {
  const { begun, run, end } = scheduler(2);
  void run("first pair", { threads: 2 });
  void run("second pair", { threads: 2 });
  void run("single");
  await settle();
  expect(begun).toEqual(["first pair"]);
  await end("first pair");
  expect(begun).toEqual(["first pair", "second pair"]);
  await end("second pair");
  expect(begun).toEqual(["first pair", "second pair", "single"]);
});

test("long jobs never take the thread reserved for short ones, short ones may take all", async () => {
  const { begun, run, end } = scheduler(2, { reserved: 1 });
  const long = { lane: LONG, workMs: 60_000 };
  for (const name of ["l1", "l2", "l3"]) void run(name, long);
  void run("s1");
  void run("s2");
  await settle();
  expect(begun).toEqual(["l1", "l2", "s1"]);
  await end("s1");
  expect(begun).toEqual(["l1", "l2", "s1", "s2"]);
  await end("s2", "l1", "l2", "l3");
  for (const name of ["a", "b", "c"]) void run(name);
  await settle();
  expect(begun.slice(-3)).toEqual(["a", "b", "c"]);
});

test("short jobs do not keep a long one out for ever: lanes share the common threads", async () => {
  const { begun, run, end } = scheduler(1);
  void run("s0");
  void run("l", { lane: LONG, workMs: 25 });
  for (const name of ["s1", "s2"]) void run(name);
  await settle();
  // Both lanes have got nothing but s0's 10 ms: the long one is next.
  await end("s0");
  expect(begun).toEqual(["s0", "l"]);
  void run("l2", { lane: LONG, workMs: 25 });
  await end("l");
  // Long has 25 now, short 10 and then 20 and 30.
  expect(begun.slice(2)).toEqual(["s1"]);
  await end("s1");
  expect(begun.slice(3)).toEqual(["s2"]);
  await end("s2");
  expect(begun.slice(4)).toEqual(["l2"]);
});

test("while a job waits for two threads, short ones go on in the reserved thread only", async () => {
  const { begun, run, end } = scheduler(2, { reserved: 1 });
  void run("l1", { lane: LONG, workMs: 1_000 });
  void run("s1");
  void run("s2");
  void run("pair", { lane: LONG, workMs: 1, threads: 2 });
  void run("s3");
  await settle();
  expect(begun).toEqual(["l1", "s1", "s2"]);
  await end("s1");
  // The pair's lane got more than the short lane, so s3 goes first, in the thread that is left to it: s2 has the reserved one.
  expect(begun).toEqual(["l1", "s1", "s2", "s3"]);
  await end("l1", "s2");
  expect(begun).toEqual(["l1", "s1", "s2", "s3", "pair"]);
});

test("short jobs run beside each other on as many threads as there are cores, and a long one has a thread of its own beside them", async () => {
  const { begun, run, end, state } = scheduler(2, { reserved: 2, cores: 2 });
  for (const name of ["s1", "s2", "s3", "s4"]) void run(name);
  await settle();
  expect(begun).toEqual(["s1", "s2"]);
  // The short lane has got more, and still none of its threads is what the long one needs.
  void run("l1", { lane: LONG, workMs: 60_000 });
  await settle();
  expect(begun).toEqual(["s1", "s2", "l1"]);
  expect(state()).toEqual([
    [2, 2],
    [1, 0],
  ]);
  void run("l2", { lane: LONG, workMs: 60_000 });
  await end("s1", "s2");
  expect(begun.slice(3)).toEqual(["l2", "s3", "s4"]);
});

test("a short job that needs more threads than there are cores runs alone in its lane, and is not overtaken", async () => {
  const { begun, run, end } = scheduler(2, { reserved: 1, cores: 1 });
  void run("s1");
  void run("pair", { threads: 2 });
  void run("s2");
  await settle();
  expect(begun).toEqual(["s1"]);
  await end("s1");
  expect(begun).toEqual(["s1", "pair"]);
  await end("pair");
  expect(begun).toEqual(["s1", "pair", "s2"]);
});

test("the expected wait counts short jobs one after the other where there is one core", async () => {
  const { run } = scheduler(1, { reserved: 1, cores: 1 });
  void run("runs", { workMs: 5_000 });
  void run("waits", { workMs: 5_000 });
  const refused = await refusal(run("late", { beginWithinMs: 9_000 }));
  // 5 s of the running job, 5 s of the waiting one, though a second thread is free
  expect(refused.message).toMatch(/^a worker is expected to be free in (9\d{3}|10000) ms, too late/);
  const long = run("long", { lane: LONG, beginWithinMs: 0 });
  expect(await Promise.race([refusal(long), settle().then(() => "begins")])).toBe("begins");
});

test("who stops waiting leaves the line at once, and those behind who fit begin", async () => {
  const { begun, run, state } = scheduler(2);
  void run("single");
  const stop = new AbortController();
  const leaving = run("pair", { threads: 2 }, stop.signal);
  void run("behind");
  await settle();
  expect([begun, state()[SHORT]]).toEqual([["single"], [1, 2]]);
  stop.abort();
  await expect(leaving).rejects.toMatchObject({ code: "CANCELLED" });
  await settle();
  expect([begun, state()[SHORT]]).toEqual([
    ["single", "behind"],
    [2, 0],
  ]);
});

test("who comes stopped never begins, and failed work gives its thread and bytes back", async () => {
  const { made, run } = scheduler(1);
  await expect(run("late", {}, AbortSignal.abort())).rejects.toMatchObject({ code: "CANCELLED" });
  const job = { lane: SHORT, threads: 1, bytes: 7, caller: "", share: 1, priority: 0, workMs: 10, beginWithinMs: 1e9 };
  await expect(made.run(job, never, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect([made.lanes()[SHORT]!.busy, made.bytes]).toEqual([0, 0]);
});

test("beyond the queue a job is refused at once with a retry hint, and leaves no trace", async () => {
  const { begun, run, end, state } = scheduler(1, { maxQueue: 1 });
  void run("a");
  void run("b");
  const refused = await refusal(run("c"));
  expect(refused.code).toBe("RESOURCE_EXHAUSTED");
  expect(refused.message).toBe("all 1 workers are busy and 1 of 1 queue places are taken");
  expect(refused.retryMs).toBeGreaterThanOrEqual(100);
  expect(state()[SHORT]).toEqual([1, 1]);
  await end("a", "b");
  expect(begun).toEqual(["a", "b"]);
});

test("one caller cannot fill the queue: while others have none, a place is kept", async () => {
  const { run } = scheduler(1, { maxQueue: 10 });
  void run("running", { caller: "a" });
  // 8 wait: holding 8 he may take one more while 8 <= 4 x 2 places are free; holding 9 he may not, 9 > 4 x 1.
  for (let index = 0; index < 9; index++) void run(`a${index}`, { caller: "a" });
  const refused = await refusal(run("one more", { caller: "a" }));
  expect(refused.message).toBe("this caller holds 9 of 10 queue places and the rest is kept for others");
  const other = run("b", { caller: "b" });
  expect(await Promise.race([refusal(other), settle().then(() => "waits")])).toBe("waits");
});

test("who would begin too late for his deadline is refused at once", async () => {
  const { run } = scheduler(1);
  void run("runs", { workMs: 5_000 });
  void run("waits", { workMs: 5_000 });
  const refused = await refusal(run("late", { beginWithinMs: 9_000 }));
  expect(refused.code).toBe("RESOURCE_EXHAUSTED");
  // 5 s of the running job, 5 s of the waiting one, less what has passed
  expect(refused.message).toMatch(/^a worker is expected to be free in (9\d{3}|10000) ms, too late/);
  // A quarter more than expected is room enough.
  const patient = run("patient", { beginWithinMs: 13_000 });
  expect(await Promise.race([refusal(patient), settle().then(() => "waits")])).toBe("waits");
});

test("a running job that is stopped is expected to end at once", async () => {
  const { run } = scheduler(1);
  const stop = new AbortController();
  void run("runs", { workMs: 5_000 }, stop.signal);
  expect((await refusal(run("late", { beginWithinMs: 1_000 }))).code).toBe("RESOURCE_EXHAUSTED");
  stop.abort();
  const waiting = run("in time", { beginWithinMs: 1_000 });
  expect(await Promise.race([refusal(waiting), settle().then(() => "waits")])).toBe("waits");
});

test("messages together are bounded, whether they wait or run", async () => {
  const { run, end } = scheduler(1);
  void run("a", { bytes: 600 });
  await settle();
  expect((await refusal(run("b", { bytes: 401 }))).code).toBe("RESOURCE_EXHAUSTED");
  void run("c", { bytes: 400 });
  await settle();
  await end("a", "c");
  void run("d", { bytes: 1_000 });
  await settle();
  await end("d");
});
