// The WebAssembly core, one instance for each worker thread.
//
// The core owns its memory: `load` resets its arena, reserves the problem's bytes, and writes them through views made right before use,
// because growing the memory detaches older views. Everything a solve leaves in the core's memory is gone at the next `load`.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type ColumnSources, encodedBytes, writeColumns } from "./columns.ts";

/** Version of the core, in every answer's provenance. */
export const CORE_VERSION = "0.1.0";

type Value = { readonly value: number };
type Value64 = { readonly value: bigint };

/** What the core exports: assembly/index.ts. Pointers are byte addresses. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  resetArena(): void;
  arenaBytes(): number;
  allocate(bytes: number): number;
  buildProblem(base: number): number;
  foldPairs(): void;
  /** After foldPairs: lists the candidates of every order, where the problem has candidates. */
  buildNearEngineers(): void;
  startPlan(seed: bigint): number;
  startRound(): number;
  firstPlan(): void;
  runSearch(count: number, budget: bigint, from: number, to: number): number;
  finishSearch(): void;
  solveMatch(): void;
  loadBest(): void;
  setHybrid(on: boolean): void;
  adoptPlan(words: number): number;
  receivePlan(words: number): void;
  pauseAt(iterations: bigint): void;
  startWarm(warmth: number): void;
  writeStops(): void;
  readonly planStops: Value;
  readonly planStopsCount: Value;
  neighbourList(order: number): number;
  nearEngineers(order: number): number;
  nearEngineer(order: number, index: number): number;
  readonly neighbourCount: Value;
  emptyPlan(): void;
  rollBack(): void;
  writePlan(): void;
  writeEngineer(engineer: number): void;
  openRunning(): void;
  insertSequence(count: number): number;
  closeInsertion(): void;
  readonly sequence: Value;
  readonly runningLevels: Value;
  readonly runningAbsent: Value;
  readonly runningAbsentCount: Value;
  findInsertions(order: number, limit: number, slots: number): number;
  makeInsertion(order: number, index: number): void;
  readonly insertions: Value;
  readonly insertionCount: Value;
  geneticApplies(): number;
  geneticStart(seed: bigint): void;
  geneticAdd(): void;
  geneticStep(): number;
  geneticExport(): void;
  geneticCost(): bigint;
  insertionCost(order: number, route: number): bigint;
  isInsertable(order: number): number;
  partsAlone(order: number, engineer: number): number;
  readonly generations: Value;
  readonly totalCost: Value64;
  readonly iterations: Value64;
  /** Insertions evaluated since start; absent where the core does not count them. */
  readonly insertionsTried: Value64;
  readonly bestIteration: Value64;
  readonly failedRoute: Value;
  readonly planWords: Value;
  readonly planLength: Value;
  readonly absent: Value;
  readonly absentCount: Value;
  readonly bestLevels: Value;
  readonly bestMeasures: Value;
  readonly pairMask: Value;
  readonly pairCost: Value;
  openRows(mostRows: number, columns: number): void;
  addRow(): void;
  solveAssignment(rowOuts: number, columnOuts: number): number;
  readonly nextRow: Value;
  readonly columnOf: Value;
  readonly rowDual: Value;
  readonly columnDual: Value;
  matchCost(order: number, engineer: number): bigint;
  readonly matchStage: Value;
  readonly matchBase: Value;
  readonly leaveOutCosts: Value;
  readonly unassignedUnit: Value64;
  readonly engineerOf: Value;
  readonly orderDual: Value;
  readonly engineerDual: Value;
}

/** The core refused its input or broke down; with status, the code of assembly/status.ts. */
export class CoreError extends Error {
  override readonly name = "CoreError";
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** One instance of the core. */
export interface Core {
  readonly exports: Exports;
  /** Takes the problem over; nothing of an earlier one is left. `shouldStop` is asked in long steps until the next load. */
  load(columns: ColumnSources, shouldStop: () => boolean): void;
  /** Has `shouldStop` asked instead of the one given to load. */
  watch(shouldStop: () => boolean): void;
  /** Changes with every load. */
  readonly epoch: number;
  /** Copies of numbers in the core's memory. */
  uint16s(pointer: number, length: number): Uint16Array;
  int32s(pointer: number, length: number): Int32Array;
  int64s(pointer: number, length: number): BigInt64Array;
  /** Writes words into the core's memory. */
  write(pointer: number, words: ArrayLike<number>): void;
  /** Another instance for parts of this one's problem; the same at every call. */
  sibling(): Core;
}

/** Reads and compiles the core; share the module with all workers. */
export async function loadCoreModule(): Promise<WebAssembly.Module> {
  const path = createRequire(import.meta.url).resolve("#core.wasm");
  return WebAssembly.compile(await readFile(path));
}

/** Loads of all instances of this thread: no two of them have the same epoch. */
let loads = 0;

/** A new instance with memory of its own. */
export function createCore(module: WebAssembly.Module): Core {
  // Strings of AssemblyScript are UTF-16 with their length in bytes before them.
  const text = (pointer: number) => {
    const bytes = new Uint32Array(exports.memory.buffer, pointer - 4, 1)[0]!;
    return String.fromCharCode(...new Uint16Array(exports.memory.buffer, pointer, bytes / 2));
  };
  const abort = (message: number, file: number, line: number) => {
    throw new CoreError(`the core aborted: ${message && text(message)} (${file && text(file)}:${line})`, -1);
  };
  let ask = () => false;
  let epoch = 0;
  let sibling: Core | undefined;
  const imports = { env: { abort }, host: { shouldStop: () => (ask() ? 1 : 0) } };
  const exports = new WebAssembly.Instance(module, imports).exports as unknown as Exports;
  return {
    exports,
    load(columns, shouldStop) {
      ask = shouldStop;
      epoch = ++loads;
      exports.resetArena();
      const bytes = encodedBytes(columns);
      const base = exports.allocate(bytes);
      writeColumns(columns, new Int32Array(exports.memory.buffer, base, bytes / 4));
      const status = exports.buildProblem(base);
      if (status !== 0) throw new CoreError(`the core refused the problem's bytes with status ${status}`, status);
    },
    watch(shouldStop) {
      ask = shouldStop;
    },
    get epoch() {
      return epoch;
    },
    uint16s: (pointer, length) => new Uint16Array(exports.memory.buffer, pointer, length).slice(),
    int32s: (pointer, length) => new Int32Array(exports.memory.buffer, pointer, length).slice(),
    int64s: (pointer, length) => new BigInt64Array(exports.memory.buffer, pointer, length).slice(),
    write: (pointer, words) => new Int32Array(exports.memory.buffer, pointer, words.length).set(words),
    sibling: () => {
      sibling ??= createCore(module);
      return sibling;
    },
  };
}
