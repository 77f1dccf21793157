// What a leg costs: distance, travel and working time under the weights of the scalar cost, as one matrix.
import { distance, edge, rowSetup, rows } from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, put } from "../memory/cells";
import { distanceOf, travelTicks } from "../route/matrix";
import { distanceWeight, travelWeight, workWeight } from "../route/weights";

/** Row-major matrix of leg costs in units of `legWeight`. */
export let legs: usize = 0;
/** Scalar cost of a unit of the matrix. */
export let legWeight: i64 = 1;

/** Chooses the matrix, or builds one where several weights meet; false when its cells do not fit an i32. */
export function bindLegs(): bool {
  const way = distance == 0 ? 0 : distanceWeight;
  const travel = distance == 0 ? distanceWeight + travelWeight : travelWeight;
  if (travel == 0 && workWeight == 0) return alias(distance == 0 ? edge : distance, way);
  if (way == 0 && (rowSetup == 0 || travel == 0)) return alias(edge, travel + workWeight);
  legs = allocate((<usize>rows * <usize>rows) << 2);
  legWeight = 1;
  for (let from = 0; from < rows; from++)
    for (let to = 0; to < rows; to++) {
      const cell = from * rows + to;
      const ticks = travel * <i64>travelTicks(from, to) + workWeight * <i64>at(edge, cell);
      const cost = ticks + (way == 0 ? 0 : way * <i64>distanceOf(from, to));
      if (cost > 0x3fffffff) return false;
      put(legs, cell, <i32>cost);
    }
  return true;
}

function alias(matrix: usize, weight: i64): bool {
  legs = matrix;
  legWeight = max(weight, 1);
  return true;
}

/** Cost of the leg in units of `legWeight`. */
export function leg(from: i32, to: i32): i32 {
  return load<i32>(legs + ((<usize>from * <usize>rows + <usize>to) << 2));
}
