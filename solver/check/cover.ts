// Rule 5, what an order asks for: its part uses add up to the parts it requires.
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import type { PartUse } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { At, Report } from "./finding.ts";
import { Ledger } from "./ledger.ts";

/** What an order requires of each SKU equals what its uses of the SKU and its substitutes add up to. */
export function checkCover(order: Order, uses: readonly PartUse[], at: At, report: Report): void {
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
