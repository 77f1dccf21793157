// Matrices of a problem, with the set-up folded into the edges, and the weights of the search, which depend on them.
import type { EncodedProblem, Out } from "./encode.ts";
import { NEVER } from "./layout.ts";
import type { Problem } from "./model/problem.ts";

/** Fills the matrices, one set for each vehicle mode that travels differently; returns their number. */
export function encodeMatrices(
  problem: Problem,
  routes: EncodedProblem["routes"],
  column: Out,
  rows: number,
  siteRows: Map<number, number>,
  poll: () => void,
): number {
  const { travel, orders } = problem;
  const keys = [...new Set(routes.map(({ engineer }) => travel.modeKey(engineer.mode)))];
  const modes = Math.max(1, keys.length);
  column.routeMatrices = routes.map(({ engineer }) => keys.indexOf(travel.modeKey(engineer.mode)));
  const places = new Int32Array(rows - 1);
  for (const [row, order] of orders.entries()) places[row] = order.placeRow;
  for (const [placeRow, row] of siteRows) places[row] = placeRow;
  const cells = rows * rows;
  const edge = new Int32Array(modes * cells);
  const travelTime = orders.some((order) => order.setupTicks > 0) ? new Int32Array(modes * cells) : undefined;
  let distance: Int32Array | undefined = new Int32Array(modes * cells);
  let same = true;
  for (const [set, key] of keys.entries()) {
    const mode = routes.find(({ engineer }) => travel.modeKey(engineer.mode) === key)!.engineer.mode;
    for (let from = 0; from < rows - 1; from++) {
      poll();
      const fromPlace = places[from]!;
      let cell = set * cells + from * rows;
      for (let to = 0; to < rows - 1; to++, cell++) {
        const toPlace = places[to]!;
        if (fromPlace === toPlace) continue;
        const ticks = travel.duration(mode, fromPlace, toPlace);
        const reachable = ticks >= 0 && ticks < NEVER;
        const setup = to < orders.length ? orders[to]!.setupTicks : 0;
        edge[cell] = reachable ? Math.min(ticks + setup, NEVER) : NEVER;
        if (travelTime) travelTime[cell] = reachable ? ticks : 0;
        const way = reachable ? Math.max(0, travel.distance(mode, fromPlace, toPlace)) : 0;
        distance[cell] = way;
        if (way !== ticks) same = false;
      }
    }
  }
  if (same) distance = undefined;
  column.edge = edge;
  column.travelTime = travelTime ?? new Int32Array(0);
  column.distance = distance ?? new Int32Array(0);
  return modes;
}

/** One weight for each measure: the last level counts 1:1, each level before it a thousand times the one after. */
export function searchWeights(problem: Problem, edge: Int32Array): number[] {
  const weights = [0, 0, 0, 0, 0, 0];
  let scale = 1;
  for (const level of problem.levels.toReversed()) {
    const ranked = level.some((weight, measure) => weight > 0 && measure > 0);
    for (let measure = 1; measure < 6; measure++) weights[measure]! += level[measure]! * scale;
    if (ranked) scale *= 1000;
  }
  if (weights[1]! > 0) {
    // One engineer fewer is worth any detour: at least as much as twenty of the longest legs.
    const longest = edge.reduce((most, ticks) => (ticks < NEVER ? Math.max(most, ticks) : most), 1);
    weights[1] = Math.min(0x3fffffff, 20 * longest * Math.max(...weights.slice(2), 1));
  }
  return weights.map((weight) => Math.min(weight, 0x7fffffff));
}
