// What tours with meetings cost: their canonical schedules, once the meetings have their times, and the detours.
import { halved } from "../../../solver/check/curves.ts";
import type { Facts } from "../../../solver/check/facts.ts";
import { pairCost } from "../../../solver/check/pair.ts";
import { scoreCost } from "../../../solver/check/policy.ts";
import { canonicalSchedule, latenessOf, type Schedule, type Step } from "../../../solver/check/schedule.ts";
import { type Halt, type Loan, type Tour, wayOf } from "./tour.ts";

/** A tour with its times. */
export interface TimedTour {
  readonly tour: Tour;
  readonly steps: readonly Step[];
  readonly schedule: Schedule;
  readonly travel: number;
  readonly distance: number;
  readonly working: number;
  /** Working time, pair costs, lateness and overtime. */
  readonly soft: number;
}

/** The tour when its meetings begin at `starts`; undefined when it breaks a limit. */
export function timed(facts: Facts, tour: Tour, starts: ReadonlyMap<Loan, number>): TimedTour | undefined {
  const { driver, halts } = tour;
  const { policy } = facts;
  const way = wayOf(tour);
  if (!way) return undefined;
  const steps = halts.map((halt, index): Step => {
    const leg = driver.way(rowBefore(tour, index), halt.row).duration;
    const start = halt.loan && starts.get(halt.loan)!;
    const windows = start === undefined ? halt.windows : [{ start, end: start }];
    return { leg, setup: halt.setup, windows, grace: halt.grace, length: halt.length };
  });
  const finalLeg = driver.endRow === undefined ? 0 : driver.way(halts.at(-1)!.row, driver.endRow).duration;
  const schedule = canonicalSchedule(steps, driver.leavesAt, finalLeg, false);
  if ("blockedAt" in schedule || schedule.arrival > driver.endsBy) return undefined;
  const working = schedule.arrival - schedule.departure;
  let soft = working;
  for (const [index, { visit, windows }] of halts.entries()) {
    if (!visit || !("order" in visit)) continue;
    soft += pairCost(facts, visit.order, driver.engineer);
    if (policy.mode("time_window_fit") !== "off") soft += 3 * latenessOf(windows, schedule.timings[index]!.start);
  }
  if (policy.mode("shift_capacity") !== "off") soft += Math.floor(Math.max(0, schedule.arrival - driver.shiftEnd) / 2);
  return { tour, steps, schedule, ...way, working, soft };
}

/** What all meetings are charged, where a tick is a second. */
export function loanCosts(facts: Facts, tours: readonly TimedTour[], handOver: number): number {
  const detours = new Map<Loan, number>();
  for (const { tour, schedule } of tours)
    for (const [index, { loan }] of tour.halts.entries()) {
      if (!loan) continue;
      const lends = tour.driver.engineer === facts.request.engineers[loan.lender];
      const waiting = lends ? schedule.timings[index]!.waiting : 0;
      detours.set(loan, (detours.get(loan) ?? handOver) + extraTravel(tour, index) + waiting);
    }
  return [...detours.values()].reduce((sum, detour) => sum + detourCost(facts, detour), 0);
}

/** Ticks charged for a detour of so many seconds. */
export function detourCost({ clock, policy }: Facts, seconds: number): number {
  const score = halved(seconds, policy.param("parts_borrowable", "half_s"));
  return scoreCost(policy.weightS("parts_borrowable"), score, clock.ticksPerSecond);
}

function extraTravel(tour: Tour, index: number): number {
  const { driver, halts } = tour;
  const here = halts[index]!.row;
  // Meetings in a row at one place are each charged the whole way.
  const isElse = ({ loan, row }: Halt) => !loan || row !== here;
  const before = halts.slice(0, index).findLast(isElse)?.row ?? driver.startRow;
  const after = halts.slice(index + 1).find(isElse)?.row ?? driver.endRow;
  const there = driver.way(before, here).duration;
  if (after === undefined) return there;
  const direct = driver.way(before, after).duration;
  return Math.max(0, there + driver.way(here, after).duration - Math.max(0, direct));
}

const rowBefore = ({ driver, halts }: Tour, index: number) => halts[index - 1]?.row ?? driver.startRow;
