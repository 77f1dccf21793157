// Loans: which needs of an order a colleague's van meets, and what engineers lent and borrowed.
import {
  engineerItem,
  engineerLends,
  engineerSafety,
  engineers,
  items,
  loansOn,
  needItem,
  needQuantity,
  orders,
  routes,
  skus,
} from "../gen/layout";
import { allocateZeroed } from "../memory/arena";
import { add, at, put } from "../memory/cells";
import { needFrom, needTo } from "./variants";

/** Needs of an order that a loan can name: the first ones. */
const MOST_NEEDS: i32 = 31;

/** By order: a bit for each need that is lent, the first need lowest; 0 without a meeting. */
export let loanNeeds: usize = 0;
// routes * items: units that the route's meetings give away and bring.
let lentIn: usize = 0;
let borrowedIn: usize = 0;
// engineers * items: the same over all shifts.
export let lent: usize = 0;
export let borrowed: usize = 0;

export function buildLoans(): void {
  loanNeeds = allocateZeroed((<usize>orders) << 2);
  if (loansOn == 0) return;
  lentIn = allocateZeroed((<usize>(routes * items)) << 2);
  borrowedIn = allocateZeroed((<usize>(routes * items)) << 2);
  lent = allocateZeroed((<usize>(engineers * items)) << 2);
  borrowed = allocateZeroed((<usize>(engineers * items)) << 2);
}

/** True when a colleague lends what row `need` of the need table asks for. */
export function isLent(order: i32, need: i32): bool {
  const bit = need - at(needFrom, order);
  return bit < MOST_NEEDS && ((at(loanNeeds, order) >> bit) & 1) == 1;
}

/** The bit of row `need`, 0 where a loan cannot name it: tools are not lent. */
export function needBit(order: i32, need: i32): i32 {
  const bit = need - at(needFrom, order);
  return bit < MOST_NEEDS && at(needItem, need) < skus ? 1 << bit : 0;
}

/** Units of all parts that the order's meeting hands over. */
export function unitsLent(order: i32): i32 {
  let units = 0;
  for (let need = at(needFrom, order); need < at(needTo, order); need++)
    if (isLent(order, need)) units += at(needQuantity, need);
  return units;
}

/** Notes a meeting of the route in its engineer's account. */
export function noteLoan(route: i32, engineer: i32, item: i32, units: i32, lends: bool): void {
  add(lends ? lentIn : borrowedIn, route * items + item, units);
  add(lends ? lent : borrowed, engineer * items + item, units);
}

/** Takes the route's meetings out of its engineer's account. */
export function forgetLoans(route: i32, engineer: i32): void {
  for (let item = 0; item < skus; item++) {
    const cell = route * items + item;
    const account = engineer * items + item;
    add(lent, account, -at(lentIn, cell));
    add(borrowed, account, -at(borrowedIn, cell));
    put(lentIn, cell, 0);
    put(borrowedIn, cell, 0);
  }
}

/** Units of the item that have to stay in the engineer's van: its safety stock, for who lends the item. */
export function keptBack(engineer: i32, item: i32): i32 {
  if (loansOn == 0) return 0;
  const account = engineer * items + item;
  return at(lent, account) > 0 ? at(engineerSafety, account) : 0;
}

/** True when the engineer neither borrows the item, which it would lend, nor the other way round. */
export function isOneSided(engineer: i32, item: i32): bool {
  const account = engineer * items + item;
  return at(lent, account) == 0 || at(borrowed, account) == 0;
}

/** True when the engineer may borrow the item: it lends none of it. */
export function mayBorrow(engineer: i32, item: i32): bool {
  return at(lent, engineer * items + item) == 0;
}

/** Units of the item that the engineer can lend when `taken` units are needed from the van for its own orders and earlier loans. */
export function lendable(engineer: i32, item: i32, taken: i32): i32 {
  const account = engineer * items + item;
  if (at(engineerLends, engineer) == 0 || at(borrowed, account) > 0) return 0;
  return at(engineerItem, account) - taken - at(engineerSafety, account);
}
