// Lines and decimal numbers of benchmark text files, read exactly, and times counted from their origin.
import { create } from "@bufbuild/protobuf";
import { type Duration, DurationSchema, type Timestamp, TimestampSchema } from "@bufbuild/protobuf/wkt";
import { type TimeWindow, TimeWindowSchema } from "../proto/gen/shanpai/dispatch/v1/place_pb.ts";

/** One line of a file: its number from 1 and its text without blanks at the ends. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** Time 0 of every benchmark file: 2026-01-01T00:00:00Z, seconds after 1970. */
export const ORIGIN_S = 1_767_225_600n;

/** Lines of `text` that are not blank. */
export function linesOf(text: string): Line[] {
  return text
    .split(/\r?\n/)
    .map((line, index) => ({ number: index + 1, text: line.trim() }))
    .filter((line) => line.text !== "");
}

/** An error about one line of a file. */
export function lineError(line: Line, message: string): Error {
  return new Error(`line ${line.number}: ${message}`);
}

/** The integer >= 0 in `text`; throws with the line and the value otherwise. */
export function whole(line: Line, name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw lineError(line, `${name} is "${text}", expected a whole number >= 0`);
  return Number(text);
}

/** The finite number in `text`; throws with the line and the value otherwise. */
export function real(line: Line, name: string, text: string): number {
  const value = Number(text);
  if (text === "" || !Number.isFinite(value)) throw lineError(line, `${name} is "${text}", expected a number`);
  return value;
}

/**
 * The decimal number >= 0 in `text` times 10^`digits`, without floating error. A rest behind the last digit makes it the next
 * whole number with `rest` "up"; with "refuse" it throws, as text that is no such number always does.
 */
export function scaled(line: Line, name: string, text: string, digits: number, rest: "up" | "refuse"): number {
  const parts = /^(\d+)(?:\.(\d*))?$/.exec(text);
  if (!parts) throw lineError(line, `${name} is "${text}", expected a decimal number >= 0`);
  const fraction = parts[2] ?? "";
  const value = Number(parts[1] + fraction.slice(0, digits).padEnd(digits, "0"));
  if (!Number.isSafeInteger(value)) throw lineError(line, `${name} is "${text}", which is too large`);
  if (!/[1-9]/.test(fraction.slice(digits))) return value;
  if (rest === "refuse") throw lineError(line, `${name} is "${text}", expected at most ${digits} decimals`);
  return value + 1;
}

/** The moment `ticks` after the origin, a second having `ticksPerSecond`, a divisor of 10^9. */
export function moment(ticks: number, ticksPerSecond: number): Timestamp {
  const { seconds, nanos } = split(ticks, ticksPerSecond);
  return create(TimestampSchema, { seconds: ORIGIN_S + seconds, nanos });
}

/** The length of `ticks`. */
export function lengthOf(ticks: number, ticksPerSecond: number): Duration {
  const { seconds, nanos } = split(ticks, ticksPerSecond);
  return create(DurationSchema, { seconds, nanos });
}

/** The window from `start` to `end`, ticks after the origin, both inclusive. */
export function windowOf(start: number, end: number, ticksPerSecond: number): TimeWindow {
  return create(TimeWindowSchema, { start: moment(start, ticksPerSecond), end: moment(end, ticksPerSecond) });
}

function split(ticks: number, ticksPerSecond: number): { seconds: bigint; nanos: number } {
  const seconds = Math.floor(ticks / ticksPerSecond);
  return { seconds: BigInt(seconds), nanos: (ticks - seconds * ticksPerSecond) * (1e9 / ticksPerSecond) };
}
