// What the pool and its workers say to each other.
import type { MessagePort } from "node:worker_threads";
import type { Islands } from "../solver/islands.ts";
import type { WorkerSolution } from "./assign.ts";
import type { PlainError } from "./errors.ts";

/** One piece of work for one worker. */
export interface Task {
  /**
   * `assign`: the whole request. `search`: search only. `answer`: the response from the solutions of several searches.
   * `evaluate`: the judgement of a plan.
   */
  readonly kind: "assign" | "search" | "answer" | "evaluate";
  /** Encoded AssignRequest, or EvaluateRequest to evaluate, over shared memory. */
  readonly request: Uint8Array;
  /** One cell over shared memory: STOP. */
  readonly flags: Int32Array;
  /** From 0; the seed differs by it. */
  readonly workerIndex: number;
  /** Moment of `monotonicMs` when the result must be there; Infinity: none. */
  readonly deadline: number;
  /** Longest work from the worker's start, milliseconds; Infinity: no limit. */
  readonly timeLimitMs: number;
  /** `search`: the other searches for the request. */
  readonly islands?: Islands;
  /** Where Progress goes; absent: nobody listens. */
  readonly progress?: MessagePort;
  /** Shortest time between two Progress messages. */
  readonly progressIntervalMs?: number;
  /** For `answer`. */
  readonly solutions?: readonly WorkerSolution[];
}

/** Result of a task: `search` gives a solution, the others an encoded AssignResponse or EvaluateResponse; what failed gives an error. */
export type TaskResult =
  | { readonly kind: "solution"; readonly solution: WorkerSolution }
  | { readonly kind: "error"; readonly error: PlainError }
  | Uint8Array<ArrayBuffer>;

/** Cell of `Task.flags`: not 0 asks the worker to stop. */
export const STOP = 0;

/** Milliseconds of a clock that never jumps and is the same in all threads of the process (performance.now() differs by thread). */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
