import { create } from "@bufbuild/protobuf";
import fc from "fast-check";
import { cellToLatLng, gridDisk, latLngToCell } from "h3-js";
import { expect, test } from "vitest";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { OperatingCentreSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { CriterionMode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { greatCircleMetres, unitVector } from "../../solver/travel/great-circle.ts";
import { expectAliveInRounds } from "./alive-in-rounds.ts";
import { on, orderOn, roadless, startsOn } from "./earth.ts";
import { alone, betterIsNeverDearer } from "./pair-criterion.ts";

const ID = "service_territory";
const CELL = latLngToCell(30.25, 120.15, 8);
const [LATITUDE, LONGITUDE] = cellToLatLng(CELL);
const SOFT = { mode: CriterionMode.SOFT };
const OVERFLOW = { params: { overflow: 1 } };

/** Three centres: north and south are neighbours, which only south says. */
const centres =
  (cells: string[] = []) =>
  (request: AssignRequest) => {
    roadless(request);
    request.operatingCentres = [
      { id: "north", territoryCells: cells },
      { id: "south", neighbourCentreIds: ["north"] },
      { id: "west" },
    ].map((init) => create(OperatingCentreSchema, { place: on(30, 120), ...init }));
  };
const of = (operatingCentreId: string) => ({ ...startsOn(30, 120), operatingCentreId });
const ENGINEERS = { north: of("north"), south: of("south"), west: of("west"), none: of("") };
const NAMES = Object.keys(ENGINEERS);
const byCentre = { o: { ...orderOn(LATITUDE, LONGITUDE), operatingCentreId: "south" } };

test("by hand: only the own centre may serve, unless overflow lets neighbours help out at a cost", async () => {
  const hard = await alone(ID, byCentre, ENGINEERS, {}, {}, centres());
  expect(NAMES.map((name) => hard.excluded("o", name).join())).toEqual([ID, "", ID, ""]);
  const overflow = await alone(ID, byCentre, ENGINEERS, OVERFLOW, {}, centres());
  expect(NAMES.map((name) => overflow.excluded("o", name).join())).toEqual(["", "", ID, ""]);
  // W = 900. Nobody knows how far outside: half of the neutral score, 2500, costs floor((900 * 7500 + 5000) / 10000) = 675.
  expect([overflow.cost("o", "north"), overflow.cost("o", "south")]).toEqual([675, 0]);
  const soft = await alone(ID, byCentre, ENGINEERS, SOFT, {}, centres());
  expect(NAMES.map((name) => soft.excluded("o", name).join())).toEqual(["", "", "", ""]);
  expect(NAMES.map((name) => soft.cost("o", name))).toEqual([675, 0, 900, 450]);
});

test("missing: an engineer without a centre is not judged, which is neutral and reported; an order without one costs nothing", async () => {
  const { row } = await alone(ID, { ...byCentre, plain: orderOn(1, 1) }, ENGINEERS, SOFT, {}, centres());
  expect(row("o", "none")).toEqual({ status: "not_evaluated", score: 5000, cost: 450 });
  for (const name of NAMES) expect(row("plain", name)).toEqual({ status: "not_evaluated", score: 5000, cost: 0 });
});

test("a neighbour's score falls with the metres outside its cells", async () => {
  // North's territory is one cell; the order of south lies some way off its middle.
  const [north, east] = [LATITUDE + 0.05, LONGITUDE];
  const metres = Math.round(greatCircleMetres(unitVector(north, east), unitVector(LATITUDE, LONGITUDE)));
  // 0.05 degrees are 5560 m.
  expect(metres).toBe(5560);
  const order = { o: { ...orderOn(north, east), operatingCentreId: "south" } };
  const { row } = await alone(ID, order, ENGINEERS, OVERFLOW, {}, centres([CELL]));
  // 5560 * 8 / 5000 are 8.896 knots: floor((5000 * 520 + 4585 * 4480) / 5000) = 4628, and half of it.
  expect(row("o", "north").score).toBe(2314);
});

test("cells say whose an order is: the engineer's own before the centre's", async () => {
  const beside = gridDisk(CELL, 1).find((cell) => cell !== CELL)!;
  const engineers = { centre: of("north"), cells: { ...of("north"), territoryCells: [beside] } };
  const orders = {
    inside: orderOn(LATITUDE, LONGITUDE),
    beside: orderOn(...(cellToLatLng(beside) as [number, number])),
  };
  const { excluded, row } = await alone(ID, orders, engineers, {}, {}, centres([CELL]));
  const eligible = (order: string) => Object.keys(engineers).filter((name) => excluded(order, name).length === 0);
  expect([eligible("inside"), eligible("beside")]).toEqual([["centre"], ["cells"]]);
  expect(row("inside", "centre")).toEqual({ status: "evaluated", score: 10_000, cost: 0 });
});

test("off, it neither rules out nor costs", async () => {
  const { excluded, cost } = await alone(ID, byCentre, ENGINEERS, { mode: CriterionMode.OFF }, {}, centres());
  expect(NAMES.map((name) => [excluded("o", name), cost("o", name)])).toEqual(NAMES.map(() => [[], 0]));
});

test("monotone: an order less far outside never costs more", async () => {
  await betterIsNeverDearer(fc.integer({ min: -300, max: -2 }), async (nearness) => {
    const orders = Object.fromEntries(
      nearness.map((value, row) => [
        `o${row}`,
        { ...orderOn(LATITUDE - value / 1000, LONGITUDE), operatingCentreId: "south" },
      ]),
    );
    const { cost } = await alone(ID, orders, ENGINEERS, SOFT, {}, centres([CELL]));
    return nearness.map((_, row) => cost(`o${row}`, "north"));
  });
});

test("alive: in a round ten times its weight, against none, changes who comes", () => expectAliveInRounds(ID));
