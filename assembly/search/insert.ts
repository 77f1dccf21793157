// New orders into a running plan: its stops stay with their engineer and in their order, and every order takes its best insertion.
import { orderRoute, orders, orderUnassigned } from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, at64 } from "../memory/cells";
import { ROUTE, record } from "../route/nodes";
import { UNASSIGNED } from "../route/weights";
import { addAbsent, setAbsentCount } from "./absent";
import { findInsertions, improvesLevels, insertionCount, makeInsertion } from "./best-insertions";
import { loadBest, saveBest } from "./journal";
import { isBetter, keepLevels, keepTimes, measurePlan, measures } from "./levels";
import { linkStops, planStops, planStopsCount, writeStops } from "./plan-stops";
import { noteRunning } from "./running";
import { linkWarmStops } from "./warm-start";

/** The running plan as words of plan-stops.ts. */
let running: usize = 0;
let runningCount: i32 = 0;
/** A plan with new orders is the best, and what it leaves out. */
let hasInserted: bool = false;
let leastUnassigned: i64 = 0;

/** Orders in the sequence in which insertSequence puts them in; written by the host. */
export let sequence: usize = 0;

export function buildInsert(): void {
  sequence = allocate((<usize>(orders + 1)) << 2);
}

/** Links the running plan; it is the best plan until one with new orders is. */
export function openRunning(): void {
  linkWarmStops();
  listAbsent();
  measurePlan();
  noteRunning();
  measurePlan();
  keepLevels();
  saveBest();
  hasInserted = false;
  writeStops();
  runningCount = planStopsCount;
  running = allocate((<usize>(runningCount + 1)) << 2);
  memory.copy(running, planStops, (<usize>runningCount) << 2);
}

function listAbsent(): void {
  setAbsentCount(0);
  for (let order = 0; order < orders; order++) if (load<i32>(record(order), ROUTE) < 0) addAbsent(order);
}

/**
 * Puts the `count` orders of `sequence` into the running plan one by one, each at its best insertion, and those that did not fit once more after
 * the others; keeps the plan if it is the best so far: fewest left out, then by the levels. False when the host stopped it.
 */
export function insertSequence(count: i32): bool {
  memory.copy(planStops, running, (<usize>runningCount) << 2);
  if (!linkStops(runningCount)) unreachable();
  for (let inserted = true; inserted; ) {
    inserted = false;
    for (let i = 0; i < count; i++) {
      const order = at(sequence, i);
      if (load<i32>(record(order), ROUTE) >= 0) continue;
      if (!findInsertions(order, 1, 1)) return false;
      if (insertionCount == 0) continue;
      if (at(orderUnassigned, order) == 0 && at(orderRoute, order) < 0 && !improvesLevels()) continue;
      makeInsertion(order, 0);
      inserted = true;
    }
  }
  listAbsent();
  measurePlan();
  const unassigned = at64(measures, UNASSIGNED);
  if (hasInserted && (unassigned > leastUnassigned || (unassigned == leastUnassigned && !isBetter()))) return true;
  hasInserted = true;
  leastUnassigned = unassigned;
  keepLevels();
  saveBest();
  return true;
}

/** Goes back to the best plan and fills in its measures. */
export function closeInsertion(): void {
  loadBest();
  measurePlan();
  keepTimes();
}
