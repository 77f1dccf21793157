// Rule 5, the parts ledger: every unit consumed is named, was there, and came from where the plan says.
import type { Engineer, Stock } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { PartSource } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { Facts, RouteFacts, StopFacts } from "./facts.ts";
import type { At, Report } from "./finding.ts";

/** Units by key. */
class Ledger {
  readonly #units = new Map<string, number>();
  /** Adds (or takes) units and gives what is there then. */
  add(key: string, units: number): number {
    const now = this.of(key) + units;
    this.#units.set(key, now);
    return now;
  }
  of(key: string): number {
    return this.#units.get(key) ?? 0;
  }
  sum(): number {
    let sum = 0;
    for (const units of this.#units.values()) sum += units;
    return sum;
  }
  entries(): IterableIterator<[string, number]> {
    return this.#units.entries();
  }
}

/** Reports broken rows of the parts ledger. What settled stops moved is in the request's stock already. */
export function checkParts(facts: Facts, routes: readonly RouteFacts[], report: Report): void {
  const pickedUp = new Map<string, Ledger>();
  for (const engineer of facts.engineers.values()) {
    const own = routes
      .filter((route) => route.engineer === engineer)
      .sort((a, b) => a.shiftTime.start - b.shiftTime.start);
    if (own.length > 0) checkEngineer(engineer, own, pickedUp, report);
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
      if (stop.pickUps.length > 0 && engineer.partCapacity !== undefined && van.sum() > engineer.partCapacity)
        report("PART_CAPACITY", at, `at most ${engineer.partCapacity}`, van.sum());
    }
  }

  function checkUses({ stop }: StopFacts, order: Order, at: At, fromCentre: Ledger): void {
    for (const use of stop.parts) {
      const { sku, quantity, source, operatingCentreId, lenderEngineerId } = use;
      if (quantity === 0) report("PART_QUANTITY", at, `units of ${sku}`, 0);
      if (van.add(sku, -quantity) < 0) report("PART_STOCK_NEGATIVE", at, `0 or more of ${sku}`, van.of(sku));
      const named = `${operatingCentreId}${lenderEngineerId}`;
      if (source === PartSource.ON_HAND && named === "") {
        if (onHand.add(sku, -quantity) < 0)
          report("PART_ON_HAND", at, `${onHand.of(sku) + quantity} of ${sku} left on hand`, quantity);
      } else if (source === PartSource.CENTRE && lenderEngineerId === "") {
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
          "ON_HAND alone or CENTRE with its centre",
          `${PartSource[source] ?? source} ${named}`,
        );
    }
    checkCover(order, stop.parts, at, report);
  }
}

/** What an order requires of each SKU equals what its uses of the SKU and its substitutes add up to. */
function checkCover(order: Order, uses: StopFacts["stop"]["parts"], at: At, report: Report): void {
  const required = new Ledger();
  const substitutes = new Map<string, Set<string>>();
  for (const { sku, quantity, substituteSkus } of order.parts) {
    required.add(sku, quantity);
    substitutes.set(sku, new Set([...(substitutes.get(sku) ?? []), ...substituteSkus]));
  }
  const covered = new Ledger();
  for (const { sku, quantity, substituteFor } of uses) {
    const asked = substituteFor || sku;
    const fits = substituteFor === "" ? substitutes.has(sku) : substitutes.get(substituteFor)?.has(sku);
    if (fits) covered.add(asked, quantity);
    else report("PART_NOT_ASKED", at, "a part or substitute that the order asks for", `${sku} for ${asked}`);
  }
  for (const [sku, units] of required.entries())
    if (covered.of(sku) !== units) report("PART_NOT_COVERED", at, `${units} of ${sku}`, covered.of(sku));
}
