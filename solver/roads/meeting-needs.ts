// Legs to meetings: where parts may be lent, lender and borrower may each go to the other's stops (docs/plan.md, "Loans").
import type { Problem, ProblemEngineer, ProblemOrder } from "../model/problem.ts";
import { RowSet } from "./pair-set.ts";

/** Orders that an engineer may serve. */
export type OrdersOf = ReadonlyMap<ProblemEngineer, readonly ProblemOrder[]>;

/**
 * By engineer the places of others that a meeting may lead to: a lender goes to services of those who lack what the van can spare, and a
 * borrower to services and start places of those who can spare what it lacks. `anybody`: of a plan made by somebody else nothing is known
 * but who may lend.
 */
export function meetingPlaces(
  problem: Problem,
  size: number,
  ordersOf: OrdersOf,
  anybody: boolean,
): Map<ProblemEngineer, RowSet> {
  const places = new Map<ProblemEngineer, RowSet>();
  const lenders = problem.engineers.filter(({ lends }) => lends);
  if (lenders.length === 0 || (problem.mode !== "route" && !anybody)) return places;
  const visit = (engineer: ProblemEngineer, rows: RowSet) => {
    const own = places.get(engineer) ?? new RowSet(size);
    own.addAll(rows);
    places.set(engineer, own);
  };
  const services = (engineers: readonly ProblemEngineer[]) => {
    const rows = new RowSet(size);
    for (const engineer of engineers) for (const { placeRow } of ordersOf.get(engineer)!) rows.add(placeRow);
    return rows;
  };
  const meet = (lending: readonly ProblemEngineer[], borrowing: readonly ProblemEngineer[]) => {
    if (lending.length === 0 || borrowing.length === 0) return;
    const toBorrow = services(lending);
    for (const { shifts } of lending) for (const { startRow } of shifts) toBorrow.add(startRow);
    const toLend = services(borrowing);
    for (const engineer of borrowing) visit(engineer, toBorrow);
    for (const engineer of lending) visit(engineer, toLend);
  };
  if (anybody) {
    meet(lenders, problem.engineers);
    return places;
  }
  const demands = new Map(problem.engineers.map((engineer) => [engineer, demandOf(ordersOf.get(engineer)!)]));
  for (const sku of new Set(problem.orders.flatMap(({ parts }) => parts.map(({ id }) => id)))) {
    const held = ({ stock }: ProblemEngineer) => stock.get(sku) ?? 0;
    meet(
      lenders.filter((engineer) => held(engineer) > (engineer.safetyStock.get(sku) ?? 0)),
      problem.engineers.filter((engineer) => (demands.get(engineer)!.get(sku) ?? 0) > held(engineer)),
    );
  }
  return places;
}

function demandOf(orders: readonly ProblemOrder[]): Map<string, number> {
  const demand = new Map<string, number>();
  for (const { parts } of orders)
    for (const { id, quantity } of parts) demand.set(id, (demand.get(id) ?? 0) + quantity);
  return demand;
}
