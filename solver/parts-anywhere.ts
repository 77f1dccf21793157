// Whether the parts and tools of an order are to be had at all, put together from everywhere and whatever the time: else the reason is NO_PART.
import type { Problem, ProblemEngineer, ProblemOrder } from "./model/problem.ts";

/**
 * False when some part or tool of the order is too little in the engineer's van, at all centres and with all who may lend together; substitutes count
 * in full for every part that they may stand for.
 */
export function couldHaveParts(
  { engineers, centres }: Pick<Problem, "engineers" | "centres">,
  { parts, toolIds }: Pick<ProblemOrder, "parts" | "toolIds">,
  engineer: ProblemEngineer,
): boolean {
  const units = (sku: string) => {
    let sum = engineer.stock.get(sku) ?? 0;
    for (const { stock } of centres) sum += stock.get(sku) ?? 0;
    for (const lender of engineers)
      if (lender.lends && lender !== engineer)
        sum += Math.max(0, (lender.stock.get(sku) ?? 0) - (lender.safetyStock.get(sku) ?? 0));
    return sum;
  };
  return (
    toolIds.every((tool) => engineer.toolIds.has(tool) || centres.some((centre) => centre.toolIds.has(tool))) &&
    parts.every(
      ({ id, quantity, substitutes = [] }) =>
        [id, ...substitutes].reduce((sum, sku) => sum + units(sku), 0) >= quantity,
    )
  );
}
