// Which loans a plan may have: at most one for each order, of one or more of its parts, from somebody who is on the way.
import type { Facts } from "../../../solver/check/facts.ts";
import { skusOf } from "../routes.ts";
import type { Option } from "./options.ts";
import { areAllowed } from "./sources.ts";
import type { Loan } from "./tour.ts";

/** Every set of loans among people with these routes (no route: undefined), smallest first, whether units suffice or not. */
export function loanSets(facts: Facts, options: readonly (Option | undefined)[], most: number): Loan[][] {
  const drivers = options.map((option) => option?.tour.driver);
  const skus = skusOf(facts);
  let sets: Loan[][] = [[]];
  for (const [orderRow, order] of facts.request.orders.entries()) {
    const borrower = options.findIndex((option) => option && option.mask & (1 << orderRow));
    if (borrower < 0) continue;
    const single = order.parts.map(({ sku }) => [skus.indexOf(sku)]);
    const wanted = single.length > 1 ? [...single, single.flat()] : single;
    const loans: Loan[] = drivers.flatMap((driver, lender) =>
      driver?.lends && lender !== borrower
        ? wanted
            .filter((rows) => rows.every((sku) => driver.stock[sku]! > driver.safety[sku]!))
            .map((rows) => ({ orderRow, lender, borrower, skus: rows }))
        : [],
    );
    sets = sets.flatMap((set) => [
      set,
      ...(set.length < most ? loans.map((loan) => [...set, loan]).filter(areAllowed) : []),
    ]);
  }
  return sets.sort((a, b) => a.length - b.length);
}
