import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import { type AssignRequest, AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { VehicleMode } from "../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { Measure, SearchOptions_Mode } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { problemFromProto } from "../server/messages/from-proto.ts";
import { at, between, lasts, point } from "../test/oracle/build.ts";
import { encodedBytes, writeColumns } from "./columns.ts";
import { encodeProblem, expandProblem } from "./encode.ts";
import { COLUMN_NAMES, type Columns, HEADER_WORDS, LAYOUT_MAGIC, LAYOUT_VERSION, SCALAR_NAMES } from "./gen/layout.ts";
import { NEVER, UNLIMITED } from "./layout.ts";

function encode(more: Exclude<MessageInitShape<typeof AssignRequestSchema>, AssignRequest>) {
  const encoded = encodeProblem(
    problemFromProto(
      create(AssignRequestSchema, {
        now: at(0),
        timeZone: "UTC",
        engineers: [{ id: "e", shifts: [{ time: between(0, 500), startPlace: point(0, 0) }] }],
        travel: { source: { case: "planar", value: {} } },
        ...more,
      }),
      new Set(),
    ),
  );
  return expandProblem(encoded);
}

const scalar = (columns: Columns, name: (typeof SCALAR_NAMES)[number]) => columns.scalar[SCALAR_NAMES.indexOf(name)]!;

/** Rows of a matrix as lists. */
function matrix(columns: Columns, name: "edge" | "distance", set = 0): number[][] {
  const rows = scalar(columns, "rows");
  return Array.from({ length: rows }, (_, row) =>
    Array.from(columns[name].slice((set * rows + row) * rows, (set * rows + row + 1) * rows)),
  );
}

describe("matrices", () => {
  // Rows: orders a (3, 0) and b (0, 4), the start (0, 0), and nowhere, where open ends are.
  const orders = [
    { id: "b", place: point(0, 4), setupDuration: lasts(7) },
    { id: "a", place: point(3, 0), setupDuration: lasts(2) },
  ];

  test("edges have the set-up of the order they lead to folded in, and going nowhere is free", () => {
    const { columns } = encode({ orders });
    expect(["orders", "sites", "rows"].map((name) => scalar(columns, name as "rows"))).toEqual([2, 2, 4]);
    expect(matrix(columns, "edge")).toEqual([
      [0, 12, 3, 0],
      [7, 0, 4, 0],
      [5, 11, 0, 0],
      [0, 0, 0, 0],
    ]);
    expect(columns.rowSetup).toEqual(Int32Array.of(2, 7, 0, 0));
    // Planar distance is duration.
    expect(columns.distance.length).toBe(0);
    expect(columns.routeStartRow).toEqual(Int32Array.of(2));
    expect(columns.routeEndRow).toEqual(Int32Array.of(3));
  });

  test("without any set-up the edges are the travel times", () => {
    const { columns } = encode({ orders: [{ id: "a", place: point(3, 0) }] });
    expect(columns.rowSetup.length).toBe(0);
  });

  test("a round asks for no way between two orders, but for those with a price, whose worth is tried in its plan", () => {
    const search = { mode: SearchOptions_Mode.MATCH };
    expect(matrix(encode({ orders, search }).columns, "edge")).toEqual([
      [0, 0, 3, 0],
      [0, 0, 4, 0],
      [5, 11, 0, 0],
      [0, 0, 0, 0],
    ]);
    const [b, a] = orders;
    const priced = encode({ orders: [{ ...b!, priceMinor: 100n }, a!], search, currencyCode: "CNY" });
    expect(matrix(priced.columns, "edge").slice(0, 2)).toEqual([
      [0, 12, 3, 0],
      [7, 0, 4, 0],
    ]);
  });

  test("between two orders at one place there is neither way nor set-up", () => {
    const place = point(3, 0);
    const { columns } = encode({
      orders: [
        { id: "a", place, setupDuration: lasts(9) },
        { id: "b", place, setupDuration: lasts(9) },
      ],
    });
    expect(matrix(columns, "edge").slice(0, 3)).toEqual([
      [0, 0, 3, 0],
      [0, 0, 3, 0],
      [12, 12, 0, 0],
    ]);
  });

  test("the caller's times are taken as they are, -1 is never, and each mode with times of its own has a set", () => {
    const places = [0, 1, 2].map((matrixIndex) => ({ ...point(0, 0), matrixIndex }));
    const shifts = [{ time: between(0, 500), startPlace: places[2]!, endPlace: places[2]! }];
    const request: Parameters<typeof encode>[0] = {
      orders: [
        { id: "a", place: places[1]! },
        { id: "b", place: places[0]! },
      ],
      engineers: [
        { id: "bike", vehicleMode: VehicleMode.E_BIKE, shifts },
        { id: "car", shifts },
        { id: "foot", vehicleMode: VehicleMode.FOOT, shifts },
      ],
      travel: {
        source: {
          case: "matrix",
          value: {
            matrices: [
              { size: 3, durations: [0, 10, 20, 30, 0, -1, 50, 60, 0], distancesM: [0, 1, 2, 3, 0, -1, 5, 6, 0] },
              { size: 3, durations: [0, 1, 2, 3, 0, 4, 5, 6, 0], vehicleMode: VehicleMode.E_BIKE },
            ],
          },
        },
      },
    };
    // Nothing in this request asks for distances.
    expect(encode(request).columns.distance.length).toBe(0);
    const levels = [{ terms: [{ measure: Measure.DISTANCE, weight: 1 }] }];
    const { columns, routes } = encode({ ...request, objective: { levels } });
    expect(routes.map(({ engineer }) => engineer.id)).toEqual(["bike", "car", "foot"]);
    expect(columns.routeMatrices).toEqual(Int32Array.of(0, 1, 1));
    // Row a is place 1, b place 0, the start place 2.
    expect(matrix(columns, "edge", 0).slice(0, 3)).toEqual([
      [0, 3, 4, 0],
      [1, 0, 2, 0],
      [6, 5, 0, 0],
    ]);
    expect(matrix(columns, "edge", 1).slice(0, 3)).toEqual([
      [0, 30, NEVER, 0],
      [10, 0, 20, 0],
      [60, 50, 0, 0],
    ]);
    expect(matrix(columns, "distance", 1).slice(0, 2)).toEqual([
      [0, 3, 0, 0],
      [1, 0, 2, 0],
    ]);
    // Without metres of its own the bike's distance is its duration.
    expect(matrix(columns, "distance", 0)[0]).toEqual([0, 3, 4, 0]);
  });
});

describe("rows", () => {
  test("of SKUs come before those of tools; stock is counted by them, tools are unlimited", () => {
    const { columns } = encode({
      orders: [
        { id: "a", place: point(1, 0), parts: [{ sku: "Z", quantity: 3 }], toolIds: ["meter"] },
        {
          id: "b",
          place: point(1, 0),
          parts: [
            { sku: "A", quantity: 1 },
            { sku: "Z", quantity: 2 },
          ],
        },
      ],
      engineers: [
        {
          id: "e",
          shifts: [{ time: between(0, 500), startPlace: point(0, 0) }],
          toolIds: ["meter"],
          // B is nobody's need but fills the van.
          stock: [
            { sku: "Z", quantity: 5, reserved: 1 },
            { sku: "B", quantity: 9 },
          ],
        },
      ],
      operatingCentres: [
        {
          id: "c",
          place: point(9, 9),
          stock: [
            { sku: "A", unlimited: true },
            { sku: "Z", quantity: 2 },
          ],
        },
      ],
    });
    // Items: A, Z, meter.
    expect([scalar(columns, "items"), scalar(columns, "skus")]).toEqual([3, 2]);
    expect(columns.engineerItem).toEqual(Int32Array.of(0, 4, UNLIMITED));
    expect(columns.engineerStockUnits).toEqual(Int32Array.of(13));
    expect(columns.centreItem).toEqual(Int32Array.of(UNLIMITED, 2, 0));
    expect(columns.orderVariantFirst).toEqual(Int32Array.of(0, 1, 2));
    expect(columns.variantNeedFirst).toEqual(Int32Array.of(0, 2, 4));
    expect(columns.needItem).toEqual(Int32Array.of(1, 2, 0, 1));
    expect(columns.needQuantity).toEqual(Int32Array.of(3, 1, 1, 2));
  });

  test("of loads are those that orders name; a capacity that is not named is 0", () => {
    const { columns } = encode({
      orders: [
        {
          id: "a",
          place: point(1, 0),
          loads: [
            { dimension: "m3", amount: 2 },
            { dimension: "kg", amount: 5 },
          ],
        },
      ],
      engineers: [
        {
          id: "e",
          shifts: [{ time: between(0, 500), startPlace: point(0, 0) }],
          capacities: [
            { dimension: "kg", amount: 8 },
            { dimension: "seats", amount: 4 },
          ],
        },
      ],
    });
    expect(columns.orderLoad).toEqual(Int32Array.of(5, 2));
    expect(columns.engineerCapacity).toEqual(Int32Array.of(8, 0));
  });

  test("of routes are one for each engineer and shift; equal empty ones of unnamed engineers are of one class", () => {
    const shifts = [{ time: between(0, 500), startPlace: point(0, 0) }];
    const { columns } = encode({
      orders: [{ id: "a", place: point(1, 0), engineerPreference: { preferredEngineerIds: ["e3"] } }],
      engineers: [
        { id: "e1", shifts },
        { id: "e2", shifts },
        { id: "e3", shifts },
        { id: "e4", shifts, toolIds: ["meter"] },
        { id: "e5", shifts: [...shifts, { time: between(600, 700), startPlace: point(0, 0) }] },
      ],
    });
    expect(columns.routeEngineer).toEqual(Int32Array.of(0, 1, 2, 3, 4, 4));
    expect(columns.routeClass).toEqual(Int32Array.of(0, 0, 2, 3, 4, 5));
  });

  test("of routes with the same stock are of one class where as much of it must stay in the van", () => {
    const shifts = [{ time: between(0, 500), startPlace: point(0, 0) }];
    const stock = (safetyStock: number) => [{ sku: "pump", quantity: 2, safetyStock }];
    const { columns } = encode({
      orders: [{ id: "a", place: point(1, 0), parts: [{ sku: "pump", quantity: 1 }] }],
      engineers: [
        { id: "e1", shifts, stock: stock(1) },
        { id: "e2", shifts, stock: stock(2) },
        { id: "e3", shifts, stock: stock(1) },
      ],
    });
    expect(columns.routeClass).toEqual(Int32Array.of(0, 1, 0));
  });

  test("of windows are those of orders, then those of centres", () => {
    const { columns } = encode({
      orders: [
        { id: "a", place: point(1, 0), windows: [between(50, 60), between(10, 20)] },
        { id: "b", place: point(1, 0) },
      ],
      operatingCentres: [{ id: "c", place: point(9, 9), openingWindows: [between(5, 90)] }],
    });
    expect(columns.orderWindowFirst).toEqual(Int32Array.of(0, 2, 3));
    expect(columns.centreWindowFirst).toEqual(Int32Array.of(3, 4));
    expect(columns.windowStart).toEqual(Int32Array.of(10, 50, 0, 5));
    expect(columns.windowEnd).toEqual(Int32Array.of(20, 60, NEVER - 1, 90));
  });
});

describe("weights", () => {
  const weights = (...levels: [Measure, number][][]) => {
    const objective = {
      levels: levels.map((terms) => ({ terms: terms.map(([measure, weight]) => ({ measure, weight })) })),
    };
    const { columns } = encode({ orders: [{ id: "a", place: point(30, 40) }], objective });
    return { levels: [...columns.levelWeight], search: [...columns.searchWeight] };
  };

  test("of levels are the objective's, in the order of the measures", () => {
    expect(
      weights(
        [[Measure.UNASSIGNED, 1]],
        [
          [Measure.SOFT_COST, 2],
          [Measure.DISTANCE, 5],
        ],
      ).levels,
    ).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 2]);
  });

  test("of the search rank a level a thousand times above the next", () => {
    expect(
      weights([[Measure.UNASSIGNED, 1]], [[Measure.DISTANCE, 2]], [[Measure.TRAVEL_TIME, 3]]).search.slice(2),
    ).toEqual([2000, 3, 0, 0]);
  });
});

test("a number that does not fit the core's 32 bits is refused with its column", () => {
  const orders = [{ id: "a", place: point(1, 0), parts: [{ sku: "A", quantity: 3_000_000_000 }] }];
  expect(() => encode({ orders })).toThrow(new RangeError("column needQuantity has 3000000000, which is not an i32"));
});

test("bytes are header, directory and columns, each 8-byte aligned, one after the other", () => {
  const { columns } = encode({ orders: [{ id: "a", place: point(3, 0), windows: [between(1, 2)] }] });
  const words = new Int32Array(encodedBytes(columns) / 4);
  writeColumns(columns, words);
  expect([...words.slice(0, 4)]).toEqual([LAYOUT_MAGIC, LAYOUT_VERSION, words.byteLength, COLUMN_NAMES.length]);
  // "SHPN"
  expect(Buffer.from(words.buffer).subarray(0, 4).toString("latin1")).toBe("SHPN");
  let end = 4 * (HEADER_WORDS + 2 * COLUMN_NAMES.length);
  for (const [index, name] of COLUMN_NAMES.entries()) {
    const [offset, length] = words.slice(HEADER_WORDS + 2 * index) as unknown as [number, number];
    expect([name, offset % 8, length]).toEqual([name, 0, columns[name].length]);
    expect(offset - end).toBeGreaterThanOrEqual(0);
    expect(offset - end).toBeLessThan(8);
    expect(words.slice(offset / 4, offset / 4 + length)).toEqual(columns[name]);
    end = offset + 4 * length;
  }
  expect(Math.ceil(end / 8) * 8).toBe(words.byteLength);
});
