// Reads VRPTW instances of the EURO Meets NeurIPS 2022 competition: VRPLIB text with driving times of real roads, not symmetric.
import { create } from "@bufbuild/protobuf";
import { type AssignRequest, AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { EngineerSchema } from "../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { OrderSchema } from "../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { type Place, PlaceSchema } from "../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { Measure, SearchOptions_Mode } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { type Line, lengthOf, lineError, linesOf, moment, real, whole, windowOf } from "./fields.ts";

/** Ticks in one time unit of the file, a second. */
const TICKS = 1;

/** The depot or a customer; times in seconds. */
export interface EuroNeuripsNode {
  readonly x: number;
  readonly y: number;
  readonly demand: number;
  readonly service: number;
  /** Service may begin from `open` to `close`, both inclusive; the depot's are the first departure and the last return. */
  readonly open: number;
  readonly close: number;
}

/** An instance; `nodes[0]` is the depot, the others are customers by number: node 1 of the file is number 0. */
export interface EuroNeuripsInstance {
  /** What the file says of the fleet, which the competition does not limit; undefined: nothing. */
  readonly vehicles: number | undefined;
  readonly capacity: number;
  readonly nodes: readonly EuroNeuripsNode[];
  /** Driving seconds, row-major, row = from. */
  readonly durations: readonly number[];
}

/** Reads an instance; throws with line or section and value where the text breaks the format. */
export function parseEuroNeurips(text: string): EuroNeuripsInstance {
  const { header, sections } = partsOf(linesOf(text));
  expectValue(header, "EDGE_WEIGHT_TYPE", "EXPLICIT");
  expectValue(header, "EDGE_WEIGHT_FORMAT", "FULL_MATRIX");
  const size = wholeOf(header, "DIMENSION");
  if (size < 1) throw new Error(`DIMENSION is "${size}", expected at least the depot`);
  const rows = (name: string, columns: readonly string[]) => numberedRows(sections, name, columns, size);
  const coordinates = rows("NODE_COORD_SECTION", ["node", "x", "y"]);
  const demands = rows("DEMAND_SECTION", ["node", "demand"]);
  const services = rows("SERVICE_TIME_SECTION", ["node", "service time"]);
  const windows = rows("TIME_WINDOW_SECTION", ["node", "earliest", "latest"]);
  const depot = linesIn(sections, "DEPOT_SECTION").map(({ text: value }) => value);
  if (depot.join() !== "1,-1") throw new Error(`DEPOT_SECTION has "${depot.join(" ")}", expected one depot: "1 -1"`);
  return {
    vehicles: header.has("VEHICLES") ? wholeOf(header, "VEHICLES") : undefined,
    capacity: wholeOf(header, "CAPACITY"),
    nodes: coordinates.map(({ line, words: [, x, y] }, index) => {
      const window = windows[index]!;
      const node = {
        x: real(line, "x", x!),
        y: real(line, "y", y!),
        demand: whole(demands[index]!.line, "demand", demands[index]!.words[1]!),
        service: whole(services[index]!.line, "service time", services[index]!.words[1]!),
        open: whole(window.line, "earliest", window.words[1]!),
        close: whole(window.line, "latest", window.words[2]!),
      };
      if (node.close < node.open) throw lineError(window.line, `latest ${node.close} is before earliest ${node.open}`);
      return node;
    }),
    durations: durationsOf(linesIn(sections, "EDGE_WEIGHT_SECTION"), size),
  };
}

/** A line of the head, and what stands behind its colon. */
type Header = ReadonlyMap<string, { readonly line: Line; readonly value: string }>;
type Sections = ReadonlyMap<string, readonly Line[]>;

/** The head `KEY : value` and the lines of each section; what follows `EOF` is not read. */
function partsOf(lines: readonly Line[]): { header: Header; sections: Sections } {
  const header = new Map<string, { line: Line; value: string }>();
  const sections = new Map<string, Line[]>();
  let section: Line[] | undefined;
  for (const line of lines) {
    if (line.text === "EOF") break;
    if (/^[A-Z_]+_SECTION$/.test(line.text)) {
      section = [];
      sections.set(line.text, section);
    } else if (section) section.push(line);
    else {
      const [, key, value] = /^([A-Z_]+)\s*:\s*(.*)$/.exec(line.text) ?? [];
      if (key === undefined) throw lineError(line, `"${line.text}" is neither "KEY : value" nor a section`);
      header.set(key, { line, value: value! });
    }
  }
  return { header, sections };
}

function headerOf(header: Header, key: string): { line: Line; value: string } {
  const found = header.get(key);
  if (!found) throw new Error(`no ${key}: expected a line "${key} : value" before the sections`);
  return found;
}

function expectValue(header: Header, key: string, expected: string): void {
  const { line, value } = headerOf(header, key);
  if (value !== expected) throw lineError(line, `${key} is "${value}", expected ${expected}`);
}

function wholeOf(header: Header, key: string): number {
  const { line, value } = headerOf(header, key);
  return whole(line, key, value);
}

function linesIn(sections: Sections, name: string): readonly Line[] {
  const lines = sections.get(name);
  if (!lines) throw new Error(`no ${name}`);
  return lines;
}

/** The rows of a section that has one for each node, from 1 to `size`. */
function numberedRows(sections: Sections, name: string, columns: readonly string[], size: number) {
  const lines = linesIn(sections, name);
  if (lines.length !== size) throw new Error(`${name} has ${lines.length} rows, expected DIMENSION = ${size}`);
  return lines.map((line, index) => {
    const words = line.text.split(/\s+/);
    if (words.length !== columns.length)
      throw lineError(line, `${name}: "${line.text}" has ${words.length} values, expected ${columns.join(", ")}`);
    if (whole(line, `${name}: node`, words[0]!) !== index + 1)
      throw lineError(line, `${name}: node is "${words[0]}", expected ${index + 1}`);
    return { line, words };
  });
}

function durationsOf(lines: readonly Line[], size: number): number[] {
  const name = "EDGE_WEIGHT_SECTION";
  if (lines.length !== size) throw new Error(`${name} has ${lines.length} rows, expected DIMENSION = ${size}`);
  return lines.flatMap((line) => {
    const words = line.text.split(/\s+/);
    if (words.length !== size) throw lineError(line, `${name}: ${words.length} values, expected ${size}`);
    return words.map((word) => whole(line, `${name}: duration`, word));
  });
}

/**
 * Vehicles in the request: one for each customer always suffices, but empty vehicles are looked at in every insertion. So twice the
 * number that the file gives, where it gives one. A vehicle more is another way out from the depot and back, so cheap plans have few:
 * the best ones published use 40 to 95 % of the file's number (datasets/euro-neurips.test.ts), and a plan that leaves one of the
 * request's vehicles unused shows that the number did not bind.
 */
export function euroNeuripsFleet({ vehicles, nodes }: EuroNeuripsInstance): number {
  const customers = nodes.length - 1;
  return vehicles === undefined ? customers : Math.min(customers, 2 * vehicles);
}

/**
 * The request of an instance: orders "1" to "n" are its customers, in the numbers of the published solutions (node minus 1),
 * engineers its vehicles, a tick is a second; after the orders left out the driving time counts. Throws as `parseEuroNeurips` does.
 */
export function euroNeuripsRequest(text: string): AssignRequest {
  const instance = parseEuroNeurips(text);
  const { capacity, nodes, durations } = instance;
  const depot = nodes[0]!;
  const placeOf = ({ x, y }: EuroNeuripsNode, matrixIndex: number): Place =>
    create(PlaceSchema, { position: { case: "planar", value: { x, y } }, matrixIndex });
  return create(AssignRequestSchema, {
    now: moment(0, TICKS),
    timeZone: "UTC",
    ticksPerSecond: TICKS,
    orders: nodes.slice(1).map((node, index) =>
      create(OrderSchema, {
        id: `${index + 1}`,
        place: placeOf(node, index + 1),
        windows: [windowOf(node.open, node.close, TICKS)],
        serviceDuration: lengthOf(node.service, TICKS),
        loads: [{ dimension: "demand", amount: node.demand }],
      }),
    ),
    engineers: Array.from({ length: euroNeuripsFleet(instance) }, (_, index) =>
      create(EngineerSchema, {
        id: `${index + 1}`,
        shifts: [
          {
            time: windowOf(depot.open, depot.close, TICKS),
            startPlace: placeOf(depot, 0),
            endPlace: placeOf(depot, 0),
          },
        ],
        capacities: [{ dimension: "demand", amount: capacity }],
      }),
    ),
    travel: {
      source: { case: "matrix", value: { matrices: [{ size: nodes.length, durations: [...durations] }] } },
    },
    objective: {
      levels: [{ terms: [{ measure: Measure.UNASSIGNED }] }, { terms: [{ measure: Measure.TRAVEL_TIME }] }],
    },
    search: { mode: SearchOptions_Mode.ROUTE },
  });
}
