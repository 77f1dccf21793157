// Stops of a running plan that begin until a moment keep their engineer and sequence.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { Stop_Kind, Stop_Lock } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { UsageError } from "../failure.ts";
import { momentOf } from "../report/stop-view.ts";

/**
 * Locks in SEQUENCE every stop up to the last one of its route that begins not after `until`: an ISO 8601 time with its offset, or the
 * time of day in the request's zone, on the day of `now`.
 *
 * @throws UsageError for another form, a moment not after `now`, or a plan without times.
 */
export function freeze(request: AssignRequest, until: string): void {
  const now = momentOf(request.now!);
  const moment = momentIn(until, now, request.timeZone || "UTC");
  if (moment <= now)
    throw new UsageError(
      `--freeze-until ${JSON.stringify(until)}: must be after the request's now, ${new Date(now).toISOString()}`,
    );
  for (const { engineerId, stops } of request.currentPlan?.routes ?? []) {
    // Breaks and supply stops are locked for the sake of a service behind them.
    const last = stops.findLastIndex(({ kind, start, lock }) => {
      if (start) return kind === Stop_Kind.SERVICE && momentOf(start) <= moment;
      if (lock >= Stop_Lock.STARTED) return true;
      throw new UsageError(
        `--freeze-until: the plan has a stop without start (engineer ${JSON.stringify(engineerId)}); shanpai evaluate times it`,
      );
    });
    for (const stop of stops.slice(0, last + 1)) if (stop.lock < Stop_Lock.SEQUENCE) stop.lock = Stop_Lock.SEQUENCE;
  }
}

/** Milliseconds after 1970. */
export function momentIn(text: string, now: number, timeZone: string): number {
  const [, hour, minute, second = "0"] = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text) ?? [];
  if (hour !== undefined && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60) {
    const midnight = Math.floor((now + offsetAt(now, timeZone)) / 86_400_000) * 86_400_000;
    const wall = midnight + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
    // The offset at the moment itself: clocks may change in between.
    return wall - offsetAt(wall - offsetAt(now, timeZone), timeZone);
  }
  const moment = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(moment))
    throw new UsageError(
      `--freeze-until ${JSON.stringify(text)}: must be a time of day such as 14:30, or a moment such as 2026-03-02T14:30:00+08:00`,
    );
  return moment;
}

/** Milliseconds that the zone's clocks are ahead of UTC. */
function offsetAt(ms: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    ...{
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    },
  }).formatToParts(ms);
  const of = (type: string) => Number(parts.find((part) => part.type === type)!.value);
  const wall = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return wall - Math.floor(ms / 1000) * 1000;
}
