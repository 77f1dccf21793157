import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { Stop_Kind, Stop_Lock } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { CriterionMode, Measure, SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import type { CriterionId } from "../../solver/criteria.ts";
import { NEVER } from "../../solver/layout.ts";
import { at, between, lasts, point } from "../../test/oracle/build.ts";
import { problemFromProto } from "./from-proto.ts";
import { policyFromProto } from "./policy-from-proto.ts";

/** One order and one engineer, now is 100, with more. */
function request(more: Exclude<MessageInitShape<typeof AssignRequestSchema>, AssignRequest> = {}): AssignRequest {
  return create(AssignRequestSchema, {
    now: at(100),
    timeZone: "UTC",
    orders: [{ id: "o", place: point(1, 0) }],
    engineers: [{ id: "e", shifts: [{ time: between(0, 500), startPlace: point(0, 0) }] }],
    travel: { source: { case: "planar", value: {} } },
    ...more,
  });
}

const problem = (more?: Exclude<MessageInitShape<typeof AssignRequestSchema>, AssignRequest>) =>
  problemFromProto(request(more), new Set());
const order = (more: object) => problem({ orders: [{ id: "o", place: point(1, 0), ...more }] }).orders[0]!;
const engineer = (more: object) =>
  problem({ engineers: [{ id: "e", shifts: [{ time: between(0, 500), startPlace: point(0, 0) }], ...more }] })
    .engineers[0]!;
const shift = (more: object) =>
  engineer({ shifts: [{ time: between(0, 500), startPlace: point(0, 0), ...more }] }).shifts[0]!;

describe("times", () => {
  test("are ticks after now, to the nanosecond", () => {
    const { orders, epochTicks, ticksPerSecond } = problem({
      ticksPerSecond: 1000,
      now: { seconds: 7n, nanos: 250_000_000 },
      orders: [
        {
          id: "o",
          place: point(0, 0),
          windows: [{ start: { seconds: 8n, nanos: 1_000_000 }, end: { seconds: 9n } }],
          serviceDuration: { seconds: 1n, nanos: 5_000_000 },
        },
      ],
      engineers: [
        { id: "e", shifts: [{ time: { start: { seconds: 7n }, end: { seconds: 20n } }, startPlace: point(0, 0) }] },
      ],
    });
    expect([epochTicks, ticksPerSecond]).toEqual([7250, 1000]);
    // 8.001 - 7.25 and 9 - 7.25 seconds.
    expect(orders[0]).toMatchObject({ windows: [{ start: 751, end: 1750 }], serviceTicks: 1005 });
  });

  test("windows are sorted and begin at now at the earliest", () => {
    expect(order({ windows: [between(300, 400), between(50, 150), between(200, 250)] }).windows).toEqual([
      { start: 0, end: 50 },
      { start: 100, end: 150 },
      { start: 200, end: 300 },
    ]);
  });

  test("a window that is over is dropped, one whose grace is left is kept with its end before now", () => {
    expect(order({ windows: [between(10, 60), between(200, 250)] }).windows).toEqual([{ start: 100, end: 150 }]);
    // 60 + 40 is now: the last moment of the grace.
    expect(order({ windows: [between(10, 60)], latenessGrace: lasts(40) }).windows).toEqual([{ start: 0, end: -40 }]);
  });

  test("no window means always, only windows that are over mean never", () => {
    expect(order({}).windows).toEqual([{ start: 0, end: NEVER - 1 }]);
    expect(order({ windows: [between(10, 60)] }).windows).toEqual([{ start: NEVER - 1, end: NEVER - 1 }]);
  });

  test("the last window's end is that of the customer, for skills, whether over or not", () => {
    expect(order({ windows: [between(10, 60), between(0, 5)] }).lastWindowEnd).toBe(-40);
    expect(order({}).lastWindowEnd).toBeUndefined();
  });
});

describe("orders", () => {
  test("are sorted by the bytes of their ids, and broken ones are left out", () => {
    // In UTF-8 "Z" (5a) is before "a" (61), before "é" (c3 a9), before "～" (ef bd 9e), before "𝄞" (f0 ...), which UTF-16 would
    // put before "～" (d834 < ff5e).
    const ids = ["𝄞", "～", "é", "a", "Z", "broken"];
    const orders = ids.map((id) => ({ id, place: point(0, 0) }));
    const { orders: sorted } = problemFromProto(request({ orders }), new Set(["broken"]));
    expect(sorted.map(({ id }) => id)).toEqual(["Z", "a", "é", "～", "𝄞"]);
  });

  test("weigh 1 + priority when mandatory, and their price in ticks when optional", () => {
    expect(order({ priority: 4 })).toMatchObject({ unassignedWeight: 5, priceTicks: undefined });
    // 250 minor units at 60 s for 100: 150 s.
    expect(order({ priority: 4, priceMinor: 250n })).toMatchObject({ unassignedWeight: 0, priceTicks: 150 });
    const { orders } = problem({
      ticksPerSecond: 10,
      orders: [{ id: "o", place: point(0, 0), priceMinor: 3n }],
      policy: { secondsPerCurrencyUnit: 1.5 },
    });
    // floor(3 * 1.5 / 100 * 10 + 0.5) = floor(0.95)
    expect(orders[0]!.priceTicks).toBe(0);
  });

  test("have loads above 0 only, sorted, each skill and tool once", () => {
    const loads = [
      { dimension: "m3", amount: 2 },
      { dimension: "kg", amount: 0 },
      { dimension: "cm", amount: 1 },
    ];
    expect(order({ loads, toolIds: ["b", "a", "b"], skills: { allOf: ["y", "x", "y"] } })).toMatchObject({
      loads: [
        { id: "cm", quantity: 1 },
        { id: "m3", quantity: 2 },
      ],
      toolIds: ["a", "b"],
      skills: { allOf: ["x", "y"], anyOf: [], noneOf: [] },
    });
  });

  test("are reached by a bit per mode, unspecified read as car", () => {
    expect(order({}).access).toBe(-1);
    expect(order({ vehicleAccess: [VehicleMode.UNSPECIFIED, VehicleMode.FOOT] }).access).toBe(
      (1 << VehicleMode.CAR) | (1 << VehicleMode.FOOT),
    );
  });
});

describe("stock", () => {
  test("is what is there less what is reserved, in vans and centres; unlimited is infinite", () => {
    const { engineers, centres } = problem({
      engineers: [
        {
          id: "e",
          shifts: [{ time: between(0, 500), startPlace: point(0, 0) }],
          stock: [{ sku: "A", quantity: 5, reserved: 2, safetyStock: 3 }],
        },
      ],
      operatingCentres: [
        {
          id: "c",
          place: point(3, 0),
          stock: [
            { sku: "A", quantity: 4, reserved: 4 },
            { sku: "B", unlimited: true },
          ],
        },
      ],
    });
    expect([...engineers[0]!.stock]).toEqual([["A", 3]]);
    expect([...centres[0]!.stock]).toEqual([
      ["A", 0],
      ["B", Number.POSITIVE_INFINITY],
    ]);
  });
});

describe("engineers", () => {
  test("without a mode drive, and keep the shifts that are not over, overtime counted", () => {
    const found = engineer({
      shifts: [
        { time: between(0, 50), startPlace: point(0, 0) },
        { time: between(60, 80), startPlace: point(0, 0), maxOvertime: lasts(20) },
        { time: between(150, 400), startPlace: point(0, 0), maxOvertime: lasts(30) },
      ],
    });
    expect(found.mode).toBe(VehicleMode.CAR);
    expect(found.shifts.map(({ index, earliest, end, latest }) => [index, earliest, end, latest])).toEqual([
      [1, 0, -20, 0],
      [2, 50, 300, 330],
    ]);
    expect(found.lastShiftEnd).toBe(300);
  });

  test("hold skills until a tick after now, or without an end", () => {
    const skills = [{ skillId: "gas", level: 3, validUntil: at(90) }, { skillId: "ice" }];
    expect([...engineer({ skills }).skills]).toEqual([
      ["gas", { level: 3, validUntil: -10 }],
      ["ice", { level: 0, validUntil: undefined }],
    ]);
  });

  test("have limits only where they are given, 0 is a limit", () => {
    expect(engineer({})).toMatchObject({ maxOrders: undefined, maxLegTicks: undefined, partCapacity: undefined });
    expect(engineer({ maxOrders: 0, maxLegDuration: lasts(0), partCapacity: 0 })).toMatchObject({
      maxOrders: 0,
      maxLegTicks: 0,
      partCapacity: 0,
    });
    expect(
      shift({ maxOrders: 0, maxTravelDuration: lasts(9), maxDistanceM: 8n, maxWorkingDuration: lasts(7) }),
    ).toMatchObject({ maxOrders: 0, maxTravelTicks: 9, maxDistance: 8, maxWorkingTicks: 7 });
  });

  test("take breaks that are not over; their windows begin at now at the earliest", () => {
    const breaks = [
      { window: between(300, 320), duration: lasts(10), priceMinor: 50n },
      { window: between(20, 99), duration: lasts(10) },
      { window: between(20, 100), duration: lasts(10), paid: true, place: point(5, 5) },
    ];
    expect(shift({ breaks }).breaks).toMatchObject([
      { index: 2, window: { start: 0, end: 0 }, paid: true, priceTicks: undefined },
      { index: 0, window: { start: 200, end: 220 }, paid: false, priceTicks: 30, placeRow: undefined },
    ]);
  });
});

describe("a current plan", () => {
  const stop = (orderId: string, start: number, lock: Stop_Lock) => ({
    kind: Stop_Kind.SERVICE,
    orderId,
    place: point(1, 0),
    leg: { duration: lasts(5), distanceM: 5n },
    arrival: at(start),
    start: at(start),
    departure: at(start + 10),
    lock,
  });
  const ids = ["done", "going", "next", "fixed", "mine", "free"];
  const locked = () =>
    problem({
      orders: ids.map((id) => ({ id, place: point(1, 0), serviceDuration: lasts(10) })),
      currentPlan: {
        routes: [
          {
            engineerId: "e",
            departure: at(50),
            stops: [
              stop("done", 60, Stop_Lock.DONE),
              stop("going", 95, Stop_Lock.STARTED),
              { kind: Stop_Kind.BREAK, breakIndex: 1, lock: Stop_Lock.SEQUENCE },
              stop("next", 120, Stop_Lock.SEQUENCE),
              stop("fixed", 150, Stop_Lock.TIME),
              stop("mine", 180, Stop_Lock.ENGINEER),
              stop("free", 200, Stop_Lock.NONE),
            ],
          },
        ],
      },
    });

  test("takes settled orders out of the problem and keeps what they took", () => {
    const { orders, engineers } = locked();
    expect(orders.map(({ id }) => id)).toEqual(["fixed", "free", "mine", "next"]);
    // Under way from 50 to 105, that is 5 after now; two legs of 5, two services of 10.
    expect(engineers[0]!.shifts[0]!.head).toMatchObject({
      departure: 5,
      workingTicks: 55,
      travelTicks: 10,
      distance: 10,
      latenessTicks: 0,
      busyTicks: 20,
      stops: 2,
    });
    expect(engineers[0]!.shifts[0]!.earliest).toBe(5);
  });

  test("chains the locked sequence after them, in its order", () => {
    expect(locked().engineers[0]!.shifts[0]!.chain).toEqual([
      { kind: "break", breakIndex: 1 },
      { kind: "order", orderId: "next", variant: 0 },
      { kind: "order", orderId: "fixed", variant: 0 },
    ]);
  });

  test("binds locked orders to engineer and shift and fixed ones to their start", () => {
    const bound = Object.fromEntries(locked().orders.map(({ id, lockedTo, windows }) => [id, [lockedTo, windows]]));
    const here = { engineerId: "e", shiftIndex: 0 };
    const always = [{ start: 0, end: NEVER - 1 }];
    expect(bound).toEqual({
      next: [here, always],
      fixed: [here, [{ start: 50, end: 50 }]],
      mine: [here, always],
      free: [undefined, always],
    });
  });
});

describe("policy and objective", () => {
  test("start from the catalogue: skills rule out, levels and preferences cost, customers' attributes are off", () => {
    const { criteria, neutralScore, secondsPerCurrencyUnit } = policyFromProto(undefined, false);
    expect(criteria.size).toBe(30);
    const mode = (id: CriterionId) => [criteria.get(id)!.mode, criteria.get(id)!.weightS];
    expect(mode("skill_match")).toEqual(["hard", 0]);
    expect(mode("proficiency_level")).toEqual(["soft", 600]);
    expect(mode("engineer_preference")).toEqual(["soft", 900]);
    expect(mode("customer_attribute_preference")).toEqual(["off", 300]);
    expect([neutralScore, secondsPerCurrencyUnit]).toEqual([5000, 60]);
  });

  test("change where the request says so; a weight or score of 0 is taken as it is", () => {
    const { criteria, neutralScore } = policyFromProto(
      request({
        policy: {
          criteria: [
            { id: "proficiency_level", mode: CriterionMode.HARD },
            { id: "engineer_preference", weightS: 0 },
          ],
          neutralScore: 0,
        },
      }).policy,
      false,
    );
    expect(criteria.get("proficiency_level")).toMatchObject({ mode: "hard", weightS: 600 });
    expect(criteria.get("engineer_preference")).toMatchObject({ mode: "soft", weightS: 0 });
    expect(neutralScore).toBe(0);
  });

  test("minimise orders left out, then soft cost, unless an objective is given; a weight of 0 is 1", () => {
    expect(problem().levels).toEqual([
      [1, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 1],
    ]);
    const terms = [{ measure: Measure.DISTANCE, weight: 3 }, { measure: Measure.ENGINEERS_USED }];
    expect(problem({ objective: { levels: [{ terms }] } }).levels).toEqual([[0, 1, 3, 0, 0, 0]]);
  });

  test("search options are read as they are", () => {
    const search = {
      mode: SearchOptions_Mode.MATCH,
      iterations: 9n,
      seed: 2n ** 64n - 1n,
      timeLimit: { nanos: 1_500_000 },
    };
    expect(problem({ search })).toMatchObject({ mode: "match", iterations: 9, seed: 2n ** 64n - 1n, timeLimitMs: 1.5 });
    expect(problem()).toMatchObject({ mode: "route", iterations: 0, seed: 0n, timeLimitMs: undefined });
  });
});
