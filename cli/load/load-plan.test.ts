import { expect, test } from "vitest";
import { quantile, summarise } from "./load-plan.ts";

test("quantiles are values that occurred", () => {
  const values = Array.from({ length: 1_000 }, (_, index) => index + 1);
  expect([0.5, 0.99, 0.999, 1].map((share) => quantile(values, share))).toEqual([500, 990, 999, 1_000]);
  expect(quantile([7], 0.5)).toBe(7);
  expect(quantile([], 0.5)).toBeNaN();
});

test("calls are told apart by kind and end, and an answer after its deadline is late", () => {
  const kinds = ["a", "b"].map((name) => ({ name, path: "", file: "", weight: 1, deadlineMs: 100 }));
  const results = [
    ...[10, 20, 101].map((ms) => ({ kind: 0, ms, status: "OK" })),
    { kind: 0, ms: 3, status: "RESOURCE_EXHAUSTED" },
    { kind: 0, ms: 100, status: "DEADLINE_EXCEEDED" },
    { kind: 1, ms: 5, status: "INTERNAL" },
  ];
  const [a, b] = summarise(kinds, results);
  expect(a).toMatchObject({ answered: 3, refused: 1, late: 2, failed: 0, p50: 20, p99: 101, refusedP99: 3 });
  expect(b).toMatchObject({ answered: 0, refused: 0, late: 0, failed: 1 });
});
