// Times of one request as ticks after its `now`.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { TimeWindow } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { NEVER } from "../../solver/layout.ts";
import type { Window } from "../../solver/model/problem.ts";

interface Moment {
  readonly seconds: bigint;
  readonly nanos: number;
}

/** Ticks per second and the epoch of one request. */
export class Clock {
  readonly ticksPerSecond: number;
  readonly epochTicks: number;

  constructor(request: AssignRequest) {
    this.ticksPerSecond = request.ticksPerSecond || 1;
    this.epochTicks = this.length(request.now!);
  }

  /** Ticks of a duration. */
  length(duration: Moment | undefined): number {
    if (duration === undefined) return 0;
    const ticks = Number(duration.seconds) * this.ticksPerSecond;
    return duration.nanos === 0 ? ticks : ticks + Math.round((duration.nanos * this.ticksPerSecond) / 1e9);
  }

  /** Ticks of a duration, undefined when absent. */
  limit(duration: Moment | undefined): number | undefined {
    return duration === undefined ? undefined : this.length(duration);
  }

  /** Ticks after `now`. */
  at(moment: Moment): number {
    return this.length(moment) - this.epochTicks;
  }

  /** Windows that are not over, with `grace`, sorted; all time when the list is empty. */
  windows(list: readonly TimeWindow[], grace: number): Window[] {
    if (list.length === 0) return [{ start: 0, end: NEVER - 1 }];
    const open: Window[] = [];
    for (const window of list) {
      const end = this.at(window.end!);
      if (end + grace >= 0) open.push({ start: Math.max(this.at(window.start!), 0), end });
    }
    if (open.length > 1) open.sort((a, b) => a.end - b.end);
    // All of them over: one window that nobody can reach says so.
    return open.length > 0 ? open : [{ start: NEVER - 1, end: NEVER - 1 }];
  }
}
