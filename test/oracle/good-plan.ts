// A small request and its right answer, worked out by hand; tests break one thing at a time.
import { create } from "@bufbuild/protobuf";
import {
  type AssignRequest,
  AssignRequestSchema,
  type AssignResponse,
  AssignResponseSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { PartSource, Stop_Kind, UnassignedReason_Code } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Measure } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { quietPolicy } from "../quiet-policy.ts";
import { at, between, lasts, point, way } from "./build.ts";

/** Two engineers, one centre, five orders; planar, one tick a second, so a 3-4-5 triangle gives whole legs. */
export function goodRequest(): AssignRequest {
  return create(AssignRequestSchema, {
    now: at(0),
    timeZone: "UTC",
    currencyCode: "CNY",
    travel: { source: { case: "planar", value: {} } },
    policy: quietPolicy(),
    engineers: [
      {
        id: "e1",
        shifts: [
          {
            time: between(0, 400),
            startPlace: point(0, 0),
            endPlace: point(0, 0),
            breaks: [{ window: between(150, 200), duration: lasts(30) }],
            maxOrders: 2,
            maxTravelDuration: lasts(160),
            maxDistanceM: 160n,
            maxWorkingDuration: lasts(210),
          },
        ],
        skills: [{ skillId: "s", level: 5, validUntil: at(100) }],
        toolIds: ["meter"],
        stock: [{ sku: "A", quantity: 2, reserved: 1 }],
        partCapacity: 2,
        capacities: [{ dimension: "kg", amount: 9 }],
        maxOrders: 2,
        maxLegDuration: lasts(50),
      },
      {
        id: "e2",
        shifts: [{ time: between(0, 105), startPlace: point(0, 0), maxOvertime: lasts(20) }],
      },
    ],
    operatingCentres: [
      {
        id: "c1",
        place: point(0, 40),
        openingWindows: [between(0, 500)],
        stock: [{ sku: "A", quantity: 3, reserved: 1 }],
        toolIds: ["ladder"],
        pickDuration: lasts(10),
      },
    ],
    orders: [
      {
        id: "o1",
        place: point(30, 40),
        windows: [between(80, 100)],
        serviceDuration: lasts(20),
        setupDuration: lasts(5),
        skills: { allOf: ["s"] },
        proficiencies: [{ skillId: "s", level: 3 }],
        parts: [{ sku: "A", quantity: 1 }],
        toolIds: ["meter"],
        loads: [{ dimension: "kg", amount: 4 }],
        priority: 3,
      },
      {
        id: "o2",
        place: point(30, 0),
        windows: [between(100, 120), between(200, 300)],
        serviceDuration: lasts(10),
        setupDuration: lasts(5),
        parts: [{ sku: "A", quantity: 2 }],
        toolIds: ["ladder"],
        loads: [{ dimension: "kg", amount: 5 }],
      },
      {
        id: "o3",
        place: point(60, 80),
        windows: [between(40, 90)],
        latenessGrace: lasts(30),
        serviceDuration: lasts(15),
        engineerPreference: { secondaryEngineerIds: ["e2"] },
      },
      { id: "o4", place: point(1, 1), priceMinor: 200n },
      { id: "o5", place: point(2, 2), priority: 2, skills: { allOf: ["z"] } },
    ],
  });
}

/**
 * The answer. Early pass of e1 from 0: o1 arrives 50, set up 55, waits for 80, leaves 100; c1 130 to 140; the break waits for
 * 150 and ends 180; o2 arrives 230, set up 235, leaves 245; home 275. Late pass: o2 235, break 150, c1 140 (so that the break
 * can begin), o1 90, departure 90 - 5 - 50 = 35. From there nothing waits. e2 leaves at 0, reaches o3 at 100, 10 late, ends 115.
 */
export function goodResponse(): AssignResponse {
  return create(AssignResponseSchema, {
    plan: {
      routes: [
        {
          engineerId: "e1",
          departure: at(35),
          arrival: at(275),
          stops: [
            {
              kind: Stop_Kind.SERVICE,
              orderId: "o1",
              place: point(30, 40),
              leg: way(50),
              arrival: at(85),
              start: at(90),
              departure: at(110),
              setup: lasts(5),
              parts: [{ sku: "A", quantity: 1, source: PartSource.ON_HAND }],
            },
            {
              kind: Stop_Kind.SUPPLY,
              operatingCentreId: "c1",
              place: point(0, 40),
              leg: way(30),
              arrival: at(140),
              start: at(140),
              departure: at(150),
              pickUps: [{ sku: "A", quantity: 2 }],
              toolIds: ["ladder"],
            },
            {
              kind: Stop_Kind.BREAK,
              place: point(0, 40),
              leg: way(0),
              arrival: at(150),
              start: at(150),
              departure: at(180),
            },
            {
              kind: Stop_Kind.SERVICE,
              orderId: "o2",
              place: point(30, 0),
              leg: way(50),
              arrival: at(230),
              start: at(235),
              departure: at(245),
              setup: lasts(5),
              parts: [{ sku: "A", quantity: 2, source: PartSource.CENTRE, operatingCentreId: "c1" }],
            },
          ],
          finalLeg: way(30),
          // 50 + 30 + 0 + 50 + 30
          travel: lasts(160),
          distanceM: 160n,
          // 20 + 5 and 10 + 5
          service: lasts(40),
          // 275 - 35 - 30 unpaid
          working: lasts(210),
        },
        {
          engineerId: "e2",
          departure: at(0),
          arrival: at(115),
          stops: [
            {
              kind: Stop_Kind.SERVICE,
              orderId: "o3",
              place: point(60, 80),
              leg: way(100),
              arrival: at(100),
              start: at(100),
              departure: at(115),
              lateness: lasts(10),
            },
          ],
          travel: lasts(100),
          distanceM: 100n,
          service: lasts(15),
          working: lasts(115),
          overtime: lasts(10),
        },
      ],
      unassigned: [
        { orderId: "o4", reasons: [{ code: UnassignedReason_Code.NOT_WORTH_PRICE }] },
        {
          orderId: "o5",
          reasons: [
            {
              code: UnassignedReason_Code.NO_ELIGIBLE_ENGINEER,
              criteria: [{ criterionId: "skill_match", engineers: 2, exampleEngineerIds: ["e1", "e2"] }],
            },
          ],
        },
      ],
    },
    assignments: [
      { orderId: "o1", engineerId: "e1", start: at(90) },
      { orderId: "o2", engineerId: "e1", start: at(235) },
      { orderId: "o3", engineerId: "e2", start: at(100) },
    ],
    cost: {
      // o5 left out: 1 + 2. Soft: see the criteria.
      levels: [3n, 836n],
      measures: [
        { measure: Measure.UNASSIGNED, value: 3n },
        { measure: Measure.ENGINEERS_USED, value: 2n },
        { measure: Measure.DISTANCE, value: 260n },
        { measure: Measure.TRAVEL_TIME, value: 260n },
        { measure: Measure.WORKING_TIME, value: 325n },
        { measure: Measure.SOFT_COST, value: 836n },
      ],
      criteria: [
        { criterionId: "travel_time", cost: 260n },
        // services and set-ups 40 + 15, pick-up 10
        { criterionId: "service", cost: 65n },
        // 3 * 10
        { criterionId: "time_window_fit", cost: 30n },
        // 10 / 2
        { criterionId: "shift_capacity", cost: 5n },
        // level 5 for 3: 10000 - floor(5000 * 2 / 7) = 8572; floor((600 * 1428 + 5000) / 10000) = 86
        { criterionId: "proficiency_level", cost: 86n },
        // secondary 7000: floor((900 * 3000 + 5000) / 10000) = 270
        { criterionId: "engineer_preference", cost: 270n },
        // o4: 200 minor units at 60 s for 100
        { criterionId: "prices", cost: 120n },
      ],
    },
  });
}
