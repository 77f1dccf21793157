// Day files: what became known when, one DayEvent in proto3 JSON a line (docs/replay.md).
import { create, fromJson, type JsonValue, type MessageInitShape, toJson } from "@bufbuild/protobuf";
import type { Duration, Timestamp } from "@bufbuild/protobuf/wkt";
import { type DayEvent, DayEventSchema } from "../../proto/gen/shanpai/dispatch/v1/day_pb.ts";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";

/** A day: what is known when it begins, and every later event. */
export interface RecordedDay {
  readonly start: AssignRequest;
  /** In the order of their time; none of them is the start. */
  readonly events: readonly DayEvent[];
}

/** Ticks after 1970 of a moment, or ticks of a length. */
export function ticksOf(time: Timestamp | Duration, ticksPerSecond: number): number {
  return Number(time.seconds) * ticksPerSecond + Math.round((time.nanos * ticksPerSecond) / 1e9);
}

type EventInit = Exclude<MessageInitShape<typeof DayEventSchema>, DayEvent>;

/** A day of `start` and `events` in any order; events of equal times keep theirs. */
export function recordedDay(start: AssignRequest, events: readonly EventInit[]): RecordedDay {
  const nanos = ({ time }: DayEvent) => time!.seconds * 1_000_000_000n + BigInt(time!.nanos);
  const made = events.map((event) => create(DayEventSchema, event));
  const sorted = made.sort((a, b) => {
    const difference = nanos(a) - nanos(b);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  });
  return { start, events: sorted };
}

/** The text of a day file. */
export function dayText({ start, events }: RecordedDay): string {
  const first = create(DayEventSchema, { time: start.now!, event: { case: "start", value: start } });
  return [first, ...events].map((event) => `${JSON.stringify(toJson(DayEventSchema, event))}\n`).join("");
}

/** Reads a day file; throws with the line, the field and the value where it breaks the format. */
export function parseDay(text: string): RecordedDay {
  const lines = text
    .split("\n")
    .map((line, index) => ({ number: index + 1, line: line.trim() }))
    .filter(({ line }) => line !== "");
  const events = lines.map(({ number, line }) => ({ number, event: eventOf(number, line) }));
  const [first, ...rest] = events;
  if (first?.event.event.case !== "start") throw new Error("line 1: a day file begins with an event `start`");
  const start = first.event.event.value;
  start.now = first.event.time!;
  const tps = start.ticksPerSecond || 1;
  const known = {
    orders: new Set(start.orders.map(({ id }) => id)),
    engineers: new Map(start.engineers.map((e) => [e.id, e])),
  };
  let before = ticksOf(first.event.time!, tps);
  for (const { number, event } of rest) {
    const refuse = (problem: string) => new Error(`line ${number}: ${problem}`);
    const time = ticksOf(event.time!, tps);
    if (time < before) throw refuse(`time: before the line above`);
    before = time;
    checkEvent(event, known, refuse);
  }
  return { start, events: rest.map(({ event }) => event) };
}

function eventOf(number: number, line: string): DayEvent {
  let json: JsonValue;
  try {
    json = JSON.parse(line) as JsonValue;
  } catch (error) {
    throw new Error(`line ${number}: not JSON: ${(error as Error).message}`);
  }
  let event: DayEvent;
  try {
    event = fromJson(DayEventSchema, json);
  } catch (error) {
    throw new Error(`line ${number}: ${(error as Error).message}`);
  }
  if (!event.time) throw new Error(`line ${number}: time: is required`);
  if (event.event.case === undefined) throw new Error(`line ${number}: no event: expected one such as orderCreated`);
  return event;
}

interface Known {
  readonly orders: Set<string>;
  readonly engineers: ReadonlyMap<string, { readonly shifts: readonly unknown[] }>;
}

/** Ids are known when they are spoken of, and values lie in their ranges. */
function checkEvent({ event }: DayEvent, { orders, engineers }: Known, refuse: (problem: string) => Error): void {
  if (event.case === undefined) return;
  const value = event.value;
  if (event.case === "start") throw refuse("start: a day has one start, its first line");
  if (event.case === "orderCreated") {
    if (event.value.id === "") throw refuse("orderCreated.id: must not be empty");
    if (orders.has(event.value.id)) throw refuse(`orderCreated.id: "${event.value.id}" was created before`);
    orders.add(event.value.id);
    return;
  }
  if (event.case === "orderChanged") {
    if (!orders.has(event.value.id)) throw refuse(`orderChanged.id: "${event.value.id}" is not known yet`);
    return;
  }
  if (event.case === "trafficChanged") {
    const { percent } = event.value;
    if (percent < 10 || percent > 1000) throw refuse(`trafficChanged.percent: ${percent}, expected 10 to 1000`);
    return;
  }
  if ("orderId" in value && !orders.has(value.orderId))
    throw refuse(`${event.case}.orderId: "${value.orderId}" is not known yet`);
  // Generated days say how long a service takes, whoever comes.
  const anybody = event.case === "serviceFinished" && event.value.engineerId === "";
  if ("engineerId" in value && !anybody) {
    const engineer = engineers.get(value.engineerId);
    if (!engineer) throw refuse(`${event.case}.engineerId: "${value.engineerId}" is no engineer of the start`);
    if ("shiftIndex" in value && value.shiftIndex >= engineer.shifts.length)
      throw refuse(`${event.case}.shiftIndex: ${value.shiftIndex}, the engineer has ${engineer.shifts.length} shifts`);
  }
  if (event.case === "engineerAtPlace" && !event.value.place) throw refuse("engineerAtPlace.place: is required");
  if ((event.case === "partUsed" || event.case === "partMissing") && event.value.sku === "")
    throw refuse(`${event.case}.sku: must not be empty`);
}
