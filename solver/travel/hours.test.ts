import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { PlaceSchema, VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import type { MatrixSchema, ModeSpeedSchema } from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { factsOf } from "../check/facts.ts";
import { wayByHour } from "../check/hours.ts";
import { lastDeparture, legTicks } from "./hours.ts";
import { travelOf } from "./travel.ts";

const { CAR, FOOT, UNSPECIFIED } = VehicleMode;
const moment = (text: string) => timestampFromDate(new Date(text));
const NOW = "2026-11-23T08:00:00Z";

/** A request at 8:00 with one matrix of two places for each slice: ticks there, and back as many. */
function request(
  slices: readonly { minute?: number; ticks: number; mode?: VehicleMode }[],
  now = NOW,
  ticksPerSecond = 1,
) {
  const matrices = slices.map(
    ({ minute, ticks, mode }): MessageInitShape<typeof MatrixSchema> => ({
      size: 2,
      durations: [0, ticks, ticks, 0],
      vehicleMode: mode ?? UNSPECIFIED,
      ...(minute !== undefined && { sliceStart: timestampFromDate(new Date(Date.parse(NOW) + 60_000 * minute)) }),
    }),
  );
  return create(AssignRequestSchema, {
    now: moment(now),
    timeZone: "UTC",
    ticksPerSecond,
    travel: { source: { case: "matrix", value: { matrices } } },
  });
}

type Slices = Parameters<typeof request>[0];

/** Arrival by the search's rule, which the checker's must be as well. */
function arrival(slices: Slices, departure: number, mode = CAR): number {
  const asked = request(slices);
  const arrives = departure + legTicks(travelOf(asked), departure, mode, 0, 1);
  const way = wayByHour(factsOf(asked), mode, 0, 1);
  if (way) expect(way.arrival(departure)).toBe(arrives);
  return arrives;
}

/** Last departure, by both likewise. */
function departure(slices: Slices, by: number): number {
  const asked = request(slices);
  const leaves = lastDeparture(travelOf(asked), by, CAR, 0, 1);
  const way = wayByHour(factsOf(asked), CAR, 0, 1);
  if (way) expect(way.departure(by)).toBe(leaves);
  return leaves;
}

describe("a leg", () => {
  // Ten minutes until 9:00, twenty from then on. 9:00 is second 3600.
  const rush = [{ ticks: 600 }, { minute: 60, ticks: 1200 }];

  test("within one slice takes what the slice says, also when it ends with it", () => {
    expect(arrival(rush, 0)).toBe(600);
    expect(arrival(rush, 3000)).toBe(3600);
    expect(arrival(rush, 3600)).toBe(4800);
  });

  test("goes on with the rest at the speed of the next slice", () => {
    // 300 of 600 s before the border: half the way, and the other half of 1200 s.
    expect(arrival(rush, 3300)).toBe(3600 + 600);
    // 599 of 600 s: a 600th of 1200 s is left.
    expect(arrival(rush, 3001)).toBe(3602);
    // And the other way round: half of 1200 s, then half of 600 s.
    expect(arrival([{ ticks: 1200 }, { minute: 60, ticks: 600 }], 3000)).toBe(3600 + 300);
  });

  test("is rounded up once", () => {
    // 1 of 3 s: two thirds of 7 s are 4.67 s.
    expect(arrival([{ ticks: 3 }, { minute: 60, ticks: 7 }], 3599)).toBe(3605);
    // 1 of 3 s, then 60 of 360 s, then half of 7 s: 3.5 s, in all 64.5 s.
    expect(arrival([{ ticks: 3 }, { minute: 60, ticks: 360 }, { minute: 61, ticks: 7 }], 3599)).toBe(3599 + 65);
  });

  test("crosses as many slices as it takes", () => {
    // A quarter of 1200 s until 9:00, a half of 3600 s until 9:30, the last quarter of 800 s.
    const slices = [{ ticks: 1200 }, { minute: 60, ticks: 3600 }, { minute: 90, ticks: 800 }];
    expect(arrival(slices, 3300)).toBe(5400 + 200);
    expect(departure(slices, 5600)).toBe(3300);
  });

  test("of no length in a slice is over when that begins", () => {
    const slices = [{ ticks: 600 }, { minute: 60, ticks: 0 }, { minute: 61, ticks: 600 }];
    expect(arrival(slices, 3300)).toBe(3600);
    expect(arrival(slices, 3610)).toBe(3610);
    expect(departure(slices, 3610)).toBe(3610);
    expect(departure(slices, 3660)).toBe(3659);
    expect(departure(slices, 3700)).toBe(3659);
  });

  test("is left for so that the end is in time, and one tick later is not", () => {
    expect(departure(rush, 3600)).toBe(3000);
    expect(departure(rush, 4200)).toBe(3300);
    // 570 of 600 s and a twentieth of 1200 s.
    expect(departure(rush, 3660)).toBe(3030);
    // Nobody arrives at 3661: 569 s before the border leave 62 s.
    expect(arrival(rush, 3031)).toBe(3662);
    expect(departure(rush, 3661)).toBe(3030);
    expect(departure(rush, 4800)).toBe(3600);
  });

  test("never arrives earlier by leaving later, and the last departure is the last one", () => {
    const slices = fc
      .array(fc.record({ minute: fc.integer({ min: 0, max: 5 }), ticks: fc.integer({ min: 0, max: 400 }) }), {
        minLength: 1,
        maxLength: 5,
      })
      .map((list) => {
        const [first, ...more] = list;
        const later = [...new Map(more.map((slice) => [slice.minute, slice])).values()];
        return [{ ticks: first!.ticks }, ...later];
      });
    fc.assert(
      fc.property(slices, fc.integer({ min: -100, max: 500 }), (list, at) => {
        const [here, next] = [arrival(list, at), arrival(list, at + 1)];
        expect(next).toBeGreaterThanOrEqual(here);
        const leaves = departure(list, here);
        expect(leaves).toBeGreaterThanOrEqual(at);
        expect(arrival(list, leaves)).toBeLessThanOrEqual(here);
        expect(arrival(list, leaves + 1)).toBeGreaterThan(here);
      }),
      { seed: 11, numRuns: 1500 },
    );
  });

  test("of the longest time there is stays exact", () => {
    const most = 2 ** 29 - 1;
    expect(arrival([{ ticks: most - 1 }, { minute: 1, ticks: most }], -5)).toBe(most - 5);
    expect(arrival([{ ticks: most }, { minute: 1, ticks: most }], -5)).toBe(most - 5);
  });
});

describe("slices of matrices", () => {
  test("count in any order of the request, by mode, and equal neighbours are one", () => {
    const slices = [{ minute: 60, ticks: 9 }, { ticks: 7 }, { ticks: 5, mode: FOOT }, { minute: 90, ticks: 9 }];
    const travel = travelOf(request(slices));
    expect(travel.hours!.starts).toEqual([3600]);
    expect([legTicks(travel, 0, CAR, 0, 1), legTicks(travel, 3600, CAR, 0, 1)]).toEqual([7, 9]);
    expect([legTicks(travel, 0, FOOT, 0, 1), legTicks(travel, 3600, FOOT, 0, 1)]).toEqual([5, 5]);
    expect(travel.duration(CAR, 0, 1)).toBe(7);
    expect(travelOf(request([{ ticks: 9 }, { minute: 60, ticks: 9 }])).hours).toBeUndefined();
  });

  test("begin at ticks after now", () => {
    const later = request([{ ticks: 7 }, { minute: 60, ticks: 9 }], "2026-11-23T08:30:00.500Z", 10);
    expect(travelOf(later).hours!.starts).toEqual([10 * 1800 - 5]);
  });

  test("have the metres of the first one", () => {
    const asked = request([{ ticks: 7 }, { minute: 60, ticks: 9 }]);
    expect(travelOf(asked).distance(CAR, 0, 1)).toBe(7);
    expect(travelOf(asked).distanceIsDuration).toBe(false);
  });
});

describe("speeds by the hour", () => {
  const speeds = (now: string, timeZone: string, hours: readonly (readonly [number, number])[]) => {
    const own: MessageInitShape<typeof ModeSpeedSchema> = {
      vehicleMode: CAR,
      metresPerSecond: 10,
      detourFactor: 1,
      hours: hours.map(([hour, metresPerSecond]) => ({ hour, metresPerSecond })),
    };
    return travelOf(
      create(AssignRequestSchema, {
        now: moment(now),
        timeZone,
        travel: { source: { case: "greatCircle", value: { speeds: [own] } } },
      }),
    );
  };
  const geo = (latitude: number) =>
    create(PlaceSchema, { position: { case: "geo", value: { latitude, longitude: 120 } } });

  test("begin with the hours of the request's zone and come back every day", () => {
    // 8:00 in Shanghai is midnight in UTC; now it is 7:50 there. Two days after now the hours end.
    const travel = speeds("2026-11-22T23:50:00Z", "Asia/Shanghai", [[8, 5]]);
    expect(travel.hours!.starts).toEqual([600, 4200, 87_000, 90_600]);
    // 11,119.51 m: 1,112 s at 10 m/s. 600 s take 6,000 m and something, the rest is driven at half the speed: 512 s twice.
    const rows = [travel.row(geo(30)), travel.row(geo(30.1))] as const;
    expect([travel.duration(CAR, ...rows), legTicks(travel, -2000, CAR, ...rows)]).toEqual([1112, 1112]);
    expect(legTicks(travel, 0, CAR, ...rows)).toBe(600 + 1024);
    expect(legTicks(travel, 600, CAR, ...rows)).toBe(2224);
  });

  test("go over midnight", () => {
    const travel = speeds("2026-11-23T22:00:00Z", "UTC", [[0, 5]]);
    const rows = [travel.row(geo(30)), travel.row(geo(30.1))] as const;
    // Midnight is second 7200: 1,000 s before it, then 112 s twice.
    expect(legTicks(travel, 6200, CAR, ...rows)).toBe(1000 + 224);
  });

  test("follow the clock when it is put forward and back", () => {
    // Berlin, 2027-03-28: after 1:59:59 comes 3:00:00, at 1:00 UTC. Hour 2 is not, hour 3 begins an hour earlier.
    const spring = speeds("2027-03-28T00:00:00Z", "Europe/Berlin", [
      [2, 5],
      [3, 2],
    ]);
    expect(spring.hours!.starts.slice(0, 2)).toEqual([3600, 7200]);
    // 2026-10-25: hour 2 comes twice, 0:00 to 2:00 UTC.
    const autumn = speeds("2026-10-24T23:00:00Z", "Europe/Berlin", [[2, 5]]);
    expect(autumn.hours!.starts.slice(0, 2)).toEqual([3600, 10_800]);
  });

  test("that are all the same are one speed", () => {
    expect(speeds(NOW, "UTC", [[8, 10]]).hours).toBeUndefined();
  });

  test("tell modes apart by their hours", () => {
    const travel = speeds(NOW, "UTC", [[8, 5]]);
    expect(travel.modeKey(CAR)).not.toBe(travel.modeKey(FOOT));
    expect(travel.modeKey(CAR)).toBe(travel.modeKey(UNSPECIFIED));
  });
});
