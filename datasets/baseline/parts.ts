// Where an order's parts and tools come from when it is put behind a route: the van first, then one centre for all that is missing.
import { create } from "@bufbuild/protobuf";
import type { Engineer, OperatingCentre } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { PartSource, type PartUse, PartUseSchema } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";

/** Units left by SKU. */
export type Units = Map<string, number>;

/** Units an engineer or a centre may give: `quantity - reserved`, unlimited as infinity. */
export function unitsOf(owner: Engineer | OperatingCentre): Units {
  return new Map(
    owner.stock.map((stock) => [
      stock.sku,
      stock.unlimited ? Number.POSITIVE_INFINITY : stock.quantity - stock.reserved,
    ]),
  );
}

/** What one order takes, without a centre (`missing` has the rest) or with one. */
export interface Taking {
  readonly uses: PartUse[];
  /** Units by SKU asked for that the stock did not cover. */
  readonly missing: { sku: string; quantity: number; substituteSkus: readonly string[] }[];
}

/** Takes as much as `units` has for the order's requirements, the SKU asked for before its substitutes; `units` is not changed. */
export function take(wanted: Taking["missing"], units: Units, source: PartSource, centreId = ""): Taking {
  const left = new Map(units);
  const uses: PartUse[] = [];
  const missing: Taking["missing"] = [];
  for (const { sku, quantity, substituteSkus } of wanted) {
    let open = quantity;
    for (const candidate of [sku, ...substituteSkus]) {
      const taken = Math.min(open, left.get(candidate) ?? 0);
      if (taken <= 0) continue;
      left.set(candidate, left.get(candidate)! - taken);
      open -= taken;
      const substituteFor = candidate === sku ? "" : sku;
      uses.push(
        create(PartUseSchema, {
          sku: candidate,
          quantity: taken,
          source,
          substituteFor,
          operatingCentreId: centreId,
        }),
      );
    }
    if (open > 0) missing.push({ sku, quantity: open, substituteSkus });
  }
  return { uses, missing };
}

/** The order's parts from the van, and what is missing then. */
export function takeFromVan(order: Order, van: Units): Taking {
  return take(order.parts, van, PartSource.ON_HAND);
}

/** Units by SKU of part uses. */
export function unitsUsed(uses: readonly PartUse[]): Units {
  const used: Units = new Map();
  for (const use of uses) used.set(use.sku, (used.get(use.sku) ?? 0) + use.quantity);
  return used;
}

/** Subtracts `used` from `units`. */
export function subtract(units: Units, used: Units): void {
  for (const [sku, quantity] of used) units.set(sku, (units.get(sku) ?? 0) - quantity);
}
