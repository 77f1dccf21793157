// Proves bounds without the routes of any plan, so that a route that pricing misses makes a bound too high.
import type { AssignRequest } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { problemFromProto } from "../server/messages/from-proto.ts";
import { createCore, loadCoreModule } from "../solver/core.ts";
import { loadHighs } from "../solver/prove/highs.ts";
import { proveSolution } from "../solver/prove/solution.ts";
import { solve } from "../solver/solve.ts";

const coreModule = loadCoreModule();

/** Bound of the levels that `levelsOf` gives for the plan found, and those levels; no bound where none is proved within `limitMs`. */
export async function boundFromNothing(
  request: AssignRequest,
  levelsOf: (found: bigint[]) => bigint[] = (found) => found,
  limitMs = Number.POSITIVE_INFINITY,
): Promise<{ bound: bigint[] | undefined; levels: bigint[] }> {
  const core = createCore(await coreModule);
  const problem = problemFromProto(request, new Set());
  const solution = solve(core, problem, {
    workerIndex: 0,
    deadlineMs: Number.POSITIVE_INFINITY,
    stopped: () => false,
  });
  const levels = levelsOf(solution.levels);
  const end = performance.now() + limitMs;
  const { levels: bound } = proveSolution(
    core,
    problem,
    { ...solution, planWords: new Int32Array(), levels },
    { highs: await loadHighs(), stopped: () => performance.now() > end },
  );
  return { bound, levels };
}

/** Negative, 0 or positive as the first level that differs. */
export function compareLevels(a: readonly bigint[], b: readonly bigint[]): number {
  const first = a.findIndex((value, level) => value !== b[level]);
  if (first < 0) return 0;
  return a[first]! < b[first]! ? -1 : 1;
}
