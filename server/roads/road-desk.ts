// Where the pool asks for road travel: a thread of its own, so that neither the calls nor the solvers wait for big answers to be read.
import { Piscina } from "piscina";
import { fromPlainError, RequestError } from "../errors.ts";
import { STOP } from "../pool/task.ts";
import type { RoadSetup } from "./road-setup.ts";
import type { RoadPurpose, RoadResult, RoadStatistics, RoadTask, RoadTravel } from "./road-task.ts";

/** When an answer must be there, and when nobody waits for it any more. */
export interface RoadPatience {
  /** Moment of `monotonicMs`; Infinity: none. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}

/** The thread of the road engines. It begins with the first question. */
export interface RoadDesk {
  /**
   * What the road engine of an encoded AssignRequest says of its places; undefined where the request is invalid. Where there are too many legs
   * those between orders far from each other are not asked for, but for the orders `whole`. Rejects with RequestError.
   */
  travel(
    request: Uint8Array,
    patience: RoadPatience,
    purpose: RoadPurpose,
    whole?: readonly string[],
  ): Promise<RoadTravel | undefined>;
  /** An encoded AssignResponse with geometry and steps. */
  directions(request: Uint8Array, response: Uint8Array, patience: RoadPatience): Promise<Uint8Array<ArrayBuffer>>;
  /** How it did; undefined before the first question. */
  statistics(): Promise<RoadStatistics | undefined>;
  close(): Promise<void>;
}

/** A desk with its own thread and cache. */
export function createRoadDesk(setup: RoadSetup): RoadDesk {
  let thread: Piscina<RoadTask, RoadResult> | undefined;

  async function run(task: RoadTask, signal?: AbortSignal): Promise<Exclude<RoadResult, { kind: "error" }>> {
    thread ??= new Piscina({
      ...threadFile(),
      name: "run",
      minThreads: 1,
      maxThreads: 1,
      // It mostly waits.
      concurrentTasksPerWorker: 1_000,
      workerData: setup,
      atomics: "disabled",
    });
    let onAbort = () => {};
    const gone = new Promise<never>((_, reject) => {
      onAbort = () => {
        Atomics.store(task.flags, STOP, 1);
        reject(new RequestError("CANCELLED", "the call was cancelled"));
      };
    });
    if (signal?.aborted) onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
    try {
      const result = await Promise.race([thread.run(task), gone]);
      if (result.kind === "error") throw fromPlainError(result.error);
      return result;
    } finally {
      signal?.removeEventListener("abort", onAbort);
    }
  }

  const taskOf = (request: Uint8Array, deadline: number) => ({
    request,
    deadline,
    flags: new Int32Array(new SharedArrayBuffer(4)),
  });
  return {
    async travel(request, { deadline, signal }, purpose, whole = []) {
      const result = await run({ kind: "tables", purpose, whole, ...taskOf(request, deadline) }, signal);
      return (result as { travel: RoadTravel | undefined }).travel;
    },
    async directions(request, response, { deadline, signal }) {
      const result = await run({ kind: "directions", response, ...taskOf(request, deadline) }, signal);
      return (result as { response: Uint8Array<ArrayBuffer> }).response;
    },
    async statistics() {
      if (!thread) return undefined;
      const result = await run({ kind: "statistics", ...taskOf(new Uint8Array(), Number.POSITIVE_INFINITY) });
      return (result as { statistics: RoadStatistics }).statistics;
    },
    async close() {
      if (!thread) return;
      await run({ kind: "rest", ...taskOf(new Uint8Array(), Number.POSITIVE_INFINITY) });
      await thread.close();
    },
  };
}

/** The thread's module beside this file: JavaScript as built, TypeScript through tsx where the source itself runs. */
function threadFile(): { filename: string; execArgv?: string[] } {
  if (!import.meta.url.endsWith(".ts")) return { filename: new URL("./road-worker.js", import.meta.url).href };
  const loader = new URL("../pool/register-tsx.mjs", import.meta.url).href;
  return { filename: new URL("./road-worker.ts", import.meta.url).href, execArgv: ["--import", loader] };
}
