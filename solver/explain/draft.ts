// A plan that orders are tried in: its routes as ways, what is left of parts and counts, and what it costs.
import type { PlannedRoute, PlannedStop } from "../decode.ts";
import type { LevelWeights, Problem, ProblemEngineer, ProblemOrder, ProblemShift } from "../model/problem.ts";
import { bookingOf } from "./booking.ts";
import { loanCosts, meetingsOf } from "./meetings.ts";
import { addRouteCost, type CostId, PairCosts } from "./route-cost.ts";
import { fairnessOf } from "./route-terms.ts";
import { type Piece, routeOf, type Surroundings, type Trial, tryWay, tryWays } from "./trial.ts";
import { keyOf, type Meeting, type RouteKey, Rows, type Visit, type Way } from "./way.ts";

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

/** A plan whose routes the problem knows. */
export class Draft {
  readonly context: Context;
  readonly routes: ReadonlyMap<RouteKey, PlannedRoute>;
  readonly #meetings: ReadonlyMap<PlannedStop, Meeting>;
  readonly #ways = new Map<RouteKey, Way>();
  /** Units taken from vans by services, by route and SKU; units picked up, by centre and SKU; units lent, by engineer and SKU. */
  readonly #fromVan = new Map<RouteKey, Map<string, number>>();
  readonly #pickedUp = new Map<string, Map<string, Map<RouteKey, number>>>();
  readonly #lent = new Map<string, Map<string, number>>();

  /** Lenders' routes of meetings that have lost their place: what is tried must bring them another one. */
  readonly #loose: ReadonlySet<RouteKey>;

  constructor(context: Context, planned: readonly PlannedRoute[], loose: ReadonlySet<RouteKey> = new Set()) {
    this.context = context;
    this.#loose = loose;
    const meetings = meetingsOf(context.problem, planned);
    const routes = isCosted(planned) ? planned : costed(context, planned, meetings);
    this.#meetings = routes === planned ? meetings : meetingsOf(context.problem, routes);
    this.routes = new Map(routes.map((route) => [keyOf(route.engineer, route.shift), route]));
    for (const [key, route] of this.routes) this.#book(key, route);
  }

  #book(key: RouteKey, { engineer, stops }: PlannedRoute): void {
    const van = new Map<string, number>();
    this.#fromVan.set(key, van);
    for (const stop of stops) {
      if (stop.kind === "order")
        for (const { sku, quantity, centreId, lenderId } of stop.parts)
          if (centreId === undefined && lenderId === undefined) add(van, sku, quantity);
      if (stop.kind === "loan" && stop.loan.lenderId === engineer.id) this.#lend(stop.loan);
      if (stop.kind !== "supply") continue;
      const centre = this.#pickedUp.get(stop.centreId) ?? new Map<string, Map<RouteKey, number>>();
      this.#pickedUp.set(stop.centreId, centre);
      for (const { sku, quantity } of stop.pickUps) {
        const units = centre.get(sku) ?? new Map<RouteKey, number>();
        centre.set(sku, units);
        add(units, key, quantity);
      }
    }
  }

  #lend({ lenderId, parts }: Meeting["loan"]): void {
    const lent = this.#lent.get(lenderId) ?? new Map<string, number>();
    this.#lent.set(lenderId, lent);
    for (const { sku, quantity } of parts) add(lent, sku, quantity);
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

  /** The route as a way; its meetings must be `told`. */
  wayOf(route: PlannedRoute): Way {
    const key = keyOf(route.engineer, route.shift);
    let way = this.#ways.get(key);
    if (way === undefined) {
      way = this.context.rows.wayOf(route, this.#meetings);
      this.#ways.set(key, way);
    }
    return way;
  }

  /** Each hand-over in the route has its counterpart, and so have those of whoever is met in it. */
  told(route: PlannedRoute): boolean {
    if (!meets(route)) return true;
    return [...this.#together([keyOf(route.engineer, route.shift)], new Map())].every((key) =>
      this.routes.get(key)!.stops.every((stop) => stop.kind !== "loan" || this.#meetings.has(stop)),
    );
  }

  /** Keys of the routes that hang together with these by meetings, `changed` ways in place of their routes, these first. */
  #together(keys: readonly RouteKey[], changed: ReadonlyMap<RouteKey, Way>): Set<RouteKey> {
    const found = new Set(keys);
    for (const key of found) {
      const way = changed.get(key);
      const meetings = way
        ? way.visits.flatMap((visit) => (visit.kind === "loan" ? [visit.meeting] : []))
        : (this.routes.get(key)?.stops ?? []).flatMap((stop) => this.#meetings.get(stop) ?? []);
      for (const { lender, borrower } of meetings) found.add(lender).add(borrower);
    }
    return found;
  }

  /** What the rest of the plan leaves for a way of the engineer and shift, whose stock may have been changed. */
  around(engineer: ProblemEngineer, shift: ProblemShift, lending: Lending = this.#lent): Surroundings {
    const mine = keyOf(engineer, shift);
    const others = engineer.shifts.filter(({ index }) => index !== shift.index);
    const taken = (shifts: readonly ProblemShift[], sku: string) =>
      shifts.reduce((sum, other) => sum + (this.#fromVan.get(keyOf(engineer, other))?.get(sku) ?? 0), 0);
    const centres = this.context.rows.centres;
    return {
      ordersElsewhere: others.length === 0 ? 0 : this.#ordersIn(engineer, others),
      vanLeft: (sku) => (engineer.stock.get(sku) ?? 0) - taken(others, sku) - this.#held(engineer, sku, lending),
      centreLeft: (centreId, sku) => {
        let left = centres.get(centreId)!.stock.get(sku) ?? 0;
        for (const [key, units] of this.#pickedUp.get(centreId)?.get(sku) ?? []) if (key !== mine) left -= units;
        return left;
      },
      onBoard: () => {
        const before = others.filter(({ end }) => end < shift.end);
        let units = 0;
        for (const [sku, quantity] of engineer.stock) units += quantity - taken(before, sku);
        for (const other of before)
          for (const stop of this.routeOf(engineer, other)?.stops ?? [])
            if (stop.kind === "loan" && stop.loan.lenderId === engineer.id)
              for (const { quantity } of stop.loan.parts) units -= quantity;
        return units;
      },
    };
  }

  /** Units lent, and the safety stock of what is lent. */
  #held(engineer: ProblemEngineer, sku: string, lending: Lending): number {
    const units = lending.get(engineer.id)?.get(sku) ?? 0;
    return units === 0 ? 0 : units + (engineer.safetyStock.get(sku) ?? 0);
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

  /**
   * Tries a way in place of the route of its engineer and shift; `extra` units are at centres beside their stock. `also` are ways of others
   * that change with it, meetings being in both or in neither.
   */
  try(way: Way, extra?: ExtraStock, also: readonly Way[] = []): Trial {
    const { problem } = this.context;
    if (also.length === 0 && !way.visits.some(({ kind }) => kind === "loan")) {
      const trial = tryWay(problem, way, withExtra(this.around(way.engineer, way.shift), extra));
      return this.#loose.size === 0 ? trial : unmet(trial);
    }
    const changed = new Map([way, ...also].map((one) => [keyOf(one.engineer, one.shift), one]));
    const lending = lentIn(this.#lent, [...changed.values()], (one) => this.routeOf(one.engineer, one.shift));
    const keys = this.#together([...changed.keys()], changed);
    const pieces = [...keys].map((key): Piece => {
      const one = changed.get(key);
      if (one) {
        const around = this.around(one.engineer, one.shift, lending);
        return { way: one, around: one === way ? withExtra(around, extra) : around };
      }
      const route = this.routes.get(key)!;
      const around = this.around(route.engineer, route.shift);
      return { way: this.wayOf(route), around, booked: bookingOf(route) };
    });
    const [mine, ...rest] = tryWays(problem, pieces);
    const others = rest.filter((trial, index) => index < also.length || !this.#isAsPlanned(trial));
    const trial = { ...mine!, others };
    return [...this.#loose].every((key) => keys.has(key)) ? trial : unmet(trial);
  }

  /** The trial has the times and costs of its route in the plan. */
  #isAsPlanned({ way, times, loanCosts: costs }: Trial): boolean {
    const { departure, end, stops } = this.routeOf(way.engineer, way.shift)!;
    if (!times || times.departure !== departure || times.end !== end) return false;
    return stops.every(
      (stop, index) =>
        stop.arrival === times.arrivals[index] &&
        stop.start === times.starts[index] &&
        (stop.kind !== "loan" || stop.loan.costTicks === costs.get(this.#meetings.get(stop)!)),
    );
  }

  /** Values of the plan with these trials in place of their routes, and without `gone`, minus those of the plan. */
  changeOf(trials: readonly Trial[], gone?: PlannedRoute): Values {
    let change = ZERO;
    let draft: Draft = this;
    const steps = [
      ...(gone ? [{ before: gone, after: undefined }] : []),
      ...trials.map((trial) => stepOf(this, trial)),
    ];
    for (const [step, { before, after }] of steps.entries()) {
      if (after) change = combine(change, draft.valuesOf(after), 1);
      if (before) change = combine(change, draft.valuesOf(before), -1);
      const { engineer, shift } = (after ?? before)!;
      // Shifts of one engineer count together.
      if (step + 1 < steps.length) draft = draft.with(engineer, shift, after);
    }
    return change;
  }

  /** The plan with these trials in place of their routes; `loose` meetings have no place in it yet. */
  after(trials: readonly Trial[], loose: readonly Meeting[] = []): Draft {
    const routes = new Map(this.routes);
    for (const trial of trials) routes.set(keyOf(trial.way.engineer, trial.way.shift), routeOf(trial));
    return new Draft(this.context, [...routes.values()], new Set(loose.map(({ lender }) => lender)));
  }

  /** What a route adds to a plan. Engineers count where they have no other route with an order. */
  valuesOf(route: PlannedRoute): Values {
    const { problem, pairs } = this.context;
    const criteria = new Map<CostId, number>();
    addRouteCost(
      problem,
      route,
      (id) => this.context.orderOf(id),
      pairs.add,
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

/** The trial does nothing for a meeting that has no place. */
const unmet = (trial: Trial): Trial => ({
  ...trial,
  broken: [...trial.broken, { code: "LOAN_PLACE", elsewhere: true }],
});

/** A rule that the order, put elsewhere, may mend: whom it is served for now may be met there. */
const isStuck = ({ broken }: Trial) => broken.some(({ code }) => code !== "LOAN_PLACE");

type Lending = ReadonlyMap<string, ReadonlyMap<string, number>>;

function add(amounts: Map<string, number>, id: string, by: number): void {
  amounts.set(id, (amounts.get(id) ?? 0) + by);
}

const stepOf = (draft: Draft, trial: Trial) => ({
  before: draft.routeOf(trial.way.engineer, trial.way.shift),
  after: routeOf(trial),
});

function withExtra(around: Surroundings, extra: ExtraStock | undefined): Surroundings {
  if (!extra) return around;
  const centreLeft = (centreId: string, sku: string) =>
    around.centreLeft(centreId, sku) + (centreId === extra.centreId && sku === extra.sku ? extra.units : 0);
  return { ...around, centreLeft };
}

/** Units lent with these ways in place of their routes. */
function lentIn(lent: Lending, ways: readonly Way[], planned: (way: Way) => PlannedRoute | undefined): Lending {
  const units = new Map([...lent].map(([id, skus]) => [id, new Map(skus)]));
  const count = ({ lenderId, parts }: Meeting["loan"], sign: 1 | -1) => {
    const mine = units.get(lenderId) ?? new Map<string, number>();
    units.set(lenderId, mine);
    for (const { sku, quantity } of parts) add(mine, sku, sign * quantity);
  };
  for (const way of ways) {
    for (const stop of planned(way)?.stops ?? [])
      if (stop.kind === "loan" && stop.loan.lenderId === way.engineer.id) count(stop.loan, -1);
    for (const visit of way.visits) if (visit.kind === "loan" && visit.lends) count(visit.meeting.loan, 1);
  }
  return units;
}

/** The core's own plans say what their meetings cost. */
const isCosted = (routes: readonly PlannedRoute[]) =>
  routes.every(({ stops }) => stops.every((stop) => stop.kind !== "loan" || stop.loan.costTicks !== undefined));

/** The routes with what their meetings cost. */
function costed(
  { problem, rows }: Context,
  routes: readonly PlannedRoute[],
  meetings: ReadonlyMap<PlannedStop, Meeting>,
): PlannedRoute[] {
  const isTold = ({ stops }: PlannedRoute) => stops.every((stop) => stop.kind !== "loan" || meetings.has(stop));
  const timed = routes
    .filter((route) => meets(route) && isTold(route))
    .map((route) => ({
      way: rows.wayOf(route, meetings),
      arrivals: route.stops.map(({ arrival }) => arrival),
      starts: route.stops.map(({ start }) => start),
    }));
  const costs = loanCosts(problem, timed);
  return routes.map((route) => ({
    ...route,
    stops: route.stops.map((stop) => {
      if (stop.kind !== "loan") return stop;
      const meeting = meetings.get(stop);
      return { ...stop, loan: { ...stop.loan, costTicks: (meeting && costs.get(meeting)) ?? 0 } };
    }),
  }));
}

/** The route has a meeting: its times hang on another route's. */
export const meets = ({ stops }: PlannedRoute) => stops.some(({ kind }) => kind === "loan");

const serves = ({ shift, stops }: PlannedRoute) =>
  stops.some(({ kind }) => kind === "order") || (shift.head?.orders.length ?? 0) > 0;

/** An order taken out of the route that serves it, with the hand-overs that are for it. */
export interface Removal {
  readonly draft: Draft;
  /** The route without the order; undefined where the route is gone. */
  readonly left: Trial | undefined;
  /** All routes that change, `left` first. */
  readonly changed: readonly Trial[];
  /** Some rule would be broken: the order cannot be taken out. */
  readonly stuck: boolean;
  /** Values of the plan without the order minus those of the plan, the order itself not counted. */
  readonly change: Values;
}

/**
 * Takes an order out, with the hand-overs that are for it and the supply stops that nothing is picked up at any more. Undefined where nobody
 * serves it, or where the plan does not tell which hand-overs are for it.
 */
export function remove(draft: Draft, orderId: string): Removal | undefined {
  const route = draft.routeWith(orderId);
  if (!route || !draft.told(route)) return undefined;
  const { engineer, shift } = route;
  const way = draft.wayOf(route);
  const loans = loansFor(way.visits, orderId);
  if (!loans) return undefined;
  const visits = way.visits.filter(
    (visit) =>
      (visit.kind !== "order" || visit.order.id !== orderId) && (visit.kind !== "loan" || !loans.has(visit.meeting)),
  );
  const also = waysWithout(draft, loans);
  if (visits.length === 0 || (!visits.some(({ kind }) => kind === "order" || kind === "loan") && !shift.head)) {
    const without = draft.with(engineer, shift, undefined);
    const [first, ...rest] = also;
    const trial = first && without.try(first, undefined, rest);
    const changed = trial ? [trial, ...trial.others] : [];
    if (trial && isStuck(trial)) return { draft, left: undefined, changed: [], stuck: true, change: ZERO };
    return {
      draft: without.after(changed, trial?.loose),
      left: undefined,
      changed,
      stuck: false,
      change: draft.changeOf(changed, route),
    };
  }
  let trial = draft.try({ engineer, shift, visits }, undefined, also);
  const needed = (index: number) => trial.booking.pickUps.has(index) || trial.booking.tools.has(index);
  const kept = trial.way.visits.filter(
    (visit, index) => visit.kind !== "supply" || index < shift.chain.length || needed(index),
  );
  if (kept.length < visits.length) trial = draft.try({ engineer, shift, visits: kept }, undefined, also);
  if (isStuck(trial)) return { draft, left: trial, changed: [], stuck: true, change: ZERO };
  const changed = [trial, ...trial.others];
  return {
    draft: draft.after(changed, trial.loose),
    left: trial,
    changed,
    stuck: false,
    change: draft.changeOf(changed),
  };
}

/** The hand-overs that bring what an order borrows; undefined where that is not told. */
function loansFor(visits: readonly Visit[], orderId: string): Set<Meeting> | undefined {
  const brought = new Map<Visit, Meeting[]>();
  for (const [index, visit] of visits.entries()) {
    if (visit.kind !== "loan" || visit.lends) continue;
    const order = visits.slice(index + 1).find((later) => isFor(visit.meeting, later, brought.get(later) ?? []));
    if (order) brought.set(order, [...(brought.get(order) ?? []), visit.meeting]);
  }
  const served = visits.find((visit) => visit.kind === "order" && visit.order.id === orderId);
  if (served?.kind !== "order") return new Set();
  const mine = brought.get(served) ?? [];
  const lenders = new Set((served.borrowed ?? []).map(({ lenderId }) => lenderId));
  return lenders.size === mine.length ? new Set(mine) : undefined;
}

/** A hand-over is for the order that it says, else for the first one behind it that uses just what it brings. */
function isFor({ orderId, loan }: Meeting, visit: Visit, brought: readonly Meeting[]): boolean {
  if (visit.kind !== "order") return false;
  if (orderId !== undefined) return visit.order.id === orderId;
  if (brought.some((other) => other.loan.lenderId === loan.lenderId)) return false;
  return unitsBy((visit.borrowed ?? []).filter(({ lenderId }) => lenderId === loan.lenderId)) === unitsBy(loan.parts);
}

const unitsBy = (parts: readonly { readonly sku: string; readonly quantity: number }[]) =>
  parts
    .map(({ sku, quantity }) => JSON.stringify([sku, quantity]))
    .sort()
    .join();

/** The ways of lenders without these hand-overs. */
function waysWithout(draft: Draft, loans: ReadonlySet<Meeting>): Way[] {
  const keys = new Set([...loans].map(({ lender }) => lender));
  return [...keys].map((key) => {
    const way = draft.wayOf(draft.routes.get(key)!);
    return { ...way, visits: way.visits.filter((visit) => visit.kind !== "loan" || !loans.has(visit.meeting)) };
  });
}
