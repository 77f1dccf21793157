// How fast the core assigns rows to columns, driven directly in this thread.
import { performance } from "node:perf_hooks";
import { type Core, createCore } from "../solver/core.ts";
import type { MatchInstance } from "./match-instances.ts";

export interface MatchSpeed {
  /** The assignment and its dual, ms, the median of some runs; the costs are in the core before. */
  readonly solveMs: number;
  /** What the costs take in the core. */
  readonly costBytes: number;
  /** What the core has taken of its arena, costs included. */
  readonly arenaBytes: number;
  /** Sum of the pairs' costs. */
  readonly cost: number;
  readonly matched: number;
}

const RUNS = 3;
/** More than any instance's pairs together: leaving a row out is the last resort. */
const LEAVE_OUT = 2n ** 40n;
const FORBIDDEN = (2n ** 63n - 1n) >> 2n;

/** Solves one instance in a new instance of the core. */
export function measureMatch(module: WebAssembly.Module, instance: MatchInstance): MatchSpeed {
  const core = createCore(module);
  const { exports } = core;
  const { rows, columns } = instance;
  exports.resetArena();
  const rowOuts = exports.allocate(rows * 8);
  const columnOuts = exports.allocate(columns * 8);
  new BigInt64Array(exports.memory.buffer, rowOuts, rows).fill(LEAVE_OUT);
  new BigInt64Array(exports.memory.buffer, columnOuts, columns).fill(0n);
  const before = exports.arenaBytes();
  exports.openRows(rows, columns);
  for (const costs of instance.costs()) {
    writeCosts(core, costs);
    exports.addRow();
  }
  const costBytes = exports.arenaBytes() - before;
  const runs = Array.from({ length: RUNS }, () => {
    const begun = performance.now();
    exports.solveAssignment(rowOuts, columnOuts);
    return performance.now() - begun;
  }).sort((a, b) => a - b);
  const columnOf = core.int32s(exports.columnOf.value, rows);
  let cost = 0;
  let matched = 0;
  let row = 0;
  for (const costs of instance.costs()) {
    const column = columnOf[row++]!;
    if (column < 0) continue;
    cost += costs[column]!;
    matched++;
  }
  return { solveMs: runs[RUNS >> 1]!, costBytes, arenaBytes: exports.arenaBytes(), cost, matched };
}

/** Costs fit in 32 bits, so that no number need become a bigint. */
function writeCosts({ exports }: Core, costs: readonly (number | undefined)[]): void {
  const words = new Int32Array(exports.memory.buffer, exports.nextRow.value, costs.length * 2);
  const [low, high] = [Number(BigInt.asIntN(32, FORBIDDEN)), Number(FORBIDDEN >> 32n)];
  for (const [column, cost] of costs.entries()) {
    words[2 * column] = cost ?? low;
    words[2 * column + 1] = cost === undefined ? high : 0;
  }
}
