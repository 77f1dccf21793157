// Who searches when: ruin and recreate first, then the genetic search on what it left behind, unless that shows to be too slow for the budget.
import { totalCost } from "../route/route";
import { absentCount } from "../search/absent";
import { bestAbsentCount, loadBest, saveBest } from "../search/journal";
import { isBetter, keepLevels, measurePlan } from "../search/levels";
import { geneticAdd, geneticApplies, geneticExport, geneticStart, geneticStep } from "./genetic";

/** Share of the budget before the genetic search begins. */
const SHARE: f64 = 0.25;
/** Turns that the rest of the budget is divided into. */
const TURNS: f64 = 6;
/** Where in its cooling ruin and recreate begins and ends a turn of its own. */
const REHEATED: f64 = 0.6;
/** Plans that are handed over on the way, from half of the share on. */
const HANDED_OVER: i32 = 8;
/** Iterations of ruin and recreate that take about as long as a step of the genetic search. */
export const STEP_ITERATIONS: i32 = 64;

let applies: bool = false;
let handedOver: i32 = 0;
/** The turn that is on, -1 before the first. */
let turn: i32 = -1;
let geneticIsOn: bool = false;
/** Scalar cost of the best plan when the turn began. */
let costBefore: i64 = 0;
/** What the last turn of each gained, -1 before its first. */
let geneticGain: i64 = -1;
let ruinGain: i64 = -1;

/** Makes ready for a search. */
export function resetHybrid(seed: u64): void {
  handedOver = 0;
  turn = -1;
  geneticIsOn = false;
  geneticGain = -1;
  ruinGain = -1;
  applies = geneticApplies();
  if (applies) geneticStart(seed);
}

/** How far ruin and recreate is in its cooling, 0..1, when `spent` of the budget is. */
export function cooling(spent: f64): f64 {
  if (!applies) return spent;
  if (turn < 0) return min(spent / SHARE, 1);
  const part = ((spent - SHARE) / (1 - SHARE)) * TURNS;
  return REHEATED + (1 - REHEATED) * (part - NativeMath.floor(part));
}

/** Keeps a plan for the genetic search now and then, where the plan as it stands serves every order. */
export function handOver(spent: f64): void {
  if (!applies || absentCount > 0 || turn >= 0) return;
  if (cooling(spent) < 0.5 + (0.5 * <f64>handedOver) / <f64>HANDED_OVER) return;
  handedOver++;
  geneticAdd();
}

/** True when the genetic search is on. */
export function isGeneticTurn(): bool {
  return geneticIsOn;
}

/**
 * Begins the turn that is due, where one is: the best plan is then linked, and it is the turn of the one that gained more in its last.
 * Needs a best plan that serves every order.
 */
export function changeTurns(spent: f64): bool {
  if (!applies || spent < SHARE || bestAbsentCount > 0) return false;
  const due = min(<i32>(((spent - SHARE) / (1 - SHARE)) * TURNS), <i32>TURNS - 1);
  if (due == turn) return false;
  loadBest();
  const gain = costBefore - totalCost;
  if (turn >= 0 && geneticIsOn) geneticGain = gain;
  else if (turn >= 0) ruinGain = gain;
  if (turn < 0 || (!geneticIsOn && gain > 0)) geneticAdd();
  if (geneticGain < 0) geneticIsOn = true;
  else if (ruinGain < 0) geneticIsOn = false;
  else if (geneticGain != ruinGain) geneticIsOn = geneticGain > ruinGain;
  else geneticIsOn = !geneticIsOn;
  turn = due;
  costBefore = totalCost;
  return true;
}

/** A step of the genetic search; true when it found a better plan, which is then the best. The best plan is linked before and after. */
export function stepGenetic(): bool {
  if (!geneticStep()) return false;
  geneticExport();
  measurePlan();
  if (!isBetter()) {
    loadBest();
    return false;
  }
  keepLevels();
  saveBest();
  return true;
}
