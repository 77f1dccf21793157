import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readBestKnown } from "../bench/best-known.ts";
import { Measure } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { validate } from "../server/validate/validate.ts";
import { travelOf } from "../solver/travel/travel.ts";
import { euroNeuripsFleet, euroNeuripsRequest, parseEuroNeurips } from "./euro-neurips.ts";
import { euroNeuripsCost } from "./euro-neurips-cost.ts";

const TEXT = `NAME : TINY
COMMENT : made by hand
TYPE : VRPTW
DIMENSION : 4
EDGE_WEIGHT_TYPE : EXPLICIT
VEHICLES : 1
EDGE_WEIGHT_FORMAT : FULL_MATRIX
CAPACITY : 10
EDGE_WEIGHT_SECTION
0\t100\t200\t300
110\t0\t50\t60
210\t55\t0\t70
310\t65\t75\t0
NODE_COORD_SECTION
1\t0\t0
2\t30\t40
3\t-5\t2.5
4\t7\t8
DEMAND_SECTION
1\t0
2\t5
3\t4
4\t6
DEPOT_SECTION
1
-1
SERVICE_TIME_SECTION
1\t0
2\t20
3\t30
4\t40
TIME_WINDOW_SECTION
1\t0\t1000
2\t0\t400
3\t300\t350
4\t0\t900
EOF
`;
const ORIGIN = 1_767_225_600n;

test("customers become orders by the numbers of the solutions, in seconds", () => {
  const request = euroNeuripsRequest(TEXT);
  expect(request).toMatchObject({ now: { seconds: ORIGIN }, timeZone: "UTC", ticksPerSecond: 1 });
  expect(request.orders.map(({ id }) => id)).toEqual(["1", "2", "3"]);
  expect(request.orders[1]).toMatchObject({
    place: { position: { case: "planar", value: { x: -5, y: 2.5 } }, matrixIndex: 2 },
    windows: [{ start: { seconds: ORIGIN + 300n }, end: { seconds: ORIGIN + 350n } }],
    serviceDuration: { seconds: 30n },
    loads: [{ dimension: "demand", amount: 4 }],
  });
  const depot = { position: { case: "planar", value: { x: 0, y: 0 } }, matrixIndex: 0 };
  expect(request.engineers[1]).toMatchObject({
    shifts: [
      { time: { start: { seconds: ORIGIN }, end: { seconds: ORIGIN + 1000n } }, startPlace: depot, endPlace: depot },
    ],
    capacities: [{ dimension: "demand", amount: 10 }],
  });
  expect(request.objective?.levels.map(({ terms }) => terms.map(({ measure }) => measure))).toEqual([
    [Measure.UNASSIGNED],
    [Measure.TRAVEL_TIME],
  ]);
  expect(validate(request)).toEqual([]);
});

test("travel goes by the matrix, row = from", () => {
  const request = euroNeuripsRequest(TEXT);
  const travel = travelOf(request);
  const [first, second] = request.orders.map(({ place }) => travel.row(place!));
  expect([travel.duration(0, first!, second!), travel.duration(0, second!, first!)]).toEqual([50, 55]);
});

test("the fleet is twice the file's, at most a vehicle for each customer, and that many where the file gives none", () => {
  const fleet = (text: string) => euroNeuripsFleet(parseEuroNeurips(text));
  expect(fleet(TEXT)).toBe(2);
  expect(fleet(TEXT.replace("VEHICLES : 1", "VEHICLES : 2"))).toBe(3);
  expect(fleet(TEXT.replace("VEHICLES : 1\n", ""))).toBe(3);
});

test("the cost is the sum of the driving times, there and back", () => {
  // 1 at 100 until 120; 2 reached at 170, waits for 300 until 330, back at 540: 100 + 50 + 210. 3: 300 + 310.
  const routes = [
    { engineer: 2, visits: [1, 2] },
    { engineer: 1, visits: [3] },
  ];
  expect(euroNeuripsCost(TEXT, routes)).toEqual({ driving: 970, valid: true, problems: [] });
  expect(euroNeuripsCost(TEXT, [{ engineer: 1, visits: [] }])).toEqual({ driving: 0, valid: true, problems: [] });
});

test.each([
  // 3 at 300 until 340, then 75 to 2: 415. Back at 415 + 30 + 210 = 655; demand 6 + 4.
  ["a late customer", [{ engineer: 1, visits: [3, 2] }], ["engineer 1: 2 begins at 415, at most 350"]],
  // 2 at 300 until 330, 3 at 400 until 440, 1 at 505: too late, and back at 635.
  [
    "too much load",
    [{ engineer: 1, visits: [2, 3, 1] }],
    ["engineer 1: 1 begins at 505, at most 400", "engineer 1: load 15, capacity 10"],
  ],
  ["a third vehicle", [{ engineer: 3, visits: [1] }], ["engineer 3 is not one of 1 to 2"]],
  [
    "a visit to the depot",
    [{ engineer: 1, visits: [0] }],
    ["engineer 1: a visit to the depot, which this problem does not have"],
  ],
])("%s makes the plan invalid", (_name, routes, problems) => {
  expect(euroNeuripsCost(TEXT, routes)).toMatchObject({ valid: false, problems });
});

test("a return after the depot closes makes the plan invalid", () => {
  // Served from 300 to 340, back at 650.
  const text = TEXT.replace("1\t0\t1000", "1\t0\t649");
  expect(euroNeuripsCost(text, [{ engineer: 1, visits: [3] }]).problems).toEqual([
    "engineer 1: back at 650, at most 649",
  ]);
});

test.each([
  ["a word for a number", TEXT.replace("3\t4\n", "3\tfour\n"), 'line 22: demand is "four"'],
  ["a duration that is not whole", TEXT.replace("55", "5.5"), 'line 12: EDGE_WEIGHT_SECTION: duration is "5.5"'],
  ["a matrix row too short", TEXT.replace("\t60\n", "\n"), "line 11: EDGE_WEIGHT_SECTION: 3 values, expected 4"],
  [
    "a matrix with a row too few",
    TEXT.replace("310\t65\t75\t0\n", ""),
    "EDGE_WEIGHT_SECTION has 3 rows, expected DIMENSION = 4",
  ],
  ["a node out of order", TEXT.replace("4\t7\t8", "5\t7\t8"), 'line 18: NODE_COORD_SECTION: node is "5", expected 4'],
  ["a row too long", TEXT.replace("4\t40\n", "4\t40\t1\n"), 'line 31: SERVICE_TIME_SECTION: "4\t40\t1" has 3 values'],
  [
    "a window that ends before it begins",
    TEXT.replace("300\t350", "300\t299"),
    "line 35: latest 299 is before earliest 300",
  ],
  ["another matrix format", TEXT.replace("FULL_MATRIX", "LOWER_ROW"), 'EDGE_WEIGHT_FORMAT is "LOWER_ROW"'],
  ["another depot", TEXT.replace("\n1\n-1", "\n2\n-1"), 'DEPOT_SECTION has "2 -1"'],
  ["a section left out", TEXT.replace("DEMAND_SECTION", "DEMANDS_SECTION"), "no DEMAND_SECTION"],
  ["no capacity", TEXT.replace("CAPACITY : 10\n", ""), "no CAPACITY"],
  ["text", "customers: 4", 'line 1: "customers: 4" is neither'],
])("%s is refused", (_name, text, message) => {
  expect(() => euroNeuripsRequest(text)).toThrow(message);
});

// The published files, where somebody has brought them: docs/datasets.md.
const data = process.env.SHANPAI_DATA;
describe.skipIf(!data)("published solutions", () => {
  const folder = join(data ?? "", "euro_neurips_2022");
  const names = data ? readdirSync(folder).flatMap((file) => /^(.*)\.sol$/.exec(file)?.[1] ?? []) : [];

  test.each(names)("%s replays to its cost with half of the request's vehicles", async (name) => {
    const text = readFileSync(join(folder, `${name}.txt`), "utf8");
    const solution = readFileSync(join(folder, `${name}.sol`), "utf8");
    const routes = [...solution.matchAll(/^Route (\d+) : ([\d ]+)$/gm)].map(([, number, visits]) => ({
      engineer: Number(number),
      visits: visits!.trim().split(" ").map(Number),
    }));
    const instance = parseEuroNeurips(text);
    expect(routes.flatMap(({ visits }) => visits)).toHaveLength(instance.nodes.length - 1);
    expect(2 * routes.length).toBeLessThanOrEqual(euroNeuripsFleet(instance));
    const cost = Number(/^Cost (\d+)$/m.exec(solution)?.[1]);
    expect(euroNeuripsCost(text, routes)).toEqual({ driving: cost, valid: true, problems: [] });
    expect((await readBestKnown("euro-neurips")).get(name)?.value).toBe(cost);
  });
});
