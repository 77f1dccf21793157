// What one order costs alone in an engineer's day: the pair costs of MATCH, made again from the request.
import type { Break, Engineer, OperatingCentre } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { isPast } from "./breaks.ts";
import type { Facts } from "./facts.ts";
import { excludingCriteria } from "./pair.ts";
import { type Visit, wayCost } from "./way.ts";

/** The pair as far as it can be told here. */
export interface Alone {
  /** Level 2 of the cheapest way to serve the order that is told here; undefined: there is none. */
  readonly cost: bigint | undefined;
  /**
   * No other way can be cheaper. False where the engineer is under way, a shift has two breaks or more to come, or parts that the van does
   * not have may be substituted: those are the search's business.
   */
  readonly exact: boolean;
}

const FORBIDDEN: Alone = { cost: undefined, exact: true };
const UNKNOWN: Alone = { cost: undefined, exact: false };

/** The order alone with the engineer. */
export function costAlone(facts: Facts, order: Order, engineer: Engineer): Alone {
  if (excludingCriteria(facts, order, engineer).length > 0) return FORBIDDEN;
  if (engineer.maxOrders === 0 || !carries(order, engineer)) return FORBIDDEN;
  if (facts.request.currentPlan?.routes.some(({ engineerId }) => engineerId === engineer.id)) return UNKNOWN;
  const missing = missingFrom(facts, order, engineer);
  const supplied = missing.parts.size > 0 || missing.tools.length > 0;
  if (supplied && order.parts.some((part) => part.substituteSkus.length > 0)) return UNKNOWN;
  if (!hasRoomFor(missing, engineer)) return FORBIDDEN;
  const centres = supplied ? facts.request.operatingCentres.filter((centre) => gives(centre, missing)) : [undefined];
  let cost: bigint | undefined;
  let exact = true;
  for (const shift of engineer.shifts) {
    const [pause, ...more] = shift.breaks.filter((due) => !isPast(due, facts.clock));
    if (more.length > 0) {
      exact = false;
      continue;
    }
    for (const centre of centres)
      for (const visits of ways(order, centre, pause)) {
        const value = wayCost(facts, engineer, shift, visits);
        if (value !== undefined && (cost === undefined || value < cost)) cost = value;
      }
  }
  return { cost, exact };
}

/** Every load fits in the empty van. */
function carries(order: Order, engineer: Engineer): boolean {
  const loads = new Map<string, number>();
  for (const { dimension, amount } of order.loads) loads.set(dimension, (loads.get(dimension) ?? 0) + amount);
  return [...loads].every(
    ([dimension, amount]) => amount <= (engineer.capacities.find((load) => load.dimension === dimension)?.amount ?? 0),
  );
}

interface Missing {
  /** Units by SKU. */
  readonly parts: ReadonlyMap<string, number>;
  readonly tools: readonly string[];
}

const unitsOf = (stock: OperatingCentre["stock"], sku: string) => {
  const row = stock.find((candidate) => candidate.sku === sku);
  if (!row) return 0;
  return row.unlimited ? Number.POSITIVE_INFINITY : row.quantity - row.reserved;
};

/** What the order needs and the van does not have. */
function missingFrom({ policy }: Facts, order: Order, engineer: Engineer): Missing {
  const tools = policy.mode("tool_availability") === "hard" ? order.toolIds : [];
  const needed = new Map<string, number>();
  for (const { sku, quantity } of order.parts) needed.set(sku, (needed.get(sku) ?? 0) + quantity);
  const parts = [...needed].map(([sku, units]) => [sku, units - unitsOf(engineer.stock, sku)] as const);
  return {
    parts: new Map(parts.filter(([, units]) => units > 0)),
    tools: tools.filter((tool) => !engineer.toolIds.includes(tool)),
  };
}

/** The van holds what is missing beside what it has. */
function hasRoomFor({ parts }: Missing, { stock, partCapacity }: Engineer): boolean {
  if (parts.size === 0 || partCapacity === undefined) return true;
  const held = stock.reduce((sum, { sku }) => sum + unitsOf(stock, sku), 0);
  return [...parts.values()].reduce((sum, units) => sum + units, held) <= partCapacity;
}

/** Everything that is missing is at the one centre. */
function gives(centre: OperatingCentre, { parts, tools }: Missing): boolean {
  return (
    [...parts].every(([sku, units]) => units <= unitsOf(centre.stock, sku)) &&
    tools.every((tool) => centre.toolIds.includes(tool))
  );
}

/** All sequences of the order, the centre before it, and the break, which an optional one may be left out of. */
function ways(order: Order, centre: OperatingCentre | undefined, pause: Break | undefined): Visit[][] {
  const plain: Visit[] = centre ? [{ centre }, { order }] : [{ order }];
  if (!pause) return [plain];
  const paused = Array.from({ length: plain.length + 1 }, (_, place) => plain.toSpliced(place, 0, { pause }));
  return pause.priceMinor === undefined ? paused : [plain, ...paused];
}
