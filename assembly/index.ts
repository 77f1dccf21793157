// The exports of the core, nothing else.

export { buildProblem, insertionCost, isInsertable, partsAlone } from "./core";
export { foldPairs, pairCost, pairMask } from "./criteria/eligibility";
export {
  generations,
  geneticAdd,
  geneticApplies,
  geneticCost,
  geneticExport,
  geneticStart,
  geneticStep,
} from "./genetic/genetic";
export { setHybrid } from "./genetic/hybrid";
export { solveAssignment } from "./match/assignment";
export { columnDual, columnOf, rowDual } from "./match/duals";
export {
  engineerDual,
  engineerOf,
  leaveOutCosts,
  matchBase,
  matchCost,
  matchStage,
  orderDual,
  solveMatch,
  unassignedUnit,
} from "./match/match";
export { addRow, nextRow, openRows } from "./match/rows";
export { allocate, arenaBytes, resetArena } from "./memory/arena";
export { planLength, planWords, writeEngineer, writePlan } from "./route/plan";
export { totalCost } from "./route/route";
export { absent, absentCount } from "./search/absent";
export { findInsertions, insertionCount, insertions, makeInsertion } from "./search/best-insertions";
export { closeInsertion, insertSequence, openRunning, sequence } from "./search/insert";
export { emptyPlan, loadBest, rollBack } from "./search/journal";
export { bestLevels, bestMeasures } from "./search/levels";
export { buildNearEngineers, nearEngineer, nearEngineers } from "./search/near-engineers";
export { neighbourCount, neighbourList } from "./search/neighbours";
export { planStops, planStopsCount, writeStops } from "./search/plan-stops";
export { runningAbsent, runningAbsentCount, runningLevels } from "./search/running";
export {
  adoptPlan,
  bestIteration,
  failedRoute,
  finishSearch,
  firstPlan,
  iterations,
  pauseAt,
  receivePlan,
  runSearch,
  startPlan,
  startRound,
  startWarm,
} from "./search/search";
export { insertionsTried } from "./search/tried";
