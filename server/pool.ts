// The worker pool: admission, time budget, cancellation, and several workers on one request.
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { Piscina } from "piscina";
import type { Progress } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptions_Mode } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import type { Travel } from "../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { loadCoreModule } from "../solver/core.ts";
import { type Islands, MEETINGS } from "../solver/islands.ts";
import type { WorkerSolution } from "./assign.ts";
import { fromPlainError, invalidRequest, RequestError } from "./errors.ts";
import { durationMs, type Peek, peekAssign } from "./peek.ts";
import { progressMerger } from "./progress.ts";
import { createRoadDesk, type RoadDesk } from "./road-desk.ts";
import { ROAD_DEFAULTS, type RoadSetup, withTravel } from "./road-setup.ts";
import type { RoadTravel } from "./road-task.ts";
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
  /** What requests may do with road engines; default: name none. */
  readonly roads?: RoadSetup;
  /** Travel of requests that name no source; absent: great circle. */
  readonly defaultTravel?: Travel;
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
  /** Hears what the road engine said, where the request names one. */
  readonly onRoadTravel?: (road: RoadTravel) => void;
}

/** Threads that answer requests. */
export interface Pool {
  /** Answers an encoded AssignRequest with an encoded AssignResponse. Rejects with RequestError. */
  assign(request: Uint8Array, options?: PoolAssignOptions): Promise<Uint8Array<ArrayBuffer>>;
  /** The road engines and their cache. */
  readonly roads: RoadDesk;
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
  const roads = createRoadDesk(options.roads ?? ROAD_DEFAULTS);
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

  async function assign(asked: Uint8Array, callOptions: PoolAssignOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
    const arrived = monotonicMs();
    const peek = peekAssign(asked);
    const request =
      options.defaultTravel && peek.travel === undefined ? withTravel(asked, options.defaultTravel) : asked;
    const source = peek.travel ?? options.defaultTravel?.source.case;
    const byRoad = (source === "osrm" || source === "valhalla") && !peek.validateOnly;
    const searchers = searchersOf(peek, workers);
    admit(searchers);

    const remaining = callOptions.deadlineMs ?? Number.POSITIVE_INFINITY;
    const deadline = arrived + remaining - reserve(marginMs, request.length, remaining);
    const wholeLimitMs = timeLimitOf(peek, defaultTimeLimitMs);
    // The time of a call includes its travel: tables may take half of it, and ways what is kept for them.
    const end = Math.min(deadline, arrived + wholeLimitMs);
    const waysMs = byRoad && peek.directions ? reserveWays(end - arrived) : 0;
    let searchLimitMs = wholeLimitMs;
    let road: RoadTravel | undefined;
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
        deadline: deadline - waysMs,
        timeLimitMs: searchLimitMs,
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
      const [until, timeLimitMs] = [deadline - waysMs, searchLimitMs];
      const answerMs = reserve(marginMs, request.length, Math.min(timeLimitMs, until - monotonicMs()));
      const islands = createIslands(searchers);
      const searches = Array.from({ length: searchers }, async (_, index) => {
        const task = { ...taskOf("search", index), islands: islands[index]! };
        const early = { ...task, deadline: until - answerMs, timeLimitMs: timeLimitMs - answerMs };
        return ((await runTask(early, stop.signal)) as { solution: WorkerSolution }).solution;
      });
      return Promise.all(searches).catch((error) => {
        stop.abort();
        throw error;
      });
    };

    try {
      if (byRoad) {
        const half = Number.isFinite(end) ? arrived + (end - arrived) / 2 : end;
        road = await roads.travel(shared, { deadline: half, signal: stop.signal });
        if (road) callOptions.onRoadTravel?.(road);
        searchLimitMs = wholeLimitMs - (monotonicMs() - arrived) - waysMs;
      }
      const answer = await slots.run(searchers, stop.signal, async () =>
        runTask(searchers === 1 ? taskOf("assign", 0) : taskOf("answer", 0, await searchAll()), stop.signal),
      );
      if (!peek.directions || peek.validateOnly) return answer as Uint8Array<ArrayBuffer>;
      return await roads.directions(shared, answer as Uint8Array, { deadline: end, signal: stop.signal });
    } finally {
      callOptions.signal?.removeEventListener("abort", onAbort);
      for (const { port1 } of channels) port1.close();
    }
  }

  return {
    assign,
    roads,
    threadIds: () => piscina.threads.map(({ threadId }) => threadId),
    close: async () => {
      await Promise.all([piscina.close(), roads.close()]);
    },
  };
}

/** Time kept for the ways of the plan's legs, at most a quarter of what there is. */
function reserveWays(availableMs: number): number {
  return Number.isFinite(availableMs) ? Math.min(3_000, availableMs / 4) : 0;
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
