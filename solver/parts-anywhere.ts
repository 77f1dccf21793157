// Whether the parts and tools of an order are to be had at all, put together from everywhere and whatever the time: else the reason is NO_PART.
import type { Problem, ProblemEngineer, ProblemOrder } from "./model/problem.ts";

/** Units that the engineer can lend at most. */
const spare = ({ lends, stock, safetyStock }: ProblemEngineer, sku: string) =>
  lends ? Math.max(0, (stock.get(sku) ?? 0) - (safetyStock.get(sku) ?? 0)) : 0;

/**
 * Tells of an engineer whether the order's parts and tools could be had: false when some part or tool is too little in the engineer's van, at
 * all centres and with all who may lend together; substitutes count in full for every part that they may stand for.
 */
export function partsFinder(
  { engineers, centres }: Pick<Problem, "engineers" | "centres">,
  { parts, toolIds }: Pick<ProblemOrder, "parts" | "toolIds">,
): (engineer: ProblemEngineer) => boolean {
  const tools = toolIds.filter((tool) => !centres.some((centre) => centre.toolIds.has(tool)));
  const needs = parts.map(({ id, quantity, substitutes = [] }) => {
    const skus = [id, ...substitutes];
    let shared = 0;
    for (const sku of skus) {
      for (const { stock } of centres) shared += stock.get(sku) ?? 0;
      for (const lender of engineers) shared += spare(lender, sku);
    }
    return { skus, quantity, shared };
  });
  return (engineer) =>
    tools.every((tool) => engineer.toolIds.has(tool)) &&
    needs.every(({ skus, quantity, shared }) => {
      let units = shared;
      // What the engineer could lend is in the van, and counts once.
      for (const sku of skus) units += (engineer.stock.get(sku) ?? 0) - spare(engineer, sku);
      return units >= quantity;
    });
}
