import fc from "fast-check";
import { cellToLatLng, gridDisk, gridDistance, latLngToCell } from "h3-js";
import { expect, test } from "vitest";
import { cellGrid } from "../../solver/cells.ts";
import { Point } from "../../solver/model/point.ts";
import { between } from "../oracle/build.ts";
import { expectAliveInRounds } from "./alive-in-rounds.ts";
import { on, orderOn, roadless, startsOn } from "./earth.ts";
import { alone, betterIsNeverDearer } from "./pair-criterion.ts";

const ID = "h3_proximity";
const HOME = latLngToCell(30.25, 120.15, 8);
/** The middle of a cell so many steps from HOME. */
const away = (steps: number) =>
  cellToLatLng(gridDisk(HOME, steps).find((cell) => gridDistance(HOME, cell) === steps)!) as [number, number];
const [latitude, longitude] = cellToLatLng(HOME);

const costs = (steps: number[], setting = {}) =>
  alone(
    ID,
    Object.fromEntries(steps.map((count, row) => [`o${row}`, orderOn(...away(count))])),
    { e: startsOn(latitude, longitude) },
    setting,
    {},
    roadless,
  );

test("by hand: twelve cells away is the worst; without roads the whole way weighs 120 s", async () => {
  const { cost, row } = await costs([0, 3, 5, 12, 14]);
  // W = 120: 3 of 12 score 7500; 5 of 12 score floor(70000 / 12) = 5833, cost floor((120 * 4167 + 5000) / 10000) = 50.
  expect([0, 1, 2, 3, 4].map((order) => cost(`o${order}`, "e"))).toEqual([0, 30, 50, 120, 120]);
  expect(row("o2", "e")).toEqual({ status: "evaluated", score: 5833, cost: 50 });
});

test("the policy sets resolution, worst distance and weight", async () => {
  const { cost } = await costs([3, 6], { weightS: 1000, params: { worst_cells: 6 } });
  expect([cost("o0", "e"), cost("o1", "e")]).toEqual([500, 1000]);
});

test("missing: where roads are known it weighs nothing; places on a plane have no cells, which is neutral and reported", async () => {
  const planar = await alone(ID, { o: {} }, { e: {} });
  expect([planar.cost("o", "e"), planar.row("o", "e").status]).toEqual([0, "not_evaluated"]);
  const weighed = await alone(ID, { o: {} }, { e: {} }, { weightS: 100 });
  expect(weighed.row("o", "e")).toEqual({ status: "not_evaluated", score: 5000, cost: 50 });
});

test("the first shift by time says where the engineer starts", async () => {
  const late = { time: between(500, 900), startPlace: on(...away(12)) };
  const early = { time: between(0, 400), startPlace: on(latitude, longitude) };
  const { cost } = await alone(
    ID,
    { o: orderOn(latitude, longitude) },
    { e: { shifts: [late, early] } },
    {},
    {},
    roadless,
  );
  expect(cost("o", "e")).toBe(0);
});

test("monotone: a nearer order never costs more", async () => {
  await betterIsNeverDearer(fc.integer({ min: -20, max: 0 }), async (nearness) => {
    const { cost } = await costs(nearness.map((value) => -value));
    return nearness.map((_, row) => cost(`o${row}`, "e"));
  });
});

/** Corners of the earth: a city, the border of two base cells, and the pentagon in the Bay of Korea with Beijing and Seoul around it. */
const REGIONS = [
  ["a city", 30.25, 120.15, 0.3],
  ["all of eastern China", 33, 118, 6],
  ["a pentagon's middle", 39.1, 122.3, 0.2],
  ["around a pentagon", 39.1, 122.3, 7],
] as const;

test.each(REGIONS)(
  "coordinates give H3's own distance in %s, and pairs it does not know have one by great circle",
  (_name, north, east, spread) => {
    const point = fc
      .tuple(
        fc.double({ min: north - spread, max: north + spread, noNaN: true }),
        fc.double({ min: east - spread, max: east + spread, noNaN: true }),
      )
      .map((position) => new Point(...position));
    let exact = 0;
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 1, maxLength: 8 }),
        fc.array(point, { minLength: 1, maxLength: 8 }),
        (orders, engineers) => {
          const grid = cellGrid(orders, engineers, 8, 50);
          engineers.forEach((engineer, row) => {
            const from = grid.engineers[row]!;
            orders.forEach((order, at) => {
              const to = grid.orders[from.frame]![at];
              if (to === undefined) return;
              const [i, j] = [to.i - from.i, to.j - from.j];
              const cells = [engineer, order].map(({ latitude, longitude }) => latLngToCell(latitude, longitude, 8));
              expect(Math.max(Math.abs(i), Math.abs(j), Math.abs(i - j))).toBe(gridDistance(cells[0]!, cells[1]!));
              exact++;
            });
          });
        },
      ),
      { numRuns: 100, seed: 3 },
    );
    expect(exact).toBeGreaterThan(100);
  },
);

test("around a pentagon core and checker agree on every pair", async () => {
  const offsets = [-0.03, -0.015, 0, 0.012, 0.027];
  const spots = offsets.flatMap((north) => offsets.map((east) => [39.1 + north, 122.3 + east] as [number, number]));
  const orders = Object.fromEntries(spots.map((spot, row) => [`o${row}`, orderOn(...spot)]));
  const engineers = Object.fromEntries(spots.map((spot, row) => [`e${row}`, startsOn(...spot)]));
  await alone(ID, orders, engineers, { params: { worst_cells: 50 } }, {}, roadless);
});

test("alive: in a round ten times its weight, against none, changes who comes", () => expectAliveInRounds(ID));
