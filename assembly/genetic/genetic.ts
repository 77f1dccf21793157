// Hybrid genetic search (Vidal et al. 2013; Kool et al. 2022; Wouda, Lan & Kool 2024): generations of crossover, local search and selection, in short steps.
import { edge, routes } from "../gen/layout";
import { put } from "../memory/cells";
import { firstEnd, firstStart, NEXT, record } from "../route/nodes";
import { link, refresh, unlink } from "../route/route";
import { setAbsentCount } from "../search/absent";
import { randomBelow, seedRandom } from "../search/random";
import { isPlainProblem } from "./applies";
import { buildAnew, buildCrossover, crossOver } from "./crossover";
import { beginSearch, buildLocalSearch, searchSome } from "./local-search";
import { buildPenalties, notePenalties, raisePenalties, resetPenalties } from "./penalties";
import {
  addIndividual,
  BEST_SLOT,
  bestCost,
  buildPopulation,
  clearPopulation,
  isBroken,
  orderAt,
  populationSize,
  reprice,
  routeAt,
  select,
  sizeAt,
  usedRoutes,
} from "./population";
import { buildProximity, fillProximity } from "./proximity";
import { buildSwapStar } from "./swap-star";
import {
  buildTour,
  changed,
  clearTour,
  endNodes,
  isPenalised,
  join,
  measureTour,
  refreshRoute,
  startNodes,
  tourExcess,
  tourWarp,
} from "./tour";

/** Orders, or routes in SWAP*, that a step looks at. */
const STEP_LENGTH: i32 = 50;
/** Individuals to begin with. */
const FOUNDERS: i32 = 25;
/** Generations without a better plan before a new population. */
const PATIENCE: i32 = 5000;

const CREATE: i32 = 0;
const EDUCATE: i32 = 1;
const REPAIR: i32 = 2;
let phase: i32 = CREATE;
/** Generations since the last better plan. */
let fruitless: i32 = 0;
/** Generations since the start. */
export let generations: i32 = 0;
let applies: bool = false;

/** True when the search takes the bound problem. */
export function geneticApplies(): bool {
  return applies;
}

/** Takes the memory of the search; call once for each problem. */
export function buildGenetic(): void {
  applies = isPlainProblem();
  if (!applies) return;
  buildTour();
  buildPenalties();
  buildProximity();
  buildLocalSearch();
  buildSwapStar();
  buildPopulation();
  buildCrossover();
}

/** Begins without individuals. */
export function geneticStart(seed: u64): void {
  seedRandom(seed);
  resetPenalties(edge);
  fillProximity();
  clearPopulation(true);
  phase = CREATE;
  fruitless = 0;
  generations = 0;
}

/** Adds the main plan, in which no order may be absent. Only between generations: the plan under local search is lost. */
export function geneticAdd(): void {
  clearTour();
  for (let route = 0; route < routes; route++) {
    let last = startNodes + route;
    const end = firstEnd + route;
    for (let node = load<i32>(record(firstStart + route), NEXT); node != end; node = load<i32>(record(node), NEXT)) {
      join(last, node);
      last = node;
    }
    join(last, endNodes + route);
    refreshRoute(route);
  }
  addIndividual();
  phase = CREATE;
}

/** One short piece of a generation; true when a better feasible plan than all before was found. */
export function geneticStep(): bool {
  if (phase == CREATE) {
    create();
    beginSearch();
    phase = EDUCATE;
    return false;
  }
  if (!searchSome(STEP_LENGTH)) return false;
  return phase == EDUCATE ? endEducation() : endRepair();
}

function create(): void {
  if (populationSize() < FOUNDERS) {
    buildAnew();
    return;
  }
  if (fruitless >= PATIENCE) {
    clearPopulation(false);
    fruitless = 0;
    buildAnew();
    return;
  }
  const first = select();
  let second = select();
  for (let i = 0; i < 4 && second == first; i++) second = select();
  crossOver(first, second);
}

function endEducation(): bool {
  generations++;
  fruitless++;
  const better = addIndividual();
  const broken = isBroken();
  if (notePenalties(tourWarp, tourExcess)) reprice();
  phase = CREATE;
  if (better) fruitless = 0;
  else if (broken && randomBelow(2) == 0) {
    raisePenalties(true);
    beginRepair();
    phase = REPAIR;
  }
  return better;
}

function endRepair(): bool {
  raisePenalties(false);
  phase = CREATE;
  measureTour();
  if (isBroken()) return false;
  const better = addIndividual();
  if (better) fruitless = 0;
  return better;
}

/** Search goes on around the routes that cost more at the raised prices. */
function beginRepair(): void {
  for (let route = 0; route < routes; route++) {
    refreshRoute(route);
    put(changed, route, isPenalised(route) ? 1 : 0);
  }
  beginSearch();
}

/** Scalar cost in fixed point of the best feasible plan, i64.MAX without one. */
export function geneticCost(): i64 {
  return bestCost;
}

/** Makes the best feasible plan the main plan; there must be one. */
export function geneticExport(): void {
  for (let route = 0; route < routes; route++) {
    const end = firstEnd + route;
    for (let node = load<i32>(record(firstStart + route), NEXT); node != end; ) {
      const after = load<i32>(record(node), NEXT);
      unlink(node);
      node = after;
    }
  }
  let place = 0;
  for (let index = 0; index < usedRoutes(BEST_SLOT); index++) {
    const route = routeAt(BEST_SLOT, index);
    let last = firstStart + route;
    for (let i = 0; i < sizeAt(BEST_SLOT, index); i++) {
      const order = orderAt(BEST_SLOT, place++);
      link(order, last);
      last = order;
    }
  }
  for (let route = 0; route < routes; route++) refresh(route);
  setAbsentCount(0);
}
