// The search: ruin and recreate under simulated annealing, driven by the host in slices.

import { checkBest, checkCurrent, checkPlan } from "../checked/checked";
import {
  chainKind,
  chainNeeds,
  chainPlace,
  chainRoute,
  chainRow,
  chainStops,
  items,
  keepsRunning,
  loansOn,
  orders,
  routeBreakFirst,
  routeHeadStops,
  routes,
  warmStops,
} from "../gen/layout";
import {
  addFirst,
  addReceived,
  cooling,
  handOver,
  isGenetic,
  isGeneticTurn,
  resetHybrid,
  STEP_ITERATIONS,
  stepGenetic,
  weighBudget,
} from "../genetic/hybrid";
import { at, put } from "../memory/cells";
import { setJudgedLater } from "../parts/ledger";
import { setVariant } from "../parts/variants";
import { pendingNode } from "../route/meetings";
import { firstBreak, firstStart, freeSupply, nodeFixed, ROUTE, record, setSupplyCentre } from "../route/nodes";
import { link, refresh, routeHeadNode, routeOrders, totalCost, totalDistance, totalTravel } from "../route/route";
import { distanceWeight, setUnassignedWeight, travelWeight, workWeight } from "../route/weights";
import { STATUS_FINISHED, STATUS_LOCKS_INFEASIBLE, STATUS_OK } from "../status";
import { absentCount, absentTotal, addAbsent, setAbsentCount } from "./absent";
import { buildSearch } from "./build";
import { exchangeRoutes, mixedRoutes } from "./exchange";
import { eliminate, eliminating, endElimination, fleetMatters, nextElimination, startElimination } from "./fleet";
import { bestCost, IMPOSSIBLE, placeIn, resetPlace, setLending } from "./insertion";
import { timeJointly } from "./joint-times";
import { loadBest, openJournal, rollBack, saveBest, touched, touchedCount } from "./journal";
import { isBetter, keepLevels, keepTimes, measurePlan } from "./levels";
import { setDaring } from "./loan-places";
import { linkBreaks } from "./mandatory-breaks";
import { givenMeeting, meetingsHold, settleMeetings, takesPlace } from "./meetings";
import { linkStops } from "./plan-stops";
import { collectTouched, poolCount, ruinByEntry } from "./pool";
import { randomBelow, randomUnit, seedRandom } from "./random";
import { drawSort, recreate, recreateSingly, SORT_FIRST } from "./recreate";
import { ruinRoute, ruinStrings } from "./ruin";
import { noteRunning } from "./running";
import { settleBreaks, settleShifts, settleSupply, vansHold } from "./settle";
import { linkWarmStops } from "./warm-start";

/** Start temperature in mean legs, and end temperature as a share of it. */
const START_LEGS: f64 = 2.0;
const END_SHARE: f64 = 0.005;
/** One iteration in this many takes a whole route apart. */
const ROUTE_RATE: i32 = 50;
/** Share of the budget for doing with fewer routes, where that is an objective. */
const FLEET_SHARE: f64 = 0.4;
/** Temperature of that phase, as a share of the start temperature. */
const ELIMINATION_WARMTH: f64 = 0.1;
/** One touched route in this many has its supply stop settled. */
const SETTLE_SUPPLY_EVERY: i32 = 8;

/** One ruin in this many puts a route of the pool into the plan. */
const ENTRY_EVERY: i32 = 20;
/** One of the others in this many exchanges the orders of two routes. */
const EXCHANGE_EVERY: i32 = 10;

/** Scalar cost of the plan as it stands, orders left out included. */
let current: i64 = 0;
/** The same of the best plan. */
let bestScalar: i64 = 0;
let startTemperature: f64 = 1;
let meanLength: f64 = 1;
/** Iterations since start, and the one that found the best plan. */
export let iterations: i64 = 0;
export let bestIteration: i64 = 0;
/** Route row whose locked head is infeasible. */
export let failedRoute: i32 = -1;

/** A penalty that no detour buys back: above what serving any order of a sample alone costs. */
function penalty(): i64 {
  let worst: i64 = 1;
  const step = max(1, orders / 100);
  const routeStep = max(1, routes / 50);
  // Nobody serves anybody yet, but somebody will who can lend.
  setDaring(true);
  for (let order = 0; order < orders; order += step) {
    resetPlace();
    for (let route = 0; route < routes; route += routeStep) placeIn(order, route, false);
    if (bestCost != IMPOSSIBLE) worst = max(worst, bestCost);
  }
  setDaring(false);
  return worst * 4;
}

/** Links the stops that stay at the heads of their routes; false when one route breaks a rule. */
function linkChains(): bool {
  for (let row = 0; row < chainStops; row++) {
    const route = at(chainRoute, row);
    const kind = at(chainKind, row);
    let node = at(chainRow, row);
    if (node < 0) {
      failedRoute = route;
      return false;
    }
    if (kind == 1) {
      const centre = node;
      node = freeSupply(route);
      if (node < 0) {
        failedRoute = route;
        return false;
      }
      setSupplyCentre(node, centre);
    } else if (kind == 2) node += firstBreak;
    else if (kind == 0) setVariant(node, at(chainNeeds, row));
    else if (kind >= 3) node = givenMeeting(node, kind == 4, at(chainNeeds, row), at(chainPlace, row));
    store<u8>(nodeFixed + <usize>node, 1);
    link(node, at(routeHeadNode, route));
    put(routeHeadNode, route, node);
  }
  timeJointly();
  for (let route = 0; route < routes; route++) {
    const chained = at(routeHeadNode, route) != firstStart + route;
    if ((chained || at(routeHeadStops, route) > 0) && !(linkBreaks(route) && refresh(route))) {
      failedRoute = route;
      return false;
    }
  }
  failedRoute = brokenChain();
  return failedRoute < 0;
}

/** A route whose locked meeting cannot take place, or comes too late; -1 without. */
function brokenChain(): i32 {
  for (let row = 0; row < chainStops; row++) {
    if (at(chainKind, row) < 3) continue;
    if (!takesPlace(at(chainRow, row))) return at(chainRoute, row);
  }
  return settleMeetings() ? -1 : load<i32>(record(pendingNode), ROUTE);
}

/** Makes ready for a search: what only searches ask for, the random numbers, the price of leaving orders out, the locked stops. */
export function startPlan(seed: u64): i32 {
  buildSearch();
  seedRandom(seed);
  resetHybrid(seed);
  iterations = 0;
  pause = 0;
  bestIteration = 0;
  setUnassignedWeight(1);
  setUnassignedWeight(penalty());
  return startRound();
}

/** Makes ready for a round, which draws no random numbers and prices leaving orders out by itself: the locked stops. */
export function startRound(): i32 {
  failedRoute = -1;
  return linkChains() ? STATUS_OK : STATUS_LOCKS_INFEASIBLE;
}

/** The first plan: the current plan's stops, and to them what can be added. */
export function firstPlan(): void {
  linkWarmStops();
  setAbsentCount(0);
  for (let order = 0; order < orders; order++) if (load<i32>(record(order), ROUTE) < 0) addAbsent(order);
  const begun = warmStops > 0 || keepsRunning == 1;
  if (begun) {
    measurePlan();
    noteRunning();
    keepFirst();
  }
  openJournal();
  // A colleague's parts are for those who cannot be served without.
  setLending(false);
  if (!recreate(SORT_FIRST, false, i64.MAX_VALUE) || !settleTouched(true)) {
    // A route broke on the way: begin again from nothing; the search fills the plan.
    rollBack();
  }
  setLending(true);
  if (loansOn == 1) recreateSingly();
  measurePlan();
  // Where the objective has other things first, adding orders may have made the current plan worse.
  if (!begun || isBetter()) keepFirst();
  current = totalCost + absentTotal();
  setTemperature();
  meanLength = meanRoute();
  if (!ASC_NO_ASSERT) checkPlan();
  if (absentCount == 0 && fleetMatters()) startElimination();
}

function keepFirst(): void {
  measurePlan();
  keepLevels();
  bestScalar = totalCost + absentTotal();
  saveBest();
}

/**
 * Makes the plan of `count` words at planStops the plan as it stands, and the best if it is better; false when a route of it breaks a rule,
 * then the best plan is linked. What it leaves out is recreated.
 */
export function adoptPlan(count: i32): bool {
  endElimination();
  if (!linkStops(count)) {
    loadBest();
    current = totalCost + absentTotal();
    return false;
  }
  if (absentCount > 0) {
    openJournal();
    if (!recreate(SORT_FIRST, false, i64.MAX_VALUE)) rollBack();
  }
  current = totalCost + absentTotal();
  measurePlan();
  if (isBetter()) keepPlan();
  return true;
}

/**
 * Takes in a plan of another search, as adoptPlan: where the genetic search is on it joins the population, else the search goes on from it
 * when it is better than the best.
 */
export function receivePlan(count: i32): void {
  if (eliminating) return;
  const before = bestScalar;
  const fits = adoptPlan(count);
  if (fits && absentCount == 0) addReceived();
  if (isGenetic() || !fits || bestScalar >= before) {
    loadBest();
    current = totalCost + absentTotal();
  }
}

/** Starts a search from the best plan there is, at `warmth` of the start temperature. */
export function startWarm(warmth: f64): void {
  endElimination();
  loadBest();
  current = totalCost + absentTotal();
  setTemperature();
  startTemperature *= warmth;
  meanLength = meanRoute();
  iterations = 0;
  bestIteration = 0;
  addFirst();
}

/** Mean cost of a leg in the plan as it stands, in the unit of the scalar cost. */
function setTemperature(): void {
  const legs = max(1, orders - absentCount);
  const timeWeight = travelWeight + workWeight;
  const cost = <f64>totalDistance * <f64>distanceWeight + <f64>totalTravel * <f64>timeWeight;
  startTemperature = max(1.0, (START_LEGS * cost) / <f64>legs);
}

/** False when a route breaks a rule. */
function settleTouched(all: bool): bool {
  for (let i = 0; i < touchedCount; i++) {
    const route = at(touched, i);
    if (at(routeBreakFirst, route + 1) > at(routeBreakFirst, route) && !settleBreaks(route)) return false;
    if (items > 0 && (all || randomBelow(SETTLE_SUPPLY_EVERY) == 0) && !settleSupply(route)) return false;
  }
  return settleShifts() && settleMeetings() && meetingsHold() && vansHold();
}

/** Iterations at which a search that counts them stops to hear of others, 0 for none. */
let pause: i64 = 0;

export function pauseAt(iteration: i64): void {
  pause = iteration;
}

/**
 * Runs `count` iterations. The temperature follows the share of the budget that is spent: iterations of `budget` where that is > 0, so that
 * slices do not matter; else the time, which goes from `from` to `to` (0..1) meanwhile.
 */
export function runSearch(count: i32, budget: i64, from: f64, to: f64): i32 {
  if (orders == 0 || routes == 0) return STATUS_FINISHED;
  const lnShare = NativeMath.log(END_SHARE);
  let temperature: f64 = 0;
  let spent: f64 = 0;
  let genetic = false;
  for (let i = 0; i < count; i++) {
    // A step of the genetic search counts as several iterations.
    if (budget > 0 && (iterations >= budget || (pause > 0 && iterations >= pause))) break;
    if ((iterations & 31) == 0 || temperature == 0) {
      spent = budget > 0 ? <f64>(iterations & ~31) / <f64>budget : from + ((to - from) * <f64>i) / <f64>count;
      weighBudget(iterations, spent);
      genetic = !eliminating && isGeneticTurn(spent);
      temperature = startTemperature * NativeMath.exp(lnShare * cooling(spent));
      if ((iterations & 31) == 0) meanLength = meanRoute();
    }
    if (genetic) {
      iterations += STEP_ITERATIONS;
      i += STEP_ITERATIONS - 1;
      if (stepGenetic()) bestIteration = iterations;
      current = totalCost;
      if (!ASC_NO_ASSERT) checkPlan();
      continue;
    }
    iterations++;
    if (eliminating) stepElimination(spent);
    else {
      step(temperature);
      if (!ASC_NO_ASSERT) checkCurrent(current);
      if ((iterations & 31) == 0) handOver(spent);
    }
    if (!ASC_NO_ASSERT) checkPlan();
  }
  return STATUS_OK;
}

function stepElimination(spent: f64): void {
  if (eliminate(meanLength, startTemperature * ELIMINATION_WARMTH)) {
    current = totalCost;
    measurePlan();
    if (isBetter()) keepPlan();
    if (nextElimination()) return;
  } else if (spent < FLEET_SHARE) return;
  endElimination();
  loadBest();
  current = totalCost + absentTotal();
}

function keepPlan(): void {
  bestIteration = iterations;
  bestScalar = current;
  keepLevels();
  saveBest();
}

function meanRoute(): f64 {
  let used = 0;
  for (let route = 0; route < routes; route++) if (at(routeOrders, route) > 0) used++;
  return <f64>(orders - absentCount) / <f64>max(1, used);
}

function ruin(): bool {
  // Where all routes are alike strings alone do as well.
  if (!mixedRoutes) return randomBelow(ROUTE_RATE) == 0 ? ruinRoute(meanLength) : ruinStrings(meanLength);
  if (poolCount > 0 && randomBelow(ENTRY_EVERY) == 0) return ruinByEntry();
  return randomBelow(EXCHANGE_EVERY) == 0 ? exchangeRoutes() : ruinStrings(meanLength);
}

function step(temperature: f64): void {
  openJournal();
  const limit = current + <i64>(-NativeMath.log(randomUnit()) * temperature);
  setJudgedLater(true);
  const rebuilt = ruin() && recreate(drawSort(), true, limit);
  setJudgedLater(false);
  if (!rebuilt || !settleTouched(false)) {
    rollBack();
    return;
  }
  const cost = totalCost + absentTotal();
  if (cost > limit) {
    rollBack();
    return;
  }
  // Near the best plan: what the first, hot iterations pass through would only fill the pool.
  if (mixedRoutes && cost < current && cost - bestScalar < <i64>startTemperature) collectTouched();
  current = cost;
  measurePlan();
  if (isBetter()) keepPlan();
}

/** Goes back to the best plan and lets every order left out try every place once more, as long as that helps. */
export function finishSearch(): void {
  endElimination();
  setLending(true);
  loadBest();
  current = totalCost + absentTotal();
  while (absentCount > 0) {
    openJournal();
    const before = absentCount;
    if (!recreate(SORT_FIRST, false, i64.MAX_VALUE) || !settleTouched(true)) {
      rollBack();
      break;
    }
    measurePlan();
    if (!isBetter()) {
      rollBack();
      break;
    }
    keepLevels();
    saveBest();
    if (absentCount == before) break;
  }
  if (loansOn == 1 && absentCount > 0) {
    recreateSingly();
    measurePlan();
    if (isBetter()) {
      keepLevels();
      saveBest();
    } else loadBest();
  }
  measurePlan();
  keepTimes();
  if (!ASC_NO_ASSERT) checkBest();
}
