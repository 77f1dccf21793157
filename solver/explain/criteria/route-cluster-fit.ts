// route_cluster_fit: the order lies where the engineer is anyway.
import { lin, missing, type Pair, scored, seconds, secondsZh, type Verdict } from "../verdict.ts";

const ID = "route_cluster_fit";

/** Ticks of travel to an order and on; -1 where there is no way. */
export interface Ways {
  /** From the order before, or the start of the route, to the order, and from there to the one after, or the end. */
  readonly into: number;
  readonly out: number;
  /** From the one before to the one after. */
  readonly past: number;
  /** From the start of the route to the order, and from there to the end of the route. */
  readonly there: number;
  readonly back: number;
}

export function routeClusterFit(pair: Pair, { into, out, past, there, back }: Ways): Verdict {
  if (there < 0 || back < 0)
    return missing(pair, ID, () => ({ en: "There is no way there and back alone.", zh: "没有单独往返的路。" }));
  const tps = pair.problem.ticksPerSecond;
  const alone = there + back;
  const detour = Math.min(into, out, past) < 0 ? 0 : Math.max(0, into + out - past);
  return scored(
    pair,
    ID,
    alone === 0 ? 10_000 : lin(detour, 0, 2 * alone),
    () => ({
      en: `A detour of ${seconds(detour, tps)}; there and back alone are ${seconds(alone, tps)}.`,
      zh: `绕行 ${secondsZh(detour, tps)}，单独往返需 ${secondsZh(alone, tps)}。`,
    }),
    () => ({ detour: seconds(detour, tps), alone: seconds(alone, tps) }),
  );
}
