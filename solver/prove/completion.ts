// The least a partial route can still cost: a bound over all ways to go on, orders visited again allowed (Christofides, Mingozzi & Toth 1981).
import { NEVER } from "../layout.ts";
import type { Network } from "./network.ts";

/** Most buckets of time; more make the bound sharper and slower. */
const MOST_BUCKETS = 600;

/** By node and bucket of the time at which the node is left; without buckets nothing is known. */
export interface Completion {
  readonly buckets: number;
  /** Ticks in a bucket. */
  readonly width: number;
  /** `nodes * buckets`; Infinity: the end is out of reach. */
  readonly least: Float64Array;
}

/** Width of the buckets: no step of a route stays within one, so buckets can be filled from the last to the first. Undefined where steps take no time. */
export function bucketWidth(network: Network): number | undefined {
  let shortest = NEVER;
  for (let arc = 0; arc < network.arcTo.length; arc++)
    shortest = Math.min(shortest, network.arcTicks[arc]! + network.service[network.arcTo[arc]!]!);
  const span = network.latest - network.earliest + 1;
  const width = Math.min(shortest, Math.ceil(span / MOST_BUCKETS));
  return width < 1 || span / width > 8 * MOST_BUCKETS ? undefined : width;
}

/** Fills the table for arcs that cost `arcCost`, last legs that cost `lastCost`, and `waitCost` for each tick of waiting. */
export function completionOf(
  network: Network,
  width: number,
  arcCost: Float64Array,
  lastCost: Float64Array,
  waitCost: number,
): Completion {
  const { orders, start, earliest, latest, arcFirst, arcTo, arcTicks, lastTicks, service } = network;
  const { windowFirst, windowStart, windowEnd } = network;
  const buckets = Math.floor((latest - earliest) / width) + 1;
  const least = new Float64Array((orders + 1) * buckets).fill(Number.POSITIVE_INFINITY);
  // A node is left only while one of its windows allows it.
  const firstBucket = new Int32Array(orders + 1).fill(1);
  const lastBucket = new Int32Array(orders + 1);
  for (let order = 0; order < orders; order++) {
    const [from, to] = [windowFirst[order]!, windowFirst[order + 1]!];
    if (from === to) continue;
    firstBucket[order] = Math.floor((windowStart[from]! + service[order]! - earliest) / width);
    lastBucket[order] = Math.floor((windowEnd[to - 1]! + service[order]! - earliest) / width);
  }
  firstBucket[start] = 0;
  for (let bucket = buckets - 1; bucket >= 0; bucket--) {
    for (let node = 0; node <= start; node++) {
      if (bucket < firstBucket[node]! || bucket > lastBucket[node]!) continue;
      const opens = node === start ? earliest : windowStart[windowFirst[node]!]! + service[node]!;
      const time = Math.max(opens, earliest + bucket * width);
      // A route without orders is none.
      const ends = node !== start && lastTicks[node]! < NEVER && time + lastTicks[node]! <= latest;
      let best = ends ? lastCost[node]! : Number.POSITIVE_INFINITY;
      for (let arc = arcFirst[node]!; arc < arcFirst[node + 1]!; arc++) {
        const to = arcTo[arc]!;
        const arrival = time + arcTicks[arc]!;
        let row = windowFirst[to]!;
        const last = windowFirst[to + 1]!;
        while (row < last && arrival > windowEnd[row]!) row++;
        if (row === last) continue;
        const wait = arrival < windowStart[row]! ? windowStart[row]! - arrival : 0;
        const left = arrival + wait + service[to]!;
        const cost = arcCost[arc]! + waitCost * wait + least[to * buckets + Math.floor((left - earliest) / width)]!;
        if (cost < best) best = cost;
      }
      least[node * buckets + bucket] = best;
    }
  }
  return { buckets, width, least };
}
