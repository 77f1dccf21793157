// A route of the enumeration with its meetings, and when the meetings begin.
import type { Place } from "../../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { firstAllowed, type Step } from "../../../solver/check/schedule.ts";
import type { Visit } from "../routes.ts";
import type { Driver } from "./drivers.ts";

/** Units that a lender hands over for one order of the borrower. */
export interface Loan {
  /** Row of the order. */
  readonly orderRow: number;
  /** Rows of engineers. */
  readonly lender: number;
  readonly borrower: number;
  /** SKU rows, one unit of each. */
  readonly skus: readonly number[];
}

/** A stop of a tour: either a visit or the hand-over of a loan. */
export interface Halt extends Omit<Step, "leg"> {
  readonly visit?: Visit;
  readonly loan?: Loan;
  readonly place: Place;
  readonly row: number;
}

export interface Tour {
  readonly driver: Driver;
  readonly halts: readonly Halt[];
}

export const servesOrder = ({ visit }: Halt) => visit !== undefined && "order" in visit;

/** Sums over the legs; undefined when a leg does not exist or a limit is broken. */
export function wayOf({ driver, halts }: Tour): { travel: number; distance: number } | undefined {
  const rows = [
    driver.startRow,
    ...halts.map(({ row }) => row),
    ...(driver.endRow === undefined ? [] : [driver.endRow]),
  ];
  let travel = 0;
  let distance = 0;
  for (let index = 1; index < rows.length; index++) {
    const way = driver.way(rows[index - 1]!, rows[index]!);
    if (way.duration < 0 || way.duration > driver.maxLeg) return undefined;
    travel += way.duration;
    distance += way.distance;
  }
  return travel > driver.maxTravel || distance > driver.maxDistance ? undefined : { travel, distance };
}

/**
 * The least starts of all meetings at which everybody is in time: starts are put off until no arrival is later than its meeting.
 * Undefined when somebody is late somewhere, or when the meetings wait for each other and are put off for ever.
 */
export function earlyStarts(tours: readonly Tour[]): Map<Loan, number> | undefined {
  const starts = new Map<Loan, number>();
  const rounds = 1 + tours.reduce((sum, { halts }) => sum + halts.filter(({ loan }) => loan).length, 0);
  for (let round = 0; round < rounds; round++) {
    let putOff = false;
    for (const { driver, halts } of tours) {
      let time = driver.leavesAt;
      let row = driver.startRow;
      for (const halt of halts) {
        const arrival = time + driver.way(row, halt.row).duration;
        const { loan } = halt;
        let start: number | undefined;
        if (loan) {
          const known = starts.get(loan) ?? Number.NEGATIVE_INFINITY;
          start = Math.max(known, arrival);
          if (start > known) {
            starts.set(loan, start);
            putOff = true;
          }
        } else start = firstAllowed(halt, arrival + halt.setup);
        if (start === undefined) return undefined;
        time = start + halt.length;
        row = halt.row;
      }
      const home = driver.endRow === undefined ? 0 : driver.way(row, driver.endRow).duration;
      if (time + home > driver.endsBy) return undefined;
    }
    if (!putOff) return starts;
  }
  return undefined;
}

/** Whether the loan stop at `index` is at a service next to it, only other meetings there between; or, for the lender, at the start. */
export function isPlaceOf({ driver, halts }: Tour, index: number, isLender: boolean): boolean {
  const { row } = halts[index]!;
  const isHere = (halt: Halt | undefined): halt is Halt => halt?.row === row;
  let before = index - 1;
  while (isHere(halts[before]) && halts[before]!.loan) before--;
  let after = index + 1;
  while (isHere(halts[after]) && halts[after]!.loan) after++;
  const atService = [halts[before], halts[after]].some((halt) => isHere(halt) && servesOrder(halt));
  return atService || (isLender && before < 0 && driver.startRow === row);
}
