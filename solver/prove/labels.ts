// Partial routes of the pricing problem as rows of flat columns, which grow together.
import type { Network } from "./network.ts";

/** Partial routes; `count` are in use. */
export class Labels {
  count = 0;
  capacity = 1 << 14;
  readonly dims: number;
  readonly words: number;
  /** Where it stands. */
  node = new Int32Array(this.capacity);
  /** The label it extends; -1 at the start. */
  parent = new Int32Array(this.capacity);
  /** Earliest end of service. */
  time = new Int32Array(this.capacity);
  /** Latest end of service that adds no waiting: leaving later than this, working time grows. */
  late = new Int32Array(this.capacity);
  /** Scaled reduced cost when the node is left by `late`. */
  cost = new Float64Array(this.capacity);
  /** Cost minus working time up to `late`: what it costs when the node is left long after `late`. */
  base = new Float64Array(this.capacity);
  /** Next in the node's list, which is sorted by cost; -1 at its end. */
  next = new Int32Array(this.capacity);
  /** Next in its bucket of time; -1 at its end. */
  queued = new Int32Array(this.capacity);
  /** 1: another label is as good in everything. */
  dominated = new Uint8Array(this.capacity);
  /** `dims` for each label. */
  load: Int32Array;
  /** `words` for each label: orders that it remembers having served. */
  memory: Int32Array;
  /** The same, and orders that are out of its reach in time. */
  blocked: Int32Array;

  constructor(dims: number, words: number) {
    this.dims = dims;
    this.words = words;
    this.load = new Int32Array(this.capacity * dims);
    this.memory = new Int32Array(this.capacity * words);
    this.blocked = new Int32Array(this.capacity * words);
  }

  /** Makes room for so many more; columns taken before are then stale. */
  reserve(more: number): boolean {
    if (this.count + more <= this.capacity) return false;
    while (this.count + more > this.capacity) this.capacity *= 2;
    const grown = (old: Int32Array, width = 1) => {
      const values = new Int32Array(this.capacity * width);
      values.set(old);
      return values;
    };
    const grownCosts = (old: Float64Array) => {
      const values = new Float64Array(this.capacity);
      values.set(old);
      return values;
    };
    this.node = grown(this.node);
    this.parent = grown(this.parent);
    this.time = grown(this.time);
    this.late = grown(this.late);
    this.cost = grownCosts(this.cost);
    this.base = grownCosts(this.base);
    this.next = grown(this.next);
    this.queued = grown(this.queued);
    const dominated = new Uint8Array(this.capacity);
    dominated.set(this.dominated);
    this.dominated = dominated;
    this.load = grown(this.load, this.dims);
    this.memory = grown(this.memory, this.words);
    this.blocked = grown(this.blocked, this.words);
    return true;
  }

  /** Orders served, first to last. */
  sequence(label: number, { start }: Network): number[] {
    const orders: number[] = [];
    for (let at = label; this.node[at] !== start; at = this.parent[at]!) orders.push(this.node[at]!);
    return orders.reverse();
  }
}
