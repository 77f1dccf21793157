// Reads VRPTW instances in the text format of Solomon (1987) and Gehring & Homberger (1999), with the DIMACS convention:
// everything times 10, distances cut to whole numbers.
import { create } from "@bufbuild/protobuf";
import { type AssignRequest, AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { EngineerSchema } from "../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { OrderSchema } from "../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { type Place, PlaceSchema } from "../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { Measure, SearchOptions_Mode } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { PlanarTravel_Rounding } from "../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { type Line, lengthOf, lineError, linesOf, moment, real, scaled, whole, windowOf } from "./fields.ts";

/** Ticks in one time unit of the file. */
export const SOLOMON_TICKS = 10;

/** The depot or a customer; times in tenths of the file's unit. */
export interface SolomonNode {
  readonly x: number;
  readonly y: number;
  readonly demand: number;
  readonly ready: number;
  readonly due: number;
  readonly service: number;
}

/** An instance; `nodes[0]` is the depot, the others are customers by number. */
export interface SolomonInstance {
  readonly vehicles: number;
  readonly capacity: number;
  readonly nodes: readonly SolomonNode[];
}

const COLUMNS = ["customer number", "x", "y", "demand", "ready time", "due date", "service time"];

/** Reads an instance; throws with line and value where the text breaks the format. */
export function parseSolomon(text: string): SolomonInstance {
  const lines = linesOf(text);
  const fleetHeader = lines.findIndex((line) => /^NUMBER\s+CAPACITY$/i.test(line.text));
  const tableHeader = lines.findIndex((line) => /^CUST\s+NO/i.test(line.text));
  const fleet = lines[fleetHeader + 1];
  if (fleetHeader < 0 || !fleet)
    throw new Error('no vehicles: expected a line "NUMBER CAPACITY" and one with the values');
  if (tableHeader < 0) throw new Error('no customers: expected a line that begins with "CUST NO."');
  const [vehicles, capacity] = fields(fleet, ["vehicle number", "capacity"]);
  const nodes = lines.slice(tableHeader + 1).map(nodeOf);
  if (nodes.length === 0) throw new Error("no depot: expected rows below the customer header");
  return {
    vehicles: whole(fleet, "vehicle number", vehicles!),
    capacity: whole(fleet, "capacity", capacity!),
    nodes,
  };
}

function fields(line: Line, names: readonly string[]): string[] {
  const words = line.text.split(/\s+/);
  if (words.length !== names.length)
    throw lineError(line, `"${line.text}" has ${words.length} values, expected ${names.length}: ${names.join(", ")}`);
  return words;
}

function nodeOf(line: Line, index: number): SolomonNode {
  const words = fields(line, COLUMNS);
  if (whole(line, "customer number", words[0]!) !== index)
    throw lineError(line, `customer number is "${words[0]}", expected ${index}`);
  const node = {
    x: real(line, "x", words[1]!),
    y: real(line, "y", words[2]!),
    demand: whole(line, "demand", words[3]!),
    ready: scaled(line, "ready time", words[4]!, 1, "refuse"),
    due: scaled(line, "due date", words[5]!, 1, "refuse"),
    service: scaled(line, "service time", words[6]!, 1, "refuse"),
  };
  if (node.due < node.ready) throw lineError(line, `due date ${words[5]} is before ready time ${words[4]}`);
  return node;
}

/**
 * The request of an instance: orders "1" to "n" are its customers, engineers "1" to "vehicles" its vehicles, one file unit is a
 * second of 10 ticks after the origin. Throws as `parseSolomon` does.
 */
export function solomonRequest(text: string): AssignRequest {
  const { vehicles, capacity, nodes } = parseSolomon(text);
  const depot = nodes[0]!;
  const placeOf = (node: SolomonNode): Place =>
    create(PlaceSchema, { position: { case: "planar", value: { x: node.x, y: node.y } } });
  return create(AssignRequestSchema, {
    now: moment(0, SOLOMON_TICKS),
    timeZone: "UTC",
    ticksPerSecond: SOLOMON_TICKS,
    orders: nodes.slice(1).map((node, index) =>
      create(OrderSchema, {
        id: `${index + 1}`,
        place: placeOf(node),
        windows: [windowOf(node.ready, node.due, SOLOMON_TICKS)],
        serviceDuration: lengthOf(node.service, SOLOMON_TICKS),
        loads: [{ dimension: "demand", amount: node.demand }],
      }),
    ),
    engineers: Array.from({ length: vehicles }, (_, index) =>
      create(EngineerSchema, {
        id: `${index + 1}`,
        shifts: [
          {
            time: windowOf(depot.ready, depot.due, SOLOMON_TICKS),
            startPlace: placeOf(depot),
            endPlace: placeOf(depot),
          },
        ],
        capacities: [{ dimension: "demand", amount: capacity }],
      }),
    ),
    travel: { source: { case: "planar", value: { rounding: PlanarTravel_Rounding.DOWN } } },
    objective: { levels: [{ terms: [{ measure: Measure.UNASSIGNED }] }, { terms: [{ measure: Measure.DISTANCE }] }] },
    search: { mode: SearchOptions_Mode.ROUTE },
  });
}
