// Rule 5, the parts ledger: every unit consumed is named, was there, and came from where the plan says.
import type { Engineer, Stock } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { type PartLoan, PartSource } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { checkCover } from "./cover.ts";
import type { Facts, RouteFacts, StopFacts } from "./facts.ts";
import type { At, Report } from "./finding.ts";
import { Ledger } from "./ledger.ts";
import { PartLoans } from "./part-loans.ts";

/** Reports broken rows of the parts ledger. What settled stops moved is in the request's stock already. */
export function checkParts(facts: Facts, routes: readonly RouteFacts[], report: Report): void {
  const pickedUp = new Map<string, Ledger>();
  const byEngineer = new Map<Engineer, RouteFacts[]>();
  for (const route of routes) {
    const own = byEngineer.get(route.engineer);
    if (own) own.push(route);
    else byEngineer.set(route.engineer, [route]);
  }
  for (const engineer of facts.engineers.values()) {
    const own = byEngineer.get(engineer)?.sort((a, b) => a.shiftTime.start - b.shiftTime.start);
    if (own) checkEngineer(engineer, own, pickedUp, report);
  }
  for (const [centreId, ledger] of pickedUp)
    for (const [sku, units] of ledger.entries()) {
      const stock = facts.centres.get(centreId)?.stock.find((row) => row.sku === sku);
      if (!stock?.unlimited && units > free(stock))
        report("CENTRE_STOCK", {}, `at most ${free(stock)} of ${sku} at ${centreId}`, units);
    }
}

const free = (stock: Stock | undefined) => (stock ? stock.quantity - stock.reserved : 0);

function checkEngineer(
  engineer: Engineer,
  routes: readonly RouteFacts[],
  pickedUp: Map<string, Ledger>,
  report: Report,
): void {
  const engineerId = engineer.id;
  const van = new Ledger();
  const onHand = new Ledger();
  const loans = new PartLoans(engineer, report);
  for (const stock of engineer.stock) {
    van.add(stock.sku, free(stock));
    onHand.add(stock.sku, free(stock));
  }
  for (const route of routes) {
    const fromCentre = new Ledger();
    for (const facing of route.stops) {
      if (facing.settled) continue;
      const at = { engineerId, stopIndex: facing.index };
      if (facing.centre) takeOn(facing, facing.centre.id, at);
      if (facing.loan?.lenderEngineerId === engineerId) lend(facing.loan, at);
      else if (facing.loan) borrow(facing.loan, at);
      if (facing.order) checkUses(facing, facing.order, { ...at, orderId: facing.order.id }, fromCentre);
    }

    function takeOn({ stop }: StopFacts, centreId: string, at: At): void {
      const taken = pickedUp.get(centreId) ?? new Ledger();
      pickedUp.set(centreId, taken);
      for (const { sku, quantity } of stop.pickUps) {
        if (quantity === 0) report("PART_QUANTITY", at, `units of ${sku}`, 0);
        taken.add(sku, quantity);
        van.add(sku, quantity);
        fromCentre.add(`${centreId}\n${sku}`, quantity);
      }
      if (stop.pickUps.length > 0) checkCapacity(at);
    }
  }
  loans.close();

  function checkCapacity(at: At): void {
    if (engineer.partCapacity !== undefined && van.sum() > engineer.partCapacity)
      report("PART_CAPACITY", at, `at most ${engineer.partCapacity}`, van.sum());
  }

  function lend({ parts }: PartLoan, at: At): void {
    if (parts.length === 0) report("PART_QUANTITY", at, "a part that is lent", "none");
    for (const { sku, quantity } of parts) {
      if (quantity === 0) report("PART_QUANTITY", at, `units of ${sku}`, 0);
      van.add(sku, -quantity);
      const left = onHand.add(sku, -quantity);
      if (left < 0) report("LOAN_STOCK", at, `${left + quantity} of ${sku} left on hand`, quantity);
      loans.lends(sku, left, at);
    }
  }

  function borrow({ lenderEngineerId, parts }: PartLoan, at: At): void {
    for (const { sku, quantity } of parts) {
      van.add(sku, quantity);
      loans.borrows(sku, quantity, lenderEngineerId);
    }
    checkCapacity(at);
  }

  function checkUses({ stop }: StopFacts, order: Order, at: At, fromCentre: Ledger): void {
    for (const use of stop.parts) {
      const { sku, quantity, source, operatingCentreId, lenderEngineerId } = use;
      if (quantity === 0) report("PART_QUANTITY", at, `units of ${sku}`, 0);
      if (van.add(sku, -quantity) < 0) report("PART_STOCK_NEGATIVE", at, `0 or more of ${sku}`, van.of(sku));
      const named = `${operatingCentreId}${lenderEngineerId}`;
      if (source === PartSource.ON_HAND && named === "") {
        loans.usesOwn(sku, quantity);
        if (onHand.add(sku, -quantity) < 0)
          report("PART_ON_HAND", at, `${onHand.of(sku) + quantity} of ${sku} left on hand`, quantity);
      } else if (source === PartSource.LOAN && operatingCentreId === "" && lenderEngineerId !== "")
        loans.usesBorrowed(sku, quantity, lenderEngineerId, at);
      else if (source === PartSource.CENTRE && lenderEngineerId === "") {
        const key = `${operatingCentreId}\n${sku}`;
        if (fromCentre.add(key, -quantity) < 0)
          report(
            "PART_FROM_CENTRE",
            at,
            `${fromCentre.of(key) + quantity} of ${sku} left from ${operatingCentreId}`,
            quantity,
          );
      } else
        report(
          "PART_SOURCE",
          at,
          "ON_HAND alone, LOAN with its lender or CENTRE with its centre",
          `${PartSource[source] ?? source} ${named}`,
        );
    }
    checkCover(order, stop.parts, at, report);
  }
}
