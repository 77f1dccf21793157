// Curves that compare solvers: how soon runs reach a target, and how often each is near the best.

/** Step functions as points in the order of x. */
export type Curve = readonly (readonly [x: number, share: number])[];

/** Seconds until a run's cost is at most `target`, by its trace, else its end; undefined: never, or it is not known when. */
export function timeToTarget(
  run: {
    readonly trace?: readonly (readonly [number, number])[] | undefined;
    readonly elapsedS: number;
    readonly cost: number;
  },
  target: number,
): number | undefined {
  const reached = run.trace?.find(([, cost]) => cost <= target);
  if (reached) return reached[0];
  return run.cost <= target ? run.elapsedS : undefined;
}

/** Share of runs that have reached their target after so many seconds (Aiex, Resende & Ribeiro 2007): `times` of all runs. */
export function targetCurve(times: readonly (number | undefined)[]): Curve {
  const reached = times.flatMap((time) => (time === undefined ? [] : [time])).sort((a, b) => a - b);
  return reached.map((time, index) => [time, (index + 1) / times.length]);
}

/**
 * Performance profiles (Dolan & More 2002): by solver, the share of problems on which its cost is at most x times the lowest of all
 * solvers. `costs` has a row for each problem, by solver; undefined: no valid answer.
 */
export function profiles(
  costs: readonly ReadonlyMap<string, number | undefined>[],
  solvers: readonly string[],
): Map<string, Curve> {
  const ratios = new Map(solvers.map((solver) => [solver, [] as number[]]));
  for (const row of costs) {
    const valid = [...row.values()].filter((cost) => cost !== undefined);
    const best = Math.min(...valid);
    for (const solver of solvers) {
      const cost = row.get(solver);
      if (cost !== undefined) ratios.get(solver)!.push(cost / best);
    }
  }
  return new Map(
    [...ratios].map(([solver, values]) => [
      solver,
      values.sort((a, b) => a - b).map((ratio, index) => [ratio, (index + 1) / costs.length] as const),
    ]),
  );
}
