import { describe, expect, test } from "vitest";
import { canonicalSchedule, firstAllowed, latenessOf, type Step } from "./schedule.ts";

const stop = (leg: number, windows: [number, number][] = [], more: Partial<Step> = {}): Step => ({
  leg,
  setup: 0,
  grace: 0,
  length: 0,
  windows: windows.map(([start, end]) => ({ start, end })),
  ...more,
});

/** Departure, starts and end of a route that may leave from 0. */
function times(steps: Step[], finalLeg = 0, fixed = false) {
  const schedule = canonicalSchedule(steps, 0, finalLeg, fixed);
  if ("blockedAt" in schedule) return schedule;
  return {
    departure: schedule.departure,
    starts: schedule.timings.map(({ start }) => start),
    waits: schedule.timings.map(({ waiting }) => waiting),
    arrival: schedule.arrival,
  };
}

describe("the canonical schedule", () => {
  test("leaves late enough that nobody waits for the first window", () => {
    // Early: 10, waits for 50, ends 55, home 65. Late: 50, so departure 50 - 10.
    expect(times([stop(10, [[50, 60]], { length: 5 })], 10)).toEqual({
      departure: 40,
      starts: [50],
      waits: [0],
      arrival: 65,
    });
  });
  test("moves a stop only to the end of its window, and the wait after it stays", () => {
    // Early: 10, then 100. Late: 100 and min(100 - 10, 20) = 20, so departure 10; from 20 the second is reached at 30.
    expect(times([stop(10, [[10, 20]]), stop(10, [[100, 110]])])).toEqual({
      departure: 10,
      starts: [20, 100],
      waits: [0, 70],
      arrival: 100,
    });
  });
  test("keeps a stop in the window of its early start even when a later window would shorten the day", () => {
    // 80 to 90 would need no wait; the early start 5 lies in 0 to 10, so at most 10.
    const starts = times([
      stop(5, [
        [0, 10],
        [80, 90],
      ]),
      stop(10, [[100, 110]]),
    ]);
    expect(starts).toEqual({ departure: 5, starts: [10, 100], waits: [0, 80], arrival: 100 });
  });
  test("waits for the next window when it comes between two", () => {
    // 15 is after 0 to 10, so 80; the late departure is 80 - 15.
    expect(
      times([
        stop(15, [
          [0, 10],
          [80, 90],
        ]),
      ]),
    ).toEqual({ departure: 65, starts: [80], waits: [0], arrival: 80 });
  });
  test("a late stop keeps its early start, so the route leaves at once", () => {
    // 15 is 5 after the window, allowed by grace; the wait of 30 before 50 stays.
    const late = stop(15, [[0, 10]], { grace: 20 });
    expect(times([late, stop(5, [[50, 60]])])).toEqual({
      departure: 0,
      starts: [15, 50],
      waits: [0, 30],
      arrival: 50,
    });
  });
  test("counts set-up between arrival and start", () => {
    // 50 - 5 - 10
    expect(times([stop(10, [[50, 60]], { setup: 5 })])).toEqual({
      departure: 35,
      starts: [50],
      waits: [0],
      arrival: 50,
    });
  });
  test("a stop without windows moves freely between its neighbours", () => {
    // Early 10, then 100; late 100 and 100 - 10 - 7 = 83, so departure 73.
    expect(times([stop(10, [], { length: 7 }), stop(10, [[100, 110]])])).toEqual({
      departure: 73,
      starts: [83, 100],
      waits: [0, 0],
      arrival: 100,
    });
  });
  test("a fixed departure is not moved", () => {
    expect(times([stop(10, [[50, 60]])], 10, true)).toEqual({ departure: 0, starts: [50], waits: [40], arrival: 60 });
  });
  test("a route that cannot be in time says at which stop", () => {
    expect(times([stop(10, [[0, 10]]), stop(1, [[0, 10]])])).toEqual({ blockedAt: 1 });
  });
});

describe("allowed starts", () => {
  const windows = stop(
    0,
    [
      [10, 20],
      [30, 40],
    ],
    { grace: 5 },
  );
  test.each([
    [0, 10],
    [10, 10],
    [20, 20],
    [25, 25],
    [26, 30],
    [45, 45],
    [46, undefined],
  ])("from %i the first is %s: both ends and the grace are inclusive", (ready, start) => {
    expect(firstAllowed(windows, ready)).toBe(start);
  });
});

describe("lateness", () => {
  const windows = [
    { start: 10, end: 20 },
    { start: 30, end: 40 },
  ];
  test.each([
    [20, 0],
    [22, 2],
    [30, 0],
    [43, 3],
  ])("of a start at %i is %i, after the last window that ended", (start, late) => {
    expect(latenessOf(windows, start)).toBe(late);
  });
});
