// Who searches when: ruin and recreate first, then the genetic search on what it left behind, unless that shows to be too slow for the budget.
import { orders } from "../gen/layout";
import { totalCost } from "../route/route";
import { absentCount } from "../search/absent";
import { bestAbsentCount, loadBest, saveBest } from "../search/journal";
import { isBetter, keepLevels, measurePlan } from "../search/levels";
import { generations, geneticAdd, geneticApplies, geneticExport, geneticStart, geneticStep } from "./genetic";

/** The genetic search pays in budgets of so many iterations of ruin and recreate for every pair of orders. */
const FEWEST_ITERATIONS: f64 = 3.5;
/** Share of the budget after which it is known how many there will be. */
const LOOK: f64 = 0.04;
/** Share of the budget before the genetic search begins. */
const SHARE: f64 = 0.25;
/** Share of the budget after which it is judged. */
const TRIAL: f64 = 0.15;
/** It goes on when it has lowered the cost by one part in so many, or made as many generations as there are orders. */
const LEAST_GAIN: i64 = 1000;
/** Where in its cooling ruin and recreate takes over again. */
const REHEATED: f64 = 0.15;
/** Plans that are handed over on the way, from half of the share on. */
const HANDED_OVER: i32 = 8;
/** Iterations of ruin and recreate that take about as long as a step of the genetic search. */
export const STEP_ITERATIONS: i32 = 64;

/** False when somebody else sees to it that the plan does not stall, as on large problems that are taken piece by piece. */
let wanted: bool = true;
let applies: bool = false;
let looked: bool = false;
let begun: bool = false;
let judged: bool = false;
let handedOver: i32 = 0;
let costBefore: i64 = 0;
/** Share of the budget that was spent when ruin and recreate took over again, -1 before. */
let returned: f64 = -1;

/** Says whether the genetic search may take turns in the searches that start from now on. */
export function setHybrid(on: bool): void {
  wanted = on;
}

/** Makes ready for a search. */
export function resetHybrid(seed: u64): void {
  looked = false;
  begun = false;
  judged = false;
  handedOver = 0;
  returned = -1;
  applies = wanted && geneticApplies();
  if (applies) geneticStart(seed);
}

/** Adds the best plan, which a search began with, to the genetic search. */
export function addFirst(): void {
  if (applies && absentCount == 0) geneticAdd();
}

/** True while the genetic search is on. */
export function isGenetic(): bool {
  return begun && returned < 0;
}

/** Adds the plan as it stands, from another search, to the population that the genetic search is at work on. */
export function addReceived(): void {
  if (isGenetic()) geneticAdd();
}

/** Leaves the budget to ruin and recreate where it is too short for two: `iterations` are done, and `spent` of the budget. */
export function weighBudget(iterations: i64, spent: f64): void {
  if (looked || !applies || spent < LOOK) return;
  looked = true;
  applies = <f64>iterations >= FEWEST_ITERATIONS * spent * <f64>orders * <f64>orders;
}

/** How far ruin and recreate is in its cooling, 0..1, when `spent` of the budget is. */
export function cooling(spent: f64): f64 {
  if (!looked) return spent;
  if (returned >= 0) return REHEATED + ((1 - REHEATED) * (spent - returned)) / (1 - returned);
  return applies ? min(spent / SHARE, 1) : spent;
}

/** Keeps a plan for the genetic search now and then, where the plan as it stands serves every order. */
export function handOver(spent: f64): void {
  if (!applies || absentCount > 0 || returned >= 0) return;
  if (cooling(spent) < 0.5 + (0.5 * <f64>handedOver) / <f64>HANDED_OVER) return;
  handedOver++;
  geneticAdd();
}

/** True when it is the genetic search's turn: every order is served in the best plan, and ruin and recreate has had its share. */
export function isGeneticTurn(spent: f64): bool {
  if (!applies || returned >= 0 || spent < SHARE || bestAbsentCount > 0) return false;
  if (!begun) {
    begun = true;
    loadBest();
    geneticAdd();
    costBefore = totalCost;
  }
  if (!judged && spent >= SHARE + TRIAL) {
    judged = true;
    if (generations < orders && costBefore - totalCost < costBefore / LEAST_GAIN) {
      returned = spent;
      return false;
    }
  }
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
