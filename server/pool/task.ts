// What the pool and its workers say to each other.
import type { MessagePort } from "node:worker_threads";
import type { Islands } from "../../solver/islands.ts";
import type { Problem } from "../../solver/model/problem.ts";
import type { WorkerSolution } from "../answer/assign.ts";
import type { PlainError } from "../errors.ts";
import type { RoadTravel } from "../roads/road-task.ts";
import type { RequestLimits } from "../validate/server-limits.ts";

/** What every worker is given at its start. */
export interface WorkerSetup {
  readonly module: WebAssembly.Module;
  readonly limits: RequestLimits;
  /** A core whose memory has grown beyond this is given up after the task, megabytes. */
  readonly keepCoreMb: number;
  /** One cell over shared memory, not 0 once the pool has started: a thread that takes another's place goes to work at once. */
  readonly started: Int32Array;
}

/** One piece of work for one worker. */
export interface Task {
  /**
   * `assign`: the whole request. `search`: search only. `answer`: the response from the solutions of several searches.
   * `evaluate`: the judgement of a plan. `recommend`: places for one order.
   */
  readonly kind: "assign" | "search" | "answer" | "evaluate" | "recommend";
  /** Encoded AssignRequest, or the request of the rpc to evaluate and recommend, over shared memory. */
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
  /** What the road engine said, where the request names one. */
  readonly road?: RoadTravel;
}

/** Part of a task's time. */
export interface Phase {
  readonly name: "decode" | "search" | "prove" | "answer" | "encode";
  readonly ms: number;
}

/** What a worker tells of a task it has done. */
export interface TaskReport {
  /** Moment of `monotonicMs` when the worker began. */
  readonly began: number;
  /** One after the other, from `began` on; `answer` is all that is not one of the others. */
  readonly phases: readonly Phase[];
  /** Quality of the plan; absent where there is none. */
  readonly plan?: PlanReport;
}

/** A plan in a few numbers. */
export interface PlanReport {
  readonly mode: Problem["mode"];
  readonly assigned: number;
  readonly unassigned: number;
  readonly iterations: number;
  /** Proved gap, 0 to 1 and above; absent where no bound was proved. */
  readonly gap?: number;
  /** What each criterion costs in this plan, equivalent ticks. */
  readonly criteria: readonly { readonly id: string; readonly cost: number }[];
  readonly travelSource: string;
}

/** Result of a task: a search gives a solution, the others an encoded response; what failed gives an error. */
export type TaskResult =
  | { readonly kind: "solution"; readonly solution: WorkerSolution; readonly report: TaskReport }
  | { readonly kind: "answer"; readonly response: Uint8Array<ArrayBuffer>; readonly report: TaskReport }
  | { readonly kind: "error"; readonly error: PlainError };

/** Cell of `Task.flags`: not 0 asks the worker to stop. */
export const STOP = 0;

/** Milliseconds of a clock that never jumps and is the same in all threads of the process (performance.now() differs by thread). */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
