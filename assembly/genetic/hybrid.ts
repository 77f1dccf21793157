// Who searches when: ruin and recreate first, then the genetic search on what it left behind.
import { absentCount } from "../search/absent";
import { bestAbsentCount, loadBest, saveBest } from "../search/journal";
import { isBetter, keepLevels, measurePlan } from "../search/levels";
import { geneticAdd, geneticApplies, geneticExport, geneticStart, geneticStep } from "./genetic";

/** Share of the budget before the genetic search begins. */
let share: f64 = 0.25;
/** Plans that are handed over on the way, from half of the share on. */
const HANDED_OVER: i32 = 8;
/** Iterations of ruin and recreate that take about as long as a step of the genetic search. */
export const STEP_ITERATIONS: i32 = 64;

let begun: bool = false;
let handedOver: i32 = 0;
let started: bool = false;

/** For experiments. */
export function setGeneticShare(value: f64): void {
  share = value;
}

export function resetHybrid(seed: u64): void {
  begun = false;
  handedOver = 0;
  started = geneticApplies() && share < 1;
  if (started) geneticStart(seed);
}

/** Share of ruin and recreate's own budget that is spent when `spent` of the whole is. */
export function ownShare(spent: f64): f64 {
  return started ? min(spent / max(share, 0.001), 1) : spent;
}

/** Keeps a plan for the genetic search now and then, where the plan as it stands serves every order. */
export function handOver(spent: f64): void {
  if (!started || absentCount > 0) return;
  const own = spent / max(share, 0.001);
  if (own < 0.5 + (0.5 * <f64>handedOver) / <f64>HANDED_OVER) return;
  handedOver++;
  geneticAdd();
}

/** True when it is the genetic search's turn: every order is served in the best plan, and ruin and recreate has had its share. */
export function isGeneticTurn(spent: f64): bool {
  return started && spent >= share && bestAbsentCount == 0;
}

/** A step of the genetic search; true when it found a better plan, which is then the best and linked. */
export function stepGenetic(): bool {
  if (!begun) {
    begun = true;
    loadBest();
    geneticAdd();
  }
  if (!geneticStep()) return false;
  geneticExport();
  measurePlan();
  if (!isBetter()) return false;
  keepLevels();
  saveBest();
  return true;
}
