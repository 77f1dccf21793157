// The generated day: 2026-11-23 in Asia/Shanghai (UTC+8, no summer time), as inits of Timestamp, Duration and TimeWindow.

/** 08:00 local time, seconds after 1970; 00:00 in UTC. */
const EIGHT = Date.UTC(2026, 10, 23) / 1000;

/** Moment at a local hour and minute of the day; hours below 0 are on the day before. */
export function at(hour: number, minute = 0) {
  return { seconds: BigInt(EIGHT + (hour - 8) * 3600 + minute * 60), nanos: 0 };
}

/** Window from hour to hour, both ends inclusive; hours may be fractions of whole minutes such as 11.5. */
export function between(from: number, to: number) {
  return { start: at(0, from * 60), end: at(0, to * 60) };
}

/** Length in minutes. */
export function minutes(count: number) {
  return { seconds: BigInt(count * 60), nanos: 0 };
}
