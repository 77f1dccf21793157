import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { PlaceSchema } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { projectionOf } from "./projection.ts";

const geo = (latitude: number, longitude: number) =>
  create(PlaceSchema, { position: { case: "geo", value: { latitude, longitude } } });
const planar = (x: number, y: number) => create(PlaceSchema, { position: { case: "planar", value: { x, y } } });

test("north is up, east is right, and a degree of longitude shrinks with the latitude", () => {
  const corners = [geo(60.1, 10), geo(59.9, 10.4)] as const;
  const projection = projectionOf(corners, 640)!;
  const [northWest, southEast] = corners.map((place) => projection.point(place)!);
  expect(southEast!.x).toBeGreaterThan(northWest!.x);
  expect(southEast!.y).toBeGreaterThan(northWest!.y);
  // At 60 degrees, cos = 0.5: 0.4 degrees of longitude are as far as 0.2 of latitude.
  expect((southEast!.x - northWest!.x) / (southEast!.y - northWest!.y)).toBeCloseTo(1, 6);
});

test("all places lie inside the drawing, also when it is limited in height", () => {
  for (const places of [[planar(0, 0), planar(100, 1)], [planar(0, 0), planar(1, 100)], [planar(5, 5)]]) {
    const projection = projectionOf(places, 640)!;
    for (const place of places) {
      const point = projection.point(place)!;
      expect(point.x).toBeGreaterThanOrEqual(0);
      expect(point.x).toBeLessThanOrEqual(640);
      expect(point.y).toBeGreaterThanOrEqual(0);
      expect(point.y).toBeLessThanOrEqual(projection.height);
    }
  }
});

test("the grid is as long as it says", () => {
  const projection = projectionOf([planar(0, 0), planar(100, 100)], 640)!;
  const [from, to] = [projection.point(planar(0, 0))!, projection.point(planar(projection.grid.length, 0))!];
  expect(to.x - from.x).toBeCloseTo(projection.grid.size, 6);
  // 100 units on 640 - 2 * 28 = 584: 80 are 13.7 units, and the round length below is 10.
  expect(projection.grid.length).toBe(10);
});

test("places without coordinates have no point, and alone no projection", () => {
  expect(projectionOf([create(PlaceSchema, { matrixIndex: 1 }), undefined], 640)).toBeUndefined();
});
