// Days from samples of a city's service requests (311): places, hours and kinds are real, the day and its engineers are made up.
import { create } from "@bufbuild/protobuf";
import { parse } from "csv-parse/sync";
import { AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { randomFrom } from "../city/random.ts";
import { type RecordedDay, recordedDay } from "./day-file.ts";

/** One request of a sample. */
export interface ServiceRequest {
  readonly type: string;
  /** Second of its day. */
  readonly second: number;
  readonly latitude: number;
  readonly longitude: number;
}

/** Reads a sample with columns type, created (YYYY-MM-DD HH:MM:SS), lat and lon; throws with line, column and value. */
export function parseServiceRequests(text: string): ServiceRequest[] {
  const rows = parse(text, { columns: true, skip_empty_lines: true }) as Record<string, string>[];
  return rows.map((row, index) => {
    const refuse = (column: string, expected: string) =>
      new Error(`line ${index + 2}: ${column} is "${row[column] ?? ""}", expected ${expected}`);
    const [, hour, minute, second] = /^\d{4}-\d\d-\d\d (\d\d):(\d\d):(\d\d)$/.exec(row.created ?? "") ?? [];
    if (second === undefined) throw refuse("created", "YYYY-MM-DD HH:MM:SS");
    const degrees = (column: string, most: number) => {
      const value = Number(row[column] || Number.NaN);
      if (!(Math.abs(value) <= most)) throw refuse(column, `degrees, at most ${most}`);
      return value;
    };
    return {
      type: row.type ?? "",
      second: 3600 * Number(hour) + 60 * Number(minute) + Number(second),
      latitude: degrees("lat", 90),
      longitude: degrees("lon", 180),
    };
  });
}

export interface ServiceRequestOptions {
  /** Orders of the day, at least 1; default 100. */
  readonly orders?: number;
  /** Engineers, at least 1; default 15. */
  readonly engineers?: number;
  /** Seed, 0 to 2^32 - 1; default 1. */
  readonly seed?: number;
}

const WORK_S = [8 * 3600, 18 * 3600] as const;
const SERVICE_S = 1_800;
/** A Monday. */
const MIDNIGHT = Date.UTC(2026, 10, 23) / 1000;

/**
 * A day of requests drawn from the sample: each keeps its place, kind and time of day. Those of the night are known at 08:00. Every
 * visit takes half an hour and may begin from an hour after the request until the engineers' day ends at 18:00; requests after 17:00
 * count as of the night before. Engineers start at places of drawn requests. Times are the sample's own clock, written as UTC.
 *
 * @throws Error with line and value; RangeError when the sample is empty.
 */
export function serviceRequestDay(text: string, options: ServiceRequestOptions = {}): RecordedDay {
  const { orders = 100, engineers = 15, seed = 1 } = options;
  const sample = parseServiceRequests(text);
  if (sample.length === 0) throw new RangeError("the sample has no rows");
  const random = randomFrom(seed);
  const [begin, end] = WORK_S;
  const at = (second: number) => ({ seconds: BigInt(MIDNIGHT + second), nanos: 0 });
  const placeOf = ({ latitude, longitude }: ServiceRequest) => ({
    position: { case: "geo", value: { latitude, longitude } } as const,
  });
  const drawn = Array.from({ length: orders }, () => random.pick(sample))
    // A request after the engineers' day would never be seen.
    .map((row) => (row.second < end - 3_600 ? row : { ...row, second: 0 }))
    .sort((a, b) => a.second - b.second)
    .map((row, index) => ({
      second: row.second,
      order: {
        id: `o${`${index + 1}`.padStart(4, "0")}`,
        place: placeOf(row),
        windows: [{ start: at(Math.max(begin, row.second + 3_600)), end: at(end) }],
        serviceDuration: { seconds: BigInt(SERVICE_S), nanos: 0 },
        createdAt: at(row.second),
        device: { category: row.type },
      },
    }));
  const start = create(AssignRequestSchema, {
    requestId: `service-requests-${orders}-${engineers}-${seed}`,
    now: at(begin),
    timeZone: "UTC",
    ticksPerSecond: 1,
    orders: drawn.filter(({ second }) => second <= begin).map(({ order }) => order),
    engineers: Array.from({ length: engineers }, (_, index) => {
      const home = placeOf(random.pick(sample));
      const shift = { time: { start: at(begin), end: at(end) }, startPlace: home, endPlace: home };
      return {
        id: `e${`${index + 1}`.padStart(3, "0")}`,
        shifts: [{ ...shift, maxOvertime: { seconds: 3_600n, nanos: 0 } }],
      };
    }),
    travel: { source: { case: "greatCircle", value: {} } },
  });
  return recordedDay(
    start,
    drawn
      .filter(({ second }) => second > begin)
      .map(({ second, order }) => ({ time: at(second), event: { case: "orderCreated", value: order } })),
  );
}
