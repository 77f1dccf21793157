// What a leg costs: distance, travel and working time under the weights of the scalar cost, as one matrix.
import { edge, rows } from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, put } from "../memory/cells";
import { distances, travels } from "../route/matrix";
import { distanceWeight, travelWeight, workWeight } from "../route/weights";

/** Row-major matrix of leg costs in units of `legWeight`. */
export let legs: usize = 0;
/** Scalar cost of a unit of the matrix. */
export let legWeight: i64 = 1;

/** Chooses the matrix, or builds one where several weights meet; false when its cells do not fit an i32. */
export function bindLegs(): bool {
  const way = distances == travels ? distanceWeight + travelWeight : distanceWeight;
  const travel = distances == travels ? 0 : travelWeight;
  if (travel == 0 && workWeight == 0) return alias(distances, way);
  if (way == 0 && workWeight == 0) return alias(travels, travel);
  if (way == 0 && travel == 0) return alias(edge, workWeight);
  if (travels == edge && distances == edge) return alias(edge, way + travel + workWeight);
  const cells = rows * rows;
  legs = allocate((<usize>cells) << 2);
  legWeight = 1;
  for (let cell = 0; cell < cells; cell++) {
    const cost = way * <i64>at(distances, cell) + travel * <i64>at(travels, cell) + workWeight * <i64>at(edge, cell);
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
