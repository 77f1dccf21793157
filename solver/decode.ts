// Reads the core's plan back into the problem's words: stops with times, and where every part comes from.
import type { Problem, ProblemCentre, ProblemEngineer, ProblemOrder, ProblemShift } from "./model/problem.ts";
import { type VariantPart, variantsOf } from "./model/variants.ts";
import type { Solution } from "./solution.ts";

/** Words of a route and of each of its stops: assembly/route/plan.ts. */
export const ROUTE_WORDS = 10;
export const STOP_WORDS = 8;
/** Kinds of loan stops. */
export const BORROW = 3;
export const LEND = 4;
/** Of an order's row in the words of its stop; above it is its variant. */
export const ORDER_ROW = 0xfffff;
const VARIANT_SHIFT = 20;
/** In place of the order at whose place a meeting is: where the rest of the borrower's route starts. */
export const BORROWER_START = -2;

export interface PlannedPartUse {
  readonly sku: string;
  readonly quantity: number;
  /** The centre it was picked up at; undefined: on hand, or borrowed. */
  readonly centreId: string | undefined;
  /** Who lent it; undefined: nobody. */
  readonly lenderId: string | undefined;
  /** The SKU asked for, when this one is a substitute. */
  readonly substituteFor?: string | undefined;
}

export interface PlannedLoan {
  readonly lenderId: string;
  readonly borrowerId: string;
  readonly parts: readonly { readonly sku: string; readonly quantity: number }[];
  /** Row in the travel source of the place where they meet. */
  readonly placeRow: number;
  /** The order at whose place they meet; undefined: where the rest of a route starts. */
  readonly placeOrderId: string | undefined;
  /** That route, the lender's or the borrower's; undefined with an order. */
  readonly startOf: { readonly engineerId: string; readonly shiftIndex: number } | undefined;
  /** Soft cost of the meeting; undefined in a plan that was given. */
  readonly costTicks: number | undefined;
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
    | {
        readonly kind: "loan";
        /** The order that it is for; undefined in a plan that was given. */
        readonly orderId: string | undefined;
        readonly loan: PlannedLoan;
      }
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

interface Owner {
  readonly engineer: ProblemEngineer;
  readonly shift: ProblemShift;
}

/** Routes of a solution, by engineer and shift. */
export function decodePlan(problem: Problem, solution: Pick<Solution, "planWords">): PlannedRoute[] {
  const owners = problem.engineers.flatMap((engineer) => engineer.shifts.map((shift) => ({ engineer, shift })));
  const breaks = owners.flatMap(({ shift }) => shift.breaks);
  const words = solution.planWords;
  const handOver = problem.policy.criteria.get("parts_borrowable")!.params.hand_over_s! * problem.ticksPerSecond;
  const loans = loansOf(problem, owners, words);
  const variants = new Map<string, readonly VariantPart[]>();
  const routes: PlannedRoute[] = [];
  for (let from = 0; from < words.length; ) {
    const word = (index: number) => words[from + index]!;
    const { engineer, shift } = owners[word(0)]!;
    const count = word(1);
    const stops: PlannedStop[] = [];
    for (let i = 0; i < count; i++) {
      const base = from + ROUTE_WORDS + i * STOP_WORDS;
      const kind = words[base]!;
      const row = words[base + 1]!;
      const arrival = words[base + 2]!;
      const start = words[base + 3]!;
      const travelTicks = words[base + 4]!;
      const distance = words[base + 5]!;
      const setupTicks = words[base + 6]!;
      const latenessTicks = words[base + 7]!;
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
        const order = problem.orders[row & ORDER_ROW]!;
        variants.set(order.id, variantsOf(order)[row >> VARIANT_SHIFT]!);
        stops.push({ kind: "order", orderId: order.id, parts: [], ...timed(order.serviceTicks) });
      } else if (kind === 1) {
        const centre = problem.centres[row]!;
        stops.push({ kind: "supply", centreId: centre.id, pickUps: [], toolIds: [], ...timed(centre.pickTicks) });
      } else if (kind === BORROW || kind === LEND) {
        stops.push({
          kind: "loan",
          orderId: problem.orders[row]!.id,
          loan: loans.get(row)!,
          ...timed(handOver),
          setupTicks: 0,
          latenessTicks: 0,
        });
      } else {
        const pause = breaks[row]!;
        stops.push({ kind: "break", breakIndex: pause.index, ...timed(pause.durationTicks) });
      }
    }
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
      stops,
    });
    from += ROUTE_WORDS + count * STOP_WORDS;
  }
  return withParts(problem, routes, variants);
}

/** The loans, by the row of the order that each is for, from the stops of both sides. */
function loansOf(problem: Problem, owners: readonly Owner[], words: Int32Array): Map<number, PlannedLoan> {
  const borrowers = new Map<number, { owner: Owner; needs: number }>();
  const variants = new Map<number, number>();
  const lenders = new Map<number, { owner: Owner; place: number; costTicks: number }>();
  for (let from = 0; from < words.length; ) {
    const owner = owners[words[from]!]!;
    const count = words[from + 1]!;
    for (let i = 0; i < count; i++) {
      const base = from + ROUTE_WORDS + i * STOP_WORDS;
      const kind = words[base]!;
      const row = words[base + 1]!;
      const last = words[base + 7]!;
      if (kind === 0) variants.set(row & ORDER_ROW, row >> VARIANT_SHIFT);
      if (kind === BORROW) borrowers.set(row, { owner, needs: last });
      if (kind === LEND) lenders.set(row, { owner, place: words[base + 6]!, costTicks: last });
    }
    from += ROUTE_WORDS + count * STOP_WORDS;
  }
  return new Map(
    [...lenders].map(([row, { owner, place, costTicks }]) => {
      const { owner: borrower, needs } = borrowers.get(row)!;
      const parts = variantsOf(problem.orders[row]!)
        [variants.get(row) ?? 0]!.filter((_, need) => ((needs >> need) & 1) === 1)
        .map(({ id: sku, quantity }) => ({ sku, quantity }));
      const placeOrderId = problem.orders[place]?.id;
      const host = place === BORROWER_START ? borrower : owner;
      return [
        row,
        {
          lenderId: owner.engineer.id,
          borrowerId: borrower.engineer.id,
          parts,
          placeRow: problem.orders[place]?.placeRow ?? host.shift.startRow,
          placeOrderId,
          startOf:
            placeOrderId === undefined ? { engineerId: host.engineer.id, shiftIndex: host.shift.index } : undefined,
          costTicks,
        },
      ];
    }),
  );
}

/** Fills in part uses and pick-ups as the core books them (assembly/parts/ledger.ts). */
function withParts(
  problem: Problem,
  routes: readonly PlannedRoute[],
  variants: ReadonlyMap<string, readonly VariantPart[]>,
): PlannedRoute[] {
  const books = new Books(problem, variants);
  const shares = books.vanShares(routes);
  return routes.map((route) => {
    const van = shares.get(route);
    return van ? { ...route, stops: books.fill(route, van) } : route;
  });
}

/** Where the parts of a plan come from: all pick-ups of an item happen at the first supply stop of the route that stocks it. */
class Books {
  readonly #orders: ReadonlyMap<string, ProblemOrder>;
  readonly #centres: ReadonlyMap<string, ProblemCentre>;
  /** By order the loan that is for it. */
  readonly #loans = new Map<string, PlannedLoan>();

  /** By order the parts that it is served with. */
  readonly #parts: ReadonlyMap<string, readonly VariantPart[]>;

  constructor(problem: Problem, parts: ReadonlyMap<string, readonly VariantPart[]>) {
    this.#parts = parts;
    this.#orders = new Map(problem.orders.map((order) => [order.id, order]));
    this.#centres = new Map(problem.centres.map((centre) => [centre.id, centre]));
  }

  /** Takes what is lent, and the safety stock of who lends it, out of the vans. */
  #takeLent(routes: readonly PlannedRoute[], take: (from: ProblemEngineer, sku: string, units: number) => void): void {
    const kept = new Set<string>();
    for (const { engineer, stops } of routes)
      for (const stop of stops) {
        if (stop.kind !== "loan") continue;
        this.#loans.set(stop.orderId!, stop.loan);
        if (stop.loan.lenderId !== engineer.id) continue;
        for (const { sku, quantity } of stop.loan.parts) {
          const key = JSON.stringify([engineer.id, sku]);
          const safety = kept.has(key) ? 0 : (engineer.safetyStock.get(sku) ?? 0);
          kept.add(key);
          take(engineer, sku, quantity + safety);
        }
      }
  }

  #lenderOf(orderId: string, sku: string): string | undefined {
    const loan = this.#loans.get(orderId);
    return loan?.parts.some((part) => part.sku === sku) ? loan.lenderId : undefined;
  }

  /** Index of the first supply stop before `index` at a centre that `gives`, -1 if there is none. */
  #supplyBefore(route: PlannedRoute, index: number, gives: (centre: ProblemCentre) => boolean): number {
    return route.stops.findIndex(
      (stop, i) => i < index && stop.kind === "supply" && gives(this.#centres.get(stop.centreId)!),
    );
  }

  #stockedBefore(route: PlannedRoute, index: number, sku: string): number {
    return this.#supplyBefore(route, index, (centre) => (centre.stock.get(sku) ?? 0) > 0);
  }

  /** An order of the route needs parts or tools. */
  #needsAny({ stops }: PlannedRoute): boolean {
    return stops.some(
      (stop) =>
        stop.kind === "order" &&
        (this.#parts.get(stop.orderId)!.length > 0 || this.#orders.get(stop.orderId)!.toolIds.length > 0),
    );
  }

  /**
   * Units each route takes from its van: what only the van can give, then, by shift, what is used after a supply stop. Routes that need nothing
   * are left out.
   */
  vanShares(routes: readonly PlannedRoute[]): Map<PlannedRoute, Map<string, number>> {
    const taken = new Map<string, Map<string, number>>();
    const take = ({ id }: ProblemEngineer, sku: string, units: number) => {
      const own = taken.get(id) ?? new Map<string, number>();
      taken.set(id, own.set(sku, (own.get(sku) ?? 0) + units));
    };
    const left = ({ id, stock }: ProblemEngineer, sku: string) =>
      (stock.get(sku) ?? 0) - (taken.get(id)?.get(sku) ?? 0);
    this.#takeLent(routes, take);
    const needing = routes.filter((route) => this.#needsAny(route));
    const after = needing.map((route) => {
      const must = new Map<string, number>();
      const may = new Map<string, number>();
      for (const [index, stop] of route.stops.entries()) {
        if (stop.kind !== "order") continue;
        for (const { id: sku, quantity } of this.#parts.get(stop.orderId)!) {
          if (this.#lenderOf(stop.orderId, sku) !== undefined) continue;
          const uses = this.#stockedBefore(route, index, sku) < 0 ? must : may;
          uses.set(sku, (uses.get(sku) ?? 0) + quantity);
        }
      }
      for (const [sku, units] of must) take(route.engineer, sku, units);
      return { route, must, may };
    });
    return new Map(
      after.map(({ route, must, may }) => {
        const share = new Map(must);
        for (const [sku, units] of may) {
          const more = Math.min(units, left(route.engineer, sku));
          take(route.engineer, sku, more);
          share.set(sku, (share.get(sku) ?? 0) + more);
        }
        return [route, share];
      }),
    );
  }

  /** The stops of a route with sources, given what it may take from its van. */
  fill(route: PlannedRoute, van: Map<string, number>): PlannedStop[] {
    const pickUps = new Map<number, Map<string, number>>();
    const tools = new Map<number, Set<string>>();
    const filled = route.stops.map((stop, index): PlannedStop => {
      if (stop.kind !== "order") return stop;
      const order = this.#orders.get(stop.orderId)!;
      const parts: PlannedPartUse[] = [];
      for (const { id: sku, quantity, substituteFor } of this.#parts.get(order.id)!) {
        const lenderId = this.#lenderOf(order.id, sku);
        if (lenderId !== undefined) {
          parts.push({ sku, quantity, centreId: undefined, lenderId, substituteFor });
          continue;
        }
        const onHand = Math.min(van.get(sku) ?? 0, quantity);
        van.set(sku, (van.get(sku) ?? 0) - onHand);
        if (onHand > 0) parts.push({ sku, quantity: onHand, centreId: undefined, lenderId: undefined, substituteFor });
        if (quantity === onHand) continue;
        const supply = this.#stockedBefore(route, index, sku);
        const from = route.stops[supply];
        if (from?.kind !== "supply") throw new Error(`order ${order.id} has no source for part ${sku}`);
        parts.push({
          sku,
          quantity: quantity - onHand,
          centreId: from.centreId,
          lenderId: undefined,
          substituteFor,
        });
        const picked = pickUps.get(supply) ?? new Map<string, number>();
        picked.set(sku, (picked.get(sku) ?? 0) + quantity - onHand);
        pickUps.set(supply, picked);
      }
      for (const tool of order.toolIds) {
        if (route.engineer.toolIds.has(tool)) continue;
        const supply = this.#supplyBefore(route, index, (centre) => centre.toolIds.has(tool));
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
}
