// The parts ledger: who holds what, what each route takes from its van and from centres, and what an insertion would still need.
//
// Tools are items that are never used up. In one route all pick-ups of an item happen at its first supply stop whose centre stocks it;
// a unit used before that stop comes from the van, a unit used after it from the van as long as that has any. Where an engineer has several
// shifts, units used after the stop always come from the centre, so that no shift's books depend on the order in which they are written.
import {
  centreItem,
  centres,
  engineerItem,
  engineerPartRoom,
  engineers,
  items,
  needItem,
  needQuantity,
  orderNeedFirst,
  routeEngineer,
  routes,
  skus,
  UNLIMITED,
} from "../gen/layout";
import { allocateZeroed } from "../memory/arena";
import { add, at, put } from "../memory/cells";
import { firstEnd, firstStart, firstSupply, isOrder, isSupply, NEXT, POS, record, supplyCentre } from "../route/nodes";

/** No supply stop of the route stocks the item. */
export const NO_SUPPLY: i32 = 0x7fffffff;

// routes * items each.
let used: usize = 0; // units the route's orders use
let usedBefore: usize = 0; // of them before the item's supply stop
let fromVan: usize = 0; // units taken from the van
let supplyPos: usize = 0; // position of the item's supply stop
let supplyBy: usize = 0; // its centre
// engineers * items, centres * items: units taken by all routes.
let vanTaken: usize = 0;
let centreTaken: usize = 0;
/** By route: units of parts picked up. */
let picked: usize = 0;
/** By engineer: number of routes. */
let shifts: usize = 0;

export function buildLedger(): void {
  const cells = (<usize>(routes * items)) << 2;
  used = allocateZeroed(cells);
  usedBefore = allocateZeroed(cells);
  fromVan = allocateZeroed(cells);
  supplyPos = allocateZeroed(cells);
  supplyBy = allocateZeroed(cells);
  vanTaken = allocateZeroed((<usize>(engineers * items)) << 2);
  centreTaken = allocateZeroed((<usize>((centres + 1) * items)) << 2);
  picked = allocateZeroed((<usize>routes) << 2);
  shifts = allocateZeroed((<usize>engineers) << 2);
  for (let route = 0; route < routes; route++) add(shifts, at(routeEngineer, route), 1);
  for (let cell = 0; cell < routes * items; cell++) put(supplyPos, cell, NO_SUPPLY);
}

function vanLeft(engineer: i32, item: i32): i32 {
  const cell = engineer * items + item;
  return at(engineerItem, cell) - at(vanTaken, cell);
}

function centreLeft(centre: i32, item: i32): i32 {
  const cell = centre * items + item;
  return at(centreItem, cell) >= UNLIMITED ? UNLIMITED : at(centreItem, cell) - at(centreTaken, cell);
}

/** Takes the route's entries out of the books. */
export function closeBooks(route: i32): void {
  const engineer = at(routeEngineer, route);
  for (let item = 0; item < items; item++) {
    const cell = route * items + item;
    const total = at(used, cell);
    if (total > 0) {
      const van = at(fromVan, cell);
      add(vanTaken, engineer * items + item, -van);
      if (total > van) add(centreTaken, at(supplyBy, cell) * items + item, van - total);
      put(used, cell, 0);
      put(usedBefore, cell, 0);
      put(fromVan, cell, 0);
    }
    put(supplyPos, cell, NO_SUPPLY);
  }
  put(picked, route, 0);
}

/** Enters the route as it is linked now, positions set; false when a part or tool is missing or there is no room. Close first. */
export function openBooks(route: i32): bool {
  const end = firstEnd + route;
  for (let node = load<i32>(record(firstStart + route), NEXT); node != end; node = load<i32>(record(node), NEXT)) {
    if (isSupply(node)) {
      const centre = at(supplyCentre, node - firstSupply);
      for (let item = 0; item < items; item++) {
        const cell = route * items + item;
        if (at(supplyPos, cell) == NO_SUPPLY && at(centreItem, centre * items + item) > 0) {
          put(supplyPos, cell, load<i32>(record(node), POS));
          put(supplyBy, cell, centre);
        }
      }
    } else if (isOrder(node)) {
      const last = at(orderNeedFirst, node + 1);
      for (let need = at(orderNeedFirst, node); need < last; need++) {
        const cell = route * items + at(needItem, need);
        add(used, cell, at(needQuantity, need));
        if (at(supplyPos, cell) == NO_SUPPLY) add(usedBefore, cell, at(needQuantity, need));
      }
    }
  }
  const engineer = at(routeEngineer, route);
  let fits = true;
  let pickUps = 0;
  for (let item = 0; item < items; item++) {
    const cell = route * items + item;
    const total = at(used, cell);
    if (total == 0) continue;
    const have = vanLeft(engineer, item);
    const wanted = at(supplyPos, cell) != NO_SUPPLY && at(shifts, engineer) > 1 ? at(usedBefore, cell) : total;
    const van = min(wanted, max(have, 0));
    put(fromVan, cell, van);
    add(vanTaken, engineer * items + item, van);
    if (at(usedBefore, cell) > van) fits = false;
    if (total > van) {
      if (at(supplyPos, cell) == NO_SUPPLY) {
        // Booked in a row of its own: the caller takes the route back.
        put(supplyBy, cell, centres);
        add(centreTaken, centres * items + item, total - van);
        fits = false;
      } else {
        const centre = at(supplyBy, cell);
        if (centreLeft(centre, item) < total - van) fits = false;
        add(centreTaken, centre * items + item, total - van);
        if (item < skus) pickUps += total - van;
      }
    }
  }
  put(picked, route, pickUps);
  if (pickUps > at(engineerPartRoom, engineer)) fits = false;
  return fits;
}

/** True when the route picks something up at the supply stop at position `pos`. */
export function picksUpAt(route: i32, pos: i32): bool {
  for (let item = 0; item < items; item++) {
    const cell = route * items + item;
    if (at(supplyPos, cell) == pos && at(used, cell) > at(fromVan, cell)) return true;
  }
  return false;
}

/** After needsAt: the order must come after this position. */
export let needAfter: i32 = 0;
/** After needsAt: something needs a new supply stop before the order. */
export let needSupply: bool = false;

/** What `order` would need in `route`; false when no place in the route can give it, even with a new supply stop. */
export function needsAt(order: i32, route: i32): bool {
  needAfter = 0;
  needSupply = false;
  const engineer = at(routeEngineer, route);
  const last = at(orderNeedFirst, order + 1);
  let pickUps = at(picked, route);
  for (let need = at(orderNeedFirst, order); need < last; need++) {
    const item = at(needItem, need);
    const quantity = at(needQuantity, need);
    const cell = route * items + item;
    const total = at(used, cell);
    const have = vanLeft(engineer, item) + at(fromVan, cell);
    if (total + quantity <= have) continue;
    const extra = total + quantity - max(have, total);
    if (at(supplyPos, cell) == NO_SUPPLY) {
      needSupply = true;
      continue;
    }
    if (extra > 0 && extra > centreLeft(at(supplyBy, cell), item)) return false;
    if (at(usedBefore, cell) + quantity > have) needAfter = max(needAfter, at(supplyPos, cell));
    if (item < skus) pickUps += max(extra, 0);
  }
  return pickUps <= at(engineerPartRoom, engineer);
}

/** True when a supply stop at `centre` gives everything that needsAt found missing. */
export function centreGives(centre: i32, order: i32, route: i32): bool {
  const engineer = at(routeEngineer, route);
  const last = at(orderNeedFirst, order + 1);
  let pickUps = at(picked, route);
  for (let need = at(orderNeedFirst, order); need < last; need++) {
    const item = at(needItem, need);
    const cell = route * items + item;
    const short = at(used, cell) + at(needQuantity, need) - vanLeft(engineer, item) - at(fromVan, cell);
    if (short <= 0 || at(supplyPos, cell) != NO_SUPPLY) continue;
    if (short > centreLeft(centre, item)) return false;
    if (item < skus) pickUps += short;
  }
  return pickUps <= at(engineerPartRoom, engineer);
}
