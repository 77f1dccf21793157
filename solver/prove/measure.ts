// What a given sequence of orders measures in a network.
import { NEVER } from "../layout.ts";
import type { LevelWeights } from "../model/problem.ts";
import type { Network } from "./network.ts";
import { levelValue, type RouteMeasures } from "./weights.ts";

interface State {
  /** Earliest and latest end of service, as in a label, and the working time when it is left by `late`. */
  readonly time: number;
  readonly late: number;
  readonly work: number;
}

/**
 * The measures of the route that serves `sequence`, with the windows that are best for `weights`; undefined when it breaks a rule
 * that the network knows.
 */
export function measureRoute(
  network: Network,
  sequence: readonly number[],
  weights: LevelWeights,
  overtimeOn: boolean,
): RouteMeasures | undefined {
  const { service, windowFirst, windowStart, windowEnd, capacity, dims, load } = network;
  for (let dim = 0; dim < dims; dim++)
    if (sequence.reduce((sum, order) => sum + load[order * dims + dim]!, 0) > capacity[dim]!) return undefined;
  let states: State[] = [{ time: network.earliest, late: network.leaveLatest, work: 0 }];
  let [at, distance, travel, pair] = [network.start, 0, 0, 0];
  for (const order of sequence) {
    const arc = arcBetween(network, at, order);
    if (arc < 0) return undefined;
    const ticks = network.arcTicks[arc]!;
    distance += network.arcDistance[arc]!;
    travel += network.arcTravel[arc]!;
    pair += network.pairCost[order]!;
    const after: State[] = [];
    for (const state of states)
      for (let row = windowFirst[order]!; row < windowFirst[order + 1]!; row++) {
        const [open, close] = [windowStart[row]!, windowEnd[row]!];
        if (state.time + ticks > close) continue;
        after.push({
          time: Math.max(state.time + ticks, open) + service[order]!,
          late: Math.max(Math.min(state.late + ticks, close), open) + service[order]!,
          work: state.work + ticks + service[order]! + Math.max(0, open - state.late - ticks),
        });
      }
    states = after.filter(
      (state, index) =>
        !after.some(
          (other, rank) =>
            rank !== index &&
            other.time <= state.time &&
            other.work <= state.work &&
            other.work - other.late <= state.work - state.late &&
            (rank < index || other.time < state.time || other.work < state.work || other.late > state.late),
        ),
    );
    at = order;
  }
  if (network.lastTicks[at]! >= NEVER) return undefined;
  let best: RouteMeasures | undefined;
  for (const state of states) {
    const back = state.time + network.lastTicks[at]!;
    if (back > network.latest) continue;
    const measures = {
      engineers: 1 / network.shifts,
      distance: distance + network.lastDistance[at]!,
      travel: travel + network.lastTravel[at]!,
      work: state.work + network.lastTicks[at]! - network.unpaid,
      soft: pair + (overtimeOn ? Math.floor(Math.max(0, back - network.shiftEnd) / 2) : 0),
    };
    if (!best || levelValue(weights, measures) < levelValue(weights, best)) best = measures;
  }
  return best;
}

function arcBetween({ arcFirst, arcTo }: Network, from: number, to: number): number {
  for (let arc = arcFirst[from]!; arc < arcFirst[from + 1]!; arc++) if (arcTo[arc] === to) return arc;
  return -1;
}
