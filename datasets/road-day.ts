// A day of orders on a real road network, with the arrivals and promised windows of recorded pick-ups.
import { parse } from "csv-parse/sync";
import type { AssignRequest } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Place } from "../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { at } from "./city/clock.ts";
import { randomFrom } from "./city/random.ts";
import { generateCity } from "./city.ts";

export interface RoadDayOptions {
  /** Places on roads that can be left and reached. */
  readonly crossings: readonly Crossing[];
  /**
   * Recorded pick-ups: CSV with `accept_time`, `time_window_start` and `time_window_end`, `MM-DD HH:MM:SS` in local time; absent: arrivals and
   * windows stay the generated city's.
   */
  readonly pickupsCsv?: string;
  /** Default 125. */
  readonly orders?: number;
  /** Default 38. */
  readonly engineers?: number;
  /** Default 1. */
  readonly seed?: number;
}

/** A place on a road, degrees. */
export interface Crossing {
  readonly latitude: number;
  readonly longitude: number;
}

/** Crossings of a network: CSV with `lon`, `lat` and, where given, `in_largest_scc`, 1 for those that can be left and reached. */
export function crossingsOf(nodesCsv: string): Crossing[] {
  return rows(nodesCsv)
    .filter((row) => row.in_largest_scc !== "0")
    .map(({ lon, lat }) => ({ latitude: Number(lat), longitude: Number(lon) }));
}

/**
 * The generated city's people and jobs, next to crossings of the network, with arrivals and windows drawn from the recorded ones; one centre, so no
 * territories. Windows are cut to the working day, 08:00 to 20:00; recorded ones that leave less than an hour of it are not drawn. An order that
 * came in after 08:00 did so the day before: the plan of a day is made of what is known in the morning.
 */
export function roadDay({
  crossings,
  pickupsCsv,
  orders = 125,
  engineers = 38,
  seed = 1,
}: RoadDayOptions): AssignRequest {
  const random = randomFrom(seed);
  const pickups = pickupsCsv === undefined ? [] : rows(pickupsCsv).flatMap(pickupOf);
  const request = generateCity({ orders, engineers, seed });
  const move = (place: Place | undefined) => {
    if (place?.position.case !== "geo") return;
    const { latitude, longitude } = random.pick(crossings);
    // Nobody lives on a crossing: up to some 40 m north or south and east or west of it.
    const aside = () => random.int(-400, 400) / 1e6;
    Object.assign(place.position.value, { latitude: latitude + aside(), longitude: longitude + aside() });
    place.address = "";
  };
  request.requestId = `road-day-${orders}-${engineers}-${seed}`;
  delete request.travel;
  request.labels = { made_by: "generated city on a road network" };
  for (const centre of request.operatingCentres) {
    move(centre.place);
    centre.territoryCells = [];
  }
  for (const engineer of request.engineers) {
    engineer.territoryCells = [];
    for (const shift of engineer.shifts) {
      const home = shift.startPlace;
      move(home);
      if (shift.endPlace && home) shift.endPlace = home;
      for (const pause of shift.breaks) delete pause.place;
    }
  }
  for (const order of request.orders) {
    move(order.place);
    if (pickups.length === 0) continue;
    const { accepted, first, last } = random.pick(pickups);
    order.createdAt!.seconds = at(accepted < MORNING ? 0 : -24, accepted).seconds;
    const [window] = order.windows;
    if (!window) continue;
    window.start!.seconds = at(0, first).seconds;
    window.end!.seconds = at(0, last).seconds;
    order.windows = [window];
    delete order.preferredWindow;
  }
  return request;
}

const MORNING = 8 * 60;
const EVENING = 20 * 60;

function rows(csv: string): Record<string, string>[] {
  return parse(csv, { columns: true, skip_empty_lines: true }) as Record<string, string>[];
}

/** Minutes of the day of a recorded order: when it was accepted, and its window; none where the window leaves no hour of the day. */
function pickupOf(row: Record<string, string>): { accepted: number; first: number; last: number }[] {
  const minute = (text: string | undefined) => {
    const [, hours, minutes] = /\s(\d\d):(\d\d):/.exec(text ?? "") ?? [];
    return hours === undefined ? Number.NaN : Number(hours) * 60 + Number(minutes);
  };
  const accepted = minute(row.accept_time);
  const first = Math.max(MORNING, minute(row.time_window_start));
  const last = Math.min(EVENING, minute(row.time_window_end));
  return last - first >= 60 && accepted >= 0 ? [{ accepted, first, last }] : [];
}
