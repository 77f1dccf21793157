// How fast the core folds the pair criteria, and plain TypeScript beside it, driven directly in this thread.
import type { AssignRequest } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { factsOf } from "../solver/check/facts.ts";
import { excludingCriteria, pairCost } from "../solver/check/pair.ts";
import { encodedBytes } from "../solver/columns.ts";
import { createCore } from "../solver/core.ts";
import { encodeProblem } from "../solver/encode.ts";
import type { Problem } from "../solver/model/problem.ts";

export interface CriteriaSpeed {
  /** Orders times engineers. */
  readonly pairs: number;
  /** Mask and cost of all pairs in the core, and the candidates of all orders where there are some, ms of processor time, the mean of some runs. */
  readonly foldMs: number;
  readonly pairsPerSecond: number;
  /** Masks and costs of all pairs. */
  readonly tableBytes: number;
  /** What the criteria keep beside them, lists of candidates included. */
  readonly keptBytes: number;
  /** The same pairs by the checker's criteria, which are plain TypeScript; on a sample of the orders. */
  readonly plainPairsPerSecond: number;
}

const RUNS = 9;
/** A pair's mask and its cost. */
const PAIR_BYTES = 6;
/** Pairs for plain TypeScript, about: all pairs of every so many orders. */
const PLAIN_PAIRS = 20_000;

/** Folds the pairs of `problem` in a new instance of the core, then some of the same request's without it. */
export function measureCriteria(module: WebAssembly.Module, request: AssignRequest, problem: Problem): CriteriaSpeed {
  const core = createCore(module);
  const { exports } = core;
  const { columns } = encodeProblem(problem);
  // Nobody waits for the lists that a search would need.
  core.load(columns, () => true);
  const bytes = encodedBytes(columns);
  const pairs = problem.orders.length * problem.engineers.length;
  let arenaBytes = 0;
  const fold = () => {
    // The columns stay where they are; what was built behind them is overwritten.
    exports.resetArena();
    exports.allocate(bytes);
    const before = exports.arenaBytes();
    exports.foldPairs();
    exports.buildNearEngineers();
    arenaBytes = exports.arenaBytes() - before;
  };
  // The first run is the compiler's.
  fold();
  const foldMs = processorMs(() => {
    for (let run = 0; run < RUNS; run++) fold();
  });
  return {
    pairs,
    foldMs: foldMs / RUNS,
    pairsPerSecond: (pairs * RUNS) / (foldMs / 1000),
    tableBytes: pairs * PAIR_BYTES,
    keptBytes: arenaBytes - pairs * PAIR_BYTES,
    plainPairsPerSecond: plainPairsPerSecond(request),
  };
}

function plainPairsPerSecond(request: AssignRequest): number {
  const facts = factsOf(request);
  const { orders, engineers } = request;
  const every = Math.ceil((orders.length * engineers.length) / PLAIN_PAIRS);
  const some = orders.filter((_, row) => row % every === 0);
  let eligible = 0;
  const run = () => {
    for (const order of some)
      for (const engineer of engineers) {
        if (excludingCriteria(facts, order, engineer).length === 0) eligible++;
        pairCost(facts, order, engineer);
      }
  };
  run();
  const seconds = processorMs(run) / 1000;
  if (eligible === 0) throw new Error("nobody may serve anything: nothing was measured");
  return (some.length * engineers.length) / seconds;
}

/** Processor time of this process, which a busy machine does not make longer. */
function processorMs(run: () => void): number {
  const begun = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}
