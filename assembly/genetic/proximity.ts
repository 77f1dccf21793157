// For every order the orders that may well be served directly before or after it (Vidal et al. 2013; weights of Kool et al. 2022).
import { edge, orderService, orders, orderWindowFirst, rows, windowEnd, windowStart } from "../gen/layout";
import { allocate } from "../memory/arena";
import { at, at64, put, put64 } from "../memory/cells";
import { leg } from "./legs";
import { warpPrice } from "./penalties";
import { legPrice } from "./tour";

/** Longest list. */
const LONGEST: i32 = 30;
/** A tick of waiting counts as this share of a tick of time warp. */
const WAIT_SHARE: i64 = 5;

/** Length of every list. */
export let nearCount: i32 = 0;
let lists: usize = 0;
let keys: usize = 0;

export function buildProximity(): void {
  nearCount = min(orders - 1, LONGEST);
  lists = allocate((<usize>(orders * nearCount)) << 2);
  keys = allocate((<usize>(nearCount + 1)) << 3);
}

/** Fills the lists, nearest first, at the present price of time warp. */
export function fillProximity(): void {
  for (let order = 0; order < orders; order++) {
    let count = 0;
    for (let other = 0; other < orders; other++) {
      if (other == order) continue;
      const key = (min(proximity(order, other), proximity(other, order)) << 16) | <i64>other;
      if (count == nearCount && key >= at64(keys, count - 1)) continue;
      let place = count < nearCount ? count++ : count - 1;
      while (place > 0 && at64(keys, place - 1) > key) {
        put64(keys, place, at64(keys, place - 1));
        place--;
      }
      put64(keys, place, key);
    }
    for (let i = 0; i < count; i++) put(lists, order * nearCount + i, <i32>(at64(keys, i) & 0xffff));
  }
}

/** Cost of the leg with the least waiting and time warp that `to` directly after `from` brings. */
function proximity(from: i32, to: i32): i64 {
  const first = at(orderWindowFirst, from);
  const second = at(orderWindowFirst, to);
  const delta = at(orderService, from) + at(edge, from * rows + to);
  const wait = <i64>max(at(windowStart, second) - delta - at(windowEnd, first), 0);
  const late = <i64>max(at(windowStart, first) + delta - at(windowEnd, second), 0);
  return (legPrice * <i64>leg(from, to) + (warpPrice * wait) / WAIT_SHARE + warpPrice * late) >> 4;
}

/** The order at `index` in the list of `order`. */
export function near(order: i32, index: i32): i32 {
  return at(lists, order * nearCount + index);
}
