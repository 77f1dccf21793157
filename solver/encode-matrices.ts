// Matrices of a problem, with the set-up folded into the edges, and the weights of the search, which depend on them.
import type { VehicleMode } from "../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { Route } from "./encode.ts";
import { NEVER } from "./layout.ts";
import type { Problem } from "./model/problem.ts";

/** One set of matrices for each way to travel; matrix rows are orders, then sites, then nowhere. */
export interface MatrixSets {
  readonly count: number;
  /** Rows of each matrix. */
  readonly rows: number;
  /** Set of a route. */
  setOf(route: Route): number;
  /** Matrix row of a place, as the routes of the set know it. */
  siteRow(set: number, placeRow: number): number;
  /** By set: place of each row but nowhere, -1 where the set has none. */
  readonly places: readonly Int32Array[];
  /** By set: a mode that travels so. */
  readonly modes: readonly Problem["engineers"][number]["mode"][];
}

/**
 * Gives every place that is not an order's a row: centres have one for all sets, starts, ends and breaks one in the sets of their routes,
 * so that engineers who travel differently share rows; with `loans` starts have one in every set.
 */
export function matrixSets({ travel, orders, centres }: Problem, routes: readonly Route[], loans: boolean): MatrixSets {
  const keys: string[] = [];
  const modes: VehicleMode[] = [];
  const setByMode = new Map<VehicleMode, number>();
  for (const { engineer } of routes) {
    if (setByMode.has(engineer.mode)) continue;
    const key = travel.modeKey(engineer.mode);
    let set = keys.indexOf(key);
    if (set < 0) {
      set = keys.push(key) - 1;
      modes.push(engineer.mode);
    }
    setByMode.set(engineer.mode, set);
  }
  const setOf = ({ engineer }: Route) => setByMode.get(engineer.mode)!;
  const count = Math.max(1, keys.length);
  const siteRows = Array.from({ length: count }, () => new Map<number, number>());
  const add = (set: number, placeRow: number) => {
    const rows = siteRows[set]!;
    if (!rows.has(placeRow)) rows.set(placeRow, orders.length + rows.size);
  };
  for (const { placeRow } of centres) for (let set = 0; set < count; set++) add(set, placeRow);
  for (const route of routes) {
    const set = setOf(route);
    const { startRow, endRow, breaks } = route.shift;
    add(set, startRow);
    if (endRow !== undefined) add(set, endRow);
    for (const { placeRow } of breaks) if (placeRow !== undefined) add(set, placeRow);
  }
  // A lender may be met at the start by somebody who travels in another way.
  if (loans) for (const { shift } of routes) for (let set = 0; set < count; set++) add(set, shift.startRow);
  const rows = orders.length + Math.max(...siteRows.map((map) => map.size)) + 1;
  return {
    count,
    rows,
    setOf,
    siteRow: (set, placeRow) => siteRows[set]!.get(placeRow)!,
    places: siteRows.map((map) => {
      const places = new Int32Array(rows - 1).fill(-1);
      for (let row = 0; row < orders.length; row++) places[row] = orders[row]!.placeRow;
      for (const [placeRow, row] of map) places[row] = placeRow;
      return places;
    }),
    modes,
  };
}

/** The matrices, to be written into the core; `poll` is called now and then meanwhile and may throw. */
export function encodeMatrices(problem: Problem, sets: MatrixSets, poll: () => void): EncodedMatrices {
  const { travel, orders } = problem;
  const cells = sets.count * sets.rows * sets.rows;
  const setups = new Int32Array(sets.rows);
  let hasSetups = false;
  for (let row = 0; row < orders.length; row++) {
    setups[row] = orders[row]!.setupTicks;
    if (orders[row]!.setupTicks > 0) hasSetups = true;
  }
  return {
    rowSetup: hasSetups ? setups : new Int32Array(0),
    edges: cells,
    distances: needsDistances(problem) && !travel.distanceIsDuration ? cells : 0,
    write: (edge, distance) => writeMatrices(problem, sets, setups, poll, edge, distance),
  };
}

interface EncodedMatrices {
  readonly rowSetup: Int32Array;
  /** Cells of the two columns. */
  readonly edges: number;
  readonly distances: number;
  write(edge: Int32Array, distance: Int32Array): void;
}

/** True for the ticks of a leg that exists. */
export const isWay = (ticks: number) => ticks >= 0 && ticks < NEVER;

/** True when a level, a limit or the price of a kilometre asks for distances; else the core does without. */
export function needsDistances(problem: Problem): boolean {
  const { levels, engineers } = problem;
  return (
    asksForKilometres(problem) ||
    levels.some((level) => level[2] > 0) ||
    engineers.some(({ shifts }) => shifts.some(({ maxDistance }) => maxDistance !== undefined))
  );
}

/** True when kilometres cost something that the search weighs, or that a budget must pay for. */
function asksForKilometres({ levels, engineers, orders, policy }: Problem): boolean {
  const { mode } = policy.criteria.get("service_cost")!;
  if (mode === "off" || engineers.every(({ inputs }) => inputs.costPerKm === 0)) return false;
  return (
    (mode === "soft" && levels.some((level) => level[5] > 0)) ||
    orders.some(({ inputs }) => inputs.budget !== undefined)
  );
}

/**
 * By order: nobody ever travels between it and another one of them. So it is in a round whose engineers have nothing under way or planned, but
 * for orders with a price: whether one is worth it is tried in the plan of the round.
 */
function servedAlone({ mode, engineers, orders }: Problem): Uint8Array {
  const alone = new Uint8Array(orders.length);
  if (mode !== "match") return alone;
  for (const { shifts } of engineers)
    for (const { head, chain, tied, warm } of shifts)
      if (head || chain.length + tied.length + warm.length > 0) return alone;
  for (let row = 0; row < orders.length; row++) if (orders[row]!.priceTicks === undefined) alone[row] = 1;
  return alone;
}

/** Writes ticks with set-up, and metres, between every two places that matter, 0 within a place and to and from nowhere. */
function writeMatrices(
  problem: Problem,
  { count, rows, places, modes }: MatrixSets,
  setups: Int32Array,
  poll: () => void,
  edge: Int32Array,
  distance: Int32Array,
): void {
  const { travel } = problem;
  const { symmetric } = travel;
  const alone = servedAlone(problem);
  const wantsDistance = distance.length > 0;
  edge.fill(0);
  distance.fill(0);
  const toRow = new Int32Array(rows);
  const toPlace = new Int32Array(rows);
  const ticks = new Float64Array(rows);
  const metres = new Float64Array(rows);
  // Set by set within a row: what a travel source computes for a pair of places it may keep for the next mode.
  for (let from = 0; from < rows - 1; from++) {
    poll();
    for (let set = 0; set < count; set++) {
      const setPlaces = places[set]!;
      const fromPlace = setPlaces[from]!;
      if (set >= modes.length || fromPlace < 0) continue;
      const isAlone = from < alone.length && alone[from] === 1;
      let legs = 0;
      for (let to = symmetric ? from + 1 : 0; to < rows - 1; to++) {
        const place = setPlaces[to]!;
        if (place < 0 || place === fromPlace || (isAlone && to < alone.length && alone[to] === 1)) continue;
        toRow[legs] = to;
        toPlace[legs++] = place;
      }
      travel.legs(modes[set]!, fromPlace, toPlace, legs, ticks, metres);
      const base = set * rows * rows;
      for (let leg = 0; leg < legs; leg++) {
        const to = toRow[leg]!;
        const there = base + from * rows + to;
        const back = base + to * rows + from;
        const exists = isWay(ticks[leg]!);
        edge[there] = exists ? Math.min(ticks[leg]! + setups[to]!, NEVER) : NEVER;
        if (symmetric) edge[back] = exists ? Math.min(ticks[leg]! + setups[from]!, NEVER) : NEVER;
        if (!wantsDistance || !exists) continue;
        distance[there] = Math.max(0, metres[leg]!);
        if (symmetric) distance[back] = Math.max(0, metres[leg]!);
      }
    }
  }
}

/** Longest leg with its set-up at any hour, at least 1. */
function longestLeg({ travel, orders }: Problem, { count, rows, places, modes }: MatrixSets): number {
  let longest = 1;
  const { hours } = travel;
  const slowest = (mode: VehicleMode, from: number, to: number) =>
    hours
      ? Math.max(...[0, ...hours.starts].map((_, slice) => hours.duration(slice, mode, from, to)))
      : travel.duration(mode, from, to);
  for (let set = 0; set < count; set++) {
    const mode = modes[set];
    if (mode === undefined) continue;
    for (const from of places[set]!)
      for (let to = 0; to < rows - 1; to++) {
        const toPlace = places[set]![to]!;
        if (from < 0 || toPlace < 0 || from === toPlace) continue;
        const ticks = slowest(mode, from, toPlace);
        const edge = ticks + (orders[to]?.setupTicks ?? 0);
        if (isWay(ticks) && edge < NEVER) longest = Math.max(longest, edge);
      }
  }
  return longest;
}

/** One weight for each measure: the last level counts 1:1, each level before it a thousand times the one after. */
export function searchWeights(problem: Problem, sets: MatrixSets): number[] {
  const weights = [0, 0, 0, 0, 0, 0];
  let scale = 1;
  for (const level of problem.levels.toReversed()) {
    const ranked = level.some((weight, measure) => weight > 0 && measure > 0);
    for (let measure = 1; measure < 6; measure++) weights[measure]! += level[measure]! * scale;
    if (ranked) scale *= 1000;
  }
  if (weights[1]! > 0) {
    // One engineer fewer is worth any detour: at least as much as twenty of the longest legs.
    weights[1] = Math.min(0x3fffffff, 20 * longestLeg(problem, sets) * Math.max(...weights.slice(2), 1));
  }
  return weights.map((weight) => Math.min(weight, 0x7fffffff));
}
