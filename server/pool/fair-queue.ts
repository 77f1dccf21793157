// A queue that shares by work: each caller gets its part of what is done, and orders its own requests by priority.
// Start-time fair queueing: P. Goyal, H. Vin, H. Cheng, 1996, doi:10.1145/248157.248171.

/** Something that waits. */
export interface Queued {
  /** Who asks. */
  readonly caller: string;
  /** The caller's part relative to others, > 0. */
  readonly share: number;
  /** Among requests of one caller the larger goes first, the older among equals. */
  readonly priority: number;
  /** Expected work, milliseconds of one thread. */
  readonly workMs: number;
}

interface Line<T> {
  /** Work done for the caller over its share, on the queue's own clock. */
  served: number;
  readonly waiting: T[];
}

/** Callers that wait for nothing are remembered up to this many. */
const MOST_IDLE = 1_000;

/** Waiting requests of one lane. */
export class FairQueue<T extends Queued> {
  readonly #lines = new Map<string, Line<T>>();
  /** What the caller served last had got when it was chosen: who comes back begins here. */
  #clock = 0;
  #length = 0;
  #workMs = 0;

  get length(): number {
    return this.#length;
  }

  /** Work of all that wait, milliseconds of one thread. */
  get workMs(): number {
    return this.#workMs;
  }

  /** How many requests of a caller wait. */
  waitingOf(caller: string): number {
    return this.#lines.get(caller)?.waiting.length ?? 0;
  }

  push(entry: T): void {
    const line = this.#lineOf(entry.caller);
    if (line.waiting.length === 0) line.served = Math.max(line.served, this.#clock);
    const behind = line.waiting.findIndex(({ priority }) => priority < entry.priority);
    line.waiting.splice(behind < 0 ? line.waiting.length : behind, 0, entry);
    this.#count(entry, 1);
  }

  /** Who is next: the first request of the caller that has got least. */
  peek(): T | undefined {
    return this.#next()?.waiting[0];
  }

  /** Takes `peek()` out and charges it to its caller. */
  shift(): T | undefined {
    const line = this.#next();
    const entry = line?.waiting.shift();
    if (!line || !entry) return undefined;
    this.#clock = line.served;
    line.served += entry.workMs / entry.share;
    this.#count(entry, -1);
    this.#forgetIdle();
    return entry;
  }

  /** Takes out one that no longer waits; nothing happens where it does not. */
  remove(entry: T): void {
    const waiting = this.#lines.get(entry.caller)?.waiting ?? [];
    const at = waiting.indexOf(entry);
    if (at < 0) return;
    waiting.splice(at, 1);
    this.#count(entry, -1);
  }

  /** Charges a caller what a request took beyond its `workMs`; negative where it took less. */
  correct({ caller, share }: Queued, extraMs: number): void {
    const line = this.#lines.get(caller);
    if (line) line.served += extraMs / share;
  }

  #next(): Line<T> | undefined {
    let least: Line<T> | undefined;
    for (const line of this.#lines.values())
      if (line.waiting.length > 0 && (least === undefined || line.served < least.served)) least = line;
    return least;
  }

  #lineOf(caller: string): Line<T> {
    const known = this.#lines.get(caller);
    if (known) return known;
    const line = { served: this.#clock, waiting: [] };
    this.#lines.set(caller, line);
    return line;
  }

  #count(entry: T, sign: 1 | -1): void {
    this.#length += sign;
    this.#workMs = this.#length === 0 ? 0 : this.#workMs + sign * entry.workMs;
  }

  /** A caller that has not got more than the others needs no memory: it would begin at the clock again. */
  #forgetIdle(): void {
    if (this.#lines.size <= MOST_IDLE) return;
    for (const [caller, line] of this.#lines)
      if (line.waiting.length === 0 && (line.served <= this.#clock || this.#lines.size > 2 * MOST_IDLE))
        this.#lines.delete(caller);
  }
}
