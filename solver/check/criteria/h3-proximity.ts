// h3_proximity: grid distance from where the engineer's first shift starts, by H3's own gridDistance.
import { getHexagonEdgeLengthAvg, gridDistance, UNITS } from "h3-js";
import type { Engineer } from "../../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { Order } from "../../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { compareMoments } from "../clock.ts";
import { cellAt, metresApart, onEarth } from "../places.ts";

/** Score 0 to 10000; undefined where places are not on the earth. */
export function h3ProximityScore(
  order: Order,
  engineer: Engineer,
  resolution: number,
  worst: number,
): number | undefined {
  const first = engineer.shifts.reduce((a, b) => (compareMoments(b.time!.start!, a.time!.start!) < 0 ? b : a));
  const from = onEarth(first.startPlace);
  const to = onEarth(order.place);
  if (!from || !to) return undefined;
  let steps: number;
  try {
    steps = gridDistance(cellAt(from, resolution), cellAt(to, resolution));
  } catch {
    // Beside a pentagon and between far cells H3 knows no distance.
    const apart = Math.sqrt(3) * getHexagonEdgeLengthAvg(resolution, UNITS.m);
    steps = Math.floor(metresApart(from, to) / apart + 0.5);
  }
  return steps >= worst ? 0 : Math.floor((10_000 * (worst - steps)) / worst);
}
