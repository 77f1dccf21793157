// Are plans as good as those of the reference?

/** How good the plans of an instance are, together. */
export interface Quality {
  /** First level of the objective: sum of 1 + priority over mandatory orders left out. */
  readonly unassigned: number;
  /** Last level of the objective, ticks or distance, without what no plan can save. */
  readonly cost: number;
}

/**
 * Share by which one instance, and the mean of all, may cost more than the reference. Chance stays within them: other seeds
 * moved one instance by up to 2.8 % and the mean by 0.1 %.
 */
export const ONE_MAY = 0.04;
export const MEAN_MAY = 0.01;

/**
 * What is worse than the reference by more than it may, in words; empty: nothing. A plan that leaves out less is no worse and
 * its cost does not count, one that leaves out more is worse whatever it costs.
 */
export function regressions(
  reference: Readonly<Record<string, Quality>>,
  measured: Readonly<Record<string, Quality>>,
): string[] {
  const names = Object.keys(measured);
  const unlike = [
    ...names.filter((name) => !reference[name]),
    ...Object.keys(reference).filter((name) => !measured[name]),
  ];
  if (unlike.length > 0) return [`not in both: ${unlike.join(", ")}; npm run quality:reference`];
  const found: string[] = [];
  const changes = names.map((name) => {
    const [before, after] = [reference[name]!, measured[name]!];
    if (after.unassigned > before.unassigned)
      found.push(`${name}: ${after.unassigned} left out, before ${before.unassigned}`);
    const change = after.unassigned === before.unassigned ? after.cost / before.cost - 1 : 0;
    if (change > ONE_MAY) found.push(`${name}: ${percent(change)}, ${after.cost} after ${before.cost}`);
    return change;
  });
  const mean = changes.reduce((sum, change) => sum + change, 0) / changes.length;
  if (mean > MEAN_MAY)
    found.push(
      `mean: ${percent(mean)} (${names.map((name, index) => `${name} ${percent(changes[index]!)}`).join(", ")})`,
    );
  return found;
}

const percent = (share: number) => `${share > 0 ? "+" : ""}${(100 * share).toFixed(2)} %`;
