// Travel between matrix rows for the route at hand.
import {
  candidateEngineers,
  distance,
  edge,
  items,
  loansOn,
  modes,
  NEVER,
  routeMatrices,
  routes,
  rowPlace,
  rowSetup,
  rows,
} from "../gen/layout";
import { allocate } from "../memory/arena";
import { at } from "../memory/cells";
import { bindHours, hoursOn, useHours } from "./hours";
import { isStrict } from "./route";
import { distanceWeight, softWeight, travelWeight, workWeight } from "./weights";

let matrixBytes: usize = 0;
/** Matrices of the route chosen last. */
export let edges: usize = 0;
let distances: usize = 0;

/** True when one matrix says it all, nothing is ever picked up and no term of the cost knows time: a leg then costs legWeight times its edge. */
export let untimed: bool = false;
export let legWeight: i64 = 0;
/** Edges by the place they lead to: the edge from row `from` to row `to` is at columns + to * columnStride + from * columnStep. */
let columnBase: usize = 0;
let columns: usize = 0;
let columnStride: usize = 0;
/** Bytes between two edges that lead to the same place. */
export let columnStep: usize = 4;

/** Largest transposed copy of the matrices, bytes: past it the cache misses it would save cost less than the memory. */
const LARGEST_COPY: usize = 64 << 20;

export function bindMatrices(): void {
  matrixBytes = (<usize>rows * <usize>rows) << 2;
  bindHours();
  untimed = !hoursOn && items == 0 && rowSetup == 0 && distance == 0 && workWeight == 0 && softWeight == 0;
  legWeight = distanceWeight + travelWeight;
  bindColumns();
  edges = edge;
  distances = distance;
  columns = columnBase;
}

function bindColumns(): void {
  columnBase = edge;
  columnStride = (<usize>rows) << 2;
  columnStep = 4;
  if (!looksByColumn() || isSymmetric()) return;
  if (<usize>modes * matrixBytes > LARGEST_COPY) {
    columnStride = 4;
    columnStep = (<usize>rows) << 2;
    return;
  }
  columnBase = allocate(<usize>modes * matrixBytes);
  for (let mode: usize = 0; mode < <usize>modes; mode++)
    for (let from: usize = 0; from < <usize>rows; from++)
      for (let to: usize = 0; to < <usize>rows; to++)
        store<i32>(
          columnBase + mode * matrixBytes + ((to * <usize>rows + from) << 2),
          load<i32>(edge + mode * matrixBytes + ((from * <usize>rows + to) << 2)),
        );
}

/** True when anybody looks at edges by the place they lead to: places on plain routes do, and the bounds of rounds with candidates. */
function looksByColumn(): bool {
  if (candidateEngineers > 0) return true;
  for (let route = 0; route < routes; route++) if (!isStrict(route)) return true;
  return false;
}

function isSymmetric(): bool {
  for (let mode: usize = 0; mode < <usize>modes; mode++) {
    const base = edge + mode * matrixBytes;
    for (let from: usize = 1; from < <usize>rows; from++)
      for (let to: usize = 0; to < from; to++)
        if (load<i32>(base + ((from * <usize>rows + to) << 2)) != load<i32>(base + ((to * <usize>rows + from) << 2)))
          return false;
  }
  return true;
}

/** Edges that lead to row `to`: the one from row `from` is at this address + from * columnStep. */
export function edgesInto(to: i32): usize {
  return columns + <usize>to * columnStride;
}

/** Edges that leave row `from`: the one to row `to` is at this address + 4 * to. */
export function edgesOutOf(from: i32): usize {
  return edges + ((<usize>from * <usize>rows) << 2);
}

/** Chooses the matrices of `route`. */
export function useMatrices(route: i32): void {
  if (modes == 1) return;
  const offset = matrixBytes * <usize>at(routeMatrices, route);
  edges = edge + offset;
  if (distance != 0) distances = distance + offset;
  columns = columnBase + offset;
  useHours(route);
}

/** True when the rows, of the matrices of `route`, are at one place; -1 is nowhere. Knows places of their own only where there may be loans. */
export function samePlace(route: i32, a: i32, b: i32): bool {
  if (a < 0 || b < 0) return false;
  if (a == b || loansOn == 0) return a == b;
  const first = at(routeMatrices, route) * rows;
  return at(rowPlace, first + a) == at(rowPlace, first + b);
}

function cell(from: i32, to: i32): usize {
  return (<usize>from * <usize>rows + <usize>to) << 2;
}

/** Ticks from one row to another with the set-up there, in the quickest slice; NEVER = no way. */
export function edgeTicks(from: i32, to: i32): i32 {
  return load<i32>(edges + cell(from, to));
}

/** Ticks without the set-up. */
export function travelTicks(from: i32, to: i32): i32 {
  const ticks = edgeTicks(from, to);
  // Within a place there is neither way nor set-up.
  return rowSetup == 0 ? ticks : max(ticks - at(rowSetup, to), 0);
}

/** Distance; travel ticks where the problem has no distances of its own or does not ask for them. */
export function distanceOf(from: i32, to: i32): i32 {
  return distance == 0 ? travelTicks(from, to) : load<i32>(distances + cell(from, to));
}

/**
 * Ticks into a stop at row `to`, with its set-up, from a stop at row `from` when meetings have come since the last other stop, which was at row
 * `placed`: a meeting has no set-up, and neither costs nor saves one. NEVER = no way.
 */
export function legTicks(placed: i32, from: i32, to: i32, isMeeting: bool): i32 {
  const ticks = edgeTicks(from, to);
  if (rowSetup == 0 || ticks >= NEVER || (placed == from && !isMeeting)) return ticks;
  const way = max(ticks - at(rowSetup, to), 0);
  return isMeeting ? way : way + edgeTicks(placed, to) - max(edgeTicks(placed, to) - at(rowSetup, to), 0);
}
