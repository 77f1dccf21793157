// The bound of one level: columns are added to the master until pricing proves that none is missing.
import type { LevelWeights, Problem } from "../model/problem.ts";
import { Master, type MasterColumn, type MasterSolution } from "./master.ts";
import { measureRoute } from "./measure.ts";
import { isAllowed, neighbourhoods, rememberCycles } from "./memory.ts";
import type { Network } from "./network.ts";
import { Pricer } from "./pricing.ts";
import type { ProveControl, ProvedPlan } from "./prove.ts";
import { largestCost, levelValue, MOST_EXACT, scaleFor } from "./weights.ts";

/** A route by the orders it serves. */
export interface KnownRoute {
  /** Row of its network; -1: of none. */
  readonly network: number;
  readonly orders: readonly number[];
}

export interface LevelQuestion {
  readonly problem: Problem;
  readonly networks: readonly Network[];
  readonly overtimeOn: boolean;
  readonly plan: ProvedPlan;
  /** Routes to begin with; those of the plan among them. Found ones are added. */
  readonly known: KnownRoute[];
  /** The level that is bounded; those before it are held at the plan's values, which are proved. */
  readonly level: number;
}

export interface LevelProof {
  readonly bound: bigint;
  /** `priced-out`: no column is missing, or the bound is the plan's value; `stopped`: the bound of dual values on the way. */
  readonly kind: "priced-out" | "stopped";
}

/** Dual values of the master's rows, in the signs of the linear program. */
type Duals = Pick<MasterSolution, "orderDuals" | "kindDuals" | "levelDuals">;

/** Share of the best dual values met in those that are priced: those of the master alone jump about (Wentges 1997). */
const SMOOTHING = 0.5;

const [UNASSIGNED, ENGINEERS, DISTANCE, TRAVEL, WORKING, SOFT] = [0, 1, 2, 3, 4, 5] as const;
/** Orders that a partial route remembers at each order, to begin with. */
const NEAR = 10;
/** Labels of one pricing; they take about 150 bytes each. */
const MOST_LABELS = 3_000_000;

/** Labels of a quick pricing, which may miss routes anyway. */
const QUICK_LABELS = 20_000;

/** Bounds one level; undefined where its numbers are too large to be exact. */
export function proveLevel(question: LevelQuestion, control: ProveControl): LevelProof | undefined {
  return new ColumnGeneration(question, control).run();
}

class ColumnGeneration {
  readonly #question: LevelQuestion;
  readonly #control: ProveControl;
  readonly #weights: LevelWeights;
  /** Earlier levels that need a row. */
  readonly #held: number[];
  readonly #hoods: ReturnType<typeof neighbourhoods>;
  readonly #pricers: Pricer[];
  readonly #leftOut: MasterColumn[];
  readonly #target: bigint;
  /** More than the plan to begin with. Where routes are few, an order can be worth more than that. */
  #missingCost: number;
  /** The dual values with the highest bound so far, and that bound, scaled. */
  #centre: Duals | undefined;
  #highest: bigint | undefined;
  /** No measure is negative. */
  #best = 0n;

  constructor(question: LevelQuestion, control: ProveControl) {
    this.#question = question;
    this.#control = control;
    const { problem, networks, plan, level } = question;
    this.#weights = problem.levels[level]!;
    this.#target = plan.levels[level]!;
    this.#missingCost = Number(this.#target) + 1;
    this.#held = [...plan.levels.keys()].filter(
      (l) =>
        l < level && (plan.levels[l]! > 0n || problem.levels[l]!.some((weight, m) => m !== UNASSIGNED && weight > 0)),
    );
    this.#hoods = neighbourhoods(networks, problem.orders.length, NEAR);
    this.#pricers = networks.map((network) => new Pricer(network, this.#hoods, question.overtimeOn));
    this.#leftOut = problem.orders.flatMap((_, order) => this.#leftOutColumn(order));
  }

  /** The column of leaving an order out; none where an earlier level does not allow it. */
  #leftOutColumn(order: number): MasterColumn[] {
    const { problem, plan, level } = this.#question;
    const { unassignedWeight, priceTicks = 0 } = problem.orders[order]!;
    const value = (l: number) =>
      problem.levels[l]![UNASSIGNED] * unassignedWeight + problem.levels[l]![SOFT] * priceTicks;
    for (let l = 0; l < level; l++) if (BigInt(value(l)) > plan.levels[l]!) return [];
    return [{ cost: value(level), levels: this.#held.map(value), orders: [order], kind: -1, upper: 1 }];
  }

  /** Columns that stand for routes not known yet; no plan has them, and no bound counts them. */
  #missing(): MasterColumn[] {
    const cost = this.#missingCost;
    const levels = this.#held.map(() => 0);
    return this.#question.problem.orders.map((_, order) => ({ cost, levels, orders: [order], kind: -1, upper: 1 }));
  }

  run(): LevelProof | undefined {
    const { problem, networks, plan } = this.#question;
    const scale = scaleFor(this.#weights, networks, Math.max(1, ...this.#leftOut.map(({ cost }) => cost)));
    if (scale === undefined) return undefined;
    const master = new Master(
      this.#control.highs,
      problem.orders.length,
      networks.map(({ routes }) => routes.length),
      this.#held.map((level) => Number(plan.levels[level]!)),
    );
    try {
      master.add(this.#leftOut);
      master.add(this.#missing());
      const done = this.#generate(master, scale);
      return { bound: this.#best, kind: done ? "priced-out" : "stopped" };
    } finally {
      master.dispose();
    }
  }

  /** Adds columns until none is missing; false when it was stopped before. */
  #generate(master: Master, scale: number): boolean {
    const { known } = this.#question;
    const inMaster = new Set<string>();
    const columns = new Array<KnownRoute | undefined>(this.#leftOut.length + this.#question.problem.orders.length);
    const removed = new Set<number>();
    const add = (routes: readonly KnownRoute[]): KnownRoute[] => {
      const added: MasterColumn[] = [];
      const fresh = routes.filter((route) => {
        const key = `${route.network} ${route.orders}`;
        if (route.network < 0 || inMaster.has(key) || !isAllowed(this.#hoods, route.orders)) return false;
        const column = this.#routeColumn(route);
        if (!column) return false;
        inMaster.add(key);
        added.push(column);
        return true;
      });
      master.add(added);
      columns.push(...fresh);
      return fresh;
    };
    add(known);
    let smooth = true;
    for (let quick = true; ; ) {
      if (this.#control.stopped()) return false;
      const solution = master.solve();
      if (!solution) return false;
      const found = this.#price(smooth ? this.#smoothed(solution) : solution, scale, quick);
      if (found === undefined) return false;
      if (this.#best >= this.#target) return true;
      // As high as the master: more columns cannot raise it.
      const tight = Number(this.#best) >= Math.ceil(solution.value - 1e-6);
      if (!tight) {
        const fresh = add(found);
        known.push(...fresh);
        if (fresh.length > 0) {
          quick = true;
          smooth = true;
          continue;
        }
        if (smooth || quick) {
          if (!smooth) quick = false;
          smooth = false;
          continue;
        }
      }
      // An order is worth more than missing it was said to cost.
      const first = this.#leftOut.length;
      const count = this.#question.problem.orders.length;
      if (solution.columns.subarray(first, first + count).some((value) => value > 1e-7)) {
        this.#missingCost *= 10;
        if (this.#missingCost * scale > MOST_EXACT) return false;
        for (let order = 0; order < count; order++) master.charge(first + order, this.#missingCost);
        quick = true;
        continue;
      }
      // No column is missing. Columns that visit an order again weaken the bound: those in use are forbidden.
      let changed = false;
      for (const [index, route] of columns.entries())
        if (route && solution.columns[index]! > 1e-7 && rememberCycles(this.#hoods, route.orders)) changed = true;
      if (!changed) return true;
      for (const [index, route] of columns.entries())
        if (route && !removed.has(index) && !isAllowed(this.#hoods, route.orders)) {
          removed.add(index);
          master.remove(index);
        }
      quick = true;
    }
  }

  /** Dual values between the master's and the best met. */
  #smoothed({ orderDuals, kindDuals, levelDuals }: Duals): Duals {
    const centre = this.#centre;
    if (!centre) return { orderDuals, kindDuals, levelDuals };
    const between = (a: Float64Array, b: Float64Array) =>
      a.map((value, row) => SMOOTHING * b[row]! + (1 - SMOOTHING) * value);
    return {
      orderDuals: between(orderDuals, centre.orderDuals),
      kindDuals: between(kindDuals, centre.kindDuals),
      levelDuals: between(levelDuals, centre.levelDuals),
    };
  }

  #routeColumn({ network, orders }: KnownRoute): MasterColumn | undefined {
    const { problem, networks, overtimeOn } = this.#question;
    const measures = measureRoute(networks[network]!, orders, this.#weights, overtimeOn);
    if (!measures) return undefined;
    return {
      cost: levelValue(this.#weights, measures),
      levels: this.#held.map((level) => levelValue(problem.levels[level]!, measures)),
      orders,
      kind: network,
      upper: Number.POSITIVE_INFINITY,
    };
  }

  /**
   * Prices every network at the rounded duals of `solution` and raises the best bound. Returns routes that may improve the
   * master; undefined when the search was stopped before it found any.
   */
  #price(solution: Duals, scale: number, quick: boolean): KnownRoute[] | undefined {
    const { problem, networks, plan } = this.#question;
    const duals = solution.orderDuals.map((dual) => Math.max(0, Math.round(dual * scale)));
    const held = [...solution.levelDuals].map((dual) => Math.max(0, Math.round(-dual * scale)));
    const weights = this.#weights.map((weight, measure) =>
      this.#held.reduce((sum, level, row) => sum + held[row]! * problem.levels[level]![measure]!, scale * weight),
    ) as unknown as LevelWeights;
    if (largestCost(weights, networks) + duals.reduce((a, b) => a + b, 0) > MOST_EXACT) return undefined;

    // Σ duals - what the held levels cost + what leaving orders out gains, all scaled.
    let fixed = duals.reduce((sum, dual) => sum + BigInt(dual), 0n);
    for (const [row, level] of this.#held.entries()) fixed -= BigInt(held[row]!) * plan.levels[level]!;
    for (const column of this.#leftOut) {
      const reduced = column.levels.reduce(
        (sum, value, row) => sum + BigInt(held[row]!) * BigInt(value),
        BigInt(scale) * BigInt(column.cost) - BigInt(duals[column.orders[0]!]!),
      );
      if (reduced < 0n) fixed += reduced;
    }
    const prices = {
      distance: weights[DISTANCE],
      travel: weights[TRAVEL],
      work: weights[WORKING] + weights[SOFT],
      soft: weights[SOFT],
      engineer: weights[ENGINEERS],
      duals,
    };
    const least: (number | undefined)[] = [];
    for (const pricer of this.#pricers) {
      if (this.#control.stopped()) return undefined;
      least.push(pricer.setPrices(prices));
    }
    this.#raise(solution, fixed, least, scale);

    const found: KnownRoute[] = [];
    let stopped = false;
    for (const [row, pricer] of this.#pricers.entries()) {
      const count = networks[row]!.routes.length;
      const slack = Math.ceil(scale * Math.min(1e-4, 0.01 / count));
      const threshold = Math.min(0, Math.round(solution.kindDuals[row]! * scale)) - slack;
      if (least[row] !== undefined && least[row]! >= threshold) continue;
      const priced = pricer.price(threshold, quick, quick ? QUICK_LABELS : MOST_LABELS, () => this.#control.stopped());
      if (priced.least !== undefined) least[row] = Math.max(priced.least, least[row] ?? Number.NEGATIVE_INFINITY);
      else if (!quick) stopped = true;
      for (const orders of priced.routes) found.push({ network: row, orders });
    }
    this.#raise(solution, fixed, least, scale);
    return stopped && found.length === 0 ? undefined : found;
  }

  /** Keeps the bound of these duals where it is the best: each network gives at most its number of routes. */
  #raise(duals: Duals, fixed: bigint, least: readonly (number | undefined)[], scale: number): void {
    let sum = fixed;
    for (const [row, value] of least.entries()) {
      if (value === undefined) return;
      // Infinity: the network has no route at all.
      if (value < 0) sum += BigInt(value) * BigInt(this.#question.networks[row]!.routes.length);
    }
    if (this.#highest === undefined || sum > this.#highest) {
      this.#highest = sum;
      this.#centre = duals;
    }
    const unit = BigInt(scale);
    // The level is a whole number: round up.
    const bound = sum > 0n ? (sum + unit - 1n) / unit : 0n;
    if (bound > this.#best) this.#best = bound;
  }
}
