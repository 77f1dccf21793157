// Where units come from: which amounts each engineer may pick up at the centre, given what is borrowed and lent.
import type { Driver } from "./drivers.ts";
import type { Halt, Loan, Tour } from "./tour.ts";

/** One engineer's demand by SKU row: before the supply stop (all of it without one), and after it. */
export interface Demand {
  readonly driver: Driver;
  /** Row of the engineer. */
  readonly row: number;
  readonly hasSupply: boolean;
  readonly takesTools: boolean;
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** Rows of the orders after the supply stop. */
  readonly afterOrders: ReadonlySet<number>;
}

/** Whether nobody lends and borrows one SKU. */
export function areAllowed(loans: readonly Loan[]): boolean {
  return loans.every(
    ({ lender, skus }) =>
      !loans.some((other) => other.borrower === lender && other.skus.some((sku) => skus.includes(sku))),
  );
}

/** All amounts by SKU row that the engineer may pick up, so that own stock covers the rest and what is lent. */
export function pickUps(demand: Demand, loans: readonly Loan[], centreStock: readonly number[]): number[][] {
  const { driver, row, hasSupply, takesTools } = demand;
  const lists = driver.stock.reduce<number[][]>(
    (found, stock, sku) => {
      const units = (count: (loan: Loan) => boolean) =>
        loans.filter((loan) => loan.skus.includes(sku) && count(loan)).length;
      const lent = units((loan) => loan.lender === row);
      const late = units((loan) => loan.borrower === row && demand.afterOrders.has(loan.orderRow));
      const early = units((loan) => loan.borrower === row) - late;
      const free = stock - lent - (lent > 0 ? driver.safety[sku]! : 0) - (demand.before[sku]! - early);
      const after = demand.after[sku]! - late;
      if (free < 0) return [];
      const least = Math.max(0, after - free);
      const most = hasSupply ? Math.min(after, centreStock[sku]!) : 0;
      const amounts = Array.from({ length: Math.max(0, most - least + 1) }, (_, more) => least + more);
      return found.flatMap((list) => amounts.map((amount) => [...list, amount]));
    },
    [[]],
  );
  // A supply stop that brings nothing is not sensible.
  return lists.filter((list) => !hasSupply || takesTools || list.some((amount) => amount > 0));
}

/** Whether the van never holds more than it can after a pick-up or a borrowing. */
export function fitsVan({ driver, halts }: Tour, row: number, taken: readonly number[]): boolean {
  const sum = (units: readonly number[]) => units.reduce((total, count) => total + count, 0);
  const capacity = driver.engineer.partCapacity ?? Number.POSITIVE_INFINITY;
  let van = driver.otherUnits + sum(driver.stock);
  for (const halt of halts) {
    const brought = broughtAt(halt, row, sum(taken));
    van += brought;
    if (brought > 0 && van > capacity) return false;
  }
  return true;
}

/** Units that come into the van at a halt; negative when they go out. */
function broughtAt({ visit, loan }: Halt, row: number, taken: number): number {
  if (loan) return loan.lender === row ? -loan.skus.length : loan.skus.length;
  if (visit && "centre" in visit) return taken;
  return visit && "order" in visit ? -visit.order.parts.length : 0;
}
