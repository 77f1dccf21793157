// NO_PART: whether an eligible engineer could have everything an order needs, from wherever it is and whatever the time.
import type { Engineer, OperatingCentre } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import type { Facts } from "./facts.ts";

/**
 * True unless a part or tool is too little in the van, at all centres and with all colleagues who may lend together. Substitutes count for every
 * part that they may stand for.
 */
export function couldHaveParts(facts: Facts, order: Order, engineer: Engineer): boolean {
  const { policy, request } = facts;
  const isThere = (tool: string) =>
    engineer.toolIds.includes(tool) || request.operatingCentres.some(({ toolIds }) => toolIds.includes(tool));
  if (policy.mode("tool_availability") === "hard" && !order.toolIds.every(isThere)) return false;
  return order.parts.every(({ sku, quantity, substituteSkus }) => {
    let missing = quantity;
    for (const id of new Set([sku, ...substituteSkus])) {
      missing -= unitsOf(engineer.stock, id);
      for (const { stock } of request.operatingCentres) missing -= unitsOf(stock, id);
      for (const lender of carriersOf(facts).get(id) ?? [])
        if (lender.id !== engineer.id) missing -= Math.max(0, spareOf(lender, id));
    }
    return missing <= 0;
  });
}

const carriers = new WeakMap<Facts, Map<string, Engineer[]>>();

/** Those who may lend, by each part they carry. */
function carriersOf(facts: Facts): ReadonlyMap<string, readonly Engineer[]> {
  const known = carriers.get(facts);
  if (known) return known;
  const found = new Map<string, Engineer[]>();
  for (const engineer of facts.request.engineers)
    if (mayLend(facts, engineer))
      for (const { sku } of engineer.stock) (found.get(sku) ?? found.set(sku, []).get(sku)!).push(engineer);
  carriers.set(facts, found);
  return found;
}

function mayLend({ policy }: Facts, { lending }: Engineer): boolean {
  const hubsOnly = policy.param("parts_borrowable", "hubs_only") === 1;
  return policy.mode("parts_borrowable") !== "off" && lending?.mayLend === true && (!hubsOnly || lending.hub);
}

function unitsOf(stock: OperatingCentre["stock"] | undefined, sku: string): number {
  const row = stock?.find((candidate) => candidate.sku === sku);
  if (!row) return 0;
  return row.unlimited ? Number.POSITIVE_INFINITY : row.quantity - row.reserved;
}

function spareOf(lender: Engineer, sku: string): number {
  const row = lender.stock.find((candidate) => candidate.sku === sku);
  return row ? row.quantity - row.reserved - row.safetyStock : 0;
}
