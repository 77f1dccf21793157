import { expect, test } from "vitest";
import { Measure } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { travelOf } from "../solver/travel/travel.ts";
import { trspRequest } from "./trsp.ts";
import { trspCost } from "./trsp-cost.ts";

const TEXT = `TINY

INFO
CREW COUNT  SKILLS  TOOLS   SPARE PARTS
2      2       1       2

DEPOT TECHNICIANS AND REQUESTS
ID   X     Y     TWS    TWE    Serv   SKILLS   TOOLS    SPARE PARTS
0    9     4     0      100    0      []       []       []
1    0     0     0      100    0      [0,1]    []       [1,0]
2    0     10    5      100    0      [1]      [0]      [0,0]
3    6     8     20     23     5      [0]      []       [1,0]
4    12    0     40     50     2      [1]      [0]      [1,0]
5    0     13    0      40     4.5    [1]      [0]      []
`;
const INDUSTRIAL = `MATRIX

INFO
CREW COUNT  SKILLS    TOOLS   SPARE PARTS
        1        0        0             0

DEPOT TECHNICIANS AND REQUESTS
ID           X        Y     TWS     TWE    Serv     SKILLS   TOOLS    SPARE PARTS
0          0.0      0.0   420.0  1140.0     0.0 	[] 	[] 	[]
1          0.0      0.0   420.0  1140.0     0.0 	[] 	[] 	[]
2          0.0      0.0   465.0   480.0    45.0 	[] 	[] 	[]
3          0.0      0.0     0.0  1440.0    90.0 	[] 	[] 	[]

DISTANCES
0;0.0;0.0;9.0;9.0;0.0
1;0.0;0.0;9.0;9.0;0.0
2;9.0;9.0;0.0;9.0;9.0
3;9.0;9.0;9.0;0.0;9.0
4;0.0;0.0;9.0;9.0;0.0

TRAVEL TIMES
0;0.0000;0.0000;20.4900;7.0001;0.0000
1;0.0000;0.0000;20.4900;7.0001;0.0000
2;20.4900;20.4900;0.0000;1.3333;20.4900
3;7.0001;7.0001;1.3333;0.0000;7.0001
4;0.0000;0.0000;20.4900;7.0001;0.0000
`;
const ORIGIN = 1_767_225_600n;

test("requests become orders, technicians engineers and the depot a centre with everything", () => {
  const request = trspRequest(TEXT);
  expect(request.ticksPerSecond).toBe(100_000);
  expect(request.orders.map(({ id }) => id)).toEqual(["3", "4", "5"]);
  expect(request.orders[1]).toMatchObject({
    place: { position: { case: "planar", value: { x: 12, y: 0 } } },
    windows: [{ start: { seconds: ORIGIN + 40n }, end: { seconds: ORIGIN + 50n } }],
    serviceDuration: { seconds: 2n, nanos: 0 },
    skills: { allOf: ["1"] },
    toolIds: ["0"],
    parts: [{ sku: "0", quantity: 1 }],
  });
  expect(request.orders[2]).toMatchObject({ serviceDuration: { seconds: 4n, nanos: 500_000_000 }, parts: [] });
  const home = { position: { case: "planar", value: { x: 0, y: 10 } } };
  expect(request.engineers.map(({ id }) => id)).toEqual(["1", "2"]);
  expect(request.engineers[0]).toMatchObject({
    skills: [{ skillId: "0" }, { skillId: "1" }],
    toolIds: [],
    stock: [{ sku: "0", quantity: 1 }],
  });
  expect(request.engineers[1]).toMatchObject({
    shifts: [{ time: { start: { seconds: ORIGIN + 5n } }, startPlace: home, endPlace: home }],
    toolIds: ["0"],
    stock: [],
  });
  expect(request.operatingCentres).toMatchObject([
    {
      id: "0",
      place: { position: { case: "planar", value: { x: 9, y: 4 } } },
      openingWindows: [{ start: { seconds: ORIGIN }, end: { seconds: ORIGIN + 100n } }],
      stock: [
        { sku: "0", unlimited: true },
        { sku: "1", unlimited: true },
      ],
      toolIds: ["0"],
    },
  ]);
  expect(request.operatingCentres[0]!.pickDuration).toBeUndefined();
  expect(request.objective?.levels.map(({ terms }) => terms.map(({ measure }) => measure))).toEqual([
    [Measure.UNASSIGNED],
    [Measure.WORKING_TIME],
  ]);
});

test("planar travel is rounded up to ticks", () => {
  const request = trspRequest(TEXT);
  const travel = travelOf(request);
  const depot = travel.row(request.operatingCentres[0]!.place!);
  // (9, 4) to (0, 13): sqrt(162) = 12.7279220613...; (9, 4) to (6, 8): exactly 5.
  expect(travel.duration(0, depot, travel.row(request.orders[2]!.place!))).toBe(1_272_793);
  expect(travel.duration(0, depot, travel.row(request.orders[0]!.place!))).toBe(500_000);
});

test("an industrial file travels by its travel times, not its distances or copies", () => {
  const request = trspRequest(INDUSTRIAL);
  const travel = travelOf(request);
  const rows = [request.operatingCentres[0]!.place!, request.engineers[0]!.shifts[0]!.startPlace!].map(travel.row);
  expect([...rows, ...request.orders.map(({ place }) => travel.row(place!))]).toEqual([0, 1, 2, 3]);
  expect(travel.duration(0, 1, 2)).toBe(2_049_000);
  expect(travel.duration(0, 2, 3)).toBe(133_330);
  expect(travel.duration(0, 3, 0)).toBe(700_010);
  const source = request.travel?.source;
  expect(source?.case === "matrix" && source.value.matrices[0]?.size).toBe(4);
});

test("a route costs its least duration, waiting and a visit to the depot included", () => {
  // Technician 1: 10 to 3, wait until 20, serve until 25, 5 to the depot at 30, 5 to 4 at 35, wait until 40, serve until 42, home at 54.
  // Backwards: 4 at 40, depot at 35, 3 at 25 but at most 23, so departure at 13: 41.
  // Technician 2: 3 out, 4.5 of service, 3 back: 10.5.
  const routes = [
    { engineer: 1, visits: [3, 0, 4] },
    { engineer: 2, visits: [5] },
  ];
  const result = trspCost(TEXT, routes);
  expect(result).toMatchObject({ valid: true, problems: [] });
  expect(result.workingTime).toBeCloseTo(51.5, 9);
});

test("an industrial route costs its travel times and services", () => {
  // First service waits for 465, so departure is 444.51 and nothing waits: 20.49 + 45 + 1.3333 + 90 + 7.0001.
  const result = trspCost(INDUSTRIAL, [{ engineer: 1, visits: [2, 3] }]);
  expect(result).toMatchObject({ valid: true, problems: [] });
  expect(result.workingTime).toBeCloseTo(163.8234, 9);
});

test("unused technicians cost nothing", () => {
  expect(trspCost(TEXT, [{ engineer: 1, visits: [] }])).toEqual({ workingTime: 0, valid: true, problems: [] });
});

test.each([
  [
    "a missing tool and a part that is used up",
    [{ engineer: 1, visits: [3, 4] }],
    ["engineer 1: 4 needs tool 0", "engineer 1: 4 needs unit 2 of part 0, 1 carried"],
  ],
  // The depot comes after the service that needs the part.
  [
    "a missing skill and a part fetched too late",
    [{ engineer: 2, visits: [3, 0] }],
    ["engineer 2: 3 needs skill 0", "engineer 2: 3 needs unit 1 of part 0, 0 carried"],
  ],
  // 12 to 4, wait for 40, served until 42, 10 to 3 at 52.
  ["a window missed", [{ engineer: 1, visits: [0, 4, 3] }], ["engineer 1: 3 begins at 52, at most 23"]],
  ["a technician as a visit", [{ engineer: 1, visits: [2] }], ["engineer 1: visit 2 is not one of 3 to 5"]],
])("%s makes the plan invalid", (_name, routes, problems) => {
  expect(trspCost(TEXT, routes)).toMatchObject({ valid: false, problems });
});

test("a return after the shift makes the plan invalid", () => {
  // Home at 54 as worked out above.
  const text = TEXT.replace("1    0     0     0      100 ", "1    0     0     0      53 ");
  expect(trspCost(text, [{ engineer: 1, visits: [3, 0, 4] }]).problems).toEqual(["engineer 1: home at 54, at most 53"]);
});

test.each([
  ["a skill not declared", TEXT.replace("[0,1]", "[0,2]"), "line 10: skill 2 does not exist, the file declares 2"],
  ["a row without lists", TEXT.replace("[0]      []       [1,0]", ""), "line 12: "],
  ["an ID out of order", TEXT.replace("4    12", "6    12"), 'line 13: ID is "6", expected 4'],
  ["a word for a number", TEXT.replace("4.5", "long"), 'line 14: Serv is "long"'],
  [
    "too many part counts",
    TEXT.replace("4.5    [1]      [0]      []", "4.5 [1] [0] [0,0,1]"),
    "line 14: 3 part counts",
  ],
  [
    "fewer rows of travel times than nodes",
    INDUSTRIAL.slice(0, INDUSTRIAL.lastIndexOf("3;7")),
    "3 rows of travel times, expected 4",
  ],
  [
    "a row of travel times too short",
    INDUSTRIAL.replace(";20.4900;0.0000;1.3333;20.4900", ";20.49"),
    "line 24: 2 travel times, expected 4",
  ],
  ["distances without travel times", INDUSTRIAL.slice(0, INDUSTRIAL.indexOf("TRAVEL")), "line 14: DISTANCES without"],
])("%s is refused", (_name, text, message) => {
  expect(() => trspRequest(text)).toThrow(message);
});
