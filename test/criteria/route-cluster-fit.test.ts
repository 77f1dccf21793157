import { create } from "@bufbuild/protobuf";
import fc from "fast-check";
import { expect, test } from "vitest";
import { OperatingCentreSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { TravelSchema } from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { between, point } from "../oracle/build.ts";
import { expectAliveInDays, offAgainst } from "./alive-in-days.ts";
import { moreIsNeverDearer, planned } from "./route-criterion.ts";

const ID = "route_cluster_fit";
const home = (x = 0) => ({ shifts: [{ time: between(0, 10_000), startPlace: point(x, 0), endPlace: point(x, 0) }] });

test("by hand: a detour is measured against twice the way there and back alone", async () => {
  // Alone it is its own detour: 200 of 400, 5000; floor((300 * 5000 + 5000) / 10000) = 150.
  const one = await planned(ID, { o: { place: point(100, 0) } }, { e: home() });
  expect(one.row("o")).toEqual({ status: "evaluated", score: 5000, cost: 150 });
  // The nearer of two in a row is on the way; the farther one is 100 past it there and back, of 400: 7500, 75.
  const two = await planned(ID, { far: { place: point(100, 0) }, near: { place: point(50, 0) } }, { e: home() });
  const detours = two.routes.e![0] === "near" ? ["near", "far"] : ["far", "near"];
  expect(detours.map((id) => two.row(id).score).sort()).toEqual([10_000, 7500].sort());
  expect(two.cost).toBe(75);
});

test("a route that ends where it ends has no way back", async () => {
  const { row } = await planned(ID, { o: { place: point(100, 0) } }, { e: {} });
  expect(row("o").score).toBe(5000);
});

test("an order at the door is no detour", async () => {
  const { row } = await planned(ID, { o: { place: point(0, 0) } }, { e: home() });
  expect(row("o")).toEqual({ status: "evaluated", score: 10_000, cost: 0 });
});

test("breaks and pick-ups between two orders change nothing", async () => {
  const tools = { toolIds: ["ladder"] };
  const orders = { o: { place: point(100, 0), ...tools } };
  const centre = { id: "c", place: point(90, 0), toolIds: ["ladder"] };
  const { row } = await planned(ID, orders, { e: home() }, {}, (request) => {
    request.operatingCentres = [create(OperatingCentreSchema, centre)];
  });
  expect(row("o").score).toBe(5000);
});

test("missing: where there is no way alone the neutral score is charged and reported", async () => {
  // From home to b there is a way only by way of a.
  const place = (matrixIndex: number) => ({ position: { case: "planar" as const, value: {} }, matrixIndex });
  const durations = [0, 10, -1, 10, 0, 10, 10, 10, 0];
  const shifts = [{ time: between(0, 1000), startPlace: place(0), endPlace: place(0) }];
  const { row } = await planned(
    ID,
    { a: { place: place(1) }, b: { place: place(2) } },
    { e: { shifts } },
    {},
    (request) => {
      request.travel = create(TravelSchema, {
        source: { case: "matrix", value: { matrices: [{ size: 3, durations }] } },
      });
    },
  );
  expect(row("b")).toEqual({ status: "not_evaluated", score: 5000, cost: 150 });
});

test("monotone: a place nearer to the way between two others never costs more", async () => {
  const orders = (off: number) => ({
    before: { place: point(1000, 0), windows: [between(0, 1500)] },
    o: { place: point(2000, off), windows: [between(2000, 4000)] },
    after: { place: point(3000, 0), windows: [between(4500, 9000)] },
  });
  await moreIsNeverDearer(fc.integer({ min: -900, max: 0 }), async (nearer) => {
    const { row } = await planned(ID, orders(-nearer), { e: home() });
    return row("o").cost;
  });
});

test("alive: on a day ten times its weight, against off, changes who comes or when", () =>
  expectAliveInDays(offAgainst(ID, { weightS: 3_000 })));
