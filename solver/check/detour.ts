// parts_borrowable: what a meeting costs beyond its time, by the detour it takes.
import { handOver } from "./asked.ts";
import { halved } from "./curves.ts";
import type { Facts, StopFacts } from "./facts.ts";
import type { Meeting, Side } from "./meetings.ts";
import { scoreCost } from "./policy.ts";

/** Ticks that a meeting is charged. */
export function loanCost(facts: Facts, meeting: Meeting): number {
  const { clock, policy } = facts;
  const score = halved(detourSeconds(facts, meeting), policy.param("parts_borrowable", "half_s"));
  return scoreCost(policy.weightS("parts_borrowable"), score, clock.ticksPerSecond);
}

/** Extra travel of both, the hand-over and the lender's waiting, in whole seconds. */
export function detourSeconds(facts: Facts, { lender, borrower }: Meeting): number {
  const waiting = facts.clock.length(lender.facing.stop.waiting);
  const ticks = extraTravel(facts, lender) + extraTravel(facts, borrower) + handOver(facts) + waiting;
  return Math.max(0, Math.floor(ticks / facts.clock.ticksPerSecond));
}

/**
 * How much longer the way between the neighbours in the route is through the meeting; other meetings there and breaks on the
 * spot are no neighbours, but stops under way are. Where there is no way it counts 0.
 */
function extraTravel({ travel }: Facts, { route, facing }: Side): number {
  const index = route.stops.indexOf(facing);
  const isElse = ({ loan, pause, row, settled }: StopFacts) =>
    settled || (pause === undefined ? loan === undefined || row !== facing.row : pause.place !== undefined);
  const before = route.stops.slice(0, index).findLast(isElse)?.row ?? route.startRow;
  const after = route.stops.slice(index + 1).find(isElse)?.row ?? route.endRow;
  const way = (from: number, to: number | undefined) =>
    to === undefined ? 0 : Math.max(0, travel.duration(route.engineer.vehicleMode, from, to));
  return Math.max(0, way(before, facing.row) + way(facing.row, after) - way(before, after));
}
