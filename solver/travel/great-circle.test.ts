import { describe, expect, test } from "vitest";
import { greatCircleMetres, unitVector } from "./great-circle.ts";

const RADIUS = 6_371_008.8;

/** The haversine formula with the platform's own functions. */
function haversine(lat1: number, lng1: number, lat2: number, lng2: number): number {
  const radians = Math.PI / 180;
  const [a, b] = [Math.sin(((lat2 - lat1) * radians) / 2), Math.sin(((lng2 - lng1) * radians) / 2)];
  const h = a * a + Math.cos(lat1 * radians) * Math.cos(lat2 * radians) * b * b;
  return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
}

const metres = (lat1: number, lng1: number, lat2: number, lng2: number) =>
  greatCircleMetres(unitVector(lat1, lng1), unitVector(lat2, lng2));

describe("great-circle metres", () => {
  test.each([
    // Published distances of the cities' centres, to the kilometre or so.
    ["Hangzhou to Shanghai", 30.2741, 120.1551, 31.2304, 121.4737, 165_000],
    ["Beijing to Guangzhou", 39.9042, 116.4074, 23.1291, 113.2644, 1_890_000],
    ["Shanghai to San Francisco", 31.2304, 121.4737, 37.7749, -122.4194, 9_900_000],
  ])("%s are those of the haversine formula", (_name, lat1, lng1, lat2, lng2, published) => {
    const found = metres(lat1, lng1, lat2, lng2);
    expect(Math.abs(found / haversine(lat1, lng1, lat2, lng2) - 1)).toBeLessThan(1e-6);
    expect(Math.abs(found / published - 1)).toBeLessThan(0.01);
  });

  test("a quarter of the equator, pole to pole, and across the date line", () => {
    const quarter = (Math.PI / 2) * RADIUS;
    expect(metres(0, 0, 0, 90)).toBeCloseTo(quarter, 3);
    expect(metres(90, 0, -90, 50)).toBeCloseTo(2 * quarter, 3);
    // One degree: 2 * 6371008.8 * pi / 360 = 111195.08
    expect(metres(0, 179.5, 0, -179.5)).toBeCloseTo(111_195.08, 2);
    expect(metres(0, -180, 0, 180)).toBeLessThan(1e-6);
  });

  test("small distances in a city keep their centimetres, all over the earth", () => {
    for (let lat = -80; lat <= 80; lat += 20)
      for (let lng = -170; lng <= 170; lng += 34) {
        const expected = haversine(lat, lng, lat + 0.003, lng + 0.004);
        expect(Math.abs(metres(lat, lng, lat + 0.003, lng + 0.004) - expected)).toBeLessThan(0.01);
      }
  });

  test("there and back are the same bits, and nowhere is 0", () => {
    expect(metres(30.27, 120.15, 31.23, 121.47)).toBe(metres(31.23, 121.47, 30.27, 120.15));
    expect(metres(30.27, 120.15, 30.27, 120.15)).toBe(0);
  });
});
