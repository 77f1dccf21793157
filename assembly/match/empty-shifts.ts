// One order in a shift of an engineer who has none yet. The sequences of the order, its pick-up and the breaks are so few that each is evaluated
// as a list, and none is linked; they are those that insertion.ts and settle.ts try, one after the other, so that ties go the same way.
import { pairCost } from "../criteria/eligibility";
import {
  breakPrice,
  breaks,
  centres,
  engineers,
  items,
  routeBreakFirst,
  routeEngineer,
  routeHeadSoft,
  routes,
} from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, at64, put, put64 } from "../memory/cells";
import { centreGives, hasRoomBehind, needSupply, needsAt } from "../parts/ledger";
import { setVariant, variantCount, variantsOn } from "../parts/variants";
import {
  firstBreak,
  firstEnd,
  firstStart,
  freeSupply,
  isBreak,
  NEXT,
  record,
  releaseSupply,
  setSupplyCentre,
} from "../route/nodes";
import {
  engineerOrders,
  engineerShifts,
  engineerWork,
  isUsed,
  link,
  listRoute,
  routeCost,
  routeHeadNode,
  routeWork,
  scalarCost,
  skippedBreaks,
  softTicks,
  unlink,
} from "../route/route";
import {
  evaluateSequence,
  sequenceDistance,
  sequenceLate,
  sequenceOvertime,
  sequenceTerms,
  sequenceTravel,
  sequenceWork,
} from "../route/sequence";
import { fairnessOn, fairnessTicks, termsOn } from "../route/terms";
import { engineerWeight, softWeight } from "../route/weights";
import { hasRoom, IMPOSSIBLE } from "../search/insertion";

/** u8 by engineer: 1 when nothing but mandatory breaks that may move was linked in any shift when the round began. */
let bare: usize = 0;
/** i64 by engineer: scalar cost of the work as it was then. */
let fairness: usize = 0;

// The shift at hand.
let route: i32 = 0;
let engineer: i32 = 0;
/** The breaks that it has to have, and how many there are. */
let pauses: usize = 0;
let pauseCount: i32 = 0;
/** Soft ticks wherever the stops are: the head's. */
let headSoft: i64 = 0;
/** Scalar cost that the order adds beside that of the route, less what route and engineer cost as they are. */
let base: i64 = 0;
/** Room for the sequence that is tried, and for one without a stop of it. */
let trial: usize = 0;
let rest: usize = 0;

// The cheapest sequence so far: its order, its stops, the price of the optional breaks that it leaves out, and the centre of its pick-up, -1 without.
let cheapest: i64 = IMPOSSIBLE;
let found: i32 = -1;
let sequence: usize = 0;
let stops: i32 = 0;
let skipped: i64 = 0;
let centre: i32 = -1;
let variant: i32 = 0;

/** Finds the engineers without orders, at the beginning of a round. */
export function findEmptyShifts(): void {
  const words = (<usize>(breaks + 2)) << 2;
  pauses = allocate(words);
  trial = allocate(words);
  rest = allocate(words);
  sequence = allocate(words);
  bare = allocate(<usize>engineers);
  fairness = allocate((<usize>engineers) << 3);
  memory.fill(bare, 1, <usize>engineers);
  found = -1;
  for (let shift = 0; shift < routes; shift++) if (!isBare(shift)) store<u8>(bare + <usize>at(routeEngineer, shift), 0);
  if (!fairnessOn) memory.fill(fairness, 0, (<usize>engineers) << 3);
  else
    for (let row = 0; row < engineers; row++)
      put64(fairness, row, softWeight * fairnessTicks(row, at(engineerWork, row)));
}

function isBare(shift: i32): bool {
  if (at(routeHeadNode, shift) != firstStart + shift) return false;
  const end = firstEnd + shift;
  for (let node = load<i32>(record(firstStart + shift), NEXT); node != end; node = load<i32>(record(node), NEXT))
    if (!isBreak(node) || at(breakPrice, node - firstBreak) >= 0) return false;
  return true;
}

/** True while the engineer has no orders to come and none of the round. */
export function hasEmptyShifts(row: i32): bool {
  return load<u8>(bare + <usize>row) != 0 && at(engineerOrders, row) == 0;
}

/** Scalar cost of `order` in the shift of an engineer without orders, breaks settled; IMPOSSIBLE if it cannot take it. */
export function emptyShiftCost(order: i32, shift: i32): i64 {
  cheapest = IMPOSSIBLE;
  route = shift;
  found = order;
  engineer = at(routeEngineer, shift);
  if (!hasRoom(order, shift, engineer)) return IMPOSSIBLE;
  bindShift(order, shift);
  const count = variantCount(order);
  for (let row = 0; row < count; row++) {
    const before = cheapest;
    if (variantsOn) setVariant(order, row);
    placeOrder(order);
    if (cheapest < before) variant = row;
  }
  if (cheapest != IMPOSSIBLE) settlePauses();
  return cheapest;
}

/**
 * Links the sequence that emptyShiftCost finds for `order`, which it found last where that was the last that was asked for; the caller refreshes the
 * route. Answers what emptyShiftCost does, IMPOSSIBLE without a change.
 */
export function fillEmptyShift(order: i32, shift: i32): i64 {
  if (found != order || route != shift) emptyShiftCost(order, shift);
  found = -1;
  if (cheapest == IMPOSSIBLE) return cheapest;
  const end = firstEnd + route;
  for (let node = load<i32>(record(firstStart + route), NEXT); node != end; ) {
    const next = load<i32>(record(node), NEXT);
    unlink(node);
    node = next;
  }
  if (variantsOn) setVariant(order, variant);
  if (centre >= 0) setSupplyCentre(freeSupply(route), centre);
  let last = firstStart + route;
  for (let i = 0; i < stops; i++) {
    link(at(sequence, i), last);
    last = at(sequence, i);
  }
  return cheapest;
}

function bindShift(order: i32, shift: i32): void {
  const used = isUsed(shift);
  pauseCount = 0;
  if (used) pauseCount = listRoute(shift, pauses);
  else
    for (let row = at(routeBreakFirst, shift); row < at(routeBreakFirst, shift + 1); row++)
      if (at(breakPrice, row) < 0) put(pauses, pauseCount++, firstBreak + row);
  skipped = skippedBreaks(shift);
  headSoft = used ? at(routeHeadSoft, shift) : 0;
  base = softWeight * at(pairCost, order * engineers + engineer) - at64(fairness, engineer);
  if (used) base -= at64(routeCost, shift);
  if (at(engineerShifts, engineer) == 0) base += engineerWeight;
}

/** Tries the order with the variant at hand between the breaks that there must be. */
function placeOrder(order: i32): void {
  if (items > 0) {
    if (!needsAt(order, route)) return;
    if (needSupply) {
      placeWithPickUp(order);
      return;
    }
  }
  for (let place = 0; place <= pauseCount; place++) {
    writeWith(trial, pauses, pauseCount, place, order);
    tryTrial(pauseCount + 1, skipped, -1);
  }
}

/** The same with a pick-up somewhere before the order, at each centre that gives all that is missing. */
function placeWithPickUp(order: i32): void {
  const supply = freeSupply(route);
  const used = isUsed(route);
  for (let from = 0; from < centres; from++) {
    if (!centreGives(from, order, route)) continue;
    setSupplyCentre(supply, from);
    for (let first = 0; first <= pauseCount; first++) {
      if (!hasRoomBehind(used && first > 0 ? at(pauses, first - 1) : firstStart + route, route)) continue;
      for (let last = first; last <= pauseCount; last++) {
        writeWith(rest, pauses, pauseCount, last, order);
        writeWith(trial, rest, pauseCount + 1, first, supply);
        tryTrial(pauseCount + 2, skipped, from);
      }
    }
  }
  releaseSupply(supply);
}

/** Moves the breaks of the cheapest sequence one by one to their cheapest places; optional ones come where that is cheaper. */
function settlePauses(): void {
  const first = at(routeBreakFirst, route);
  const end = at(routeBreakFirst, route + 1);
  // All places of one break alone were tried with those of the order.
  if (end - first == pauseCount && pauseCount <= 1) return;
  const supply = freeSupply(route);
  if (centre >= 0) setSupplyCentre(supply, centre);
  for (let row = first; row < end; row++) {
    const before = place(firstBreak + row);
    let left = 0;
    for (let i = 0; i < stops; i++) if (i != before) put(rest, left++, at(sequence, i));
    const price = before < 0 ? max(at(breakPrice, row), 0) : 0;
    const dear = skipped - price;
    for (let after = 0; after <= left; after++) {
      if (after == before) continue;
      writeWith(trial, rest, left, after, firstBreak + row);
      tryTrial(left + 1, dear, centre);
    }
  }
  if (centre >= 0) releaseSupply(supply);
}

/** Index of the node in the cheapest sequence, -1 when it is not in it. */
function place(node: i32): i32 {
  for (let i = 0; i < stops; i++) if (at(sequence, i) == node) return i;
  return -1;
}

/** Writes `count` nodes of `source` and `node` at index `index` of them to `target`. */
function writeWith(target: usize, source: usize, count: i32, index: i32, node: i32): void {
  for (let i = 0; i < index; i++) put(target, i, at(source, i));
  put(target, index, node);
  for (let i = index; i < count; i++) put(target, i + 1, at(source, i));
}

/** Keeps the sequence of `count` nodes at `trial` if it is cheaper than the cheapest; it leaves out optional breaks of so many ticks. */
function tryTrial(count: i32, left: i64, from: i32): void {
  if (!evaluateSequence(route, trial, count)) return;
  let ticks = headSoft + left + softTicks(sequenceLate, sequenceOvertime);
  if (termsOn) ticks += sequenceTerms;
  let cost = base + scalarCost(sequenceDistance, sequenceTravel, sequenceWork, ticks);
  // Nobody's fairness costs less than nothing.
  if (cost >= cheapest) return;
  if (fairnessOn) {
    const work = at(engineerWork, engineer) - at(routeWork, route) + sequenceWork;
    cost += softWeight * fairnessTicks(engineer, work);
    if (cost >= cheapest) return;
  }
  cheapest = cost;
  memory.copy(sequence, trial, (<usize>count) << 2);
  stops = count;
  skipped = left;
  centre = from;
}
