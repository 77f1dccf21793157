import { create } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import {
  type Plan,
  PlanSchema,
  Stop_Kind,
  UnassignedReason_Code,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Measure, ObjectiveSchema, PolicySchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { at, between, lasts, point, way } from "../../test/oracle/build.ts";
import { goodRequest, goodResponse } from "../../test/oracle/good-plan.ts";
import { quietPolicy } from "../../test/quiet-policy.ts";
import { check } from "./check.ts";
import { costOf } from "./cost.ts";

describe("the cost of the good plan", () => {
  const cost = (change: (request: AssignRequest, plan: Plan) => void) => {
    const request = goodRequest();
    const plan = goodResponse().plan!;
    change(request, plan);
    return costOf(request, plan);
  };
  const without = (id: string) =>
    cost((request) => {
      request.policy = create(PolicySchema, quietPolicy({ criteria: [{ id, mode: 1 }] }));
    }).measures.softCost;

  test("is what was worked out by hand", () => {
    expect(cost(() => {}).levels).toEqual([3n, 836n]);
  });
  test.each([
    ["time_window_fit", 836n - 30n],
    ["shift_capacity", 836n - 5n],
    ["proficiency_level", 836n - 86n],
    ["engineer_preference", 836n - 270n],
  ])("with %s off lacks that row", (id, expected) => expect(without(id)).toBe(expected));
  test("follows weights, the neutral score and the price of time", () => {
    const { criteria } = cost((request) => {
      request.policy = create(PolicySchema, {
        criteria: [{ id: "proficiency_level", weightS: 60 }],
        neutralScore: 2500,
        secondsPerCurrencyUnit: 30,
      });
      request.engineers[0]!.skills[0]!.level = 0;
    });
    // no level stated: 2500, floor((60 * 7500 + 5000) / 10000) = 45; 200 minor units at 30 s for 100
    expect(criteria).toContainEqual({ criterionId: "proficiency_level", cost: 45n });
    expect(criteria).toContainEqual({ criterionId: "prices", cost: 60n });
  });
  test("of levels is their weighted sum", () => {
    const { levels } = cost((request) => {
      request.objective = create(ObjectiveSchema, {
        levels: [
          {
            terms: [
              { measure: Measure.UNASSIGNED, weight: 1000 },
              { measure: Measure.ENGINEERS_USED, weight: 10 },
            ],
          },
          { terms: [{ measure: Measure.WORKING_TIME }] },
        ],
      });
    });
    expect(levels).toEqual([3020n, 325n]);
  });
  test("does not count orders left out as invalid input", () => {
    const { measures } = cost((_, plan) => {
      for (const row of plan.unassigned) row.reasons[0]!.code = UnassignedReason_Code.INVALID_INPUT;
    });
    expect([measures.unassigned, measures.softCost]).toEqual([0n, 836n - 120n]);
  });
  test("charges an optional break that is skipped and a paid break as work", () => {
    const paid = cost((request) => (request.engineers[0]!.shifts[0]!.breaks[0]!.paid = true));
    expect(paid.measures.workingTime).toBe(355n);
    expect(paid.criteria).toContainEqual({ criterionId: "service", cost: 95n });
    const skipped = cost((request) => {
      request.engineers[1]!.shifts[0]!.breaks = [{ ...request.engineers[0]!.shifts[0]!.breaks[0]!, priceMinor: 50n }];
    });
    // 120 + 30
    expect(skipped.criteria).toContainEqual({ criterionId: "prices", cost: 150n });
  });
});

test("set-up is charged once at a place, also when a break without a place lies between", () => {
  const request = create(AssignRequestSchema, {
    now: at(0),
    timeZone: "UTC",
    travel: { source: { case: "planar", value: {} } },
    engineers: [
      {
        id: "e",
        shifts: [
          {
            time: between(0, 100),
            startPlace: point(0, 0),
            breaks: [{ window: between(0, 100), duration: lasts(20), paid: true }],
          },
        ],
      },
    ],
    orders: ["a", "b"].map((id) => ({
      id,
      place: point(10, 0),
      setupDuration: lasts(5),
      serviceDuration: lasts(10),
    })),
  });
  // 10 + 5: a from 15 to 25, break to 45, b at once to 55
  const stops = [
    {
      kind: Stop_Kind.SERVICE,
      orderId: "a",
      leg: way(10),
      arrival: at(10),
      setup: lasts(5),
      start: at(15),
      departure: at(25),
    },
    { kind: Stop_Kind.BREAK, arrival: at(25), start: at(25), departure: at(45) },
    { kind: Stop_Kind.SERVICE, orderId: "b", leg: way(0), arrival: at(45), start: at(45), departure: at(55) },
  ];
  const totals = { travel: lasts(10), distanceM: 10n, service: lasts(25), working: lasts(55) };
  const plan = create(PlanSchema, {
    routes: [{ engineerId: "e", departure: at(0), arrival: at(55), stops, ...totals }],
  });
  expect(check(request, plan)).toEqual([]);
});
