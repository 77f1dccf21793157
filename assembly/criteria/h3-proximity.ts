// h3_proximity: grid distance between the H3 cells of the order and of the place where the engineer's first shift starts. Soft.
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
} from "../gen/layout";
import { allocate } from "../memory/arena";
import { add, at, put } from "../memory/cells";
import { CellSteps } from "./cell-steps";
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
  for (; engineer + 4 <= engineers; engineer += 4) {
    const steps = CellSteps.four(
      orderCell,
      engineerCellFrame,
      engineerCellI,
      engineerCellJ,
      order,
      engineer,
      cellWorst,
      cellFrames == 1,
    );
    add(costs, engineer, at(prices, i32x4.extract_lane(steps, 0)));
    add(costs, engineer + 1, at(prices, i32x4.extract_lane(steps, 1)));
    add(costs, engineer + 2, at(prices, i32x4.extract_lane(steps, 2)));
    add(costs, engineer + 3, at(prices, i32x4.extract_lane(steps, 3)));
  }
  for (; engineer < engineers; engineer++) {
    const steps = CellSteps.one(orderCell, engineerCellFrame, engineerCellI, engineerCellJ, order, engineer, cellWorst);
    add(costs, engineer, at(prices, steps));
  }
  const end = at(orderCellPairFirst, order + 1);
  for (let pair = at(orderCellPairFirst, order); pair < end; pair++)
    add(costs, at(cellPairEngineer, pair), at(prices, at(cellPairSteps, pair)) - farthest);
}
