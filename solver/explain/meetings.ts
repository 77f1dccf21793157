// The hand-overs of a plan: which two stops are one meeting, whether somebody is there anyhow, and what each costs.
import type { PlannedRoute, PlannedStop } from "../decode.ts";
import type { Problem } from "../model/problem.ts";
import { detourCost, detourSeconds, type Side } from "./detour.ts";
import { keyOf, type Meeting, type RouteKey, rowOf, type Visit, type Way } from "./way.ts";

const NONE: ReadonlyMap<PlannedStop, Meeting> = new Map();

/**
 * The meetings by their stops; a stop without a counterpart is not in it. Of several from one engineer to the same other one that do not say
 * what they are for, the first stop of the one belongs to the first of the other, over all shifts.
 */
export function meetingsOf(
  { policy, ticksPerSecond }: Problem,
  routes: readonly PlannedRoute[],
): ReadonlyMap<PlannedStop, Meeting> {
  if (!routes.some(({ stops }) => stops.some(({ kind }) => kind === "loan"))) return NONE;
  const sides = { lends: new Map<string, Found>(), borrows: new Map<string, Found>() };
  const inTime = routes.toSorted((a, b) => a.shift.earliest - b.shift.earliest || a.shift.index - b.shift.index);
  const counts = new Map<string, number>();
  for (const route of inTime)
    for (const stop of route.stops) {
      if (stop.kind !== "loan") continue;
      const { lenderId, borrowerId } = stop.loan;
      const side = lenderId === route.engineer.id ? "lends" : "borrows";
      const pair = JSON.stringify([lenderId, borrowerId]);
      const nth = counts.get(`${side} ${pair}`) ?? 0;
      counts.set(`${side} ${pair}`, nth + 1);
      sides[side].set(`${pair} ${stop.orderId ?? nth}`, { stop, key: keyOf(route.engineer, route.shift) });
    }
  const ticks = policy.criteria.get("parts_borrowable")!.params.hand_over_s! * ticksPerSecond;
  const meetings = new Map<PlannedStop, Meeting>();
  for (const [key, { stop, key: lender }] of sides.lends) {
    const other = sides.borrows.get(key);
    if (!other) continue;
    const { loan, orderId } = stop;
    const meeting = { loan, orderId, placeRow: loan.placeRow, ticks, lender, borrower: other.key };
    meetings.set(stop, meeting).set(other.stop, meeting);
  }
  return meetings;
}

interface Found {
  readonly stop: PlannedStop & { readonly kind: "loan" };
  readonly key: RouteKey;
}

/** The one whose way it is would be there without the meeting at `index`, too: a service next to it, or the start where that counts. */
export function hosts({ shift, visits }: Way, index: number): boolean {
  const visit = visits[index];
  if (visit?.kind !== "loan") return false;
  const { placeRow } = visit.meeting;
  const isElse = (other: Visit) => other.kind !== "loan" || other.meeting.placeRow !== placeRow;
  const before = visits.slice(0, index).findLast(isElse);
  const after = visits.slice(index + 1).find(isElse);
  if ([before, after].some((other) => other?.kind === "order" && other.order.placeRow === placeRow)) return true;
  const { startRow, startMeets } = shift;
  return (
    before === undefined && startRow === placeRow && (startMeets === "both" || (startMeets === "lender" && visit.lends))
  );
}

/** A way with its times. */
export interface TimedWay {
  readonly way: Way;
  readonly arrivals: readonly number[];
  readonly starts: readonly number[];
}

/** Ticks of soft cost of each meeting that both have in these ways. */
export function loanCosts(problem: Problem, timed: readonly TimedWay[]): Map<Meeting, number> {
  const lenders = new Map<Meeting, { side: Side; ticks: number }>();
  const borrowers = new Map<Meeting, Side>();
  for (const { way, arrivals, starts } of timed) {
    const { engineer, shift, visits } = way;
    const rows = visits.map(rowOf);
    const isLoan = (index: number) => visits[index]!.kind === "loan";
    for (const [index, visit] of visits.entries()) {
      if (visit.kind !== "loan") continue;
      const side = { engineer, shift, rows, isLoan, index };
      const ticks = visit.meeting.ticks + starts[index]! - arrivals[index]!;
      if (visit.lends) lenders.set(visit.meeting, { side, ticks });
      else borrowers.set(visit.meeting, side);
    }
  }
  return new Map(
    [...lenders].flatMap(([meeting, { side, ticks }]) => {
      const borrower = borrowers.get(meeting);
      if (!borrower) return [];
      return [[meeting, detourCost(problem, detourSeconds(problem, side, borrower, ticks)).ticks] as const];
    }),
  );
}
