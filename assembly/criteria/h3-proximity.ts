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
  NO_TIME,
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
  for (let engineer = 0; engineer < engineers; engineer++) {
    const cell = 2 * (at(engineerCellFrame, engineer) * orders + order);
    const i = at(orderCell, cell);
    let price = farthest;
    if (i != NO_TIME) {
      const di = i - at(engineerCellI, engineer);
      const dj = at(orderCell, cell + 1) - at(engineerCellJ, engineer);
      price = at(prices, min(cellWorst, max(max(abs(di), abs(dj)), abs(di - dj))));
    }
    add(costs, engineer, price);
  }
  const end = at(orderCellPairFirst, order + 1);
  for (let pair = at(orderCellPairFirst, order); pair < end; pair++)
    add(costs, at(cellPairEngineer, pair), at(prices, at(cellPairSteps, pair)) - farthest);
}
