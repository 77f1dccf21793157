// Where the parts and tools of one route come from, by the rule of ADR 0008: the first supply stop that stocks an item gives all of it.
import type { PlannedPartUse, PlannedRoute } from "../decode.ts";
import type { ProblemCentre, ProblemOrder } from "../model/problem.ts";
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

/** Units of a SKU among borrowed ones. */
const unitsOf = (uses: readonly PlannedPartUse[], sku: string) =>
  uses.reduce((sum, use) => (use.sku === sku && use.lenderId !== undefined ? sum + use.quantity : sum), 0);

const needy = (order: ProblemOrder) => order.parts.length > 0 || order.toolIds.length > 0;

/** The booking of a route as it is planned. */
export function bookingOf({ stops }: PlannedRoute): Booking {
  const uses = new Map<number, PlannedPartUse[]>();
  const pickUps = new Map<number, ReadonlyMap<string, number>>();
  const tools = new Map<number, ReadonlySet<string>>();
  for (const [index, stop] of stops.entries()) {
    if (stop.kind === "order") uses.set(index, [...stop.parts]);
    if (stop.kind !== "supply") continue;
    pickUps.set(index, new Map(stop.pickUps.map(({ sku, quantity }) => [sku, quantity])));
    tools.set(index, new Set(stop.toolIds));
  }
  return { uses, pickUps, tools, broken: [] };
}

/** Books a way; where something is missing `broken` says what. */
export function bookWay(way: Way, supplies: Supplies): Booking {
  if (!way.visits.some((visit) => visit.kind === "loan" || (visit.kind === "order" && needy(visit.order))))
    return NOTHING;
  const broken: Broken[] = [];
  const parts = bookParts(way, supplies, broken);
  checkRoom(way, supplies, parts.pickUps, broken);
  return { ...parts, tools: bookTools(way, broken), broken };
}

/** Index of the first supply stop at a centre that gives the item, -1 without one. */
function supplyOf(visits: readonly Visit[], gives: (centre: ProblemCentre) => boolean) {
  return visits.findIndex((visit) => visit.kind === "supply" && gives(visit.centre));
}

function bookParts({ visits }: Way, supplies: Supplies, broken: Broken[]): Pick<Booking, "uses" | "pickUps"> {
  const uses = new Map<number, PlannedPartUse[]>();
  const pickUps = new Map<number, Map<string, number>>();
  const items = new Map<string, Item>();
  for (const [index, visit] of visits.entries()) {
    if (visit.kind !== "order") continue;
    const list: PlannedPartUse[] = [...(visit.borrowed ?? [])];
    if (visit.order.parts.length > 0) uses.set(index, list);
    for (const { id: sku, quantity: needed, substituteFor } of visit.order.parts) {
      const quantity = needed - unitsOf(list, sku);
      if (quantity <= 0) continue;
      const item = items.get(sku) ?? itemOf(sku, visits, supplies);
      items.set(sku, item);
      // Uses before the supply stop are the first ones, so the van gives them its units before any other.
      const onlyVan = item.centre === undefined || index < item.supply;
      const onHand = onlyVan ? quantity : Math.min(quantity, Math.max(0, item.van - item.fromVan));
      item.fromVan += onHand;
      if (item.fromVan > item.van && item.shortAt < 0) item.shortAt = index;
      if (onHand > 0) list.push({ sku, quantity: onHand, centreId: undefined, lenderId: undefined, substituteFor });
      if (onHand === quantity) continue;
      list.push({ sku, quantity: quantity - onHand, centreId: item.centre!.id, lenderId: undefined, substituteFor });
      item.picked += quantity - onHand;
    }
  }
  for (const [sku, { van, fromVan, shortAt, supply, centre, picked }] of items) {
    if (shortAt >= 0) broken.push({ code: "PART_ON_HAND", stop: shortAt, limit: van, value: fromVan, subject: sku });
    if (picked === 0 || centre === undefined) continue;
    pickUps.set(supply, (pickUps.get(supply) ?? new Map<string, number>()).set(sku, picked));
    const left = supplies.centreLeft(centre.id, sku);
    if (picked > left)
      broken.push({
        code: "CENTRE_STOCK",
        stop: supply,
        limit: left,
        value: picked,
        subject: sku,
        centreId: centre.id,
      });
  }
  return { uses, pickUps };
}

/** One SKU in the books of a way. */
interface Item {
  /** The first supply stop that stocks it, -1 without one, and its centre. */
  readonly supply: number;
  readonly centre: ProblemCentre | undefined;
  /** Units that the van has for this way. */
  readonly van: number;
  fromVan: number;
  picked: number;
  /** Where the van runs out; -1 where it does not. */
  shortAt: number;
}

function itemOf(sku: string, visits: readonly Visit[], supplies: Supplies): Item {
  const supply = supplyOf(visits, ({ stock }) => (stock.get(sku) ?? 0) > 0);
  const visit = visits[supply];
  const centre = visit?.kind === "supply" ? visit.centre : undefined;
  return { supply, centre, van: supplies.vanLeft(sku), fromVan: 0, picked: 0, shortAt: -1 };
}

/** The van holds what it has after every pick-up and every borrowing. */
function checkRoom(
  { engineer, visits }: Way,
  supplies: Supplies,
  pickUps: ReadonlyMap<number, ReadonlyMap<string, number>>,
  broken: Broken[],
): void {
  const borrows = visits.some((visit) => visit.kind === "loan" && !visit.lends);
  if (engineer.partCapacity === undefined || (pickUps.size === 0 && !borrows)) return;
  let units = supplies.onBoard();
  let most = 0;
  let fullAt = 0;
  for (const [index, visit] of visits.entries()) {
    if (visit.kind === "order") for (const { quantity } of visit.order.parts) units -= quantity;
    if (visit.kind === "loan")
      for (const { quantity } of visit.meeting.loan.parts) units += visit.lends ? -quantity : quantity;
    const picked = pickUps.get(index);
    if (!picked && (visit.kind !== "loan" || visit.lends)) continue;
    for (const quantity of picked?.values() ?? []) units += quantity;
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
