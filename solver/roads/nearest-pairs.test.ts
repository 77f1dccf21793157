import { expect, test } from "vitest";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { nearestPairs } from "./nearest-pairs.ts";
import { PairSet } from "./pair-set.ts";

const { CAR } = VehicleMode;
/** Forty places on one meridian, 0.01 degrees from each to the next; the last one is a depot. */
const points = Array.from({ length: 40 }, (_, row) => ({ latitude: 30 + row / 100, longitude: 120 }));
const DEPOT = 39;
const orderRows = Array.from({ length: DEPOT }, (_, row) => row);

function everyPair() {
  const pairs = new PairSet(points.length);
  for (let from = 0; from < points.length; from++) for (let to = 0; to < points.length; to++) pairs.add(from, to);
  return new Map([[CAR, pairs]]);
}

test("each order keeps the legs to its nearest orders, and all to and from other places", () => {
  // 78 legs of the depot; 12 for each of 39 orders are 468 more.
  const fewer = nearestPairs(everyPair(), points, orderRows, [], 550)!.get(CAR)!;
  expect(fewer.count()).toBe(78 + 39 * 12);
  expect(fewer.from(0)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, DEPOT]);
  expect(fewer.from(20)).toEqual([14, 15, 16, 17, 18, 19, 21, 22, 23, 24, 25, 26, DEPOT]);
  expect(fewer.from(DEPOT)).toEqual(orderRows);
});

test("orders named keep all of their legs, in both directions", () => {
  const fewer = nearestPairs(everyPair(), points, orderRows, [0], 550)!.get(CAR)!;
  expect(fewer.from(0).length).toBe(39);
  expect(orderRows.slice(1).every((row) => fewer.has(row, 0))).toBe(true);
  expect(fewer.count()).toBeLessThanOrEqual(550);
});

test("fewer than 8 neighbours are none", () => {
  expect(nearestPairs(everyPair(), points, orderRows, [], 78 + 39 * 8)).toBeDefined();
  expect(nearestPairs(everyPair(), points, orderRows, [], 78 + 39 * 8 - 1)).toBeUndefined();
});
