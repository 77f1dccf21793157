// Cuts a set of pairs into tables that a road engine can answer.
import type { PairSet } from "./pair-set.ts";

/** One table to ask for: rows of places. */
export interface Block {
  readonly sources: readonly number[];
  readonly destinations: readonly number[];
}

/** A block may ask for this many times the pairs that are wanted of it, before its sources get a block of their own. */
const WASTE = 1.25;

/** Blocks within the limits whose pairs cover all of `wanted`. Sources that go to the same places come together. */
export function blocksOf(wanted: PairSet, limits: { sources: number; destinations: number }): Block[] {
  const rows = Array.from({ length: wanted.size }, (_, row) => ({ row, to: wanted.from(row) }))
    .filter(({ to }) => to.length > 0)
    .sort((a, b) => b.to.length - a.to.length || a.to[0]! - b.to[0]! || a.row - b.row);
  const blocks: Block[] = [];
  let sources: number[] = [];
  let union = new Set<number>();
  let pairs = 0;
  const close = () => {
    const all = [...union].sort((a, b) => a - b);
    for (let at = 0; at < all.length; at += limits.destinations)
      blocks.push({ sources, destinations: all.slice(at, at + limits.destinations) });
    sources = [];
    union = new Set();
    pairs = 0;
  };
  for (const { row, to } of rows) {
    const joined = new Set([...union, ...to]);
    const wasteful = joined.size * (sources.length + 1) > WASTE * (pairs + to.length);
    if (sources.length === limits.sources || (sources.length > 0 && wasteful)) {
      close();
      union = new Set(to);
    } else union = joined;
    sources.push(row);
    pairs += to.length;
  }
  if (sources.length > 0) close();
  return blocks;
}
