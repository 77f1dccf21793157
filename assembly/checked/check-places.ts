// Places that the cache would still give are those that a look at the route finds, and an insertion costs what was said.
import { items, orderRoute, orders, routes } from "../gen/layout";
import { at } from "../memory/cells";
import { loanNeeds } from "../parts/loans";
import { variantCount } from "../parts/variants";
import { ROUTE, record } from "../route/nodes";
import { totalCost } from "../route/route";
import { bestAfter, bestCentre, bestCost, bestVariant, IMPOSSIBLE, placeAlone, resetPlace } from "../search/insertion";
import { cachedAfter, cachedCost, isCached, WITH_SUPPLY } from "../search/place-cache";

/** Cells looked at each time, and the step between them, a prime. */
const SAMPLES: i32 = 64;
const STEP: i64 = 1000003;

let cursor: i64 = 0;
let expected: i64 = 0;

export function buildPlaceCheck(): void {
  cursor = 0;
}

/** Looks at some cells of the cache. */
export function checkPlaces(): void {
  if (orders == 0 || routes == 0) return;
  for (let i = 0; i < SAMPLES; i++) {
    cursor = (cursor + STEP) % (<i64>orders * <i64>routes);
    const order = <i32>(cursor / <i64>routes);
    const route = <i32>(cursor % <i64>routes);
    if (at(orderRoute, order) >= 0 || load<i32>(record(order), ROUTE) == route || !isCached(order, route)) continue;
    // What a colleague lends for the order is not asked for elsewhere.
    if (at(loanNeeds, order) != 0) continue;
    // Trying its variants would change the books.
    if (variantCount(order) > 1 && load<i32>(record(order), ROUTE) >= 0) continue;
    resetPlace();
    placeAlone(order, route, false);
    assert(bestCost == cachedCost(order, route), "cost of a cached place");
    if (bestCost == IMPOSSIBLE) continue;
    assert((bestCentre >= 0 || bestVariant > 0 ? WITH_SUPPLY : bestAfter) == cachedAfter(order, route), "cached place");
  }
}

/** Notes what the plan will cost when the best place is taken. */
export function expectInsertion(): void {
  expected = totalCost + bestCost;
}

/** Right after it was taken; `fits` says whether the route kept all rules. */
export function checkInsertion(fits: bool): void {
  // A supply stop can turn out needless, and parts are shared with other shifts.
  if (items > 0) return;
  assert(fits, "an insertion that breaks a rule");
  assert(totalCost == expected, "cost of an insertion");
}
