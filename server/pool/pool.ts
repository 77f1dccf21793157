// The worker pool: work and lane of a request, time budget, cancellation, several workers on one request, threads that die.
import { availableParallelism } from "node:os";
import { setFlagsFromString } from "node:v8";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { Piscina } from "piscina";
import type { Progress } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import type { Travel } from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { loadCoreModule } from "../../solver/core.ts";
import { type Islands, MEETINGS } from "../../solver/islands.ts";
import type { WorkerSolution } from "../answer/assign.ts";
import { fromPlainError, invalidRequest, RequestError } from "../errors.ts";
import { type RoadLeave, roadAdmission, withRoads } from "../roads/road-call.ts";
import { createRoadDesk, type RoadDesk } from "../roads/road-desk.ts";
import { ROAD_DEFAULTS, type RoadSetup, withTravelFor } from "../roads/road-setup.ts";
import type { RoadPurpose, RoadTravel } from "../roads/road-task.ts";
import { headViolations, type RequestLimits } from "../validate/server-limits.ts";
import { estimateWork, judgeWork, laneOf, lanesWith } from "./lanes.ts";
import { durationMs, type Peek, peekAssign, peekEvaluate, peekRecommend } from "./peek.ts";
import { progressMerger } from "./progress.ts";
import { createScheduler, type LaneState } from "./scheduler.ts";
import { monotonicMs, STOP, type Task, type TaskReport, type TaskResult, type WorkerSetup } from "./task.ts";
import { warmUpPool } from "./warm-up-pool.ts";

/** Shape of a pool; what is left out has the defaults of config.ts. */
export interface PoolOptions {
  /** Worker threads that any request may use, >= 1. */
  readonly workers: number;
  /** Threads on top of them that only short requests use, >= 0; default 0. */
  readonly shortWorkers?: number;
  /** Tasks that may wait for a worker, >= 0; default 64. */
  readonly maxQueue?: number;
  /** Bytes of all requests that wait or are answered; default 512 MB. */
  readonly maxQueueBytes?: number;
  /** Time kept free before a deadline, milliseconds; default 100. */
  readonly marginMs?: number;
  /** Time limit of requests that name neither a limit nor iterations, milliseconds; default 10000. */
  readonly defaultTimeLimitMs?: number;
  /** How long a cancelled worker may go on before its thread is replaced, milliseconds; default 2000. */
  readonly graceMs?: number;
  /** Heap of a worker's JavaScript, megabytes; beyond it the request is refused and the thread replaced; default 4096. */
  readonly workerHeapMb?: number;
  /**
   * Room for young objects in a worker's JavaScript, megabytes (three semi-spaces); default 192. A request's objects live as long as the request:
   * with V8's own 48 many of them are copied while it is answered, which takes a fifth of the time of a small one.
   */
  readonly workerYoungMb?: number;
  /** A core that has grown beyond this gives its memory back after the request, megabytes; default 256. */
  readonly keepCoreMb?: number;
  /** How much lower than the main thread's the workers' scheduling priority is (nice, Linux only), 0 to 19; default 0. */
  readonly workerNice?: number;
  /** How long the threads answer invented requests before the pool is there, at most, milliseconds; default 0: only each thread for itself, about half a second. */
  readonly warmUpMs?: number;
  /** The compiled core; default: the package's. */
  readonly module?: WebAssembly.Module;
  /** Largest requests by dimension; default: the contract's. */
  readonly limits?: RequestLimits;
  /** What requests may do with road engines; default: name none. */
  readonly roads?: RoadSetup;
  /** Travel of requests that name no source; absent: great circle. */
  readonly defaultTravel?: Travel;
}

/** What became of a call in the pool. */
export interface CallReport {
  /** Name of its lane. */
  readonly lane: string;
  /** Until its threads were free, milliseconds. */
  readonly queuedMs: number;
  /** What its workers tell, in the order they began. */
  readonly tasks: readonly TaskReport[];
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
  /** Whose request it is, and the caller's part relative to others; default: everybody is one caller. */
  readonly caller?: { readonly name: string; readonly share: number };
  /** Among waiting requests of one caller the larger goes first; default 0. */
  readonly priority?: number;
  /** Hears, once, what became of a call that a worker took. */
  readonly onReport?: (report: CallReport) => void;
  /** Hears what the road engine said, where the request names one. */
  readonly onRoadTravel?: (road: RoadTravel) => void;
}

/** Threads that answer requests. */
export interface Pool {
  /** Answers an encoded AssignRequest with an encoded AssignResponse. Rejects with RequestError. */
  assign(request: Uint8Array, options?: PoolAssignOptions): Promise<Uint8Array<ArrayBuffer>>;
  /** Answers an encoded EvaluateRequest with an encoded EvaluateResponse; there is no progress. Rejects with RequestError. */
  evaluate(request: Uint8Array, options?: PoolAssignOptions): Promise<Uint8Array<ArrayBuffer>>;
  /** The same of an encoded RecommendRequest with an encoded RecommendResponse. */
  recommend(request: Uint8Array, options?: PoolAssignOptions): Promise<Uint8Array<ArrayBuffer>>;
  /** The road engines and their cache. */
  readonly roads: RoadDesk;
  /** Ids of the threads. */
  threadIds(): number[];
  /** Ends a thread at once, as a crash would: a new one takes its place, and what it was doing is done again. */
  endThread(threadId: number): Promise<void>;
  /** How the lanes stand, short to long. */
  lanes(): LaneState[];
  /** Bytes of the requests that wait or are answered. */
  readonly queueBytes: number;
  /** Threads that were replaced since the start: stopped after a cancelled call, killed, or out of memory. */
  readonly replacedThreads: number;
  /** Waits for running tasks, then ends the threads. */
  close(): Promise<void>;
}

/** Starts the threads, each with its own core; resolves when all of them are warm. */
export async function createPool(options: PoolOptions): Promise<Pool> {
  const { workers, shortWorkers = 0, maxQueue = 64, maxQueueBytes = 512_000_000 } = options;
  const { marginMs = 100, defaultTimeLimitMs = 10_000, graceMs = 2_000, limits = {} } = options;
  const { workerHeapMb = 4096, workerYoungMb = 192, keepCoreMb = 256, workerNice = 0, warmUpMs = 0 } = options;
  const threads = workers + shortWorkers;
  for (const flag of GARBAGE_FLAGS) setFlagsFromString(flag);
  const started = new Int32Array(new SharedArrayBuffer(4));
  const setup: WorkerSetup = { module: options.module ?? (await loadCoreModule()), limits, keepCoreMb, started };
  const piscina: Piscina<Task | undefined, TaskResult> = new Piscina({
    ...workerFile(),
    name: "run",
    minThreads: threads,
    maxThreads: threads,
    workerData: setup,
    niceIncrement: workerNice,
    resourceLimits: { maxOldGenerationSizeMb: workerHeapMb, maxYoungGenerationSizeMb: workerYoungMb },
    // Waiting in Atomics.wait between tasks would starve the closing of progress ports, and saves nothing measurable.
    atomics: "disabled",
  });
  /** Threads that have come, and that have gone. */
  let created = 0;
  let ended = 0;
  piscina.on("workerCreate", () => created++);
  piscina.on("workerDestroy", () => ended++);
  // A thread that breaks down between tasks is replaced; without a listener the process would end.
  piscina.on("error", () => {});
  // While nothing else runs each of so many tasks gets a thread of its own, and waits for it.
  await Promise.all(Array.from({ length: threads }, () => piscina.run(undefined, { name: "ready" })));
  // Not more of them than cores, which are those that get short requests first: more would only take the cores from each other.
  if (warmUpMs > 0) await warmUpPool(Math.min(threads, availableParallelism()), warmUpMs, answerInvented);
  Atomics.store(started, 0, 1);
  const lanes = lanesWith(shortWorkers, availableParallelism());
  const scheduler = createScheduler({ lanes, common: workers, maxQueue, maxBytes: maxQueueBytes });
  const roads = createRoadDesk(options.roads ?? ROAD_DEFAULTS);
  const admitted = roadAdmission(threads + maxQueue);

  /** Besides the lanes, whose estimates shall learn from callers only. */
  function answerInvented(message: Uint8Array): Promise<unknown> {
    const request = new Uint8Array(new SharedArrayBuffer(message.length));
    request.set(message);
    const whenever = { deadline: Number.POSITIVE_INFINITY, timeLimitMs: Number.POSITIVE_INFINITY };
    const flags = new Int32Array(new SharedArrayBuffer(4));
    return runTask({ kind: "assign", request, flags, workerIndex: 0, ...whenever }, new AbortController().signal);
  }

  /** Resolves when every thread is there, or `stop` aborts, or what takes a thread's place does not come. */
  async function allThreads(stop: AbortSignal): Promise<void> {
    const end = performance.now() + graceMs;
    while (created - ended < threads && !stop.aborted && performance.now() < end)
      await new Promise((resolve) => setTimeout(resolve, REPLACEMENT_LOOK_MS));
  }

  async function runTask(task: Task, stop: AbortSignal): Promise<Exclude<TaskResult, { kind: "error" }>> {
    const cancelled = () => new RequestError("CANCELLED", "the call was cancelled");
    if (stop.aborted) throw cancelled();
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
      if (result.kind === "error") throw fromPlainError(result.error);
      return result;
    } catch (error) {
      throw stop.aborted ? cancelled() : threadError(error);
    } finally {
      clearTimeout(graceTimer);
      stop.removeEventListener("abort", onStop);
    }
  }

  /** The answer of one of the methods, with road travel where the request or this server asks for it. */
  async function answerByRoad(
    whole: RoadPurpose,
    asked: Uint8Array,
    given: Peek,
    timeLimitMs: number,
    callOptions: PoolAssignOptions = {},
  ): Promise<Uint8Array<ArrayBuffer>> {
    const { defaultTravel } = options;
    const usual = given.travel === undefined ? defaultTravel : undefined;
    const request = usual ? withTravelFor(whole, asked, usual) : asked;
    const peek = usual ? { ...given, travel: usual.source.case } : given;
    const { deadlineMs = Number.POSITIVE_INFINITY, signal, onRoadTravel } = callOptions;
    const searchers = whole === "assign" ? searchersOf(peek, workers) : 1;
    const call = {
      purpose: whole,
      request: REQUEST_IN[whole](request),
      // Other answers than that of Assign have no ways to be described.
      peek: whole === "assign" ? peek : { ...peek, directions: false, validateOnly: false },
      deadlineMs: deadlineMs - reserve(marginMs, request.length, deadlineMs),
      timeLimitMs,
      signal,
      onRoadTravel,
    };
    const solve = (leave: RoadLeave) => {
      const spent = call.deadlineMs - leave.deadlineMs;
      const left = Number.isFinite(deadlineMs) ? { deadlineMs: deadlineMs - spent } : {};
      const rest = { ...callOptions, ...left };
      return answer(whole, request, peek, searchers, leave.timeLimitMs, leave.road, rest);
    };
    const byRoad = peek.travel === "osrm" || peek.travel === "valhalla";
    return byRoad ? admitted(() => withRoads(roads, call, solve)) : withRoads(roads, call, solve);
  }

  async function assign(request: Uint8Array, callOptions?: PoolAssignOptions) {
    const peek = peekAssign(request);
    const violations = headViolations(peek, limits);
    if (violations.length > 0) throw invalidRequest(violations);
    const timeLimitMs = Math.min(
      timeLimitOf(peek, defaultTimeLimitMs),
      limits.maxTimeLimitMs ?? Number.POSITIVE_INFINITY,
    );
    return answerByRoad("assign", request, peek, timeLimitMs, callOptions);
  }

  async function evaluate(request: Uint8Array, callOptions?: PoolAssignOptions) {
    const peek = peekAssign(peekEvaluate(request));
    const violations = headViolations(peek, limits);
    if (violations.length > 0) throw invalidRequest(violations);
    return answerByRoad("evaluate", request, peek, Number.POSITIVE_INFINITY, callOptions);
  }

  async function recommend(request: Uint8Array, callOptions?: PoolAssignOptions) {
    const peek = peekAssign(peekRecommend(request));
    const violations = headViolations(peek, limits);
    if (violations.length > 0) throw invalidRequest(violations);
    return answerByRoad("recommend", request, peek, Number.POSITIVE_INFINITY, callOptions);
  }

  /** Answers with one task of the kind `whole`, or with one for each of several searchers and one for the answer. */
  async function answer(
    whole: RoadPurpose,
    request: Uint8Array,
    peek: Peek,
    searchers: number,
    timeLimitMs: number,
    road: RoadTravel | undefined,
    callOptions: PoolAssignOptions,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const arrived = monotonicMs();
    const remaining = callOptions.deadlineMs ?? Number.POSITIVE_INFINITY;
    const reserved = reserve(marginMs, request.length, remaining);
    const deadline = arrived + remaining - reserved;
    const searchMs = Math.min(timeLimitMs, remaining - reserved);
    const work = whole === "assign" ? estimateWork(peek, request.length, searchMs) : judgeWork(request.length);
    const lane = laneOf(lanes, work.fullMs);
    let shared: Uint8Array = new Uint8Array();

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
        ...(road ? { road } : {}),
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
      const together = new AbortController();
      const endAll = () => together.abort();
      stop.signal.addEventListener("abort", endAll, { once: true });
      const searches = Array.from({ length: searchers }, async (_, index) => {
        const task = { ...taskOf("search", index), islands: islands[index]! };
        const early = { ...task, deadline: deadline - answerMs, timeLimitMs: timeLimitMs - answerMs };
        const found = await runTask(early, together.signal);
        if (found.kind !== "solution") throw new Error(`a worker brought an ${found.kind} in place of a solution`);
        reports.push(found.report);
        return found.solution;
      });
      return Promise.all(searches)
        .catch(async (error) => {
          // One failed: the others stop, and their threads are free before the call ends.
          endAll();
          await Promise.allSettled(searches);
          throw error;
        })
        .finally(() => stop.signal.removeEventListener("abort", endAll));
    };

    const solve = async () => {
      // While a thread is replaced those that are left are for short requests.
      if (shortWorkers > 0 && lanes[lane]!.reserved === 0) await allThreads(stop.signal);
      const done = await runTask(
        searchers === 1 ? taskOf(whole, 0) : taskOf("answer", 0, await searchAll()),
        stop.signal,
      );
      if (done.kind !== "answer") throw new Error(`a worker brought a ${done.kind} in place of an answer`);
      reports.push(done.report);
      return done.response;
    };

    const { caller = EVERYBODY, priority = 0 } = callOptions;
    const job = {
      lane,
      threads: searchers,
      bytes: request.length,
      caller: caller.name,
      share: caller.share,
      priority,
      workMs: work.fullMs * searchers,
      beginWithinMs: remaining - reserved - work.leastMs,
    };
    const reports: TaskReport[] = [];
    try {
      return await scheduler.run(job, stop.signal, async () => {
        const queuedMs = monotonicMs() - arrived;
        // Copied only now: what waits lies in memory once.
        shared = new Uint8Array(new SharedArrayBuffer(request.length));
        shared.set(request);
        try {
          return await solve().catch((error) => {
            // Nobody knows why a thread ended; its request gets another one, once.
            if (error instanceof ThreadEnded && !stop.signal.aborted) return solve();
            throw error;
          });
        } finally {
          callOptions.onReport?.({ lane: lanes[lane]!.name, queuedMs, tasks: reports });
        }
      });
    } catch (error) {
      if (error instanceof ThreadEnded)
        throw new RequestError("INTERNAL", "the worker threads of this request ended twice without an answer");
      throw error;
    } finally {
      callOptions.signal?.removeEventListener("abort", onAbort);
      for (const { port1 } of channels) port1.close();
    }
  }

  return {
    assign,
    evaluate,
    roads,
    recommend,
    threadIds: () => piscina.threads.map(({ threadId }) => threadId),
    endThread: async (threadId) => {
      await piscina.threads.find((thread) => thread.threadId === threadId)?.terminate();
    },
    lanes: () => scheduler.lanes(),
    get queueBytes() {
      return scheduler.bytes;
    },
    get replacedThreads() {
      return created - threads;
    },
    close: async () => {
      await Promise.all([piscina.close(), roads.close()]);
    },
  };
}

/** The encoded AssignRequest in that of each call. */
const REQUEST_IN: Readonly<Record<RoadPurpose, (request: Uint8Array) => Uint8Array>> = {
  assign: (request) => request,
  evaluate: peekEvaluate,
  recommend: peekRecommend,
};

/** Time between two looks whether a thread has come in place of another. */
const REPLACEMENT_LOOK_MS = 10;

/** How V8 collects garbage in a process that answers many short requests. */
const GARBAGE_FLAGS = [
  // V8 learns that lists of a request live long, as they do where a request takes long, and makes those of later ones in the old generation. There they outlive
  // their request and keep the rest of it: collecting garbage took three times as long.
  "--no-allocation-site-pretenuring",
  // Every core has work of its own; a thread that waits for its helpers to get one stands still for longer than it takes alone.
  "--no-parallel-scavenge",
  // Between requests little is alive. The main thread, whose messages lie outside of its heap, collected the old generation every second before the young one was
  // four fifths full, and stood still for 12 to 16 ms.
  "--minor-gc-task-trigger=25",
  // A thread that makes little old garbage counts as idle, busy or not, and is made small: its code goes with the shapes of its objects, and the next calls take
  // twenty times as long.
  "--no-memory-reducer",
];

const EVERYBODY = { name: "", share: 1 };

/** A thread ended in the middle of a task, and not because of memory. */
class ThreadEnded extends Error {}

/** What an error of piscina means; errors of the task itself come as its result. */
function threadError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if ((error as NodeJS.ErrnoException).code === "ERR_WORKER_OUT_OF_MEMORY")
    return new RequestError("RESOURCE_EXHAUSTED", "the request needs more memory than a worker has");
  return /^worker exited/.test(error.message) ? new ThreadEnded(error.message) : error;
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

/** Workers that search this request. Only a search gains from several; checking needs one. Throws INVALID_ARGUMENT above `limit`. */
function searchersOf(peek: Peek, limit: number): number {
  const asked = peek.search.workers || 1;
  if (asked > limit) {
    const description = `${asked} workers asked for, this server has ${limit}`;
    throw invalidRequest([{ field: "search.workers", description, code: "OUT_OF_RANGE" }]);
  }
  const { mode } = peek.search;
  const several = mode !== SearchOptions_Mode.MATCH && mode !== SearchOptions_Mode.INSERT;
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
