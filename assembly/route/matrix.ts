// Travel between matrix rows for the route at hand.
import { distance, edge, modes, routeMatrices, rows, travelTime } from "../gen/layout";
import { at } from "../memory/cells";

let travelBase: usize = 0;
let distanceBase: usize = 0;
let matrixBytes: usize = 0;
/** Matrices of the route chosen last. */
export let edges: usize = 0;
export let travels: usize = 0;
export let distances: usize = 0;

export function bindMatrices(): void {
  matrixBytes = (<usize>rows * <usize>rows) << 2;
  travelBase = travelTime == 0 ? edge : travelTime;
  distanceBase = distance == 0 ? travelBase : distance;
  edges = edge;
  travels = travelBase;
  distances = distanceBase;
}

/** Chooses the matrices of `route`. */
export function useMatrices(route: i32): void {
  if (modes == 1) return;
  const offset = matrixBytes * <usize>at(routeMatrices, route);
  edges = edge + offset;
  travels = travelBase + offset;
  distances = distanceBase + offset;
}

function cell(from: i32, to: i32): usize {
  return (<usize>from * <usize>rows + <usize>to) << 2;
}

/** Ticks from one row to another with the set-up there; NEVER = no way. */
export function edgeTicks(from: i32, to: i32): i32 {
  return load<i32>(edges + cell(from, to));
}

/** Ticks without the set-up. */
export function travelTicks(from: i32, to: i32): i32 {
  return load<i32>(travels + cell(from, to));
}

export function distanceOf(from: i32, to: i32): i32 {
  return load<i32>(distances + cell(from, to));
}
