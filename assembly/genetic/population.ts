// Individuals and who of them lives on: two subpopulations, ranked by cost and by what they add to diversity (Vidal et al. 2012).
//
// An individual is kept as u16 words: used routes, (route, orders) for each, the orders in sequence, and of every order its successor and
// predecessor, NOBODY at the ends of routes.
import { orders, routes } from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, at64, put, put64 } from "../memory/cells";
import { sortKeys } from "../memory/sort";
import { randomBelow } from "../search/random";
import { excessPrice, RULED_OUT, warpPrice } from "./penalties";
import { isOrder, measureTour, next, previous, sizes, startNodes, tourCost, tourExcess, tourWarp } from "./tour";

const NOBODY: i32 = 0xffff;
/** Individuals of a subpopulation after a selection of survivors. */
const FEWEST: i32 = 25;
/** Individuals that are added before the next one. */
const GENERATION: i32 = 40;
/** Best individuals that diversity does not push out. */
const ELITE: i32 = 4;
/** Individuals that diversity looks at. */
const CLOSEST: i32 = 5;
const MOST: i32 = FEWEST + GENERATION;
/** Both subpopulations, each with the one too many, and the best plan ever. */
const SLOTS: i32 = 2 * (MOST + 1) + 1;

/** Slot of the best feasible plan since the start. */
export const BEST_SLOT: i32 = SLOTS - 1;
export const FEASIBLE: i32 = 0;
export const INFEASIBLE: i32 = 1;

let words: usize = 0;
let slotBytes: usize = 0;
// By slot.
let costs: usize = 0; // i64, without warp and excess
let warps: usize = 0;
let excesses: usize = 0; // i64
/** SLOTS * SLOTS: orders whose successor differs, and first orders. */
let distances: usize = 0;
/** By subpopulation: slots, in no order, and how many. */
let members: usize = 0;
let counts: usize = 0;
let freeSlots: usize = 0;
let freeCount: i32 = 0;
/** By slot: rank by cost and diversity, small is good; u8 clones apart. */
let fitness: usize = 0;
let keys: usize = 0;
let closeness: usize = 0;

/** Scalar cost in fixed point of the best feasible plan since the start, i64.MAX without one. */
export let bestCost: i64 = i64.MAX_VALUE;

export function buildPopulation(): void {
  slotBytes = (<usize>(1 + 2 * routes + 3 * orders)) << 1;
  words = allocate(slotBytes * <usize>SLOTS);
  costs = allocate((<usize>SLOTS) << 3);
  warps = allocate((<usize>SLOTS) << 2);
  excesses = allocate((<usize>SLOTS) << 3);
  distances = allocate((<usize>(SLOTS * SLOTS)) << 2);
  members = allocate((<usize>(2 * (MOST + 1))) << 2);
  counts = allocate(8);
  freeSlots = allocate((<usize>SLOTS) << 2);
  fitness = allocate((<usize>SLOTS) << 2);
  keys = allocate((<usize>SLOTS) << 3);
  closeness = allocate((<usize>SLOTS) << 3);
}

/** Empties both subpopulations; the best plan stays unless `forget`. */
export function clearPopulation(forget: bool): void {
  put(counts, FEASIBLE, 0);
  put(counts, INFEASIBLE, 0);
  freeCount = 0;
  for (let slot = BEST_SLOT - 1; slot >= 0; slot--) put(freeSlots, freeCount++, slot);
  if (forget) bestCost = i64.MAX_VALUE;
}

export function populationSize(): i32 {
  return at(counts, FEASIBLE) + at(counts, INFEASIBLE);
}

function head(slot: i32): usize {
  return words + slotBytes * <usize>slot;
}

function word(base: usize, index: i32): i32 {
  return <i32>load<u16>(base + ((<usize>index) << 1));
}

function putWord(base: usize, index: i32, value: i32): void {
  store<u16>(base + ((<usize>index) << 1), <u16>value);
}

/** Used routes of the individual. */
export function usedRoutes(slot: i32): i32 {
  return word(head(slot), 0);
}

/** Route row of its used route at `index`. */
export function routeAt(slot: i32, index: i32): i32 {
  return word(head(slot), 1 + 2 * index);
}

/** Orders of that route. */
export function sizeAt(slot: i32, index: i32): i32 {
  return word(head(slot), 2 + 2 * index);
}

/** The order at `place` in the sequence of all its routes. */
export function orderAt(slot: i32, place: i32): i32 {
  return word(head(slot), 1 + 2 * routes + place);
}

function successors(slot: i32): usize {
  return head(slot) + ((<usize>(1 + 2 * routes + orders)) << 1);
}

function write(slot: i32): void {
  const base = head(slot);
  const after = successors(slot);
  let used = 0;
  let place = 1 + 2 * routes;
  for (let route = 0; route < routes; route++) {
    const size = at(sizes, route);
    if (size == 0) continue;
    putWord(base, 1 + 2 * used, route);
    putWord(base, 2 + 2 * used, size);
    used++;
    for (let order = next(startNodes + route); isOrder(order); order = next(order)) {
      putWord(base, place++, order);
      putWord(after, order, isOrder(next(order)) ? next(order) : NOBODY);
      putWord(after, orders + order, isOrder(previous(order)) ? previous(order) : NOBODY);
    }
  }
  putWord(base, 0, used);
  put64(costs, slot, tourCost);
  put(warps, slot, tourWarp);
  put64(excesses, slot, tourExcess);
}

/** Cost at the present prices. */
function penalisedCost(slot: i32): i64 {
  return at64(costs, slot) + warpPrice * <i64>at(warps, slot) + excessPrice * at64(excesses, slot);
}

/** Orders with another successor, and orders that are first in one of the two only. */
function brokenPairs(slot: i32, other: i32): i32 {
  const a = successors(slot);
  const b = successors(other);
  let broken = 0;
  for (let order = 0; order < orders; order++) {
    if (word(a, order) != word(b, order)) broken++;
    if ((word(a, orders + order) == NOBODY) != (word(b, orders + order) == NOBODY)) broken++;
  }
  return broken;
}

/** Adds the plan under local search, measured; true when it is the best feasible plan since the start. */
export function addIndividual(): bool {
  measureTour();
  const kind = tourWarp == 0 && tourExcess == 0 && isAllowed() ? FEASIBLE : INFEASIBLE;
  const slot = at(freeSlots, --freeCount);
  write(slot);
  const list = members + ((<usize>(kind * (MOST + 1))) << 2);
  let count = at(counts, kind);
  for (let i = 0; i < count; i++) {
    const other = at(list, i);
    const broken = brokenPairs(slot, other);
    put(distances, slot * SLOTS + other, broken);
    put(distances, other * SLOTS + slot, broken);
  }
  put(list, count++, slot);
  put(counts, kind, count);
  rank(kind);
  if (count > MOST) while (at(counts, kind) > FEWEST) removeWorst(kind);
  if (kind == INFEASIBLE || tourCost >= bestCost) return false;
  bestCost = tourCost;
  write(BEST_SLOT);
  return true;
}

/** True when no pair that is ruled out is in the plan just measured. */
function isAllowed(): bool {
  return tourCost < RULED_OUT;
}

/** True when the plan under local search, measured, needs repair. */
export function isBroken(): bool {
  return tourWarp > 0 || tourExcess > 0 || !isAllowed();
}

/** Sets the fitness of every member: rank by cost plus, for others than the elite, rank by distance to the closest. */
function rank(kind: i32): void {
  const list = members + ((<usize>(kind * (MOST + 1))) << 2);
  const count = at(counts, kind);
  for (let i = 0; i < count; i++) put64(closeness, i, (-meanDistance(list, count, i) << 16) | <i64>i);
  sortKeys(closeness, count);
  // Diversity rank by place in the list, then ranks by cost.
  for (let i = 0; i < count; i++) put(fitness, at(list, <i32>(at64(closeness, i) & 0xffff)), i);
  for (let i = 0; i < count; i++) put64(keys, i, (penalisedCost(at(list, i)) << 8) | <i64>i);
  sortKeys(keys, count);
  const elite = min(ELITE, count);
  for (let i = 0; i < count; i++) {
    const slot = at(list, <i32>(at64(keys, i) & 0xff));
    put(fitness, slot, i * count + at(fitness, slot) * (count - elite));
  }
}

/** Distance to the CLOSEST, scaled; 0 for a clone's twin is below all others. */
function meanDistance(list: usize, count: i32, index: i32): i64 {
  const slot = at(list, index);
  let found = 0;
  for (let i = 0; i < count; i++) {
    if (i == index) continue;
    const distance = <i64>at(distances, slot * SLOTS + at(list, i));
    if (found == CLOSEST && distance >= at64(keys, found - 1)) continue;
    let place = found < CLOSEST ? found++ : found - 1;
    while (place > 0 && at64(keys, place - 1) > distance) {
      put64(keys, place, at64(keys, place - 1));
      place--;
    }
    put64(keys, place, distance);
  }
  let sum: i64 = 0;
  for (let i = 0; i < found; i++) sum += at64(keys, i);
  return found == 0 ? 0 : (sum * 1000) / found;
}

/** Takes out a clone if there is one, else the individual of the worst fitness; never the one of least cost. */
function removeWorst(kind: i32): void {
  const list = members + ((<usize>(kind * (MOST + 1))) << 2);
  const count = at(counts, kind);
  let worst = -1;
  let worstFitness = -1;
  let worstIsClone = false;
  let cheapest = 0;
  for (let i = 1; i < count; i++) if (penalisedCost(at(list, i)) < penalisedCost(at(list, cheapest))) cheapest = i;
  for (let i = 0; i < count; i++) {
    if (i == cheapest) continue;
    const slot = at(list, i);
    let clone = false;
    for (let j = 0; j < count && !clone; j++) clone = j != i && at(distances, slot * SLOTS + at(list, j)) == 0;
    const value = at(fitness, slot);
    if ((clone && !worstIsClone) || (clone == worstIsClone && value > worstFitness)) {
      worst = i;
      worstFitness = value;
      worstIsClone = clone;
    }
  }
  put(freeSlots, freeCount++, at(list, worst));
  put(list, worst, at(list, count - 1));
  put(counts, kind, count - 1);
  rank(kind);
}

/** Ranks the infeasible anew after the prices changed. */
export function reprice(): void {
  rank(INFEASIBLE);
}

function draw(): i32 {
  const feasible = at(counts, FEASIBLE);
  const index = randomBelow(feasible + at(counts, INFEASIBLE));
  return index < feasible ? at(members, index) : at(members, MOST + 1 + index - feasible);
}

/** Winner of a binary tournament over both subpopulations. */
export function select(): i32 {
  const one = draw();
  const two = draw();
  return at(fitness, one) <= at(fitness, two) ? one : two;
}
