// A plan that orders are tried in: its routes as ways, what is left of parts and counts, and what it costs.
import type { PlannedRoute } from "../decode.ts";
import type { LevelWeights, Problem, ProblemEngineer, ProblemOrder, ProblemShift } from "../model/problem.ts";
import { addRouteCost, type CostId, PairCosts } from "./route-cost.ts";
import { fairnessOf } from "./route-terms.ts";
import { routeOf, type Surroundings, type Trial, tryWay } from "./trial.ts";
import { Rows, type Way } from "./way.ts";

/** Values of a plan or a part of one, or the difference of two: measures in the order of an objective level's weights. */
export interface Values {
  readonly measures: LevelWeights;
  readonly criteria: ReadonlyMap<CostId, number>;
}

export const ZERO: Values = { measures: [0, 0, 0, 0, 0, 0], criteria: new Map() };

/** `a` plus `sign` times `b`. */
export function combine(a: Values, b: Values, sign: 1 | -1): Values {
  const criteria = new Map(a.criteria);
  for (const [id, ticks] of b.criteria) criteria.set(id, (criteria.get(id) ?? 0) + sign * ticks);
  return {
    measures: a.measures.map((value, at) => value + sign * b.measures[at]!) as unknown as LevelWeights,
    criteria,
  };
}

/** Values of the objective's levels. */
export function levelsOf({ levels }: Problem, { measures }: Values): number[] {
  return levels.map((weights) => weights.reduce((sum, weight, at) => sum + weight * measures[at]!, 0));
}

/** Negative where the levels `a` are better. */
export function compareLevels(a: readonly number[], b: readonly number[]): number {
  const level = a.findIndex((value, at) => value !== b[at]);
  return level < 0 ? 0 : a[level]! - b[level]!;
}

/** What is asked again and again about one problem. */
export class Context {
  readonly problem: Problem;
  readonly rows: Rows;
  readonly pairs: PairCosts;

  constructor(problem: Problem) {
    this.problem = problem;
    this.rows = new Rows(problem);
    this.pairs = new PairCosts(problem);
  }

  orderOf(id: string): ProblemOrder {
    return this.rows.orders.get(id)!;
  }
}

/** Units of a SKU that a centre has more. */
export interface ExtraStock {
  readonly centreId: string;
  readonly sku: string;
  readonly units: number;
}

const keyOf = (engineer: ProblemEngineer, shift: ProblemShift) => `${shift.index} ${engineer.id}`;

/** A plan whose routes the problem knows. */
export class Draft {
  readonly context: Context;
  readonly routes: ReadonlyMap<string, PlannedRoute>;
  /** Units taken from vans, by route and SKU; units picked up, by centre and SKU. */
  readonly #fromVan = new Map<string, Map<string, number>>();
  readonly #pickedUp = new Map<string, Map<string, Map<string, number>>>();

  constructor(context: Context, planned: readonly PlannedRoute[]) {
    this.context = context;
    this.routes = new Map(planned.map((route) => [keyOf(route.engineer, route.shift), route]));
    for (const [key, route] of this.routes) this.#book(key, route);
  }

  #book(key: string, route: PlannedRoute): void {
    const van = new Map<string, number>();
    this.#fromVan.set(key, van);
    for (const stop of route.stops) {
      if (stop.kind === "order")
        for (const { sku, quantity, centreId, lenderId } of stop.parts)
          if (centreId === undefined && lenderId === undefined) van.set(sku, (van.get(sku) ?? 0) + quantity);
      if (stop.kind === "loan" && stop.loan.lenderId === route.engineer.id)
        for (const { sku, quantity } of stop.loan.parts) van.set(sku, (van.get(sku) ?? 0) + quantity);
      if (stop.kind !== "supply") continue;
      const centre = this.#pickedUp.get(stop.centreId) ?? new Map<string, Map<string, number>>();
      this.#pickedUp.set(stop.centreId, centre);
      for (const { sku, quantity } of stop.pickUps) {
        const units = centre.get(sku) ?? new Map<string, number>();
        centre.set(sku, units.set(key, (units.get(key) ?? 0) + quantity));
      }
    }
  }

  routeOf(engineer: ProblemEngineer, shift: ProblemShift): PlannedRoute | undefined {
    return this.routes.get(keyOf(engineer, shift));
  }

  /** The route that serves an order. */
  routeWith(orderId: string): PlannedRoute | undefined {
    for (const route of this.routes.values())
      if (route.stops.some((stop) => stop.kind === "order" && stop.orderId === orderId)) return route;
    return undefined;
  }

  /** What the rest of the plan leaves for a way of the engineer and shift, whose stock may have been changed. */
  around(engineer: ProblemEngineer, shift: ProblemShift): Surroundings {
    const mine = keyOf(engineer, shift);
    const others = engineer.shifts.filter(({ index }) => index !== shift.index);
    const taken = (shifts: readonly ProblemShift[], sku: string) =>
      shifts.reduce((sum, other) => sum + (this.#fromVan.get(keyOf(engineer, other))?.get(sku) ?? 0), 0);
    const centres = this.context.rows.centres;
    return {
      ordersElsewhere: others.length === 0 ? 0 : this.#ordersIn(engineer, others),
      vanLeft: (sku) => (engineer.stock.get(sku) ?? 0) - taken(others, sku),
      centreLeft: (centreId, sku) => {
        let left = centres.get(centreId)!.stock.get(sku) ?? 0;
        for (const [key, units] of this.#pickedUp.get(centreId)?.get(sku) ?? []) if (key !== mine) left -= units;
        return left;
      },
      onBoard: () => {
        const before = others.filter(({ end }) => end < shift.end);
        let units = 0;
        for (const [sku, quantity] of engineer.stock) units += quantity - taken(before, sku);
        return units;
      },
    };
  }

  #ordersIn(engineer: ProblemEngineer, shifts: readonly ProblemShift[]): number {
    let orders = 0;
    for (const shift of shifts) {
      const stops = this.routeOf(engineer, shift)?.stops ?? [];
      orders += stops.filter(({ kind }) => kind === "order").length;
      if (shift.head && !shift.head.over) orders += shift.head.orders.length;
    }
    return orders;
  }

  /** Tries a way in place of the route of its engineer and shift; `extra` units are at centres beside their stock. */
  try(way: Way, extra?: ExtraStock): Trial {
    const around = this.around(way.engineer, way.shift);
    if (!extra) return tryWay(this.context.problem, way, around);
    const centreLeft = (centreId: string, sku: string) =>
      around.centreLeft(centreId, sku) + (centreId === extra.centreId && sku === extra.sku ? extra.units : 0);
    return tryWay(this.context.problem, way, { ...around, centreLeft });
  }

  /** What a route adds to a plan. Engineers count where they have no other route with an order. */
  valuesOf(route: PlannedRoute): Values {
    const { problem, pairs } = this.context;
    const criteria = new Map<CostId, number>();
    addRouteCost(
      problem,
      route,
      (id) => this.context.orderOf(id),
      pairs,
      (id, ticks) => criteria.set(id, (criteria.get(id) ?? 0) + ticks),
    );
    const fairness = this.#fairnessOf(route);
    if (fairness !== 0) criteria.set("workload_fairness", fairness);
    const soft = [...criteria.values()].reduce((sum, ticks) => sum + ticks, 0);
    const used = serves(route) && !this.#usedElsewhere(route);
    return {
      measures: [0, used ? 1 : 0, route.distance, route.travelTicks, route.workingTicks, soft],
      criteria,
    };
  }

  /** What the route's work changes of workload_fairness, the engineer's other routes as they are. */
  #fairnessOf({ engineer, shift, workingTicks }: PlannedRoute): number {
    const { problem } = this.context;
    const elsewhere = engineer.shifts.reduce((sum, other) => {
      const route = other.index === shift.index ? undefined : this.routeOf(engineer, other);
      return sum + (route?.workingTicks ?? 0);
    }, 0);
    return fairnessOf(problem, engineer, elsewhere + workingTicks) - fairnessOf(problem, engineer, elsewhere);
  }

  #usedElsewhere({ engineer, shift }: PlannedRoute): boolean {
    return engineer.shifts.some((other) => {
      const route = other.index === shift.index ? undefined : this.routeOf(engineer, other);
      return route !== undefined && serves(route);
    });
  }

  /** The plan with `route` in place of the one of the same engineer and shift, or without that one. */
  with(engineer: ProblemEngineer, shift: ProblemShift, route: PlannedRoute | undefined): Draft {
    const routes = new Map(this.routes);
    if (route) routes.set(keyOf(engineer, shift), route);
    else routes.delete(keyOf(engineer, shift));
    return new Draft(this.context, [...routes.values()]);
  }
}

/** The route has a meeting: its times hang on another route's. */
export const meets = ({ stops }: PlannedRoute) => stops.some(({ kind }) => kind === "loan");

const serves = ({ shift, stops }: PlannedRoute) =>
  stops.some(({ kind }) => kind === "order") || (shift.head?.orders.length ?? 0) > 0;

/** An order taken out of the route that serves it. */
export interface Removal {
  readonly draft: Draft;
  /** The route without the order; undefined where the route is gone. */
  readonly trial: Trial | undefined;
  /** Values of the plan without the order minus those of the plan, the order itself not counted. */
  readonly change: Values;
}

/** Takes an order out, with the supply stops that nothing is picked up at any more. A trial with broken rules: it cannot be taken out. */
export function remove(draft: Draft, orderId: string): Removal | undefined {
  const route = draft.routeWith(orderId);
  if (!route) return undefined;
  const { engineer, shift } = route;
  const way = draft.context.rows.wayOf(route);
  const visits = way.visits.filter((visit) => visit.kind !== "order" || visit.order.id !== orderId);
  const before = draft.valuesOf(route);
  if (!visits.some(({ kind }) => kind === "order") && !shift.head) {
    const change = combine(ZERO, before, -1);
    return { draft: draft.with(engineer, shift, undefined), trial: undefined, change };
  }
  let trial = draft.try({ engineer, shift, visits });
  const needed = (index: number) => trial.booking.pickUps.has(index) || trial.booking.tools.has(index);
  const kept = trial.way.visits.filter(
    (visit, index) => visit.kind !== "supply" || index < shift.chain.length || needed(index),
  );
  if (kept.length < visits.length) trial = draft.try({ engineer, shift, visits: kept });
  if (trial.broken.length > 0) return { draft, trial, change: ZERO };
  const after = routeOf(trial);
  const changed = draft.with(engineer, shift, after);
  return { draft: changed, trial, change: combine(changed.valuesOf(after), before, -1) };
}
