// What a solve brings back from the core: plain numbers that can go from one thread to another.

/** Why an order is left out; rows are those of the problem. */
export type Reason =
  | { readonly code: "NO_ELIGIBLE_ENGINEER"; readonly masks: Uint16Array }
  | { readonly code: "NO_PART" }
  | { readonly code: "NO_FEASIBLE_TIME" }
  | { readonly code: "OUTBID"; readonly witness: number }
  | { readonly code: "NOT_WORTH_PRICE" }
  /** `isScattered`: its parts and tools are there, but not where the search puts them together from. */
  | { readonly code: "NOT_PROVED"; readonly isScattered?: true };

/** What a MATCH round proves. */
export interface MatchProof {
  /** By level: the plan before the round. */
  readonly base: BigInt64Array;
  /** Undefined when the time was over before all pair costs were known. */
  readonly dual: MatchDual | undefined;
}

/** The dual of a MATCH round; a bound whether or not it is complete. */
export interface MatchDual {
  readonly complete: boolean;
  readonly unassignedUnit: bigint;
  readonly orderDual: BigInt64Array;
  readonly engineerDual: BigInt64Array;
  /** By order row: engineer row, -1 left out. */
  readonly engineerOf: Int32Array;
  /** By order row: cost of the chosen pair, or of leaving out. */
  readonly costs: BigInt64Array;
}

/** The running plan at `now`, before anything was changed. */
export interface RunningPlan {
  readonly levels: bigint[];
  /** Order rows that it does not serve: new ones, and those that could not stay. */
  readonly absent: Int32Array;
}

/** The best plan of one worker. */
export interface Solution {
  readonly workerIndex: number;
  /** Routes and stops as assembly/route/plan.ts writes them. */
  readonly planWords: Int32Array;
  /** Order rows left out. */
  readonly absent: Int32Array;
  /** One for each row of `absent`. */
  readonly reasons: readonly Reason[];
  readonly levels: bigint[];
  readonly measures: bigint[];
  readonly iterations: bigint;
  readonly searchMs: number;
  readonly firstPlanMs: number;
  readonly lastImprovementMs: number;
  readonly match: MatchProof | undefined;
  /** Where the mode keeps one. */
  readonly running: RunningPlan | undefined;
}

/** Negative when `a` is the better plan; equal plans go by worker. */
export function compareSolutions(a: Solution, b: Solution): number {
  for (const [level, value] of a.levels.entries()) {
    const other = b.levels[level]!;
    if (value !== other) return value < other ? -1 : 1;
  }
  return a.workerIndex - b.workerIndex;
}
