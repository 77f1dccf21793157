// A day of orders on a real road network, with the arrivals and promised windows of recorded pick-ups.
import { parse } from "csv-parse/sync";
import type { AssignRequest } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Place } from "../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { at } from "./city/clock.ts";
import { randomFrom } from "./city/random.ts";
import { generateCity } from "./city.ts";

export interface RoadDayOptions {
  /** Crossings of the network: CSV with `lon`, `lat` and, where given, `in_largest_scc`, 1 for those that can be left and reached. */
  readonly nodesCsv: string;
  /** Recorded pick-ups: CSV with `time_window_start` and `time_window_end`, `MM-DD HH:MM:SS` in local time. */
  readonly pickupsCsv: string;
  /** Default 125. */
  readonly orders?: number;
  /** Default 38. */
  readonly engineers?: number;
  /** Default 1. */
  readonly seed?: number;
}

/**
 * The generated city's people and jobs, at crossings of the network, with windows drawn from the recorded ones; one centre, so no
 * territories. Windows are cut to the working day, 08:00 to 20:00; recorded ones that leave less than an hour of it are not drawn.
 */
export function roadDay({
  nodesCsv,
  pickupsCsv,
  orders = 125,
  engineers = 38,
  seed = 1,
}: RoadDayOptions): AssignRequest {
  const random = randomFrom(seed);
  const crossings = rows(nodesCsv).filter((row) => row.in_largest_scc !== "0");
  const windows = rows(pickupsCsv).flatMap(windowOf);
  const request = generateCity({ orders, engineers, seed });
  const move = (place: Place | undefined) => {
    if (place?.position.case !== "geo") return;
    const { lon, lat } = random.pick(crossings);
    place.position.value.longitude = Number(lon);
    place.position.value.latitude = Number(lat);
    place.address = "";
  };
  request.requestId = `road-day-${orders}-${engineers}-${seed}`;
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
    const [first, last] = random.pick(windows);
    const [window] = order.windows;
    if (!window) continue;
    window.start!.seconds = at(0, first).seconds;
    window.end!.seconds = at(0, last).seconds;
    order.windows = [window];
    delete order.preferredWindow;
  }
  return request;
}

function rows(csv: string): Record<string, string>[] {
  return parse(csv, { columns: true, skip_empty_lines: true }) as Record<string, string>[];
}

/** Minutes of the day of a recorded window. */
function windowOf(row: Record<string, string>): [first: number, last: number][] {
  const minute = (text: string | undefined) => {
    const [, hours, minutes] = /\s(\d\d):(\d\d):/.exec(text ?? "") ?? [];
    return hours === undefined ? Number.NaN : Number(hours) * 60 + Number(minutes);
  };
  const [first, last] = [
    Math.max(8 * 60, minute(row.time_window_start)),
    Math.min(20 * 60, minute(row.time_window_end)),
  ];
  return last - first >= 60 ? [[first, last]] : [];
}
