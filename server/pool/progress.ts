// Progress of one call out of the progress of its workers, never more often than asked for.

import { create } from "@bufbuild/protobuf";
import { type Progress, ProgressSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";

/** Takes what worker `index` says and calls `emit` with the merged state at most every `intervalMs`. */
export function progressMerger(
  workers: number,
  intervalMs: number,
  emit: (progress: Progress) => void,
): (index: number, progress: Progress) => void {
  const latest: (Progress | undefined)[] = Array.from({ length: workers });
  let lastEmitted = Number.NEGATIVE_INFINITY;
  return (index, progress) => {
    latest[index] = progress;
    const now = performance.now();
    if (now - lastEmitted < intervalMs) return;
    lastEmitted = now;
    emit(mergeProgress(latest.filter((known) => known !== undefined)));
  };
}

/** Best plan, iterations of all, time and share of the budget of the one that is furthest. Takes at least one. */
export function mergeProgress(all: readonly Progress[]): Progress {
  const best = all.reduce((a, b) => (levelsBefore(b.levels, a.levels) ? b : a));
  const furthest = all.reduce((a, b) => (b.fraction > a.fraction ? b : a));
  return create(ProgressSchema, {
    ...best,
    iterations: all.reduce((sum, { iterations }) => sum + iterations, 0n),
    ...(furthest.elapsed ? { elapsed: furthest.elapsed } : {}),
    fraction: furthest.fraction,
  });
}

/** Whether `a` is better: smaller at the first difference; no levels yet is worse than any. */
function levelsBefore(a: readonly bigint[], b: readonly bigint[]): boolean {
  if (b.length === 0) return a.length > 0;
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && a[at]! < b[at]!;
}
