// The engineers that the search tries for an order first: H3's own gridDisk is the oracle.
import { create } from "@bufbuild/protobuf";
import { gridDisk, latLngToCell } from "h3-js";
import { expect, test } from "vitest";
import { generateCity } from "../../datasets/city.ts";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Place } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { CandidatesSchema, SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { loaded } from "../criteria/loaded.ts";
import { solveForTest } from "../solve-for-test.ts";

function cityWith(
  options: Parameters<typeof generateCity>[0],
  candidates: Parameters<typeof create<typeof CandidatesSchema>>[1],
): AssignRequest {
  const request = generateCity(options);
  request.search = create(SearchOptionsSchema, { iterations: 300n, candidates: create(CandidatesSchema, candidates) });
  return request;
}

const cellOf = (place: Place | undefined, resolution: number) => {
  const { latitude, longitude } = place!.position.value as { latitude: number; longitude: number };
  return latLngToCell(latitude, longitude, resolution);
};

test.each([
  [5, 8],
  [12, 7],
  [1, 9],
])(
  "%i engineers at resolution %i are those in the fewest rings with enough who may serve the order",
  async (count, resolution) => {
    const request = cityWith({ orders: 60, engineers: 43, centres: 2, seed: 3 }, { engineers: count, resolution });
    const { core, problem, excluded } = await loaded(request);
    let grown = 0;
    for (const [row, { id }] of problem.orders.entries()) {
      const may = request.engineers.filter((engineer) => excluded(id, engineer.id).length === 0);
      const cell = cellOf(request.orders.find((order) => order.id === id)!.place, resolution);
      const near = (ring: number) => {
        const disk = new Set(gridDisk(cell, ring));
        return may.filter(({ shifts }) => disk.has(cellOf(shifts[0]!.startPlace, resolution)));
      };
      let ring = 0;
      while (near(ring).length < Math.min(count, may.length) && ring < 80) ring++;
      const expected = near(ring).map((engineer) => engineer.id);
      if (expected.length < Math.min(count, may.length)) continue;
      grown++;
      const found = Array.from({ length: core.exports.nearEngineers(row) }, (_, index) => {
        return problem.engineers[core.exports.nearEngineer(row, index)]!.id;
      });
      // Who may serve nothing nearby is not reached by 80 rings, and then everybody who may is listed.
      if (may.length >= count) expect([...found].sort(), id).toEqual([...expected].sort());
      else expect([...found].sort(), id).toEqual(may.map((engineer) => engineer.id).sort());
    }
    expect(grown).toBeGreaterThan(40);
  },
);

test("an order is left out only after everybody who may serve it was tried, however few are near", async () => {
  // The one who lives at the order's door takes no order; the others live far away.
  const request = cityWith({ orders: 12, engineers: 8, seed: 5 }, { engineers: 1 });
  for (const centre of request.operatingCentres) for (const stock of centre.stock) stock.unlimited = true;
  const all = cityWith({ orders: 12, engineers: 8, seed: 5 }, { allPairs: true });
  for (const centre of all.operatingCentres) for (const stock of centre.stock) stock.unlimited = true;
  for (const each of [request, all]) {
    const [first] = each.engineers;
    first!.maxOrders = 0;
    for (const order of each.orders) order.place = first!.shifts[0]!.startPlace!;
  }
  const [few, everybody] = [await solveForTest(request), await solveForTest(all)];
  expect(checkResponse(request, few)).toEqual([]);
  expect(few.plan!.unassigned.map(({ orderId }) => orderId)).toEqual(
    everybody.plan!.unassigned.map(({ orderId }) => orderId),
  );
  expect(few.assignments.length).toBeGreaterThan(6);
});

test("plans with few candidates keep every rule and are the same every time", async () => {
  for (const seed of [1, 2]) {
    const request = cityWith({ orders: 80, engineers: 30, seed }, { engineers: 3 });
    const response = await solveForTest(request);
    expect(checkResponse(request, response)).toEqual([]);
    expect((await solveForTest(request)).plan).toEqual(response.plan);
  }
}, 30_000);
