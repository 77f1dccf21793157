// Route elimination: one route at a time is taken apart and its orders are fought into the others (Christiaens & Vanden Berghe 2020, after
// the ejection pools of Nagata & Braysy 2009): orders that are often left out count more, until a plan without them is found.
import {
  dims,
  engineerCapacity,
  orderLoad,
  orderRoute,
  orders,
  orderUnassigned,
  routeEngineer,
  routeHeadStops,
  routes,
} from "../gen/layout";
import { allocate } from "../memory/arena";
import { add, at } from "../memory/cells";
import { firstEnd, firstStart, isFixed, isOrder, NEXT, record } from "../route/nodes";
import { isUsed, strip, totalCost } from "../route/route";
import { engineerWeight } from "../route/weights";
import { absent, absentCount } from "./absent";
import { setOpening } from "./candidates";
import { openJournal, rollBack, touch } from "./journal";
import { dissolveRoute, meetingsHold } from "./meetings";
import { randomBelow, randomUnit } from "./random";
import { drawSort, recreate } from "./recreate";
import { refreshTouched, ruinStringsAt, takeAll } from "./ruin";
import { settleShifts } from "./settle";

/** By order: how often it was left out. */
let misses: usize = 0;
/** Sum of the misses of the orders that are out. */
let pressure: i64 = 0;
/** A route is being eliminated. */
export let eliminating: bool = false;
let cost: i64 = 0;

export function buildFleet(): void {
  misses = allocate((<usize>(orders + 1)) << 2);
  eliminating = false;
}

/** True when fewer engineers are wanted, and every order must be served and is free. */
export function fleetMatters(): bool {
  if (engineerWeight == 0) return false;
  for (let order = 0; order < orders; order++)
    if (at(orderUnassigned, order) == 0 || at(orderRoute, order) >= 0) return false;
  return true;
}

/** Routes that the loads alone ask for. */
function leastRoutes(): i32 {
  let least = 1;
  for (let dim = 0; dim < dims; dim++) {
    let load: i64 = 0;
    let room: i64 = 1;
    for (let order = 0; order < orders; order++) load += at(orderLoad, order * dims + dim);
    for (let route = 0; route < routes; route++)
      room = max(room, <i64>at(engineerCapacity, at(routeEngineer, route) * dims + dim));
    least = max(least, <i32>((load + room - 1) / room));
  }
  return least;
}

/** Takes apart the route whose orders were left out least so far; false when there is none to do without. The plan is complete. */
export function startElimination(): bool {
  memory.fill(misses, 0, (<usize>orders) << 2);
  return nextElimination();
}

/** Goes on to the next route, the plan being complete; false when there is none. */
export function nextElimination(): bool {
  let used = 0;
  let weakest = -1;
  let least: i64 = i64.MAX_VALUE;
  for (let route = 0; route < routes; route++) {
    if (!isUsed(route)) continue;
    used++;
    if (at(routeHeadStops, route) > 0) continue;
    const end = firstEnd + route;
    let sum: i64 = 0;
    for (let node = load<i32>(record(firstStart + route), NEXT); node != end; node = load<i32>(record(node), NEXT))
      if (isFixed(node)) sum = i64.MAX_VALUE >> 1;
      else if (isOrder(node)) sum += 1 + at(misses, node);
    if (sum < least) {
      least = sum;
      weakest = route;
    }
  }
  eliminating = weakest >= 0 && used > leastRoutes() && least < i64.MAX_VALUE >> 1;
  setOpening(!eliminating);
  if (!eliminating) return false;
  openJournal();
  touch(weakest);
  takeAll(weakest);
  dissolveRoute(weakest);
  strip(weakest);
  if (!refreshTouched() || !settleShifts()) {
    rollBack();
    eliminating = false;
    setOpening(true);
    return false;
  }
  pressure = sumMisses();
  cost = totalCost;
  return true;
}

/** Ends the phase; the caller goes back to the best plan. */
export function endElimination(): void {
  eliminating = false;
  setOpening(true);
}

function sumMisses(): i64 {
  let sum: i64 = 0;
  for (let i = 0; i < absentCount; i++) sum += 1 + at(misses, at(absent, i));
  return sum;
}

/** One iteration; true when the plan is complete: then the caller keeps it and calls nextElimination. */
export function eliminate(meanLength: f64, temperature: f64): bool {
  openJournal();
  const seed = randomBelow(2) == 0 ? at(absent, randomBelow(absentCount)) : randomBelow(orders);
  if (
    !ruinStringsAt(seed, meanLength) ||
    !recreate(drawSort(), true, i64.MAX_VALUE) ||
    !settleShifts() ||
    !meetingsHold()
  ) {
    rollBack();
    return false;
  }
  for (let i = 0; i < absentCount; i++) add(misses, at(absent, i), 1);
  const now = sumMisses();
  // The misses of the orders that stayed out grew by one each: what is compared is the sum before that.
  const limit = <f64>cost - NativeMath.log(randomUnit()) * temperature;
  if (now - absentCount < pressure || (now - absentCount == pressure && <f64>totalCost <= limit)) {
    cost = totalCost;
    pressure = now;
    return absentCount == 0;
  }
  rollBack();
  pressure = sumMisses();
  return false;
}
