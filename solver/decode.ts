// Reads the core's plan back into the problem's words: stops with times, and where every part comes from.
import type { Problem, ProblemEngineer, ProblemShift } from "./model/problem.ts";
import type { Solution } from "./solution.ts";

const ROUTE_WORDS = 10;
const STOP_WORDS = 8;

export interface PlannedPartUse {
  readonly sku: string;
  readonly quantity: number;
  /** The centre it was picked up at; undefined: on hand. */
  readonly centreId: string | undefined;
}

interface Timed {
  readonly arrival: number;
  readonly start: number;
  readonly departure: number;
  readonly travelTicks: number;
  readonly distance: number;
  readonly setupTicks: number;
  readonly latenessTicks: number;
}

/** Times are ticks after `now`. */
export type PlannedStop = Timed &
  (
    | { readonly kind: "order"; readonly orderId: string; readonly parts: readonly PlannedPartUse[] }
    | {
        readonly kind: "supply";
        readonly centreId: string;
        readonly pickUps: readonly { readonly sku: string; readonly quantity: number }[];
        readonly toolIds: readonly string[];
      }
    | { readonly kind: "break"; readonly breakIndex: number }
  );

export interface PlannedRoute {
  readonly engineer: ProblemEngineer;
  readonly shift: ProblemShift;
  readonly departure: number;
  readonly end: number;
  readonly workingTicks: number;
  readonly travelTicks: number;
  readonly distance: number;
  readonly overtimeTicks: number;
  readonly finalTravelTicks: number;
  readonly finalDistance: number;
  readonly stops: readonly PlannedStop[];
}

/** Routes of a solution, by engineer and shift. */
export function decodePlan(problem: Problem, solution: Solution): PlannedRoute[] {
  const owners = problem.engineers.flatMap((engineer) => engineer.shifts.map((shift) => ({ engineer, shift })));
  const breaks = owners.flatMap(({ shift }) => shift.breaks);
  const words = solution.planWords;
  const routes: PlannedRoute[] = [];
  /** Units each engineer's earlier shifts take from the van where they must, so that later ones do not count on them. */
  const vans = new Map<ProblemEngineer, Map<string, number>>();
  for (let from = 0; from < words.length; ) {
    const word = (index: number) => words[from + index]!;
    const { engineer, shift } = owners[word(0)]!;
    const count = word(1);
    const stops: PlannedStop[] = [];
    for (let i = 0; i < count; i++) {
      const base = from + ROUTE_WORDS + i * STOP_WORDS;
      const [kind, row, arrival, start, travelTicks, distance, setupTicks, latenessTicks] = words.subarray(
        base,
        base + STOP_WORDS,
      ) as unknown as [number, number, number, number, number, number, number, number];
      const timed = (length: number): Timed => ({
        arrival,
        start,
        departure: start + length,
        travelTicks,
        distance,
        setupTicks,
        latenessTicks,
      });
      if (kind === 0) {
        const order = problem.orders[row]!;
        stops.push({ kind: "order", orderId: order.id, parts: [], ...timed(order.serviceTicks) });
      } else if (kind === 1) {
        const centre = problem.centres[row]!;
        stops.push({ kind: "supply", centreId: centre.id, pickUps: [], toolIds: [], ...timed(centre.pickTicks) });
      } else {
        const pause = breaks[row]!;
        stops.push({ kind: "break", breakIndex: pause.index, ...timed(pause.durationTicks) });
      }
    }
    if (!vans.has(engineer)) vans.set(engineer, new Map(engineer.stock));
    routes.push({
      engineer,
      shift,
      departure: word(2),
      end: word(3),
      workingTicks: word(4),
      travelTicks: word(5),
      distance: word(6),
      overtimeTicks: word(7),
      finalTravelTicks: word(8),
      finalDistance: word(9),
      stops: withParts(problem, engineer, vans.get(engineer)!, stops),
    });
    from += ROUTE_WORDS + count * STOP_WORDS;
  }
  return routes;
}

/**
 * Fills in part uses and pick-ups as the core books them (assembly/parts/ledger.ts): all pick-ups of an item at the first supply stop
 * that stocks it; with several shifts, units used after that stop are always picked up.
 */
function withParts(
  problem: Problem,
  engineer: ProblemEngineer,
  van: Map<string, number>,
  stops: readonly PlannedStop[],
): PlannedStop[] {
  const orders = new Map(problem.orders.map((order) => [order.id, order]));
  const centres = new Map(problem.centres.map((centre) => [centre.id, centre]));
  const pickUps = new Map<number, Map<string, number>>();
  const tools = new Map<number, Set<string>>();
  const shared = engineer.shifts.length > 1;
  const filled = stops.map((stop, index): PlannedStop => {
    if (stop.kind !== "order") return stop;
    const order = orders.get(stop.orderId)!;
    const supplyFor = (stocks: (centreId: string) => boolean) =>
      stops.findIndex((before, i) => i < index && before.kind === "supply" && stocks(before.centreId));
    const parts: PlannedPartUse[] = [];
    for (const { id: sku, quantity } of order.parts) {
      const supply = supplyFor((centreId) => (centres.get(centreId)!.stock.get(sku) ?? 0) > 0);
      const have = van.get(sku) ?? 0;
      const onHand = supply >= 0 && shared ? 0 : Math.min(have, quantity);
      van.set(sku, have - onHand);
      if (onHand > 0) parts.push({ sku, quantity: onHand, centreId: undefined });
      if (quantity === onHand) continue;
      const stopThere = stops[supply];
      if (stopThere?.kind !== "supply") throw new Error(`order ${order.id} has no source for part ${sku}`);
      parts.push({ sku, quantity: quantity - onHand, centreId: stopThere.centreId });
      const picked = pickUps.get(supply) ?? new Map<string, number>();
      picked.set(sku, (picked.get(sku) ?? 0) + quantity - onHand);
      pickUps.set(supply, picked);
    }
    for (const tool of order.toolIds) {
      if (engineer.toolIds.has(tool)) continue;
      const supply = supplyFor((centreId) => centres.get(centreId)!.toolIds.has(tool));
      tools.set(supply, (tools.get(supply) ?? new Set()).add(tool));
    }
    return { ...stop, parts };
  });
  return filled.map((stop, index) =>
    stop.kind === "supply"
      ? {
          ...stop,
          pickUps: [...(pickUps.get(index) ?? [])].map(([sku, quantity]) => ({ sku, quantity })),
          toolIds: [...(tools.get(index) ?? [])],
        }
      : stop,
  );
}
