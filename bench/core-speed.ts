// How fast the core is on one problem, driven directly in this thread.
import { performance } from "node:perf_hooks";
import { createCore } from "../solver/core.ts";
import { encodeProblem } from "../solver/encode.ts";
import type { Problem } from "../solver/model/problem.ts";

export interface CoreSpeed {
  /** Problem to columns, ms. */
  readonly encodeMs: number;
  /** Columns into the core and everything built there, ms. */
  readonly loadMs: number;
  /** Problem to first plan, both of the above included, ms. */
  readonly firstPlanMs: number;
  readonly iterationsPerSecond: number;
  /** Insertions evaluated in the search. */
  readonly insertionsPerSecond: number;
  /** What the core has taken of its arena. */
  readonly arenaBytes: number;
  /** The core's whole memory. */
  readonly memoryBytes: number;
}

/** Length of a slice of the search. */
const SLICE_MS = 10;

/** Solves `problem` in a new instance of the core: the first plan, then `searchMs` of search. */
export function measureCore(module: WebAssembly.Module, problem: Problem, searchMs: number): CoreSpeed {
  const core = createCore(module);
  const { exports } = core;
  const begun = performance.now();
  const { columns } = encodeProblem(problem);
  const encoded = performance.now();
  core.load(columns, () => false);
  const loaded = performance.now();
  // Steps of the genetic search would count as iterations that they are not.
  exports.setHybrid(false);
  const status = exports.startPlan(problem.seed);
  if (status !== 0) throw new Error(`the core could not start: status ${status}`);
  exports.firstPlan();
  const planned = performance.now();

  const insertionsBefore = exports.insertionsTried.value;
  let now = planned;
  let count = 1;
  while (now < planned + searchMs) {
    const spent = (now - planned) / searchMs;
    exports.runSearch(count, 0n, spent, Math.min(1, spent + SLICE_MS / searchMs));
    const took = performance.now() - now;
    now += took;
    count = Math.max(1, Math.min(4 * count, Math.round((count * SLICE_MS) / Math.max(took, 0.05))));
  }
  const seconds = (now - planned) / 1000;
  const insertions = exports.insertionsTried.value;
  return {
    encodeMs: encoded - begun,
    loadMs: loaded - encoded,
    firstPlanMs: planned - begun,
    iterationsPerSecond: Number(exports.iterations.value) / seconds,
    insertionsPerSecond: Number(insertions - insertionsBefore) / seconds,
    arenaBytes: exports.arenaBytes(),
    memoryBytes: exports.memory.buffer.byteLength,
  };
}
