import { expect, test } from "vitest";
import { meanWithInterval } from "./interval.ts";

test("three values: t(0.975, 2) = 4.3027 standard errors on both sides of the mean", () => {
  // Variance (1 + 0 + 1) / 2 = 1, standard error sqrt(1 / 3) = 0.57735, 4.30265 * 0.57735 = 2.48414.
  const { mean, interval } = meanWithInterval([1, 2, 3]);
  expect(mean).toBe(2);
  expect(interval![0]).toBeCloseTo(2 - 2.48414, 4);
  expect(interval![1]).toBeCloseTo(2 + 2.48414, 4);
});

test("one value has a mean and no interval, none has neither", () => {
  expect(meanWithInterval([5])).toEqual({ mean: 5, interval: null });
  expect(meanWithInterval([])).toEqual({ mean: null, interval: null });
});
