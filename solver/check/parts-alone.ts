// NO_PART: whether an eligible engineer could have everything an order needs, alone and whatever the time.
import type { Engineer, OperatingCentre } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import type { Facts } from "./facts.ts";

/** Has parts and tools from the van, from one centre, and from one colleague, who lends all units of a part or none. */
export function hasPartsAlone(facts: Facts, order: Order, engineer: Engineer): boolean {
  const { policy, request } = facts;
  const tools = policy.mode("tool_availability") === "hard" ? order.toolIds : [];
  return waysOf(order.parts).some((needed) =>
    [undefined, ...request.operatingCentres].some((centre) => {
      if (!tools.every((tool) => engineer.toolIds.includes(tool) || centre?.toolIds.includes(tool))) return false;
      const [lacking, ...others] = [...needed].filter(
        ([sku, units]) => units > unitsOf(engineer.stock, sku) + unitsOf(centre?.stock, sku),
      );
      // Whoever can help at all carries the first part that lacks.
      return (
        !lacking ||
        (carriersOf(facts).get(lacking[0]) ?? []).some(
          (lender) =>
            lender.id !== engineer.id && [lacking, ...others].every(([sku, units]) => units <= spareOf(lender, sku)),
        )
      );
    }),
  );
}

/** Units by SKU for each way to meet all parts, each with one SKU, its own or a substitute; no SKU stands for two of them. */
function waysOf(parts: Order["parts"]): Map<string, number>[] {
  return parts.reduce<Map<string, number>[]>(
    (ways, { sku, quantity, substituteSkus }) =>
      ways.flatMap((way) =>
        [sku, ...substituteSkus].flatMap((id) => (way.has(id) ? [] : [new Map([...way, [id, quantity]])])),
      ),
    [new Map()],
  );
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
