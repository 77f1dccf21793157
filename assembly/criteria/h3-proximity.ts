// h3_proximity: grid distance between the H3 cells of the order and of the place where the engineer's first shift starts. Soft.
//
// Cells of one coordinate system lie on a grid with axes 120 degrees apart: so many steps are between two as the largest of the
// two differences and their difference.
import {
  cellFrames,
  cellPairEngineer,
  cellPairSteps,
  cellWeight,
  cellWorst,
  engineerCellFrame,
  engineerCellI,
  engineerCellJ,
  engineers,
  neutralScore,
  orderCell,
  orderCellPairFirst,
  orders,
} from "../gen/layout";
import { allocate } from "../memory/arena";
import { add, at, put } from "../memory/cells";
import { addToRow } from "./rows";
import { costOfScore, FULL } from "./score";

/** Ticks by grid distance, 0..cellWorst. */
let prices: usize = 0;

export function buildProximity(): void {
  prices = allocate((<usize>cellWorst + 1) << 2);
  for (let steps = 0; steps <= cellWorst; steps++)
    put(prices, steps, costOfScore(cellWeight, (FULL * (cellWorst - steps)) / cellWorst));
}

/** Adds the costs of the order's row. */
export function addProximity(order: i32, costs: usize): void {
  if (cellWeight == 0) return;
  if (cellFrames == 0) {
    addToRow(costs, costOfScore(cellWeight, neutralScore));
    return;
  }
  const farthest = at(prices, cellWorst);
  let engineer = 0;
  for (; engineer + 4 <= engineers; engineer += 4) addFour(order, engineer, costs);
  for (; engineer < engineers; engineer++) {
    const cell = cellOf(order, engineer);
    const di = load<i32>(cell) - at(engineerCellI, engineer);
    const dj = load<i32>(cell, 4) - at(engineerCellJ, engineer);
    add(costs, engineer, at(prices, min(cellWorst, max(max(abs(di), abs(dj)), abs(di - dj)))));
  }
  const end = at(orderCellPairFirst, order + 1);
  for (let pair = at(orderCellPairFirst, order); pair < end; pair++)
    add(costs, at(cellPairEngineer, pair), at(prices, at(cellPairSteps, pair)) - farthest);
}

/** Address of the order's coordinates in the engineer's system; NO_TIME, where it has none, is farther than any. */
function cellOf(order: i32, engineer: i32): usize {
  return orderCell + ((<usize>at(engineerCellFrame, engineer) * orders + order) << 3);
}

/** The same for four engineers at once. */
function addFour(order: i32, engineer: i32, costs: usize): void {
  const at4 = (<usize>engineer) << 2;
  let i: v128;
  let j: v128;
  if (cellFrames == 1) {
    i = v128.load_splat<i32>(orderCell + ((<usize>order) << 3));
    j = v128.load_splat<i32>(orderCell + ((<usize>order) << 3), 4);
  } else {
    const a = cellOf(order, engineer);
    const b = cellOf(order, engineer + 1);
    const c = cellOf(order, engineer + 2);
    const d = cellOf(order, engineer + 3);
    i = i32x4(load<i32>(a), load<i32>(b), load<i32>(c), load<i32>(d));
    j = i32x4(load<i32>(a, 4), load<i32>(b, 4), load<i32>(c, 4), load<i32>(d, 4));
  }
  const di = i32x4.sub(i, v128.load(engineerCellI + at4));
  const dj = i32x4.sub(j, v128.load(engineerCellJ + at4));
  const farther = i32x4.max_s(i32x4.abs(di), i32x4.abs(dj));
  const steps = i32x4.min_s(i32x4.splat(cellWorst), i32x4.max_s(farther, i32x4.abs(i32x4.sub(di, dj))));
  add(costs, engineer, at(prices, i32x4.extract_lane(steps, 0)));
  add(costs, engineer + 1, at(prices, i32x4.extract_lane(steps, 1)));
  add(costs, engineer + 2, at(prices, i32x4.extract_lane(steps, 2)));
  add(costs, engineer + 3, at(prices, i32x4.extract_lane(steps, 3)));
}
