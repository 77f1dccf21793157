// Which engineers the search tries for an order: those in the fewest rings of H3 cells around it that hold enough of them.
import type { Problem } from "./model/problem.ts";

/** Pairs of order and engineer up to which a round has no candidates unless it is asked for; routes never have: docs/adr/0014. */
const MOST_PAIRS = 1_000_000;
const ENGINEERS = 40;
const RESOLUTION = 8;

/** Number of engineers and resolution of the cells; undefined: the search tries whom it wants. */
export function candidatesOf(
  problem: Problem,
): { readonly engineers: number; readonly resolution: number } | undefined {
  const { candidates, orders, engineers, mode } = problem;
  if (candidates.allPairs) return undefined;
  const asked = candidates.engineers > 0 || candidates.resolution > 0;
  if (!asked && (mode !== "match" || orders.length * engineers.length <= MOST_PAIRS)) return undefined;
  // Without coordinates there are no cells.
  if (orders.some(({ inputs }) => !inputs.point) || engineers.some(({ inputs }) => !inputs.home)) return undefined;
  return { engineers: candidates.engineers || ENGINEERS, resolution: candidates.resolution || RESOLUTION };
}
