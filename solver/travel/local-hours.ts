// The hours of the local day over the days of a request.
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";

const QUARTER_S = 900;
/** Hours go on so long after the last shift: a running plan may be late. */
const AFTER_S = 2 * 86_400;

/** An hour of the local day that begins. */
interface LocalHour {
  /** Seconds after the whole second of `now`, the first one at or before 0. */
  readonly second: number;
  /** 0 to 23. */
  readonly hour: number;
}

/** Hours of the request's zone from `now` until two days after its last shift, in order. */
export function localHours({ timeZone, now, engineers }: AssignRequest): LocalHour[] {
  const origin = Number(now?.seconds ?? 0n);
  const ends = engineers.flatMap(({ shifts }) =>
    shifts.map(({ time, maxOvertime }) => Number(time?.end?.seconds ?? 0n) + Number(maxOvertime?.seconds ?? 0n)),
  );
  const last = Math.max(origin, ...ends) - origin + AFTER_S;
  const format = new Intl.DateTimeFormat("en-US", { timeZone: timeZone || "UTC", hour: "numeric", hourCycle: "h23" });
  const hourAt = (second: number) => Number(format.format(new Date(1000 * (origin + second))));
  const found: LocalHour[] = [{ second: 0, hour: hourAt(0) }];
  let hour = found[0]!.hour;
  for (let quarter = QUARTER_S; quarter <= last; quarter += QUARTER_S) {
    if (hourAt(quarter) === hour) continue;
    let [before, after] = [quarter - QUARTER_S, quarter];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (hourAt(middle) === hour) before = middle;
      else after = middle;
    }
    hour = hourAt(after);
    found.push({ second: after, hour });
  }
  return found;
}
