// Loans, route by route: where the order would be cheap if parts did not matter a colleague may lend them.
import { handOver, loansOn, orders, routes } from "../gen/layout";
import { allocate, allocateZeroed } from "../memory/arena";
import { at, at64, put, put64 } from "../memory/cells";
import { borrowable } from "../parts/ledger";
import { needFrom, needTo, setVariant, variantCount } from "../parts/variants";
import { costOfDetour } from "../route/meetings";
import { softWeight } from "../route/weights";
import { bareCost, bestCost, IMPOSSIBLE, lending, placeWithLoan } from "./insertion";
import { stateOf } from "./place-cache";

/** Routes that are looked at closely, while the search goes on. */
const MOST_ROUTES: i32 = 6;
/** Slots of each order, a power of two: routes beyond share them. */
const SLOTS: i32 = 64;

/** One cell for each order and slot: the cost if parts did not matter, and the state of the route. */
let cells: usize = 0;
const STATE: usize = 8;
let slots: i32 = 0;
let slotMask: i32 = 0;
// Routes that may pay, and their costs if parts did not matter.
let hopeful: usize = 0;
let hopefulCost: usize = 0;

export function buildLoanRoutes(): void {
  if (loansOn == 0) return;
  slots = min(routes, SLOTS);
  slotMask = routes > SLOTS ? SLOTS - 1 : -1;
  cells = allocateZeroed((<usize>orders * <usize>slots) << 4);
  hopeful = allocate((<usize>routes) << 2);
  hopefulCost = allocate((<usize>routes) << 3);
}

/** The cost of the order in the route if parts did not matter, IMPOSSIBLE where the route's engineer lacks none that may be borrowed, or where it is no less than `limit`. */
function hopefulCostOf(order: i32, route: i32, limit: i64): i64 {
  const cell = cells + ((<usize>order * <usize>slots + <usize>(route & slotMask)) << 4);
  const state = stateOf(route);
  const known = load<i32>(cell, STATE) == state;
  // Most are too dear; what the van lacks takes longer to find out.
  if (known && load<i64>(cell) >= limit) return IMPOSSIBLE;
  if (!lacksParts(order, route)) return IMPOSSIBLE;
  if (!known) {
    store<i64>(cell, bareCost(order, route));
    store<i32>(cell, state, STATE);
  }
  const cost = load<i64>(cell);
  return cost < limit ? cost : IMPOSSIBLE;
}

/** True when some variant of the order needs parts that the route's engineer may borrow. */
function lacksParts(order: i32, route: i32): bool {
  for (let variant = 0; variant < variantCount(order); variant++) {
    setVariant(order, variant);
    if (borrowable(order, route) != 0) return true;
  }
  return false;
}

/** Keeps the cheapest place with a loan in the `count` routes at `list`, if it is cheaper than the best so far. */
export function findLoan(order: i32, list: usize, count: i32, blinks: bool): void {
  if (!lending || at(needFrom, order) == at(needTo, order)) return;
  const least = softWeight * costOfDetour(handOver);
  let left = 0;
  for (let i = 0; i < count; i++) {
    const route = at(list, i);
    const cost = hopefulCostOf(order, route, bestCost - least);
    if (cost == IMPOSSIBLE) continue;
    put(hopeful, left, route);
    put64(hopefulCost, left++, cost);
  }
  for (let tries = blinks ? MOST_ROUTES : left; tries > 0 && left > 0; tries--) {
    let next = 0;
    for (let i = 1; i < left; i++) if (at64(hopefulCost, i) < at64(hopefulCost, next)) next = i;
    if (at64(hopefulCost, next) + least >= bestCost) return;
    placeWithLoan(order, at(hopeful, next), blinks);
    left--;
    put(hopeful, next, at(hopeful, left));
    put64(hopefulCost, next, at64(hopefulCost, left));
  }
}
