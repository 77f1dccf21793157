// A small town of straight streets as an OpenStreetMap extract in PBF, for tests of road engines.
import { writeFileSync } from "node:fs";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** Streets east and streets north; 12 x 12 crossings, because a road engine takes fewer than 50 connected ones for an island. */
export const STREETS = 12;
/** Degrees between streets: 333.58 m north, 288.89 m east at 30 degrees north. */
const STEP = 0.003;
const [SOUTH, WEST] = [30, 120];

/** The crossing of the street `east` from the west and `north` from the south, from 0. */
export function crossing(east: number, north: number): { latitude: number; longitude: number } {
  return { latitude: SOUTH + north * STEP, longitude: WEST + east * STEP };
}

/** A crossing of the other town across the water, to which no road goes. */
export function island(east: number, north: number): { latitude: number; longitude: number } {
  return { latitude: SOUTH + north * STEP, longitude: WEST + 0.1 + east * STEP };
}

interface Way {
  readonly nodes: readonly number[];
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Writes the town and the island town. Streets are residential, with names such as `1st Street` (going east) and `Avenue A` (going north);
 * the street of row 5 is one-way to the east, and the avenue of column 0 is for people on foot. All have speed limits of their own, so that
 * no two ways by car take the same time.
 */
export function writeStreetNetwork(path: string): void {
  const nodes: { latitude: number; longitude: number }[] = [];
  const ways: Way[] = [];
  for (const place of [crossing, island]) {
    const first = nodes.length + 1;
    for (let north = 0; north < STREETS; north++)
      for (let east = 0; east < STREETS; east++) nodes.push(place(east, north));
    const id = (east: number, north: number) => first + north * STREETS + east;
    const all = Array.from({ length: STREETS }, (_, index) => index);
    for (const line of all) {
      ways.push({
        nodes: all.map((east) => id(east, line)),
        tags: {
          highway: "residential",
          name: `${line + 1}th Street`,
          maxspeed: String(30 + 2 * line),
          ...(line === 5 && { oneway: "yes" }),
        },
      });
      ways.push({
        nodes: all.map((north) => id(line, north)),
        tags: {
          highway: line === 0 ? "footway" : "residential",
          name: `Avenue ${String.fromCharCode(65 + line)}`,
          maxspeed: String(31 + 2 * line),
        },
      });
    }
  }
  writeFileSync(
    path,
    Buffer.concat([blob("OSMHeader", header()), blob("OSMData", nodeBlock(nodes)), blob("OSMData", wayBlock(ways))]),
  );
}

// OpenStreetMap's PBF: https://wiki.openstreetmap.org/wiki/PBF_Format
const bytes = (writer: BinaryWriter, field: number, value: Uint8Array) =>
  writer.tag(field, WireType.LengthDelimited).bytes(value);
const text = (value: string) => new TextEncoder().encode(value);

function blob(type: string, content: Uint8Array): Uint8Array {
  const body = bytes(new BinaryWriter(), 1, content).finish();
  const head = bytes(new BinaryWriter(), 1, text(type)).tag(3, WireType.Varint).int32(body.length).finish();
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, head, body]);
}

function header(): Uint8Array {
  return bytes(new BinaryWriter(), 4, text("OsmSchema-V0.6")).finish();
}

function packed(values: readonly number[], write: (writer: BinaryWriter, value: number) => void): Uint8Array {
  const writer = new BinaryWriter();
  for (const value of values) write(writer, value);
  return writer.finish();
}

function block(strings: readonly string[], group: Uint8Array): Uint8Array {
  const table = new BinaryWriter();
  for (const string of ["", ...strings]) bytes(table, 1, text(string));
  return bytes(bytes(new BinaryWriter(), 1, table.finish()), 2, group).finish();
}

function nodeBlock(nodes: readonly { latitude: number; longitude: number }[]): Uint8Array {
  const group = new BinaryWriter();
  for (const [index, { latitude, longitude }] of nodes.entries()) {
    // Units of 100 nanodegrees.
    const node = new BinaryWriter().tag(1, WireType.Varint).sint64(index + 1);
    node.tag(8, WireType.Varint).sint64(Math.round(latitude * 1e7));
    node.tag(9, WireType.Varint).sint64(Math.round(longitude * 1e7));
    bytes(group, 1, node.finish());
  }
  return block([], group.finish());
}

function wayBlock(ways: readonly Way[]): Uint8Array {
  const strings = [...new Set(ways.flatMap(({ tags }) => [...Object.keys(tags), ...Object.values(tags)]))];
  const row = (string: string) => strings.indexOf(string) + 1;
  const group = new BinaryWriter();
  for (const [index, { nodes, tags }] of ways.entries()) {
    const way = new BinaryWriter().tag(1, WireType.Varint).int64(index + 1);
    bytes(
      way,
      2,
      packed(Object.keys(tags).map(row), (writer, value) => writer.uint32(value)),
    );
    bytes(
      way,
      3,
      packed(Object.values(tags).map(row), (writer, value) => writer.uint32(value)),
    );
    const steps = nodes.map((node, at) => node - (nodes[at - 1] ?? 0));
    bytes(
      way,
      8,
      packed(steps, (writer, value) => writer.sint64(value)),
    );
    bytes(group, 3, way.finish());
  }
  return block(strings, group.finish());
}
