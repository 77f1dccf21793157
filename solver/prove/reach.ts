// Orders that are out of reach in time from an order, as rows of bits by how late it is.
import { NEVER } from "../layout.ts";
import type { Network } from "./network.ts";

/** By node: the latest times at which other orders are still within reach, ascending, and the orders lost after each. */
export interface Reach {
  /** `nodes * (orders + 1)`; unused places hold NEVER. */
  readonly until: Int32Array;
  /** `nodes * (orders + 1) * words`: row k has the orders lost once k times have passed. */
  readonly lost: Int32Array;
}

/** Reach of every node. Ways over other orders count, so that what is lost once stays lost. */
export function reachOf(network: Network, words: number): Reach {
  const { orders, least, windowFirst, windowEnd } = network;
  const nodes = orders + 2;
  const until = new Int32Array(nodes * (orders + 1)).fill(NEVER);
  const lost = new Int32Array(nodes * (orders + 1) * words);
  for (let node = 0; node < nodes; node++) {
    const times: { order: number; time: number }[] = [];
    for (let order = 0; order < orders; order++) {
      const last = windowFirst[order + 1]! - 1;
      const way = least[node * nodes + order]!;
      const reachable = last >= windowFirst[order]! && way < NEVER;
      times.push({ order, time: reachable ? windowEnd[last]! - way : -NEVER });
    }
    times.sort((a, b) => a.time - b.time || a.order - b.order);
    for (const [rank, { order, time }] of times.entries()) {
      until[node * (orders + 1) + rank] = time;
      const row = (node * (orders + 1) + rank) * words;
      for (let word = 0; word < words; word++) lost[row + words + word] = lost[row + word]!;
      lost[row + words + (order >> 5)]! |= 1 << (order & 31);
    }
  }
  return { until, lost };
}
