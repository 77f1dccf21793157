// plan_stability: customers who were told who comes and when keep that. Soft, or hard: then only the engineer they were told may come.
import {
  engineers,
  movedStart,
  movedTolerance,
  NO_TIME,
  orderPlanned,
  orderPlannedStart,
  stabilityHard,
  stabilityWeight,
} from "../gen/layout";
import { at, put } from "../memory/cells";
import { FAILS_STABILITY } from "./masks";
import { addToRow, orCell } from "./rows";
import { costOfScore } from "./score";

/** Adds mask bits and costs of the order's row. */
export function addPlanStability(order: i32, masks: usize, costs: usize): void {
  const planned = at(orderPlanned, order);
  if (planned < 0) return;
  const kept = at(costs, planned);
  addToRow(costs, costOfScore(stabilityWeight, 0));
  put(costs, planned, kept);
  if (stabilityHard == 0) return;
  for (let engineer = 0; engineer < engineers; engineer++)
    if (engineer != planned) orCell(masks, engineer, FAILS_STABILITY);
}

/** Ticks of service of `order` that begins at `start`, when that is too far from what the customer was told. */
export function startStability(order: i32, start: i32): i32 {
  const planned = at(orderPlannedStart, order);
  if (planned == NO_TIME) return 0;
  return abs(start - planned) > movedTolerance ? movedStart : 0;
}
