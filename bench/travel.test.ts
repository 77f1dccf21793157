import { expect, test } from "vitest";
import { VehicleMode } from "../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { fitToRoads } from "./travel.ts";

test("detour and speed are those of the table, and the error of what fits is none", () => {
  // On a meridian, 1,111.95 m from point to point; roads are 1.5 times as long and go 10 m/s.
  const points = [0, 1, 2].map((step) => ({ latitude: 30 + step / 100, longitude: 120 }));
  const metres = (from: number, to: number) => Math.abs(from - to) * 1_111.9508 * 1.5;
  const cells = [0, 1, 2].flatMap((from) => [0, 1, 2].map((to) => metres(from, to)));
  const fit = fitToRoads(
    VehicleMode.CAR,
    points,
    Int32Array.from(cells, (value) => Math.round(value / 10)),
    Int32Array.from(cells, Math.round),
  );
  expect(fit.pairs).toBe(6);
  for (const detour of fit.detour) expect(detour).toBeCloseTo(1.5, 3);
  expect(fit.metresPerSecond).toBeCloseTo(10, 1);
  for (const error of fit.errorOfFit) expect(Math.abs(error)).toBeLessThan(0.01);
  // Defaults: 1.4 / 7 against 1.5 / 10 seconds a metre: a third more.
  for (const error of fit.errorOfDefaults) expect(error).toBeCloseTo(0.333, 2);
});
