// Fewer legs where there are too many to ask for: between orders only those to the nearest ones.
import type { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { unitVector } from "../travel/great-circle.ts";
import type { Point } from "./engine.ts";
import { PairSet, RowSet } from "./pair-set.ts";

/** With fewer neighbours than this an order's place in a route is a matter of luck. */
const FEWEST = 8;

type Needs = ReadonlyMap<VehicleMode, PairSet>;

/**
 * At most `most` of the pairs: of each order's legs to other orders the nearest as the crow flies, of the orders in `whole` all, and all legs to
 * and from other places. Undefined where that leaves too few.
 */
export function nearestPairs(
  needs: Needs,
  points: readonly Point[],
  orderRows: readonly number[],
  whole: readonly number[],
  most: number,
): Needs | undefined {
  const orders = new RowSet(points.length);
  for (const row of orderRows) orders.add(row);
  const kept = new RowSet(points.length);
  for (const row of whole) kept.add(row);
  const isFree = (from: number, to: number) => orders.has(from) && orders.has(to) && !kept.has(from) && !kept.has(to);
  let fixed = 0;
  let rows = 0;
  for (const pairs of needs.values())
    for (let from = 0; from < pairs.size; from++) {
      const free = pairs.from(from).filter((to) => isFree(from, to)).length;
      fixed += pairs.from(from).length - free;
      if (free > 0) rows++;
    }
  const share = Math.floor((most - fixed) / Math.max(1, rows));
  if (share < FEWEST) return undefined;
  const vectors = points.map(({ latitude, longitude }) => unitVector(latitude, longitude));
  const closeness = (from: number, to: number) => {
    const [a, b] = [vectors[from]!, vectors[to]!];
    return a.x * b.x + a.y * b.y + a.z * b.z;
  };
  const near = (pairs: PairSet) => {
    const fewer = new PairSet(pairs.size);
    for (let from = 0; from < pairs.size; from++) {
      const free: number[] = [];
      for (const to of pairs.from(from))
        if (isFree(from, to)) free.push(to);
        else fewer.add(from, to);
      free.sort((a, b) => closeness(from, b) - closeness(from, a) || a - b);
      for (const to of free.slice(0, share)) fewer.add(from, to);
    }
    return fewer;
  };
  return new Map([...needs].map(([mode, pairs]) => [mode, near(pairs)]));
}
