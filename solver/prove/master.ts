// The master problem: routes that together serve every order or leave it out, as a linear program over the columns known so far.
import type { Highs, Model } from "highs";

/** A column: what it costs in the level at hand and in those before, and how often it serves each order. */
export interface MasterColumn {
  readonly cost: number;
  /** By level row of the master. */
  readonly levels: readonly number[];
  /** Order rows; an order may occur more than once. */
  readonly orders: readonly number[];
  /** Class row of a route; -1: an order left out. */
  readonly kind: number;
  readonly upper: number;
}

/** Values and duals of the relaxed master. */
export interface MasterSolution {
  readonly value: number;
  readonly columns: Float64Array;
  /** By order, >= 0. */
  readonly orderDuals: Float64Array;
  /** By class, <= 0. */
  readonly kindDuals: Float64Array;
  /** By level row, <= 0. */
  readonly levelDuals: Float64Array;
}

/** Rows: each order at least once (a relaxation of exactly once), each class of routes and each level at most so much. */
export class Master {
  readonly #model: Model;
  readonly #infinity: number;
  readonly #optimal: number;
  readonly #orders: number;
  readonly #kinds: number;
  readonly #levels: number;

  constructor(highs: Highs, orders: number, kindLimits: readonly number[], levelLimits: readonly number[]) {
    this.#model = highs.createModel();
    this.#infinity = highs.infinity;
    this.#optimal = highs.constants.modelStatus.optimal;
    this.#orders = orders;
    this.#kinds = kindLimits.length;
    this.#levels = levelLimits.length;
    // Presolve would throw the basis of the last solve away.
    this.#model.options.set({ output_flag: false, presolve: "off", solver: "simplex" });
    const rows = orders + this.#kinds + this.#levels;
    const upper = [...new Array<number>(orders).fill(this.#infinity), ...kindLimits, ...levelLimits];
    this.#model.addRows({
      lower: Float64Array.from({ length: rows }, (_, row) => (row < orders ? 1 : -this.#infinity)),
      upper: Float64Array.from(upper),
      matrix: {
        format: "csr",
        numRows: rows,
        numCols: 0,
        starts: new Int32Array(rows + 1),
        indices: new Int32Array(0),
        values: new Float64Array(0),
      },
    });
  }

  /** Adds columns behind those that are there. */
  add(columns: readonly MasterColumn[]): void {
    if (columns.length === 0) return;
    const starts = [0];
    const indices: number[] = [];
    const values: number[] = [];
    for (const column of columns) {
      const times = new Map<number, number>();
      for (const order of column.orders) times.set(order, (times.get(order) ?? 0) + 1);
      for (const [order, count] of [...times].sort((a, b) => a[0] - b[0])) {
        indices.push(order);
        values.push(count);
      }
      if (column.kind >= 0) {
        indices.push(this.#orders + column.kind);
        values.push(1);
      }
      for (const [level, value] of column.levels.entries()) {
        if (value === 0) continue;
        indices.push(this.#orders + this.#kinds + level);
        values.push(value);
      }
      starts.push(indices.length);
    }
    this.#model.addCols({
      cost: Float64Array.from(columns, ({ cost }) => cost),
      lower: new Float64Array(columns.length),
      upper: Float64Array.from(columns, ({ upper }) => (Number.isFinite(upper) ? upper : this.#infinity)),
      matrix: {
        format: "csc",
        numRows: this.#orders + this.#kinds + this.#levels,
        numCols: columns.length,
        starts: Int32Array.from(starts),
        indices: Int32Array.from(indices),
        values: Float64Array.from(values),
      },
    });
  }

  /** Changes what a column costs. */
  charge(column: number, cost: number): void {
    this.#model.changeColCost(column, cost);
  }

  /** Takes a column out for good. */
  remove(column: number): void {
    this.#model.changeColBounds(column, 0, 0);
  }

  /** The optimum over the columns known; undefined where the linear program was not solved. */
  solve(): MasterSolution | undefined {
    this.#model.run();
    if (this.#model.getModelStatus() !== this.#optimal) return undefined;
    const solution = this.#model.getSolution();
    const from = this.#orders + this.#kinds;
    return {
      value: this.#model.getObjectiveValue(),
      columns: solution.colValue,
      orderDuals: solution.rowDual.slice(0, this.#orders),
      kindDuals: solution.rowDual.slice(this.#orders, from),
      levelDuals: solution.rowDual.slice(from, from + this.#levels),
    };
  }

  /** Gives its memory back. */
  dispose(): void {
    this.#model.dispose();
  }
}
