// The worker pool: admission, time budget, cancellation, and several workers on one request.
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { Piscina } from "piscina";
import type { Progress } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptions_Mode } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { loadCoreModule } from "../solver/core.ts";
import { type Islands, MEETINGS } from "../solver/islands.ts";
import type { WorkerSolution } from "./assign.ts";
import { fromPlainError, invalidRequest, RequestError } from "./errors.ts";
import { durationMs, type Peek, peekAssign } from "./peek.ts";
import { progressMerger } from "./progress.ts";
import { createSlots } from "./slots.ts";
import { monotonicMs, STOP, type Task, type TaskResult } from "./task.ts";

/** Shape of a pool; what is left out has the defaults of config.ts. */
export interface PoolOptions {
  /** Worker threads, >= 1. */
  readonly workers: number;
  /** Tasks that may wait for a worker, >= 0; default 64. */
  readonly maxQueue?: number;
  /** Time kept free before a deadline, milliseconds; default 100. */
  readonly marginMs?: number;
  /** Time limit of requests that name neither a limit nor iterations, milliseconds; default 10000. */
  readonly defaultTimeLimitMs?: number;
  /** How long a cancelled worker may go on before its thread is replaced, milliseconds; default 2000. */
  readonly graceMs?: number;
}

/** How one request is answered. */
export interface PoolAssignOptions {
  /** Milliseconds from now until the caller must have the answer; absent: none. */
  readonly deadlineMs?: number;
  /** Cancels the call. */
  readonly signal?: AbortSignal;
  /** Hears how the search stands. */
  readonly onProgress?: (progress: Progress) => void;
  /** Shortest time between two progress calls, milliseconds; default 100. */
  readonly progressIntervalMs?: number;
}

/** Threads that answer requests. */
export interface Pool {
  /** Answers an encoded AssignRequest with an encoded AssignResponse. Rejects with RequestError. */
  assign(request: Uint8Array, options?: PoolAssignOptions): Promise<Uint8Array<ArrayBuffer>>;
  /** Answers an encoded EvaluateRequest with an encoded EvaluateResponse; there is no progress. Rejects with RequestError. */
  evaluate(request: Uint8Array, options?: PoolAssignOptions): Promise<Uint8Array<ArrayBuffer>>;
  /** Ids of the threads. */
  threadIds(): number[];
  /** Waits for running tasks, then ends the threads. */
  close(): Promise<void>;
}

/** Starts `options.workers` threads, each with its own core; resolves when all of them are warm. */
export async function createPool(options: PoolOptions): Promise<Pool> {
  const { workers, maxQueue = 64, marginMs = 100, defaultTimeLimitMs = 10_000, graceMs = 2_000 } = options;
  const piscina: Piscina<Task | undefined, TaskResult> = new Piscina({
    ...workerFile(),
    name: "run",
    minThreads: workers,
    maxThreads: workers,
    workerData: { module: await loadCoreModule() },
    // Waiting in Atomics.wait between tasks would starve the closing of progress ports, and saves nothing measurable.
    atomics: "disabled",
  });
  // While nothing else runs each of so many tasks gets a thread of its own, and waits for it.
  await Promise.all(Array.from({ length: workers }, () => piscina.run(undefined, { name: "ready" })));
  const slots = createSlots(workers);
  let meanTaskMs = 1_000;

  /** Refuses at once what would have to wait behind a full queue. */
  function admit(tasks: number): void {
    if (slots.tasks + tasks <= workers + maxQueue) return;
    const waiting = Math.max(0, slots.tasks - workers);
    throw new RequestError(
      "RESOURCE_EXHAUSTED",
      `all ${workers} workers are busy and ${waiting} of ${maxQueue} queue places are taken`,
      [],
      Math.max(100, Math.ceil((Math.max(1, waiting) * meanTaskMs) / workers)),
    );
  }

  async function runTask(task: Task, stop: AbortSignal): Promise<Exclude<TaskResult, { kind: "error" }>> {
    const cancelled = () => new RequestError("CANCELLED", "the call was cancelled");
    if (stop.aborted) throw cancelled();
    const begun = performance.now();
    const kill = new AbortController();
    let graceTimer: NodeJS.Timeout | undefined;
    const onStop = () => {
      Atomics.store(task.flags, STOP, 1);
      // Killing costs the thread, so the task gets the chance to end by itself.
      graceTimer = setTimeout(() => kill.abort(), graceMs);
    };
    stop.addEventListener("abort", onStop, { once: true });
    try {
      const transferList = [...(task.progress ? [task.progress] : []), ...(task.islands?.ports ?? [])];
      const result = await piscina.run(task, { signal: kill.signal, transferList });
      if (stop.aborted) throw cancelled();
      if (!(result instanceof Uint8Array) && result.kind === "error") throw fromPlainError(result.error);
      return result;
    } catch (error) {
      throw stop.aborted ? cancelled() : error;
    } finally {
      meanTaskMs += (performance.now() - begun - meanTaskMs) / 8;
      clearTimeout(graceTimer);
      stop.removeEventListener("abort", onStop);
    }
  }

  async function assign(request: Uint8Array, callOptions?: PoolAssignOptions) {
    const peek = peekAssign(request);
    return answer("assign", request, searchersOf(peek, workers), timeLimitOf(peek, defaultTimeLimitMs), callOptions);
  }

  /** Answers with one task of the kind `whole`, or with one for each of several searchers and one for the answer. */
  async function answer(
    whole: "assign" | "evaluate",
    request: Uint8Array,
    searchers: number,
    timeLimitMs: number,
    callOptions: PoolAssignOptions = {},
  ): Promise<Uint8Array<ArrayBuffer>> {
    const arrived = monotonicMs();
    admit(searchers);

    const remaining = callOptions.deadlineMs ?? Number.POSITIVE_INFINITY;
    const deadline = arrived + remaining - reserve(marginMs, request.length, remaining);
    const shared = new Uint8Array(new SharedArrayBuffer(request.length));
    shared.set(request);

    const stop = new AbortController();
    const onAbort = () => stop.abort();
    if (callOptions.signal?.aborted) onAbort();
    callOptions.signal?.addEventListener("abort", onAbort, { once: true });
    const { onProgress, progressIntervalMs = 100 } = callOptions;
    const progress = onProgress && progressMerger(searchers, progressIntervalMs, onProgress);
    const channels: MessageChannel[] = [];

    const taskOf = (kind: Task["kind"], workerIndex: number, solutions?: WorkerSolution[]): Task => {
      const task: Task = {
        kind,
        request: shared,
        flags: new Int32Array(new SharedArrayBuffer(4)),
        workerIndex,
        deadline,
        timeLimitMs,
        ...(solutions ? { solutions } : {}),
      };
      if (!progress || kind === "answer") return task;
      const channel = new MessageChannel();
      channels.push(channel);
      channel.port1.on("message", (message: Progress) => progress(workerIndex, message));
      return { ...task, progress: channel.port2, progressIntervalMs };
    };

    /** Searches with several workers; they end early by what the answer takes, which is made after them. */
    const searchAll = () => {
      const answerMs = reserve(marginMs, request.length, Math.min(timeLimitMs, deadline - arrived));
      const islands = createIslands(searchers);
      const searches = Array.from({ length: searchers }, async (_, index) => {
        const task = { ...taskOf("search", index), islands: islands[index]! };
        const early = { ...task, deadline: deadline - answerMs, timeLimitMs: timeLimitMs - answerMs };
        return ((await runTask(early, stop.signal)) as { solution: WorkerSolution }).solution;
      });
      return Promise.all(searches).catch((error) => {
        stop.abort();
        throw error;
      });
    };

    try {
      const result = await slots.run(searchers, stop.signal, async () =>
        runTask(searchers === 1 ? taskOf(whole, 0) : taskOf("answer", 0, await searchAll()), stop.signal),
      );
      return result as Uint8Array<ArrayBuffer>;
    } finally {
      callOptions.signal?.removeEventListener("abort", onAbort);
      for (const { port1 } of channels) port1.close();
    }
  }

  return {
    assign,
    evaluate: (request, callOptions) => answer("evaluate", request, 1, Number.POSITIVE_INFINITY, callOptions),
    threadIds: () => piscina.threads.map(({ threadId }) => threadId),
    close: () => piscina.close(),
  };
}

/** What `count` searches of one request need to hear of each other's plans. */
function createIslands(count: number): Islands[] {
  const told = new Int32Array(new SharedArrayBuffer(4 * MEETINGS.length));
  const ports: MessagePort[][] = Array.from({ length: count }, () => []);
  for (let a = 0; a < count; a++)
    for (let b = a + 1; b < count; b++) {
      const { port1, port2 } = new MessageChannel();
      ports[a]!.push(port1);
      ports[b]!.push(port2);
    }
  return ports.map((mine, index) => ({ index, ports: mine, told }));
}

/** The worker beside this file: JavaScript as built, TypeScript through tsx where the source itself runs. */
function workerFile(): { filename: string; execArgv?: string[] } {
  if (!import.meta.url.endsWith(".ts")) return { filename: new URL("./worker.js", import.meta.url).href };
  const loader = new URL("./register-tsx.mjs", import.meta.url).href;
  return { filename: new URL("./worker.ts", import.meta.url).href, execArgv: ["--import", loader] };
}

/** Workers that search this request. Only ROUTE gains from several; checking needs one. Throws INVALID_ARGUMENT above `limit`. */
function searchersOf(peek: Peek, limit: number): number {
  const asked = peek.search.workers || 1;
  if (asked > limit) {
    const description = `${asked} workers asked for, this server has ${limit}`;
    throw invalidRequest([{ field: "search.workers", description, code: "OUT_OF_RANGE" }]);
  }
  const { mode } = peek.search;
  const several = mode === SearchOptions_Mode.UNSPECIFIED || mode === SearchOptions_Mode.ROUTE;
  return several && !peek.validateOnly ? asked : 1;
}

/** The request's limit, else none where it counts iterations, else the default; a limit <= 0 is left to validation. */
function timeLimitOf({ search }: Peek, defaultTimeLimitMs: number): number {
  const limit = search.timeLimit ? durationMs(search.timeLimit) : 0;
  if (limit > 0) return limit;
  return search.iterations > 0n ? Number.POSITIVE_INFINITY : defaultTimeLimitMs;
}

/** Time to keep free for encoding, sending and the like: the margin, more for big requests, at most a quarter of what there is. */
function reserve(marginMs: number, bytes: number, availableMs: number): number {
  const perByteMs = 20 / 1e6; // decoding costs up to 75 ms/MB of CPU on a slow core, most of it before the search
  return Number.isFinite(availableMs) ? Math.min(marginMs + bytes * perByteMs, availableMs / 4) : 0;
}
