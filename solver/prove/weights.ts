// Costs as whole numbers: what a unit of each measure costs while one level is bounded, and the dual values, all scaled alike.
import type { LevelWeights } from "../model/problem.ts";
import type { Network } from "./network.ts";

/** Scaled prices that pricing adds up; all whole numbers, so that sums are exact below 2^53. */
export interface Prices {
  readonly distance: number;
  readonly travel: number;
  /** Of a tick of working time, through WORKING_TIME and SOFT_COST. */
  readonly work: number;
  /** Of a tick of soft cost besides working time. */
  readonly soft: number;
  readonly engineer: number;
  /** By order: what serving it earns. */
  readonly duals: Float64Array;
}

/** What a route measures; the share of the engineer is a fraction when there are several shifts. */
export interface RouteMeasures {
  readonly engineers: number;
  readonly distance: number;
  readonly travel: number;
  readonly work: number;
  /** Soft cost without working time. */
  readonly soft: number;
}

/** A route's value in one level. */
export function levelValue(weights: LevelWeights, measures: RouteMeasures): number {
  const [, engineers, distance, travel, work, soft] = weights;
  return (
    engineers * measures.engineers +
    distance * measures.distance +
    travel * measures.travel +
    (work + soft) * measures.work +
    soft * measures.soft
  );
}

/** More than any route can cost at these weights, duals left out. */
export function largestCost(weights: LevelWeights, networks: readonly Network[]): number {
  const [, engineers, distance, travel, work, soft] = weights;
  const costs = networks.map((network) => {
    const ticks = network.latest - network.earliest;
    return (
      engineers +
      distance * (network.orders + 1) * network.longest +
      travel * ticks +
      (work + 2 * soft) * (ticks + network.unpaid) +
      soft * network.pairCost.reduce((a, b) => a + b, 0)
    );
  });
  return Math.max(1, ...costs);
}

/** Sums of at most this are exact in a double, with room for a long route of large duals. */
export const MOST_EXACT = 2 ** 48;

/** Largest power of two, at most 2^16, that keeps a route's cost well within MOST_EXACT; undefined where there is none. */
export function scaleFor(weights: LevelWeights, networks: readonly Network[], most: number): number | undefined {
  const largest = Math.max(most, largestCost(weights, networks));
  for (let scale = 2 ** 16; scale >= 1; scale /= 2) if (largest * scale < MOST_EXACT / 16) return scale;
  return undefined;
}
