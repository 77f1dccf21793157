// The request of a technician routing instance: skills, tools, parts, one depot that has every tool and part.
import { create } from "@bufbuild/protobuf";
import { type AssignRequest, AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { EngineerSchema, OperatingCentreSchema } from "../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { OrderSchema } from "../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { type Place, PlaceSchema } from "../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { Measure, SearchOptions_Mode } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { PlanarTravel_Rounding, type Travel, TravelSchema } from "../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { lengthOf, moment, windowOf } from "./fields.ts";
import { parseTrsp, TRSP_DIGITS, type TrspInstance, type TrspNode } from "./trsp-instance.ts";

const TICKS = 10 ** TRSP_DIGITS;

/**
 * The request of an instance: orders carry the requests' node numbers, engineers are "1" to "crew", the depot is centre "0"; skills,
 * tools and SKUs are their numbers. One file unit is a second of 10^5 ticks after the origin; travel is rounded up, so that a plan
 * of the request also holds in exact arithmetic. Throws as `parseTrsp` does.
 */
export function trspRequest(text: string): AssignRequest {
  const instance = parseTrsp(text);
  const { crew, nodes } = instance;
  const placeOf = (number: number): Place => {
    const { x, y } = nodes[number]!;
    const position = { case: "planar", value: { x, y } } as const;
    return create(PlaceSchema, instance.travelTimes ? { position, matrixIndex: number } : { position });
  };
  return create(AssignRequestSchema, {
    now: moment(0, TICKS),
    timeZone: "UTC",
    ticksPerSecond: TICKS,
    orders: nodes.slice(crew + 1).map((node, index) =>
      create(OrderSchema, {
        id: `${crew + 1 + index}`,
        place: placeOf(crew + 1 + index),
        windows: [windowOf(node.windowStart, node.windowEnd, TICKS)],
        serviceDuration: lengthOf(node.service, TICKS),
        skills: { allOf: node.skills.map(String) },
        toolIds: node.tools.map(String),
        parts: unitsOf(node),
      }),
    ),
    engineers: nodes.slice(1, crew + 1).map((node, index) =>
      create(EngineerSchema, {
        id: `${index + 1}`,
        shifts: [
          {
            time: windowOf(node.windowStart, node.windowEnd, TICKS),
            startPlace: placeOf(index + 1),
            endPlace: placeOf(index + 1),
          },
        ],
        skills: node.skills.map((skill) => ({ skillId: `${skill}` })),
        toolIds: node.tools.map(String),
        stock: unitsOf(node),
      }),
    ),
    operatingCentres: [
      create(OperatingCentreSchema, {
        id: "0",
        place: placeOf(0),
        openingWindows: [windowOf(nodes[0]!.windowStart, nodes[0]!.windowEnd, TICKS)],
        stock: numbers(instance.parts).map((sku) => ({ sku, unlimited: true })),
        toolIds: numbers(instance.tools),
      }),
    ],
    travel: travelOf(instance),
    objective: {
      levels: [{ terms: [{ measure: Measure.UNASSIGNED }] }, { terms: [{ measure: Measure.WORKING_TIME }] }],
    },
    search: { mode: SearchOptions_Mode.ROUTE },
  });
}

function unitsOf(node: TrspNode): { sku: string; quantity: number }[] {
  return node.parts.map((quantity, part) => ({ sku: `${part}`, quantity })).filter(({ quantity }) => quantity > 0);
}

function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${index}`);
}

function travelOf({ nodes, travelTimes }: TrspInstance): Travel {
  if (!travelTimes)
    return create(TravelSchema, { source: { case: "planar", value: { rounding: PlanarTravel_Rounding.UP } } });
  const matrices = [{ size: nodes.length, durations: travelTimes }];
  return create(TravelSchema, { source: { case: "matrix", value: { matrices } } });
}
