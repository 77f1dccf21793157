// route_cluster_fit: the detour for an order against the way there and back alone.

/** Ticks from place to place by travel row; -1 where there is no way. */
export type Way = (from: number, to: number) => number;

/** Score 0 to 10000 of an order at `here`, visited between two places of a route; a missing end is no way to go. */
export function routeClusterFitScore(
  way: Way,
  here: number,
  before: number,
  after: number | undefined,
  start: number,
  end: number | undefined,
  neutral: number,
): number {
  const to = (from: number, target: number | undefined) => (target === undefined ? 0 : way(from, target));
  const alone = [to(start, here), to(here, end)];
  if (alone.some((ticks) => ticks < 0)) return neutral;
  const double = BigInt(2 * (alone[0]! + alone[1]!));
  const direct = to(before, after);
  if (double === 0n || direct < 0) return 10_000;
  const [into, out] = [to(before, here), to(here, after)];
  // Reached by way of some other stop's place alone.
  if (into < 0 || out < 0) return 10_000;
  const detour = BigInt(into + out - direct);
  if (detour <= 0n) return 10_000;
  return detour >= double ? 0 : Number(((double - detour) * 10_000n) / double);
}
