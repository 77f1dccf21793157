// Costs inside the genetic search: the scalar cost in fixed point, and the changing prices of time warp and excess load.
import { dims, orderLoad, orders, rows } from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, put } from "../memory/cells";
import { leg, legWeight } from "./legs";

/** Fraction bits of costs: prices of warp and load stay exact integers when they change by a fifth. */
export const FRACTION: i32 = 8;
/** Cost of a pair that is ruled out: no plan with one is ever feasible. */
export const RULED_OUT: i64 = 1 << 44;
/** Units of excess for a mean load of each dimension. */
const MEAN_LOAD_UNITS: i32 = 1000;

/** Cost of a tick of time warp. */
export let warpPrice: i64 = 0;
/** Cost of a unit of excess load; dimensions are brought to one scale by `loadScale`. */
export let excessPrice: i64 = 0;
/** By dimension: units of excess for one unit of load. */
export let loadScale: usize = 0;

/** Local optima wanted without time warp and without excess load (Vidal 2022, Kool et al. 2022). */
const WANTED_SHARE: f64 = 0.4;
const TOLERANCE: f64 = 0.05;
/** Local optima between two changes of the prices. */
const WINDOW: i32 = 50;

let seen: i32 = 0;
let inTime: i32 = 0;
let inLoad: i32 = 0;
let firstWarpPrice: i64 = 0;
let firstExcessPrice: i64 = 0;
let usualWarpPrice: i64 = 0;
let usualExcessPrice: i64 = 0;

/** Initial prices: a tick of warp costs as a tick's way, the excess of a mean load a long leg. */
export function buildPenalties(): void {
  loadScale = allocate((<usize>(dims + 1)) << 2);
  for (let dim = 0; dim < dims; dim++) {
    let sum: i64 = 0;
    for (let order = 0; order < orders; order++) sum += at(orderLoad, order * dims + dim);
    put(loadScale, dim, <i32>max(<i64>1, sum == 0 ? 1 : (<i64>MEAN_LOAD_UNITS * orders) / sum));
  }
}

/** Prices as at the start, from the mean leg between orders in cost and in ticks. */
export function resetPenalties(edges: usize): void {
  let cost: i64 = 0;
  let ticks: i64 = 0;
  for (let from = 0; from < orders; from++)
    for (let to = 0; to < orders; to++) {
      cost += leg(from, to);
      ticks += at(edges, from * rows + to);
    }
  const cells = <i64>orders * orders;
  firstWarpPrice = max(1, ((cost << FRACTION) / max(ticks, 1)) * legWeight);
  firstExcessPrice = max(1, (((cost << FRACTION) / cells) * legWeight) / MEAN_LOAD_UNITS);
  warpPrice = firstWarpPrice;
  excessPrice = firstExcessPrice;
  seen = 0;
  inTime = 0;
  inLoad = 0;
}

/** Takes note of a local optimum; true when the prices changed. */
export function notePenalties(warp: i32, excess: i64): bool {
  seen++;
  if (warp == 0) inTime++;
  if (excess == 0) inLoad++;
  if (seen < WINDOW) return false;
  warpPrice = adapted(warpPrice, firstWarpPrice, inTime);
  excessPrice = adapted(excessPrice, firstExcessPrice, inLoad);
  seen = 0;
  inTime = 0;
  inLoad = 0;
  return true;
}

function adapted(price: i64, first: i64, feasible: i32): i64 {
  const share = <f64>feasible / <f64>WINDOW;
  let next = price;
  if (share < WANTED_SHARE - TOLERANCE) next = (price * 6) / 5 + 1;
  else if (share > WANTED_SHARE + TOLERANCE) next = (price * 17) / 20;
  return min(max(next, 1), first * 1000);
}

/** Ten times the usual prices, for the repair of an infeasible local optimum, or back. */
export function raisePenalties(raised: bool): void {
  if (raised) {
    usualWarpPrice = warpPrice;
    usualExcessPrice = excessPrice;
    warpPrice *= 10;
    excessPrice *= 10;
  } else {
    warpPrice = usualWarpPrice;
    excessPrice = usualExcessPrice;
  }
}
