// The request of a home healthcare instance: skills, shifts, windows and travel minutes; travel counts after the visits left out.
import { create } from "@bufbuild/protobuf";
import { type AssignRequest, AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { EngineerSchema } from "../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { OrderSchema } from "../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { type Place, PlaceSchema } from "../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { Measure, SearchOptions_Mode } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { lengthOf, moment, windowOf } from "./fields.ts";
import { parseUhhc } from "./uhhc-instance.ts";

/** Ticks, here seconds, in one time unit of the file, a minute. */
const MINUTE = 60;

/** Places are rows of the matrix alone. */
const placeOf = (row: number): Place =>
  create(PlaceSchema, { position: { case: "planar", value: { x: 0, y: 0 } }, matrixIndex: row });

/**
 * The request of an instance: order "1" is the first patient of the file, engineer "1" its first caregiver, skills are the services.
 * Throws as `parseUhhc` does.
 */
export function uhhcRequest(text: string): AssignRequest {
  const { caregivers, patients, travel } = parseUhhc(text);
  return create(AssignRequestSchema, {
    now: moment(0, 1),
    timeZone: "UTC",
    ticksPerSecond: 1,
    orders: patients.map(({ number, service, duration, row, windows, incompatible }) =>
      create(OrderSchema, {
        id: `${number}`,
        place: placeOf(row),
        windows: windows.map(({ start, end }) => windowOf(start * MINUTE, end * MINUTE, 1)),
        serviceDuration: lengthOf(duration * MINUTE, 1),
        skills: { allOf: [service] },
        engineerPreference: { excludedEngineerIds: incompatible.map(String) },
      }),
    ),
    engineers: caregivers.map(({ number, abilities, from, to, start, end }) =>
      create(EngineerSchema, {
        id: `${number}`,
        shifts: [{ time: windowOf(start * MINUTE, end * MINUTE, 1), startPlace: placeOf(from), endPlace: placeOf(to) }],
        skills: abilities.map((skillId) => ({ skillId })),
      }),
    ),
    travel: {
      source: {
        case: "matrix",
        value: { matrices: [{ size: travel.length, durations: travel.flat().map((length) => length * MINUTE) }] },
      },
    },
    objective: {
      levels: [{ terms: [{ measure: Measure.UNASSIGNED }] }, { terms: [{ measure: Measure.TRAVEL_TIME }] }],
    },
    search: { mode: SearchOptions_Mode.ROUTE },
  });
}
