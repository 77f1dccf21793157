import { expect, test } from "vitest";
import { PlanarTravel_Rounding } from "../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { travelOf } from "../solver/travel/travel.ts";
import { solomonRequest } from "./solomon.ts";
import { solomonCost } from "./solomon-cost.ts";

const TEXT = `TINY

VEHICLE
NUMBER     CAPACITY
  2          10

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      0          0          0          0         60          0
    1      3          4          5          0         20         10
    2      3          5          5         30         40          5.5
    3      1          1          6          0         60          1
`;
const ORIGIN = 1_767_225_600n;

test("customers become orders and vehicles engineers, in tenths", () => {
  const request = solomonRequest(TEXT);
  expect(request.orders.map(({ id }) => id)).toEqual(["1", "2", "3"]);
  expect(request.engineers.map(({ id }) => id)).toEqual(["1", "2"]);
  expect(request).toMatchObject({ now: { seconds: ORIGIN }, timeZone: "UTC", ticksPerSecond: 10 });
  expect(request.orders[1]).toMatchObject({
    place: { position: { case: "planar", value: { x: 3, y: 5 } } },
    windows: [{ start: { seconds: ORIGIN + 30n }, end: { seconds: ORIGIN + 40n } }],
    serviceDuration: { seconds: 5n, nanos: 500_000_000 },
    loads: [{ dimension: "demand", amount: 5 }],
  });
  const depot = { position: { case: "planar", value: { x: 0, y: 0 } } };
  expect(request.engineers[1]).toMatchObject({
    shifts: [
      { time: { start: { seconds: ORIGIN }, end: { seconds: ORIGIN + 60n } }, startPlace: depot, endPlace: depot },
    ],
    capacities: [{ dimension: "demand", amount: 10 }],
  });
});

test("travel is cut to tenths", () => {
  const request = solomonRequest(TEXT);
  expect(request.travel?.source).toMatchObject({ case: "planar", value: { rounding: PlanarTravel_Rounding.DOWN } });
  const travel = travelOf(request);
  const depot = travel.row(request.engineers[0]!.shifts[0]!.startPlace!);
  // sqrt(9 + 25) = 5.83
  expect(travel.duration(0, depot, travel.row(request.orders[1]!.place!))).toBe(58);
});

test("the cost is the sum of legs cut to one decimal", () => {
  const routes = [
    { engineer: 2, visits: [1, 2] },
    { engineer: 1, visits: [3] },
  ];
  // 5.0 + 1.0 + 5.8 (sqrt 34 = 5.83) and twice 1.4 (sqrt 2): 14.6. Served at 5, left at 15, waiting from 16 to 30, back at 41.3.
  expect(solomonCost(TEXT, routes)).toEqual({ distance: 14.6, valid: true, problems: [] });
});

test("a route that is not used costs nothing", () => {
  expect(solomonCost(TEXT, [{ engineer: 1, visits: [] }])).toEqual({ distance: 0, valid: true, problems: [] });
});

test.each([
  // 2 begins at 30, ends at 35.5, 1 is reached at 36.5, due 20.
  ["a late customer", [{ engineer: 1, visits: [2, 1] }], ["engineer 1: 1 begins at 36.5, due 20"]],
  // 3 at 1.4 until 2.4, then 3.6 (sqrt 13 = 3.605) to 1 at 6.0; demand 6 + 5 > 10.
  ["too much load", [{ engineer: 1, visits: [3, 1] }], ["engineer 1: load 11, capacity 10"]],
  ["a third vehicle", [{ engineer: 3, visits: [1] }], ["engineer 3 is not one of 1 to 2"]],
  ["a customer that does not exist", [{ engineer: 1, visits: [4] }], ["engineer 1: visit 4 is not one of 1 to 3"]],
  [
    "a customer visited twice",
    [
      { engineer: 1, visits: [1] },
      { engineer: 2, visits: [1] },
    ],
    ["engineer 2: 1 is visited twice"],
  ],
  [
    "a vehicle with two routes",
    [
      { engineer: 1, visits: [1] },
      { engineer: 1, visits: [3] },
    ],
    ["engineer 1 has two routes"],
  ],
])("%s makes the plan invalid", (_name, routes, problems) => {
  expect(solomonCost(TEXT, routes)).toMatchObject({ valid: false, problems });
});

test("a return after the depot's due date makes the plan invalid", () => {
  // The route of the first cost test is back at 30 + 5.5 + 5.8 = 41.3.
  const text = TEXT.replace("0         60          0", "0         41          0");
  expect(solomonCost(text, [{ engineer: 1, visits: [1, 2] }]).problems).toEqual(["engineer 1: back at 41.3, due 41"]);
});

test.each([
  [
    "a word for a number",
    TEXT.replace("3          5          5 ", "3          5          five "),
    'line 12: demand is "five"',
  ],
  ["a row that is too short", TEXT.replace("5.5", ""), "line 12: "],
  ["a number left out", TEXT.replace("    3      1", "    4      1"), 'line 13: customer number is "4", expected 3'],
  [
    "an end before the start",
    TEXT.replace("30         40", "30         20"),
    "line 12: due date 20 is before ready time 30",
  ],
  ["no vehicles", TEXT.replace("NUMBER     CAPACITY", ""), "NUMBER CAPACITY"],
])("%s is refused", (_name, text, message) => {
  expect(() => solomonRequest(text)).toThrow(message);
});
