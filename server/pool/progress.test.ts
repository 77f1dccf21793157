import { create } from "@bufbuild/protobuf";
import { afterEach, expect, test, vi } from "vitest";
import { type Progress, ProgressSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { mergeProgress, progressMerger } from "./progress.ts";

const of = (levels: bigint[], iterations: bigint, fraction: number, unassigned = 0) =>
  create(ProgressSchema, { levels, iterations, fraction, unassigned, elapsed: { seconds: iterations, nanos: 0 } });

afterEach(() => vi.useRealTimers());

test("the best plan, the sum of iterations, and the time of the furthest are told", () => {
  // [1, 50] < [2, 10] because the first level decides; 3 + 4 = 7 iterations; 0.7 is the larger fraction.
  const merged = mergeProgress([of([2n, 10n], 3n, 0.7, 9), of([1n, 50n], 4n, 0.4, 5)]);
  expect(merged).toMatchObject({ levels: [1n, 50n], unassigned: 5, iterations: 7n, fraction: 0.7 });
  expect(merged.elapsed!.seconds).toBe(3n);
});

test("a worker without a plan yet never has the best plan", () => {
  expect(mergeProgress([of([], 1n, 0.1), of([4n], 1n, 0.1)]).levels).toEqual([4n]);
  expect(mergeProgress([of([4n], 1n, 0.1), of([], 1n, 0.1)]).levels).toEqual([4n]);
});

test("progress of many workers is told once an interval, with the latest of each", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const told: Progress[] = [];
  const hear = progressMerger(2, 100, (progress) => told.push(progress));
  hear(0, of([9n], 1n, 0.1)); // at 0 ms: told
  vi.advanceTimersByTime(99);
  hear(1, of([5n], 10n, 0.2)); // at 99 ms: kept
  vi.advanceTimersByTime(1);
  hear(0, of([8n], 2n, 0.2)); // at 100 ms: told, 2 + 10 iterations, best is worker 1's
  expect(told.map(({ levels, iterations }) => [levels, iterations])).toEqual([
    [[9n], 1n],
    [[5n], 12n],
  ]);
});
