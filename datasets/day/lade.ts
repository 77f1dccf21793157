// Days of real couriers: pick-ups of LaDe (Wu et al. 2023, arXiv 2306.10675), one city's day in CSV.
import type { MessageInitShape } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import { parse } from "csv-parse/sync";
import type { DayEventSchema } from "../../proto/gen/shanpai/dispatch/v1/day_pb.ts";
import { AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { type RecordedDay, recordedDay } from "./day-file.ts";

/** One pick-up; times are local, seconds after 1970 of a clock at UTC+8. */
export interface LadePickUp {
  readonly orderId: string;
  readonly region: string;
  readonly courier: string;
  readonly accepted: number;
  readonly windowStart: number;
  readonly windowEnd: number;
  readonly pickedUp: number;
  readonly latitude: number;
  readonly longitude: number;
  readonly area: string;
}

/** The files state no year; 2023 is when they were published. */
const YEAR = 2023;
const ZONE_S = 8 * 3600;

/** Reads the rows of a city; throws with line, column and value where the text breaks the format. */
export function parseLade(text: string): LadePickUp[] {
  const rows = parse(text, { columns: true, skip_empty_lines: true }) as Record<string, string>[];
  return rows.map((row, index) => {
    const refuse = (column: string, expected: string) =>
      new Error(`line ${index + 2}: ${column} is "${row[column] ?? ""}", expected ${expected}`);
    const time = (column: string): number => {
      const [, month, day, hour, minute, second] = /^(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(row[column] ?? "") ?? [];
      if (second === undefined) throw refuse(column, "MM-DD HH:MM:SS");
      return (
        Date.UTC(YEAR, Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) / 1000 - ZONE_S
      );
    };
    const degrees = (column: string, most: number): number => {
      const value = Number(row[column] || Number.NaN);
      if (!(Math.abs(value) <= most)) throw refuse(column, `degrees, at most ${most}`);
      return value;
    };
    const word = (column: string): string => {
      if (!row[column]) throw refuse(column, "a word");
      return row[column];
    };
    const pickUp = {
      orderId: word("order_id"),
      region: word("region_id"),
      courier: word("courier_id"),
      accepted: time("accept_time"),
      windowStart: time("time_window_start"),
      windowEnd: time("time_window_end"),
      pickedUp: time("pickup_time"),
      latitude: degrees("lat", 90),
      longitude: degrees("lng", 180),
      area: word("aoi_id"),
    };
    if (pickUp.windowEnd < pickUp.windowStart) throw refuse("time_window_end", "not before time_window_start");
    return pickUp;
  });
}

export interface LadeOptions {
  /** Regions to keep; undefined: all. */
  readonly regions?: readonly string[] | undefined;
  /** A pick-up takes this long, seconds; the files do not say. Default 240. */
  readonly serviceS?: number;
}

/** Couriers begin at 08:00 and end at 20:00. */
const [BEGIN_H, END_H] = [8, 20];

/**
 * A day of the couriers in `text`: orders become known when they were accepted, and carry who picked them up when as recorded service.
 * The files have neither shifts nor homes: each courier works from 08:00 to 20:00, begins at the place of the courier's own first
 * pick-up, goes by e-bike and may serve the courier's own region. Late pick-ups are allowed for two hours.
 *
 * @throws Error with line and value, or when no row is left.
 */
export function ladeDay(text: string, { regions, serviceS = 240 }: LadeOptions = {}): RecordedDay {
  const all = parseLade(text).filter(({ region }) => regions === undefined || regions.includes(region));
  if (all.length === 0) throw new Error(`no row of the regions ${regions?.join(", ") ?? "at all"}`);
  const rows = all.toSorted((a, b) => a.pickedUp - b.pickedUp || (a.orderId < b.orderId ? -1 : 1));
  const midnight = Math.floor((rows[0]!.pickedUp + ZONE_S) / 86_400) * 86_400 - ZONE_S;
  const begin = midnight + BEGIN_H * 3600;
  const at = (seconds: number) => ({ seconds: BigInt(seconds), nanos: 0 });
  const placeOf = ({ latitude, longitude }: LadePickUp) => ({
    position: { case: "geo", value: { latitude, longitude } } as const,
  });
  const firsts = new Map<string, LadePickUp>();
  for (const row of rows) if (!firsts.has(row.courier)) firsts.set(row.courier, row);
  const idOf = (courier: string) => `c${courier}`;
  const orderOf = (row: LadePickUp) => ({
    id: `o${row.orderId}`,
    place: placeOf(row),
    windows: [{ start: at(row.windowStart), end: at(row.windowEnd) }],
    latenessGrace: at(7_200),
    serviceDuration: at(serviceS),
    createdAt: at(row.accepted),
    skills: { allOf: [`region-${row.region}`] },
  });
  const start = create(AssignRequestSchema, {
    requestId: "lade",
    now: at(begin),
    timeZone: "Asia/Shanghai",
    ticksPerSecond: 1,
    orders: rows.filter(({ accepted }) => accepted <= begin).map(orderOf),
    engineers: [...firsts.values()]
      .toSorted((a, b) => (a.courier < b.courier ? -1 : 1))
      .map((first) => ({
        id: idOf(first.courier),
        vehicleMode: VehicleMode.E_BIKE,
        skills: [{ skillId: `region-${first.region}` }],
        shifts: [
          {
            time: { start: at(begin), end: at(midnight + END_H * 3600) },
            startPlace: placeOf(first),
            maxOvertime: at(3_600),
          },
        ],
      })),
    travel: { source: { case: "greatCircle", value: {} } },
  });
  const events: MessageInitShape<typeof DayEventSchema>[] = [];
  for (const row of rows) {
    if (row.accepted > begin)
      events.push({ time: at(row.accepted), event: { case: "orderCreated", value: orderOf(row) } });
    const visit = { orderId: `o${row.orderId}`, engineerId: idOf(row.courier) };
    // Some were picked up before the day begins, or by the clock before they were accepted.
    const began = Math.max(row.pickedUp, row.accepted, begin);
    events.push({ time: at(began), event: { case: "serviceStarted", value: visit } });
    events.push({ time: at(began + serviceS), event: { case: "serviceFinished", value: visit } });
  }
  return recordedDay(start, events as Parameters<typeof recordedDay>[1]);
}
