// The parts ledger: who holds what, what each route takes from its van and from centres, and what an insertion would still need.
//
// Tools are items that are never used up. In one route all pick-ups of an item happen at its first supply stop whose centre stocks it;
// a unit used before that stop comes from the van, a unit used after it from the van as long as no other use needs it there.
import {
  centreItem,
  centres,
  engineerItem,
  engineerPartCapacity,
  engineerStockUnits,
  engineers,
  items,
  loansOn,
  needItem,
  needQuantity,
  routeEngineer,
  routeShiftEnd,
  routes,
  skus,
  UNLIMITED,
} from "../gen/layout";
import { allocate, allocateZeroed } from "../memory/arena";
import { add, at, put } from "../memory/cells";
import {
  firstEnd,
  firstStart,
  firstSupply,
  isLend,
  isLoan,
  isOrder,
  isSupply,
  loanOrder,
  NEXT,
  nodeCount,
  POS,
  record,
  supplyCentre,
} from "../route/nodes";
import {
  buildLoans,
  forgetLoans,
  isLent,
  isOneSided,
  keptBack,
  lendable,
  loanNeeds,
  mayBorrow,
  needBit,
  noteLoan,
  unitsLent,
} from "./loans";
import { needFrom, needTo, variantsEnd, variantsFrom } from "./variants";

/** No supply stop of the route stocks the item. */
export const NO_SUPPLY: i32 = 0x7fffffff;

// routes * items each.
export let used: usize = 0; // units the route's orders use
export let usedBefore: usize = 0; // of them before the item's supply stop
export let fromVan: usize = 0; // units taken from the van; the others are picked up
export let supplyPos: usize = 0; // position of the item's supply stop
export let supplyBy: usize = 0; // its centre
// engineers * items: units that only the van can give; centres * items: units picked up.
export let vanTaken: usize = 0;
export let centreTaken: usize = 0;
/** By route: most units in the van after a pick-up; 0 without pick-ups or without a capacity. */
export let fullest: usize = 0;
/** By node: units in the van after it; kept for engineers with a capacity. */
export let onBoard: usize = 0;
/** By engineer: first route row; the shifts of an engineer are rows in sequence. */
export let firstShift: usize = 0;
/** From the same row on: the engineer's route rows as they follow each other in time. */
let inTime: usize = 0;
/** While routes are taken apart and filled again a van may hold more than it can; vansHold judges what comes of it. */
export let judgedLater: bool = false;

export function buildLedger(): void {
  buildLoans();
  const cells = (<usize>(routes * items)) << 2;
  used = allocateZeroed(cells);
  usedBefore = allocateZeroed(cells);
  fromVan = allocateZeroed(cells);
  supplyPos = allocateZeroed(cells);
  supplyBy = allocateZeroed(cells);
  vanTaken = allocateZeroed((<usize>(engineers * items)) << 2);
  centreTaken = allocateZeroed((<usize>((centres + 1) * items)) << 2);
  stockState = allocateZeroed((<usize>items) << 2);
  fullest = allocateZeroed((<usize>routes) << 2);
  onBoard = allocateZeroed((<usize>nodeCount) << 2);
  firstShift = allocateZeroed((<usize>(engineers + 1)) << 2);
  for (let route = 0; route < routes; route++) add(firstShift, at(routeEngineer, route) + 1, 1);
  for (let engineer = 0; engineer < engineers; engineer++) add(firstShift, engineer + 1, at(firstShift, engineer));
  inTime = allocate((<usize>routes) << 2);
  for (let engineer = 0; engineer < engineers; engineer++) orderShifts(engineer);
  judgedLater = false;
  for (let cell = 0; cell < routes * items; cell++) put(supplyPos, cell, NO_SUPPLY);
}

/** Shifts do not overlap: the one that ends first comes first. */
function orderShifts(engineer: i32): void {
  const first = at(firstShift, engineer);
  for (let shift = first; shift < at(firstShift, engineer + 1); shift++) {
    let place = shift;
    for (; place > first && at(routeShiftEnd, at(inTime, place - 1)) > at(routeShiftEnd, shift); place--)
      put(inTime, place, at(inTime, place - 1));
    put(inTime, place, shift);
  }
}

/** Says whether openBooks leaves it to vansHold to find vans that are too full. */
export function setJudgedLater(on: bool): void {
  judgedLater = on;
}

function vanLeft(engineer: i32, item: i32): i32 {
  const cell = engineer * items + item;
  return at(engineerItem, cell) - at(vanTaken, cell) - keptBack(engineer, item);
}

function centreLeft(centre: i32, item: i32): i32 {
  const cell = centre * items + item;
  return at(centreItem, cell) >= UNLIMITED ? UNLIMITED : at(centreItem, cell) - at(centreTaken, cell);
}

/** So many units of an item at a centre are plenty: it does not matter how many more there are, as long as nobody asks for more at once. */
const PLENTY: i32 = 8;
/** By item: sum over the centres of what was taken below PLENTY, each unit times a number of its centre: the same again when the stock is. */
export let stockState: usize = 0;

/** A number that says how much of what `order` needs is left at the centres; its highest bit is set. */
export function stockStateOf(order: i32): i32 {
  let state = 0;
  const last = variantsEnd(order);
  for (let need = variantsFrom(order); need < last; need++)
    state = state * 0x01000193 + at(stockState, at(needItem, need));
  return (state * 0x85ebca6b) | i32.MIN_VALUE;
}

/** Takes `units` of `item` from `centre`, or gives them back when negative. */
function take(centre: i32, item: i32, units: i32): void {
  const cell = centre * items + item;
  const before = min(centreLeft(centre, item), PLENTY);
  add(centreTaken, cell, units);
  const after = min(centreLeft(centre, item), PLENTY);
  add(stockState, item, (before - after) * mixed(cell));
}

/** A number of the cell that is no simple sum of other cells' (finalizer of MurmurHash3, Appleby 2011). */
function mixed(cell: i32): i32 {
  let h = <u32>cell + 1;
  h = (h ^ (h >> 16)) * 0x85ebca6b;
  h = (h ^ (h >> 13)) * 0xc2b2ae35;
  return <i32>(h ^ (h >> 16)) | 1;
}

/** Takes the route's entries out of the books. */
export function closeBooks(route: i32): void {
  const engineer = at(routeEngineer, route);
  for (let item = 0; item < items; item++) {
    const cell = route * items + item;
    if (at(used, cell) > 0) {
      add(vanTaken, engineer * items + item, -mustTake(cell));
      release(cell, item);
      put(used, cell, 0);
      put(usedBefore, cell, 0);
      put(fromVan, cell, 0);
    }
    put(supplyPos, cell, NO_SUPPLY);
  }
  put(fullest, route, 0);
  if (loansOn == 1) forgetLoans(route, engineer);
}

/** Units of the cell's item that only the van can give. */
function mustTake(cell: i32): i32 {
  return at(supplyPos, cell) == NO_SUPPLY ? at(used, cell) : at(usedBefore, cell);
}

/** Gives the units that the cell picks up back to the centre. */
function release(cell: i32, item: i32): void {
  const picked = at(used, cell) - at(fromVan, cell);
  if (picked > 0 && at(supplyPos, cell) != NO_SUPPLY) take(at(supplyBy, cell), item, -picked);
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
      const last = at(needTo, node);
      for (let need = at(needFrom, node); need < last; need++) {
        if (loansOn == 1 && isLent(node, need)) continue;
        const cell = route * items + at(needItem, need);
        add(used, cell, at(needQuantity, need));
        if (at(supplyPos, cell) == NO_SUPPLY) add(usedBefore, cell, at(needQuantity, need));
      }
    } else if (isLoan(node)) enterLoan(route, node);
  }
  const engineer = at(routeEngineer, route);
  const shared = at(firstShift, engineer + 1) - at(firstShift, engineer) > 1;
  let fits = true;
  for (let item = 0; item < items; item++) {
    const cell = route * items + item;
    if (loansOn == 1 && !isOneSided(engineer, item)) fits = false;
    // What this shift uses no more the van may give to another one.
    if (at(used, cell) == 0 && !shared) continue;
    put(fromVan, cell, at(used, cell));
    add(vanTaken, engineer * items + item, mustTake(cell));
    if (!share(engineer, item)) fits = false;
  }
  if (at(engineerPartCapacity, engineer) < UNLIMITED) {
    weighVan(engineer);
    if (!judgedLater && !vanHolds(engineer)) fits = false;
  }
  return fits;
}

/** A lent unit leaves the van for good, and only the van can give it; a borrowed one is spoken for. */
function enterLoan(route: i32, node: i32): void {
  const order = loanOrder(node);
  const engineer = at(routeEngineer, route);
  const lends = isLend(node);
  for (let need = at(needFrom, order); need < at(needTo, order); need++) {
    if (!isLent(order, need)) continue;
    const item = at(needItem, need);
    const units = at(needQuantity, need);
    noteLoan(route, engineer, item, units, lends);
    if (!lends) continue;
    add(used, route * items + item, units);
    add(usedBefore, route * items + item, units);
  }
}

/**
 * Divides the van's units of an item among the shifts of its engineer: first what only the van can give, then, in the order of the shifts,
 * what is used after a supply stop; the rest is picked up there. False when the van or a centre has too little.
 */
function share(engineer: i32, item: i32): bool {
  let left = vanLeft(engineer, item);
  let fits = left >= 0;
  left = max(left, 0);
  const last = at(firstShift, engineer + 1);
  for (let shift = at(firstShift, engineer); shift < last; shift++) {
    const cell = shift * items + item;
    const total = at(used, cell);
    if (total == 0 || at(supplyPos, cell) == NO_SUPPLY) continue;
    release(cell, item);
    const must = at(usedBefore, cell);
    const more = min(total - must, left);
    left -= more;
    put(fromVan, cell, must + more);
    const picked = total - must - more;
    if (picked == 0) continue;
    const centre = at(supplyBy, cell);
    if (centreLeft(centre, item) < picked) fits = false;
    take(centre, item, picked);
  }
  return fits;
}

/** Counts the units in the van through all shifts: what one of them takes changes what others pick up and find there. */
function weighVan(engineer: i32): void {
  let units = at(engineerStockUnits, engineer);
  const last = at(firstShift, engineer + 1);
  for (let shift = at(firstShift, engineer); shift < last; shift++) units = weighRoute(at(inTime, shift), units);
}

/** True while the van is nowhere too full after a pick-up or a loan. */
export function vanHolds(engineer: i32): bool {
  const capacity = at(engineerPartCapacity, engineer);
  const last = at(firstShift, engineer + 1);
  for (let shift = at(firstShift, engineer); shift < last; shift++) if (at(fullest, shift) > capacity) return false;
  return true;
}

/** Counts the units in the van along the route, which begins with `units`; returns those at its end. */
function weighRoute(route: i32, units: i32): i32 {
  const end = firstEnd + route;
  let most = 0;
  for (let node = firstStart + route; node != end; node = load<i32>(record(node), NEXT)) {
    if (isSupply(node)) {
      const taken = unitsPickedAt(route, load<i32>(record(node), POS));
      units += taken;
      if (taken > 0) most = max(most, units);
    } else if (isOrder(node)) units -= unitsOf(node);
    else if (isLend(node)) units -= unitsLent(loanOrder(node));
    else if (isLoan(node)) {
      units += unitsLent(loanOrder(node));
      most = max(most, units);
    }
    put(onBoard, node, units);
  }
  put(fullest, route, most);
  return units;
}

function unitsPickedAt(route: i32, pos: i32): i32 {
  let units = 0;
  for (let item = 0; item < skus; item++) {
    const cell = route * items + item;
    if (at(supplyPos, cell) == pos) units += at(used, cell) - at(fromVan, cell);
  }
  return units;
}

function unitsOf(order: i32): i32 {
  let units = 0;
  for (let need = at(needFrom, order); need < at(needTo, order); need++)
    if (at(needItem, need) < skus) units += at(needQuantity, need);
  return units;
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
/** After needsAt: units of parts that existing supply stops give more. */
export let needPickUps: i32 = 0;
/** Since resetNeeds: an answer depended on what the centres have left of what the order needs, and on more than stockStateOf knows. */
export let asksCentres: bool = false;
export let asksMuch: bool = false;

export function resetNeeds(): void {
  asksCentres = false;
  asksMuch = false;
}

/** True when `centre` has `units` of `item` left. */
function hasLeft(centre: i32, item: i32, units: i32): bool {
  asksCentres = true;
  if (units > PLENTY) asksMuch = true;
  return centreLeft(centre, item) >= units;
}

/** What `order` would need in `route`; false when no place in the route can give it, even with a new supply stop. */
export function needsAt(order: i32, route: i32): bool {
  needAfter = 0;
  needSupply = false;
  const engineer = at(routeEngineer, route);
  const last = at(needTo, order);
  let pickUps = 0;
  for (let need = at(needFrom, order); need < last; need++) {
    if (loansOn == 1 && isLent(order, need)) continue;
    const item = at(needItem, need);
    const quantity = at(needQuantity, need);
    const cell = route * items + item;
    const total = at(used, cell);
    const have = vanLeft(engineer, item) + mustTake(cell);
    if (total + quantity <= have) continue;
    const extra = total + quantity - max(have, total);
    if (at(supplyPos, cell) == NO_SUPPLY) {
      needSupply = true;
      continue;
    }
    if (extra > 0 && !hasLeft(at(supplyBy, cell), item, extra)) return false;
    if (at(usedBefore, cell) + quantity > have) needAfter = max(needAfter, at(supplyPos, cell));
    if (item < skus) pickUps += max(extra, 0);
  }
  needPickUps = pickUps;
  return pickUps == 0 || at(fullest, route) + pickUps <= at(engineerPartCapacity, engineer);
}

/** After centreGives: units of parts that would be picked up. */
let pickUpUnits: i32 = 0;

/** After centreGives: true when the van has room for the pick-up right behind `node`. */
export function hasRoomBehind(node: i32, route: i32): bool {
  const capacity = at(engineerPartCapacity, at(routeEngineer, route));
  return pickUpUnits == 0 || capacity >= UNLIMITED || at(onBoard, node) + pickUpUnits <= capacity;
}

/** True when a supply stop at `centre` gives everything that needsAt found missing. */
export function centreGives(centre: i32, order: i32, route: i32): bool {
  const engineer = at(routeEngineer, route);
  const last = at(needTo, order);
  let pickUps = 0;
  for (let need = at(needFrom, order); need < last; need++) {
    if (loansOn == 1 && isLent(order, need)) continue;
    const item = at(needItem, need);
    const cell = route * items + item;
    const short = at(used, cell) + at(needQuantity, need) - vanLeft(engineer, item) - mustTake(cell);
    if (short <= 0 || at(supplyPos, cell) != NO_SUPPLY) continue;
    if (!hasLeft(centre, item, short)) return false;
    if (item < skus) pickUps += short;
  }
  pickUpUnits = pickUps;
  return true;
}

/** Bits of the order's needs that the van of the route's engineer does not meet, or of all of them, and that it may borrow. */
export function borrowable(order: i32, route: i32, all: bool = false): i32 {
  const engineer = at(routeEngineer, route);
  let bits = 0;
  for (let need = at(needFrom, order); need < at(needTo, order); need++) {
    const item = at(needItem, need);
    const cell = route * items + item;
    if (!all && at(used, cell) + at(needQuantity, need) <= vanLeft(engineer, item) + mustTake(cell)) continue;
    if (item < skus && mayBorrow(engineer, item)) bits |= needBit(order, need);
  }
  return bits;
}

/** Those of the needs `bits` of the order that the van of `lender` can meet. */
export function lendableNeeds(order: i32, bits: i32, lender: i32): i32 {
  let can = 0;
  for (let need = at(needFrom, order); need < at(needTo, order); need++) {
    const bit = needBit(order, need);
    if ((bits & bit) == 0) continue;
    const item = at(needItem, need);
    if (lendable(lender, item, at(vanTaken, lender * items + item)) >= at(needQuantity, need)) can |= bit;
  }
  return can;
}

/** Plans the order with a loan of its needs `bits`, 0 for none. */
export function setLoanNeeds(order: i32, bits: i32): void {
  put(loanNeeds, order, bits);
}

/** Units that the van of the route's engineer can still hold at a meeting behind `node`; UNLIMITED without a capacity. */
export function roomBehind(node: i32, route: i32): i32 {
  const capacity = at(engineerPartCapacity, at(routeEngineer, route));
  return capacity >= UNLIMITED ? UNLIMITED : capacity - at(onBoard, node);
}
