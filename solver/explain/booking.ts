// Where the parts and tools of one route come from, by the rule of ADR 0008: the first supply stop that stocks an item gives all of it.
import type { PlannedPartUse } from "../decode.ts";
import type { ProblemOrder } from "../model/problem.ts";
import type { Broken } from "./broken.ts";
import type { Visit, Way } from "./way.ts";

/** What is there for one route when everybody else has taken theirs. */
export interface Supplies {
  /** Units of a SKU in the van that no other shift takes. */
  vanLeft(sku: string): number;
  /** Units of a SKU at a centre that no other route picks up. */
  centreLeft(centreId: string, sku: string): number;
  /** Units of all SKUs in the van when the route begins. */
  onBoard(): number;
}

/** Sources of one route, by index of the visit. */
export interface Booking {
  readonly uses: ReadonlyMap<number, PlannedPartUse[]>;
  readonly pickUps: ReadonlyMap<number, ReadonlyMap<string, number>>;
  readonly tools: ReadonlyMap<number, ReadonlySet<string>>;
  readonly broken: readonly Broken[];
}

const NOTHING: Booking = { uses: new Map(), pickUps: new Map(), tools: new Map(), broken: [] };

const needy = (order: ProblemOrder) => order.parts.length > 0 || order.toolIds.length > 0;

/** Books a way; where something is missing `broken` says what. */
export function bookWay(way: Way, supplies: Supplies): Booking {
  if (!way.visits.some((visit) => visit.kind === "order" && needy(visit.order))) return NOTHING;
  const broken: Broken[] = [];
  const parts = bookParts(way, supplies, broken);
  checkRoom(way, supplies, parts.pickUps, broken);
  return { ...parts, tools: bookTools(way, broken), broken };
}

/** Index of the first supply stop at a centre that gives the item, -1 without one. */
function supplyOf(visits: readonly Visit[], gives: (centre: Extract<Visit, { kind: "supply" }>["centre"]) => boolean) {
  return visits.findIndex((visit) => visit.kind === "supply" && gives(visit.centre));
}

function bookParts({ visits }: Way, supplies: Supplies, broken: Broken[]): Pick<Booking, "uses" | "pickUps"> {
  const uses = new Map<number, PlannedPartUse[]>();
  const pickUps = new Map<number, Map<string, number>>();
  const asked = visits.flatMap((visit, index) =>
    visit.kind === "order" ? visit.order.parts.map(({ id: sku, quantity }) => ({ index, sku, quantity })) : [],
  );
  for (const sku of new Set(asked.map((use) => use.sku))) {
    const supply = supplyOf(visits, ({ stock }) => (stock.get(sku) ?? 0) > 0);
    const centre = visits[supply];
    const van = supplies.vanLeft(sku);
    let must = 0;
    let picked = 0;
    for (const { index, quantity } of asked.filter((use) => use.sku === sku)) {
      const onlyVan = supply < 0 || index < supply;
      // Uses before the supply stop are the first ones, so the van gives them its units before any other.
      const onHand = onlyVan ? quantity : Math.min(quantity, Math.max(0, van - must));
      if (onlyVan && must <= van && must + quantity > van)
        broken.push({ code: "PART_ON_HAND", stop: index, limit: van - must, value: quantity, subject: sku });
      must += onHand;
      const list = uses.get(index) ?? [];
      uses.set(index, list);
      if (onHand > 0) list.push({ sku, quantity: onHand, centreId: undefined });
      if (onHand === quantity || centre?.kind !== "supply") continue;
      list.push({ sku, quantity: quantity - onHand, centreId: centre.centre.id });
      picked += quantity - onHand;
    }
    if (picked === 0 || centre?.kind !== "supply") continue;
    pickUps.set(supply, (pickUps.get(supply) ?? new Map<string, number>()).set(sku, picked));
    const centreId = centre.centre.id;
    const left = supplies.centreLeft(centreId, sku);
    if (picked > left)
      broken.push({ code: "CENTRE_STOCK", stop: supply, limit: left, value: picked, subject: sku, centreId });
  }
  return { uses, pickUps };
}

/** The van holds what it has after every pick-up. */
function checkRoom(
  { engineer, visits }: Way,
  supplies: Supplies,
  pickUps: ReadonlyMap<number, ReadonlyMap<string, number>>,
  broken: Broken[],
): void {
  if (engineer.partCapacity === undefined || pickUps.size === 0) return;
  let units = supplies.onBoard();
  let most = 0;
  let fullAt = 0;
  for (const [index, visit] of visits.entries()) {
    if (visit.kind === "order") for (const { quantity } of visit.order.parts) units -= quantity;
    const picked = pickUps.get(index);
    if (!picked) continue;
    for (const quantity of picked.values()) units += quantity;
    if (units > most) [most, fullAt] = [units, index];
  }
  if (most > engineer.partCapacity)
    broken.push({ code: "PART_CAPACITY", stop: fullAt, limit: engineer.partCapacity, value: most });
}

function bookTools({ engineer, visits }: Way, broken: Broken[]): Map<number, Set<string>> {
  const tools = new Map<number, Set<string>>();
  for (const [index, visit] of visits.entries()) {
    if (visit.kind !== "order") continue;
    for (const tool of visit.order.toolIds) {
      if (engineer.toolIds.has(tool)) continue;
      const supply = supplyOf(visits.slice(0, index), ({ toolIds }) => toolIds.has(tool));
      if (supply < 0) broken.push({ code: "TOOL_MISSING", stop: index, subject: tool });
      else tools.set(supply, (tools.get(supply) ?? new Set()).add(tool));
    }
  }
  return tools;
}
