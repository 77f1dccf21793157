// What candidates cost: one problem solved with all pairs and with candidates, from the same seeds, at equal iterations and at equal time.
import { performance } from "node:perf_hooks";
import { type Core, createCore } from "../solver/core.ts";
import type { Problem } from "../solver/model/problem.ts";
import { solve } from "../solver/solve.ts";
import { meanWithInterval } from "./interval.ts";

/** A budget for every solve: iterations, or milliseconds. */
export type Budget = { readonly iterations: number } | { readonly timeMs: number };

export interface Arm {
  /** Least engineers tried for an order; 0: all pairs. */
  readonly engineers: number;
  readonly runs: readonly {
    readonly seed: number;
    readonly unassigned: number;
    readonly cost: number;
    readonly iterations: number;
  }[];
  /** Against all pairs, over seeds at which equally many were left out: mean of (cost - cost of all pairs) / cost of all pairs. */
  readonly difference: number | null;
  /** 95 % confidence interval of that mean by Student's t over the seeds. */
  readonly interval: readonly [number, number] | null;
  /** Seeds at which UNASSIGNED is smaller than with all pairs, and larger. */
  readonly fewer: number;
  readonly more: number;
}

/** Solves `problem` with all pairs and with each number of engineers, from every seed. */
export function measureCandidates(
  module: WebAssembly.Module,
  problem: Problem,
  engineers: readonly number[],
  seeds: readonly number[],
  budget: Budget,
): Arm[] {
  const core = createCore(module);
  // The engine compiles hot code once more while it runs; that belongs to no arm.
  run(core, problem, 0, 0, "timeMs" in budget ? { timeMs: 500 } : { iterations: 200 });
  const arms = [0, ...engineers];
  // Arm by arm within a seed: what else the machine does meanwhile falls on all of them.
  const bySeed = seeds.map((seed) => arms.map((count) => run(core, problem, count, seed, budget)));
  return arms.map((count, arm) => {
    const runs = bySeed.map((row) => row[arm]!);
    const pairs = bySeed.map((row) => ({ all: row[0]!, own: row[arm]! }));
    const alike = pairs.filter(({ all, own }) => own.unassigned === all.unassigned);
    const { mean, interval } = meanWithInterval(alike.map(({ all, own }) => (own.cost - all.cost) / all.cost));
    return {
      engineers: count,
      runs,
      difference: mean,
      interval,
      fewer: pairs.filter(({ all, own }) => own.unassigned < all.unassigned).length,
      more: pairs.filter(({ all, own }) => own.unassigned > all.unassigned).length,
    };
  });
}

function run(core: Core, problem: Problem, engineers: number, seed: number, budget: Budget): Arm["runs"][number] {
  const solution = solve(
    core,
    {
      ...problem,
      seed: BigInt(seed),
      iterations: "iterations" in budget ? budget.iterations : 0,
      candidates: { engineers, resolution: 0, allPairs: engineers === 0 },
    },
    {
      workerIndex: 0,
      deadlineMs: "timeMs" in budget ? performance.now() + budget.timeMs : Number.POSITIVE_INFINITY,
      stopped: () => false,
    },
  );
  const [unassigned, cost] = solution.levels;
  return { seed, unassigned: Number(unassigned), cost: Number(cost), iterations: Number(solution.iterations) };
}
