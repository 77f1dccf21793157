// NO_PART: whether an eligible engineer could have everything an order needs, alone and whatever the time.
import type { Engineer, OperatingCentre } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import type { Facts } from "./facts.ts";

/** Has parts and tools from the van, from one centre, and from one colleague, who lends all units of a part or none. */
export function hasPartsAlone(facts: Facts, order: Order, engineer: Engineer): boolean {
  const { engineers, operatingCentres } = facts.request;
  const lenders = engineers.filter((other) => other.id !== engineer.id && mayLend(facts, other));
  return [undefined, ...operatingCentres].some((centre) =>
    [undefined, ...lenders].some((lender) => isMet(facts, order, engineer, centre, lender)),
  );
}

function mayLend({ policy }: Facts, { lending }: Engineer): boolean {
  const hubsOnly = policy.param("parts_borrowable", "hubs_only") === 1;
  return policy.mode("parts_borrowable") !== "off" && lending?.mayLend === true && (!hubsOnly || lending.hub);
}

function isMet(
  { policy }: Facts,
  order: Order,
  engineer: Engineer,
  centre: OperatingCentre | undefined,
  lender: Engineer | undefined,
): boolean {
  const tools = policy.mode("tool_availability") === "hard" ? order.toolIds : [];
  if (!tools.every((tool) => engineer.toolIds.includes(tool) || centre?.toolIds.includes(tool))) return false;
  const isThere = (sku: string, units: number) =>
    units <= unitsOf(engineer.stock, sku) + unitsOf(centre?.stock, sku) || units <= spareOf(lender, sku);
  return isCovered(order.parts, new Set(), isThere);
}

/** Whether each part is there with one SKU, its own or a substitute, and no SKU stands for two of them. */
function isCovered(
  [part, ...rest]: Order["parts"],
  taken: ReadonlySet<string>,
  isThere: (sku: string, units: number) => boolean,
): boolean {
  if (part === undefined) return true;
  return [part.sku, ...part.substituteSkus].some(
    (sku) => !taken.has(sku) && isThere(sku, part.quantity) && isCovered(rest, new Set([...taken, sku]), isThere),
  );
}

function unitsOf(stock: OperatingCentre["stock"] | undefined, sku: string): number {
  const row = stock?.find((candidate) => candidate.sku === sku);
  if (!row) return 0;
  return row.unlimited ? Number.POSITIVE_INFINITY : row.quantity - row.reserved;
}

function spareOf(lender: Engineer | undefined, sku: string): number {
  const row = lender?.stock.find((candidate) => candidate.sku === sku);
  return row ? row.quantity - row.reserved - row.safetyStock : 0;
}
