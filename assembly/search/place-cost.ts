// What one more order costs at a place of a plain route, in constant time. A class, because only its functions can be asked to be inlined: every
// place that is looked at calls them.
import { overtimeOn, routeShiftEnd } from "../gen/layout";
import { at } from "../memory/cells";
import { distanceOf, travelTicks } from "../route/matrix";
import { EARLY, firstEnd, PRE_D, PRE_E, PRE_L, record, SUF_D, SUF_E } from "../route/nodes";
import { softTicks } from "../route/route";
import { distanceWeight, softWeight, travelWeight, workWeight } from "../route/weights";

export class PlaceCost {
  /**
   * Cost of the working time and overtime of `route` with an order between the stops whose records are `b` and `a`; it is in time there.
   * Start..before, the order, after..end are joined: see segment.ts.
   */
  @inline static ofTime(
    b: usize,
    a: usize,
    open: i32,
    close: i32,
    length: i32,
    edgeIn: i32,
    edgeOut: i32,
    route: i32,
  ): i64 {
    const delta = load<i32>(b, PRE_D) + edgeIn;
    const latest = load<i32>(b, PRE_L);
    const wait = max(open - delta - latest, 0);
    const d = delta + length + wait + edgeOut;
    const sufE = load<i32>(a, SUF_E);
    const waitAfter = max(sufE - d - min(close - delta, latest), 0);
    const work = d + load<i32>(a, SUF_D) + waitAfter;
    const cost = workWeight * <i64>work;
    if (softWeight == 0 || overtimeOn == 0) return cost;
    const early = max(sufE - d, max(open - delta, load<i32>(b, PRE_E)) - wait) - waitAfter;
    return cost + softWeight * softTicks(0, max(early + work - at(routeShiftEnd, route), 0));
  }

  /** The same of a used route as it stands. */
  @inline static ofTimeNow(route: i32): i64 {
    const end = record(firstEnd + route);
    const overtime = max(load<i32>(end, EARLY) - at(routeShiftEnd, route), 0);
    return workWeight * <i64>load<i32>(end, PRE_D) + softWeight * softTicks(0, overtime);
  }

  /** Cost of the way from row `before` over `order` to row `after`, less the way without it where the route is `used` already. */
  @inline static ofWay(before: i32, order: i32, after: i32, used: bool): i64 {
    let cost: i64 = 0;
    if (distanceWeight != 0)
      cost +=
        distanceWeight *
        (distanceOf(before, order) + distanceOf(order, after) - (used ? distanceOf(before, after) : 0));
    if (travelWeight != 0)
      cost +=
        travelWeight *
        (travelTicks(before, order) + travelTicks(order, after) - (used ? travelTicks(before, after) : 0));
    return cost;
  }
}
