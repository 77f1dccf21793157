// Times, durations, distances and numbers as people read them, for the table and the page.

/** Words for the times and amounts of one plan. */
export interface Format {
  /** Local wall time of a moment in ms, `08:30`, or `08:30:05` where seconds matter. */
  clock(ms: number): string;
  /** Local day of a moment in ms, `Mon 2 Mar 2026`. */
  day(ms: number): string;
  /** Seconds in words, `1 h 05 min`, `12 min`, or `3 min 50 s` where seconds matter. */
  duration(seconds: number): string;
  /** Seconds as a bare number of `durationUnit` for a column; empty for 0. */
  amount(seconds: number): string;
  /** Distance with its unit, `12.3 km`. */
  distance(value: number): string;
  /** Distance as a bare number of `distanceUnit` for a column; empty for 0. */
  reach(value: number): string;
  /** Share of a second a tick is, for amounts given in ticks. */
  readonly secondsPerTick: number;
  readonly durationUnit: "min" | "s";
  readonly distanceUnit: "km" | "units";
}

/** What the words depend on. */
export interface FormatOptions {
  /** IANA zone; an unknown one throws a RangeError that names it. */
  readonly timeZone: string;
  /** Show seconds: short horizons and benchmarks, where minutes would hide everything. */
  readonly fine: boolean;
  /** Distances are coordinate units times ticks per second instead of metres. */
  readonly planar: boolean;
  readonly ticksPerSecond: number;
}

/** The words for one plan. */
export function formatOf({ timeZone, fine, planar, ticksPerSecond }: FormatOptions): Format {
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(fine ? { second: "2-digit" } : {}),
  });
  const day = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  const reach = (value: number) => oneDecimal(planar ? value / ticksPerSecond : value / 1000);
  const distanceUnit = planar ? "units" : "km";
  return {
    clock: (ms) => clock.format(ms),
    day: (ms) => day.format(ms).replace(",", ""),
    duration: fine ? fineDuration : coarseDuration,
    amount: (seconds) => {
      if (seconds === 0) return "";
      if (fine) return trimmed(seconds);
      return seconds < 30 ? "<1" : groups(Math.round(seconds / 60));
    },
    distance: (value) => `${reach(value)} ${distanceUnit}`,
    reach: (value) => (value === 0 ? "" : reach(value)),
    secondsPerTick: 1 / ticksPerSecond,
    durationUnit: fine ? "s" : "min",
    distanceUnit,
  };
}

/** A whole number with its thousands apart, `12,345`. */
export function groups(value: number | bigint): string {
  return value.toString().replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** `1 order`, `2 orders`. */
export function count(value: number, noun: string): string {
  return `${groups(value)} ${noun}${value === 1 ? "" : "s"}`;
}

function coarseDuration(seconds: number): string {
  if (seconds > 0 && seconds < 30) return "<1 min";
  const minutes = Math.round(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${minutes} min`;
  return rest === 0 ? `${groups(hours)} h` : `${groups(hours)} h ${String(rest).padStart(2, "0")} min`;
}

function fineDuration(seconds: number): string {
  if (seconds < 60) return `${trimmed(seconds)} s`;
  if (seconds >= 3600) return coarseDuration(seconds);
  const minutes = Math.floor(seconds / 60);
  const rest = trimmed(seconds - minutes * 60);
  return rest === "0" ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** At most one decimal, none where it is 0. */
function trimmed(value: number): string {
  return oneDecimal(value).replace(/\.0$/, "");
}

function oneDecimal(value: number): string {
  const [whole = "0", decimal] = value.toFixed(1).split(".");
  return `${groups(BigInt(whole))}.${decimal}`;
}
