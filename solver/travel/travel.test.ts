import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import { AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { PlaceSchema, VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { PlanarTravel_Rounding, type TravelSchema } from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { point } from "../../test/oracle/build.ts";
import { travelOf } from "./travel.ts";

const travel = (source: MessageInitShape<typeof TravelSchema> | undefined, ticksPerSecond = 1) =>
  travelOf(create(AssignRequestSchema, { ticksPerSecond, ...(source ? { travel: source } : {}) }));
const geo = (latitude: number, longitude: number) =>
  create(PlaceSchema, { position: { case: "geo", value: { latitude, longitude } } });
const { UNSPECIFIED, FOOT, E_BIKE, CAR } = VehicleMode;

describe("planar travel", () => {
  const planar = (rounding: PlanarTravel_Rounding, ticksPerSecond: number) => {
    const found = travel({ source: { case: "planar", value: { rounding } } }, ticksPerSecond);
    const [from, to] = [found.row(point(0, 0)), found.row(point(1, 1))];
    return [found.duration(CAR, from, to), found.distance(CAR, from, to)];
  };

  test("rounds up, down or to the nearest after the ticks are counted", () => {
    const { UNSPECIFIED: none, UP, DOWN, NEAREST } = PlanarTravel_Rounding;
    // sqrt(2) = 1.41421...
    expect(planar(UP, 1)).toEqual([2, 2]);
    expect(planar(none, 1)).toEqual([2, 2]);
    expect(planar(DOWN, 10)).toEqual([14, 14]);
    expect(planar(NEAREST, 1)).toEqual([1, 1]);
    expect(planar(UP, 1000)).toEqual([1415, 1415]);
    expect(planar(DOWN, 1000)).toEqual([1414, 1414]);
  });

  test("gives equal points one row", () => {
    const found = travel({ source: { case: "planar", value: {} } });
    expect([point(1, 2), point(2, 1), point(1, 2)].map((place) => found.row(place))).toEqual([0, 1, 0]);
  });
});

describe("great-circle travel", () => {
  // One degree of latitude: 111195.08 m.
  const [from, to] = [geo(30, 120), geo(31, 120)];

  test("takes detour and speed by mode; seconds are rounded up, metres to the nearest", () => {
    const found = travel(undefined);
    const rows = [found.row(from), found.row(to)] as const;
    // Car: * 1.4 = 155673.11 m, / 7 = 22239.02 s. On foot: * 1.3 = 144553.60 m, / 1.3 = 111195.08 s.
    expect([found.distance(CAR, ...rows), found.duration(CAR, ...rows)]).toEqual([155_673, 22_240]);
    expect([found.distance(FOOT, ...rows), found.duration(FOOT, ...rows)]).toEqual([144_554, 111_196]);
    expect(found.duration(UNSPECIFIED, ...rows)).toBe(22_240);
    expect(found.source).toBe("great_circle");
  });

  test("uses the request's speeds, keeps the default detour where it gives none, and tells such modes apart", () => {
    const speeds = [
      { vehicleMode: CAR, metresPerSecond: 14 },
      { vehicleMode: FOOT, metresPerSecond: 14, detourFactor: 1.4 },
    ];
    const found = travel({ source: { case: "greatCircle", value: { speeds } } }, 10);
    const rows = [found.row(from), found.row(to)] as const;
    // 155673.11 / 14 = 11119.508 s = 111195.08 ticks
    expect(found.duration(CAR, ...rows)).toBe(111_196);
    expect(found.modeKey(CAR)).toBe(found.modeKey(FOOT));
    expect(found.modeKey(UNSPECIFIED)).toBe(found.modeKey(CAR));
    expect(found.modeKey(E_BIKE)).not.toBe(found.modeKey(CAR));
  });
});

describe("the caller's matrices", () => {
  const found = travel({
    source: {
      case: "matrix",
      value: {
        matrices: [
          { size: 2, durations: [0, 1, 2, 0] },
          { size: 2, durations: [0, -1, 20, 0], distancesM: [0, -1, 200, 0], vehicleMode: E_BIKE },
        ],
      },
    },
  });

  test("are read by row and column, each mode with its own or that of no mode; distances default to durations", () => {
    expect([found.duration(CAR, 0, 1), found.duration(CAR, 1, 0), found.distance(CAR, 1, 0)]).toEqual([1, 2, 2]);
    expect([found.duration(E_BIKE, 0, 1), found.duration(E_BIKE, 1, 0), found.distance(E_BIKE, 1, 0)]).toEqual([
      -1, 20, 200,
    ]);
    expect(found.modeKey(CAR)).toBe(found.modeKey(FOOT));
    expect(found.modeKey(CAR)).not.toBe(found.modeKey(E_BIKE));
  });

  test("know a place by its index alone", () => {
    expect(found.row(create(PlaceSchema, { ...point(7, 7), matrixIndex: 1 }))).toBe(1);
  });
});
