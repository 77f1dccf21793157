// Columns of service_territory: how far outside each different territory an order lies.
import { classesOf } from "./classes.ts";
import { asI32, type EncodedColumns } from "./columns.ts";
import type { Scalars } from "./gen/layout.ts";
import { NONE, OWN_TERRITORY, UNASKED_TERRITORY } from "./layout.ts";
import type { Problem } from "./model/problem.ts";
import { centreTerritories, territoryKey, territoryOf, territoryReach } from "./territories.ts";

/** Fills the columns and the scalars of the territories. */
export function encodeTerritories(
  { orders, engineers, centres, policy }: Problem,
  column: EncodedColumns,
  scalars: Scalars,
): void {
  const isOff = policy.criteria.get("service_territory")!.mode === "off";
  const keys = classesOf(isOff ? [] : engineers.map(({ inputs }) => territoryKey(inputs)));
  const territories = Array.from({ length: keys.count }, (_, territory) =>
    territoryOf(engineers[keys.column.indexOf(territory)]!.inputs),
  );
  const ofCentres = centreTerritories(centres);
  const reach = new Int32Array(orders.length * keys.count);
  const classKeys: (string | undefined)[] = [];
  for (let order = 0; order < orders.length; order++) {
    const first = order * keys.count;
    let isOwn = true;
    for (let territory = 0; territory < keys.count; territory++) {
      const metres = territoryReach(territories[territory]!, orders[order]!.inputs, ofCentres);
      reach[first + territory] = asI32(metres, "territoryReach");
      if (metres !== OWN_TERRITORY && metres !== UNASKED_TERRITORY) isOwn = false;
    }
    classKeys.push(isOwn ? undefined : reach.subarray(first, first + keys.count).join());
  }
  const alike = classesOf(classKeys);
  column.engineerTerritory = isOff ? engineers.map(() => NONE) : keys.column;
  column.territoryReach = reach;
  column.orderTerritoryClass = alike.column;
  scalars.territories = keys.count;
  scalars.territoryClasses = alike.count;
}
