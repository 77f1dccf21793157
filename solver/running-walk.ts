// The routes of the running plan from stop to stop, all together: where two engineers meet each waits for the other (docs/plan.md, "Running plans").
import type { GivenMeeting, GivenStop, Problem, ProblemEngineer, ProblemShift } from "./model/problem.ts";

/** A stop as it is timed. */
export interface Timed {
  readonly given: GivenStop;
  readonly setup: number;
  readonly start: number;
  readonly length: number;
  /** End of the window around the start, or the start where it is late or a meeting. */
  readonly latest: number;
  readonly distance: number;
  readonly row: number;
}

/** Where an engineer is, and from when on. */
export interface Here {
  readonly row: number;
  /** Where the last stop that is no meeting was: there is no set-up there. */
  readonly placed: number;
  readonly time: number;
}

/** How stops are timed. */
export interface Timing {
  /** The stop when it is reached from `here`, a meeting as if nobody had to be waited for; undefined when it does not stand. */
  stop(walk: Walk, given: GivenStop, here: Here, locked: boolean): Timed | undefined;
  /** False where there is no way to the end of the shift. */
  leadsHome(walk: Walk, row: number): boolean;
}

/** One route behind the stops under way. */
export class Walk {
  readonly engineer: ProblemEngineer;
  readonly shift: ProblemShift;
  /** Stops that stand, and of them those behind the locked ones. */
  readonly stops: Timed[] = [];
  readonly kept: GivenStop[] = [];
  /** The meeting where somebody else is waited for. */
  waits: { readonly stop: Timed; readonly meeting: GivenMeeting } | undefined;
  readonly #timing: Timing;
  readonly #lost: ReadonlySet<GivenMeeting>;
  readonly #given: readonly GivenStop[];
  #next = 0;
  #here: Here;

  constructor(engineer: ProblemEngineer, shift: ProblemShift, timing: Timing, lost: ReadonlySet<GivenMeeting>) {
    this.engineer = engineer;
    this.shift = shift;
    this.#timing = timing;
    this.#lost = lost;
    this.#given = [...shift.chain, ...shift.warm];
    this.#here = { row: shift.startRow, placed: shift.startRow, time: shift.earliest };
    this.#goOn();
  }

  /** Row of the last stop. */
  get row(): number {
    return this.stops.at(-1)?.row ?? this.shift.startRow;
  }

  /** Begins the meeting that is waited for. */
  meet(start: number): void {
    const { stop } = this.waits!;
    this.waits = undefined;
    this.#take({ ...stop, start, latest: start });
    this.#goOn();
  }

  #goOn(): void {
    while (this.#next < this.#given.length) {
      const given = this.#given[this.#next]!;
      const locked = this.#next < this.shift.chain.length;
      const stop = this.#isLost(given, locked) ? undefined : this.#timing.stop(this, given, this.#here, locked);
      if (stop && given.kind === "loan") {
        this.waits = { stop, meeting: given.meeting };
        return;
      }
      if (stop) this.#take(stop);
      else this.#next++;
    }
    // Nobody stays where there is no way home.
    while (this.kept.length > 0 && !this.#timing.leadsHome(this, this.row)) {
      this.kept.pop();
      this.stops.pop();
    }
  }

  #take(stop: Timed): void {
    this.stops.push(stop);
    if (this.#next++ >= this.shift.chain.length) this.kept.push(stop.given);
    const { given, row, start, length } = stop;
    this.#here = { row, placed: given.kind === "loan" ? this.#here.placed : row, time: start + length };
  }

  /** A meeting that does not take place, and the order that it is for. */
  #isLost(given: GivenStop, locked: boolean): boolean {
    if (given.kind === "loan") return this.#lost.has(given.meeting);
    return given.kind === "order" && !locked && [...this.#lost].some(({ orderId }) => orderId === given.orderId);
  }
}

/** All routes that have stops to come or under way, with the meetings that stand. */
export function walkAll({ engineers }: Problem, timing: Timing): Walk[] {
  const lost = new Set<GivenMeeting>();
  for (;;) {
    const walks = engineers.flatMap((engineer) =>
      engineer.shifts.filter(isRunning).map((shift) => new Walk(engineer, shift, timing, lost)),
    );
    meetAll(walks);
    const more = lostIn(walks, lost);
    if (more.length === 0) return walks;
    for (const meeting of more) lost.add(meeting);
  }
}

const isRunning = ({ head, chain, warm }: ProblemShift) => (head ? !head.over : chain.length + warm.length > 0);

/** Goes on as long as two wait for each other at one meeting. */
function meetAll(walks: readonly Walk[]): void {
  for (let met = true; met; ) {
    met = false;
    const waiting = new Map<GivenMeeting, Walk>();
    for (const walk of walks) {
      const here = walk.waits;
      if (!here) continue;
      const other = waiting.get(here.meeting);
      if (!other) {
        waiting.set(here.meeting, walk);
        continue;
      }
      const start = Math.max(here.stop.start, other.waits!.stop.start);
      waiting.delete(here.meeting);
      for (const one of [walk, other]) one.meet(start);
      met = true;
    }
  }
}

/** Meetings that do not stand: at first those where somebody waits in vain, then those that lost what they need. */
function lostIn(walks: readonly Walk[], lost: ReadonlySet<GivenMeeting>): GivenMeeting[] {
  const stuck = walks.flatMap(({ waits }) => waits?.meeting ?? []);
  if (stuck.length > 0) return stuck;
  const given = walks.flatMap(({ shift }) =>
    [...shift.chain, ...shift.warm].flatMap((stop) => (stop.kind === "loan" ? [stop.meeting] : [])),
  );
  return given.filter((meeting) => !lost.has(meeting) && !stands(walks, meeting));
}

function stands(walks: readonly Walk[], meeting: GivenMeeting): boolean {
  const sideOf = (lends: boolean) => {
    for (const walk of walks) {
      const index = walk.stops.findIndex(
        ({ given }) => given.kind === "loan" && given.lends === lends && given.meeting === meeting,
      );
      if (index >= 0) return { walk, index };
    }
    return undefined;
  };
  const lender = sideOf(true);
  const borrower = sideOf(false);
  if (!lender || !borrower || !lender.walk.engineer.lends || !serves(lender.walk)) return false;
  const later = borrower.walk.stops.slice(borrower.index + 1);
  if (!later.some(({ given }) => given.kind === "order" && given.orderId === meeting.orderId)) return false;
  return isHosted(lender, "lender") || isHosted(borrower, "borrower");
}

const serves = ({ stops, shift }: Walk) =>
  stops.some(({ given }) => given.kind === "order") || (shift.head?.orders.length ?? 0) > 0;

/** The engineer is there anyhow: at a service next to the meeting, other meetings there apart, or at the start where that counts. */
function isHosted({ walk, index }: { walk: Walk; index: number }, side: "lender" | "borrower"): boolean {
  const { row } = walk.stops[index]!;
  const isElse = (stop: Timed) => stop.given.kind !== "loan" || stop.row !== row;
  const before = walk.stops.slice(0, index).findLast(isElse);
  const after = walk.stops.slice(index + 1).find(isElse);
  if ([before, after].some((stop) => stop?.given.kind === "order" && stop.row === row)) return true;
  const { startRow, startMeets } = walk.shift;
  return before === undefined && startRow === row && (startMeets === "both" || startMeets === side);
}
