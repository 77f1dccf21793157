// route_cluster_fit: the order lies where the engineer is anyway. Soft.
import { clusterWeight, NEVER, neutralScore } from "../gen/layout";
import { edgeTicks, travelTicks } from "../route/matrix";
import { costOfScore, FULL } from "./score";

/** Ticks of an order at row `here`, the orders or ends around it at `before` and `after`, on a route from `start` to `end` whose matrices are in use. */
export function routeClusterFit(before: i32, here: i32, after: i32, start: i32, end: i32): i32 {
  if (edgeTicks(start, here) >= NEVER || edgeTicks(here, end) >= NEVER) return costOfScore(clusterWeight, neutralScore);
  const alone = travelTicks(start, here) + travelTicks(here, end);
  if (alone == 0 || edgeTicks(before, after) >= NEVER) return 0;
  // By way of a break's or a centre's place only.
  if (edgeTicks(before, here) >= NEVER || edgeTicks(here, after) >= NEVER) return 0;
  const detour = travelTicks(before, here) + travelTicks(here, after) - travelTicks(before, after);
  if (detour <= 0) return 0;
  const worst = 2 * alone;
  return costOfScore(clusterWeight, detour >= worst ? 0 : <i32>((<i64>FULL * (worst - detour)) / worst));
}
