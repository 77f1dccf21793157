// The exact optimum of a tiny request by enumeration: the oracle of the search.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Engineer, Stock } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Plan } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { levelsOf, type Measures } from "../../solver/check/cost.ts";
import { type Facts, factsOf } from "../../solver/check/facts.ts";
import { priceCost } from "../../solver/check/policy.ts";
import { fairnessCost } from "../../solver/check/terms.ts";
import { type ChosenRoute, planOf } from "./plan-of.ts";
import { enumerateRoutes, type RouteChoice, skusOf } from "./routes.ts";

const MOST_ORDERS = 7;

/** Everything that stays the same while one request is solved. */
interface Tiny {
  readonly facts: Facts;
  readonly skus: readonly string[];
  /** Units at the centre by SKU row. */
  readonly centreStock: readonly number[];
  /** Objective levels of some measures. */
  levels(measures: Partial<Record<keyof Measures, number>>): number[];
}

/** What one engineer, or several, can do together: orders served, units taken from the centre, value, routes. */
interface Option {
  readonly mask: number;
  /** Units picked up by SKU row. */
  readonly taken: readonly number[];
  readonly levels: readonly number[];
  readonly routes: readonly ChosenRoute[];
}

/**
 * The best levels of a request with up to 7 orders and at most one centre, and a plan that has them. Routes have at most one
 * supply stop, which brings something. Throws where the request has substitutes or a current plan.
 */
export function bestPlan(request: AssignRequest): { levels: bigint[]; plan: Plan } {
  const refused =
    request.orders.length > MOST_ORDERS ||
    request.operatingCentres.length > 1 ||
    request.currentPlan !== undefined ||
    request.orders.some((order) => order.parts.some((part) => part.substituteSkus.length > 0));
  if (refused) throw new Error("the oracle takes 7 orders, one centre, no substitutes and no current plan");
  const facts = factsOf(request);
  const skus = skusOf(facts);
  const centreStock = skus.map((sku) => unitsOf(request.operatingCentres[0]?.stock.find((row) => row.sku === sku)));
  const tiny: Tiny = { facts, skus, centreStock, levels: valuation(request) };

  let together: Option[] = [{ mask: 0, taken: skus.map(() => 0), levels: tiny.levels({}), routes: [] }];
  for (const engineer of request.engineers) {
    const own = engineerOptions(tiny, engineer);
    together = best(
      together.flatMap((option) =>
        own
          .filter((more) => (more.mask & option.mask) === 0)
          .map((more) => join(option, more))
          .filter(({ taken }) => taken.every((units, sku) => units <= centreStock[sku]!)),
      ),
    );
  }
  const complete = together.map((option) => ({ ...option, levels: add(option.levels, leftOut(tiny, option.mask)) }));
  const winner = complete.reduce((a, b) => (less(b.levels, a.levels) ? b : a));
  return { levels: winner.levels.map(BigInt), plan: planOf(facts, winner.routes) };
}

/** What an engineer can do over all shifts, doing nothing included. */
function engineerOptions({ facts, skus, centreStock, levels }: Tiny, engineer: Engineer): Option[] {
  const onHand = skus.map((sku) => unitsOf(engineer.stock.find((row) => row.sku === sku)));
  const otherUnits = engineer.stock.reduce((sum, row) => sum + (skus.includes(row.sku) ? 0 : unitsOf(row)), 0);
  const idle = skus.map(() => 0);
  // `used`: units of the own stock used so far.
  let days: (Option & { used: readonly number[] })[] = [
    { mask: 0, taken: idle, used: idle, levels: levels({}), routes: [] },
  ];
  const shifts = engineer.shifts
    .map((shift, shiftIndex) => ({ shift, shiftIndex, start: facts.clock.span(shift.time)!.start }))
    .sort((a, b) => a.start - b.start);
  for (const { shift, shiftIndex } of shifts) {
    const routes = new Map<string, { route: RouteChoice; levels: number[] }>();
    enumerateRoutes(facts, engineer, shift, (route) => {
      const { distance, travel, working, soft } = route;
      const value = levels({ distance, travelTime: travel, workingTime: working, softCost: soft });
      const key = `${route.mask} ${route.hasSupply} ${route.before}`;
      const known = routes.get(key);
      if (!known || less(value, known.levels)) routes.set(key, { route, levels: value });
    });
    const next = [...days];
    for (const day of days)
      for (const { route, levels: value } of routes.values()) {
        if (route.mask & day.mask) continue;
        const left = onHand.map((units, sku) => units - day.used[sku]!);
        for (const taken of pickUps(route, left, centreStock)) {
          const picked = taken.reduce((sum, units) => sum + units, 0);
          if (route.hasSupply && picked === 0 && !route.takesTools) continue;
          const inVan = left.reduce((sum, units, sku) => sum + units - route.before[sku]! + taken[sku]!, otherUnits);
          if (picked > 0 && inVan > (engineer.partCapacity ?? Number.POSITIVE_INFINITY)) continue;
          next.push({
            mask: day.mask | route.mask,
            taken: add(day.taken, taken),
            used: day.used.map((units, sku) => units + route.before[sku]! + route.after[sku]! - taken[sku]!),
            levels: add(day.levels, value),
            routes: [...day.routes, { engineer, shift, shiftIndex, route, taken }],
          });
        }
      }
    days = best(next, ({ used }) => used.join());
  }
  const limit = engineer.maxOrders ?? Number.POSITIVE_INFINITY;
  const withUse = days
    .filter(({ mask }) => ones(mask) <= limit)
    .map((day) => (day.mask === 0 ? day : { ...day, levels: add(day.levels, levels({ engineersUsed: 1 })) }));
  return best(withUse);
}

/** All amounts of each SKU that a route can pick up and use, given what is left on hand. */
function pickUps(route: RouteChoice, left: readonly number[], centreStock: readonly number[]): number[][] {
  return left.reduce<number[][]>(
    (lists, units, sku) => {
      const before = route.before[sku]!;
      const after = route.after[sku]!;
      if (before > units) return [];
      const least = Math.max(0, before + after - units);
      const most = Math.min(after, centreStock[sku]!);
      const amounts = Array.from({ length: Math.max(0, most - least + 1) }, (_, more) => least + more);
      return lists.flatMap((list) => amounts.map((amount) => [...list, amount]));
    },
    [[]],
  );
}

/** The best option of each set of orders and units taken (and whatever else `also` tells apart). */
function best<T extends Option>(options: readonly T[], also: (option: T) => string = () => ""): T[] {
  const found = new Map<string, T>();
  for (const option of options) {
    const key = `${option.mask} ${option.taken} ${also(option)}`;
    const known = found.get(key);
    if (!known || less(option.levels, known.levels)) found.set(key, option);
  }
  return [...found.values()];
}

function join(a: Option, b: Option): Option {
  return {
    mask: a.mask | b.mask,
    taken: add(a.taken, b.taken),
    levels: add(a.levels, b.levels),
    routes: [...a.routes, ...b.routes],
  };
}

/** What it costs to leave out the orders outside a set, and that engineers do not work: routes say what they change of that. */
function leftOut({ facts, levels }: Tiny, mask: number): number[] {
  const measures = { unassigned: 0, softCost: fairnessCost(facts, new Map()) };
  facts.request.orders.forEach((order, row) => {
    if (mask & (1 << row)) return;
    if (order.priceMinor === undefined) measures.unassigned += 1 + order.priority;
    else measures.softCost += priceCost(order.priceMinor, facts.policy, facts.clock.ticksPerSecond);
  });
  return levels(measures);
}

/** The levels as a function of the measures, of which those that are missing are 0; they are linear, so the levels of one unit of each measure say it all. */
export function valuation(request: AssignRequest): Tiny["levels"] {
  const nothing = { unassigned: 0n, engineersUsed: 0n, distance: 0n, travelTime: 0n, workingTime: 0n, softCost: 0n };
  const names = Object.keys(nothing) as (keyof Measures)[];
  const unit = new Map(names.map((name) => [name, levelsOf(request, { ...nothing, [name]: 1n }).map(Number)]));
  const zeros = levelsOf(request, nothing).map(Number);
  return (measures) =>
    zeros.map((_, level) => names.reduce((sum, name) => sum + unit.get(name)![level]! * (measures[name] ?? 0), 0));
}

function unitsOf(stock: Stock | undefined): number {
  if (!stock) return 0;
  return stock.unlimited ? Number.POSITIVE_INFINITY : stock.quantity - stock.reserved;
}

export const add = (a: readonly number[], b: readonly number[]) => a.map((value, index) => value + b[index]!);

export function less(a: readonly number[], b: readonly number[]): boolean {
  const first = a.findIndex((value, index) => value !== b[index]);
  return first >= 0 && a[first]! < b[first]!;
}

function ones(mask: number): number {
  let count = 0;
  for (let rest = mask; rest; rest &= rest - 1) count++;
  return count;
}
