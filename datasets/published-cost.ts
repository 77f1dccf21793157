// What the evaluators of benchmark plans take and give.

/** One vehicle's or technician's way: its number and the instance's node numbers in order, 0 = a visit to the main depot. */
export interface NumberedRoute {
  readonly engineer: number;
  readonly visits: readonly number[];
}

/** Problems shared by all formats: unknown or repeated engineers and customers. `first` to `last` are the customers' numbers. */
export function numberingProblems(
  routes: readonly NumberedRoute[],
  engineers: number,
  first: number,
  last: number,
): string[] {
  const problems: string[] = [];
  const usedEngineers = new Set<number>();
  const visited = new Set<number>();
  for (const { engineer, visits } of routes) {
    if (!Number.isInteger(engineer) || engineer < 1 || engineer > engineers)
      problems.push(`engineer ${engineer} is not one of 1 to ${engineers}`);
    if (usedEngineers.has(engineer)) problems.push(`engineer ${engineer} has two routes`);
    usedEngineers.add(engineer);
    for (const visit of visits.filter((node) => node !== 0)) {
      if (!Number.isInteger(visit) || visit < first || visit > last)
        problems.push(`engineer ${engineer}: visit ${visit} is not one of ${first} to ${last}`);
      if (visited.has(visit)) problems.push(`engineer ${engineer}: ${visit} is visited twice`);
      visited.add(visit);
    }
  }
  return problems;
}
