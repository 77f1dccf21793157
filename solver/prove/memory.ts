// Which orders a partial route still remembers having served (ng-routes: Baldacci, Mingozzi & Roberti 2011).
import { NEVER } from "../layout.ts";
import type { Network } from "./network.ts";

/** Orders near each order, as rows of bits; at an order, a route forgets what it served outside its set. */
export interface Neighbourhoods {
  /** Words of 32 bits in a row. */
  readonly words: number;
  /** `orders * words`. */
  readonly bits: Int32Array;
}

/**
 * The `most` nearest orders that can come both before and after each order, and itself. Orders at no distance in time are all in
 * each other's sets, whatever `most` is, so that no route goes round in no time.
 */
export function neighbourhoods(networks: readonly Network[], orders: number, most: number): Neighbourhoods {
  const words = Math.max(1, Math.ceil(orders / 32));
  const bits = new Int32Array(orders * words);
  const there = networks.map((network) => ({ network, nodes: orders + 2 }));
  for (let order = 0; order < orders; order++) {
    const near: { other: number; ticks: number }[] = [];
    for (let other = 0; other < orders; other++) {
      let ticks = NEVER;
      if (other !== order)
        for (const { network, nodes } of there) {
          const { least } = network;
          const round = least[order * nodes + other]! + least[other * nodes + order]!;
          if (round < ticks && canFollow(network, order, other) && canFollow(network, other, order)) ticks = round;
        }
      if (ticks < NEVER) near.push({ other, ticks });
    }
    near.sort((a, b) => a.ticks - b.ticks || a.other - b.other);
    remember(bits, words, order, order);
    for (const [rank, { other, ticks }] of near.entries())
      if (rank < most || ticks === 0) remember(bits, words, order, other);
  }
  return { words, bits };
}

function remember(bits: Int32Array, words: number, at: number, order: number): void {
  bits[at * words + (order >> 5)]! |= 1 << (order & 31);
}

/** True when `second` can be begun after `first`, over any orders between. */
function canFollow(
  { least, orders, service, windowFirst, windowStart, windowEnd }: Network,
  first: number,
  second: number,
) {
  const from = windowFirst[first]!;
  const to = windowFirst[second + 1]! - 1;
  if (from === windowFirst[first + 1]! || to < windowFirst[second]!) return false;
  return windowStart[from]! + service[first]! + least[first * (orders + 2) + second]! <= windowEnd[to]!;
}

/** Makes every set between two visits of one order remember it; returns whether anything changed. */
export function rememberCycles({ words, bits }: Neighbourhoods, sequence: readonly number[]): boolean {
  let changed = false;
  for (const [index, order] of sequence.entries()) {
    const again = sequence.indexOf(order, index + 1);
    for (let between = index + 1; between < again; between++) {
      const cell = sequence[between]! * words + (order >> 5);
      if ((bits[cell]! >>> (order & 31)) & 1) continue;
      changed = true;
      remember(bits, words, sequence[between]!, order);
    }
  }
  return changed;
}

/** False when the sequence visits an order that it remembers having served. */
export function isAllowed({ words, bits }: Neighbourhoods, sequence: readonly number[]): boolean {
  const memory = new Set<number>();
  for (const order of sequence) {
    if (memory.has(order)) return false;
    for (const known of memory) if (!((bits[order * words + (known >> 5)]! >>> (known & 31)) & 1)) memory.delete(known);
    memory.add(order);
  }
  return true;
}
