import { clone } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import {
  PartSource,
  type Plan,
  PlanSchema,
  Stop_Kind,
  Stop_Lock,
  UnassignedReason_Code,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { at, between, lasts, point } from "../../test/oracle/build.ts";
import { type Change, changesWithoutFinding, nudged } from "../../test/oracle/change-one-field.ts";
import { goodRequest, goodResponse } from "../../test/oracle/good-plan.ts";
import { check, checkResponse, type Finding } from "./check.ts";
import type { FindingCode } from "./codes.ts";

type Break = (plan: Plan, request: AssignRequest) => void;

function broken(change: Break): Finding[] {
  const request = goodRequest();
  const plan = goodResponse().plan!;
  change(plan, request);
  return check(request, plan);
}

const stop = (plan: Plan, index: number) => plan.routes[0]!.stops[index]!;

test("the good answer gives no finding", () => {
  expect(checkResponse(goodRequest(), goodResponse())).toEqual([]);
});

describe("a plan with one thing broken in it gives the finding of the rule it breaks", () => {
  const cases: [FindingCode, Partial<Finding>, Break][] = [
    ["UNKNOWN_ENGINEER", { engineerId: "e9" }, (plan) => (plan.routes[1]!.engineerId = "e9")],
    ["UNKNOWN_SHIFT", { engineerId: "e2" }, (plan) => (plan.routes[1]!.shiftIndex = 1)],
    ["UNKNOWN_ORDER", { orderId: "o9", stopIndex: 3 }, (plan) => (stop(plan, 3).orderId = "o9")],
    ["UNKNOWN_ORDER", { orderId: "o9" }, (plan) => (plan.unassigned[1]!.orderId = "o9")],
    ["UNKNOWN_CENTRE", { stopIndex: 1 }, (plan) => (stop(plan, 1).operatingCentreId = "c9")],
    ["UNKNOWN_BREAK", { stopIndex: 2 }, (plan) => (stop(plan, 2).breakIndex = 1)],
    ["STOP_KIND", { stopIndex: 1 }, (plan) => (stop(plan, 1).kind = Stop_Kind.UNSPECIFIED)],
    ["ORDER_UNUSABLE", { orderId: "o1" }, (_, request) => delete request.orders[0]!.place],
    ["PLACE", { stopIndex: 0 }, (plan) => (stop(plan, 0).place = point(30, 41))],
    ["ROUTE_TWICE", { engineerId: "e2" }, (plan) => plan.routes.push(plan.routes[1]!)],
    ["ROUTE_EMPTY", { engineerId: "e2" }, (plan) => (plan.routes[1]!.stops = [])],
    ["ROUTE_ORDER", { engineerId: "e1" }, (plan) => plan.routes.reverse()],
    ["ORDER_TWICE", { orderId: "o1" }, (plan) => plan.routes[0]!.stops.push(stop(plan, 0))],
    ["ORDER_MISSING", { orderId: "o4" }, (plan) => plan.unassigned.shift()],
    ["ORDER_SERVED_AND_UNASSIGNED", { orderId: "o1" }, (plan) => (plan.unassigned[0]!.orderId = "o1")],
    ["UNASSIGNED_TWICE", { orderId: "o5" }, (plan) => plan.unassigned.push(plan.unassigned[1]!)],
    ["UNASSIGNED_ORDER", { orderId: "o4" }, (plan) => plan.unassigned.reverse()],
    ["UNASSIGNED_REASON", { orderId: "o4" }, (plan) => (plan.unassigned[0]!.reasons = [])],
    [
      "UNASSIGNED_REASON",
      { orderId: "o4", got: "e1 is eligible" },
      (plan) => (plan.unassigned[0]!.reasons[0]!.code = UnassignedReason_Code.NO_ELIGIBLE_ENGINEER),
    ],
    [
      "UNASSIGNED_REASON",
      { orderId: "o4", got: "INVALID_INPUT" },
      (plan) => (plan.unassigned[0]!.reasons[0]!.code = UnassignedReason_Code.INVALID_INPUT),
    ],
    [
      "UNASSIGNED_REASON",
      { orderId: "o5", expected: "NO_ELIGIBLE_ENGINEER" },
      (plan) => (plan.unassigned[1]!.reasons[0]!.code = UnassignedReason_Code.NO_FEASIBLE_TIME),
    ],
    ["UNASSIGNED_REASON", { orderId: "o5" }, (plan) => (plan.unassigned[1]!.reasons[0]!.criteria[0]!.engineers = 1)],
    ["LEG_UNREACHABLE", { stopIndex: 0 }, (_, request) => oneWayOnly(request)],
    ["LEG_DURATION", { stopIndex: 0 }, (plan) => (stop(plan, 0).leg!.duration = lasts(49))],
    ["LEG_DURATION", { stopIndex: 0 }, (plan) => delete stop(plan, 0).leg],
    ["LEG_DISTANCE", { stopIndex: 3 }, (plan) => (stop(plan, 3).leg!.distanceM = 51n)],
    ["FINAL_LEG", { engineerId: "e1" }, (plan) => delete plan.routes[0]!.finalLeg],
    ["FINAL_LEG", { engineerId: "e2" }, (plan) => (plan.routes[1]!.finalLeg = plan.routes[0]!.finalLeg!)],
    ["TIME_MISSING", { engineerId: "e1" }, (plan) => delete plan.routes[0]!.departure],
    ["TIME_MISSING", { stopIndex: 2 }, (plan) => delete stop(plan, 2).start],
    // o2 can begin at 235 at the earliest
    ["NO_ALLOWED_START", { orderId: "o2" }, (_, request) => (request.orders[1]!.windows = [between(100, 234)])],
    ["START_NOT_ALLOWED", { orderId: "o2" }, (_, request) => (request.orders[1]!.windows = [between(100, 234)])],
    ["START_NOT_ALLOWED", { orderId: "o3" }, (_, request) => (request.orders[2]!.latenessGrace = lasts(9))],
    ["START_NOT_ALLOWED", { stopIndex: 2 }, (plan) => (stop(plan, 2).start = at(201))],
    [
      "START_NOT_ALLOWED",
      { stopIndex: 1 },
      (_, request) => (request.operatingCentres[0]!.openingWindows = [between(141, 500)]),
    ],
    ["STOP_ARRIVAL", { stopIndex: 0 }, (plan) => (stop(plan, 0).arrival = at(84))],
    ["STOP_START", { stopIndex: 0 }, (plan) => (stop(plan, 0).start = at(91))],
    ["STOP_DEPARTURE", { stopIndex: 0 }, (plan) => (stop(plan, 0).departure = at(109))],
    ["STOP_SETUP", { stopIndex: 0 }, (plan) => delete stop(plan, 0).setup],
    ["STOP_WAITING", { stopIndex: 2 }, (plan) => (stop(plan, 2).waiting = lasts(1))],
    ["STOP_LATENESS", { orderId: "o3" }, (plan) => delete plan.routes[1]!.stops[0]!.lateness],
    ["ROUTE_DEPARTURE", { engineerId: "e1" }, (plan) => (plan.routes[0]!.departure = at(34))],
    ["ROUTE_ARRIVAL", { engineerId: "e1" }, (plan) => (plan.routes[0]!.arrival = at(276))],
    ["BEFORE_SHIFT", { engineerId: "e1" }, (plan) => (plan.routes[0]!.departure = at(-1))],
    ["BEFORE_SHIFT", { engineerId: "e2" }, (_, request) => (request.now = at(1))],
    ["AFTER_SHIFT", { engineerId: "e2" }, (_, request) => (request.engineers[1]!.shifts[0]!.maxOvertime = lasts(9))],
    ["MAX_LEG", { stopIndex: 3 }, (_, request) => (request.engineers[0]!.maxLegDuration = lasts(49))],
    ["MAX_TRAVEL", {}, (_, request) => (request.engineers[0]!.shifts[0]!.maxTravelDuration = lasts(159))],
    ["MAX_DISTANCE", {}, (_, request) => (request.engineers[0]!.shifts[0]!.maxDistanceM = 159n)],
    ["MAX_WORKING", {}, (_, request) => (request.engineers[0]!.shifts[0]!.maxWorkingDuration = lasts(209))],
    ["SHIFT_MAX_ORDERS", { got: "2" }, (_, request) => (request.engineers[0]!.shifts[0]!.maxOrders = 1)],
    ["ENGINEER_MAX_ORDERS", { got: "2" }, (_, request) => (request.engineers[0]!.maxOrders = 1)],
    ["LOAD", { got: "9" }, (_, request) => (request.engineers[0]!.capacities[0]!.amount = 8)],
    ["LOAD", { expected: "at most 0 kg" }, (_, request) => (request.engineers[0]!.capacities = [])],
    ["NOT_ELIGIBLE", { orderId: "o1" }, (_, request) => (request.engineers[0]!.skills[0]!.validUntil = at(99))],
    ["TOOL_MISSING", { orderId: "o1" }, (_, request) => (request.engineers[0]!.toolIds = [])],
    ["TOOL_MISSING", { orderId: "o2" }, (plan) => (stop(plan, 1).toolIds = [])],
    ["TOOL_NOT_AT_CENTRE", { stopIndex: 1 }, (plan) => stop(plan, 1).toolIds.push("crane")],
    ["PART_NOT_COVERED", { orderId: "o1" }, (plan) => (stop(plan, 0).parts = [])],
    ["PART_NOT_COVERED", { orderId: "o2" }, (plan) => (stop(plan, 3).parts[0]!.quantity = 1)],
    ["PART_NOT_ASKED", { orderId: "o1" }, (plan) => (stop(plan, 0).parts[0]!.sku = "B")],
    ["PART_NOT_ASKED", { orderId: "o1" }, (plan) => (stop(plan, 0).parts[0]!.substituteFor = "B")],
    ["PART_SOURCE", { orderId: "o1" }, (plan) => (stop(plan, 0).parts[0]!.source = PartSource.LOAN)],
    ["PART_SOURCE", { orderId: "o1" }, (plan) => (stop(plan, 0).parts[0]!.operatingCentreId = "c1")],
    ["PART_QUANTITY", { stopIndex: 1 }, (plan) => (stop(plan, 1).pickUps[0]!.quantity = 0)],
    ["PART_QUANTITY", { stopIndex: 0 }, (plan) => (stop(plan, 0).parts[0]!.quantity = 0)],
    // one of the two is reserved
    ["PART_ON_HAND", { orderId: "o1" }, (_, request) => (request.engineers[0]!.stock[0]!.reserved = 2)],
    ["PART_ON_HAND", { orderId: "o2" }, (plan) => onHand(plan, 3)],
    ["PART_FROM_CENTRE", { orderId: "o2" }, (plan) => (stop(plan, 1).pickUps[0]!.quantity = 1)],
    ["PART_STOCK_NEGATIVE", { orderId: "o2" }, (plan) => (stop(plan, 1).pickUps = [])],
    ["PART_CAPACITY", { stopIndex: 1 }, (_, request) => (request.engineers[0]!.partCapacity = 1)],
    ["CENTRE_STOCK", { got: "2" }, (_, request) => (request.operatingCentres[0]!.stock[0]!.reserved = 2)],
    ["CENTRE_STOCK", { got: "2" }, (_, request) => (request.operatingCentres[0]!.stock = [])],
    ["BREAK_MISSING", { engineerId: "e1" }, (plan) => plan.routes[0]!.stops.splice(2, 1)],
    ["BREAK_TWICE", { engineerId: "e1" }, (plan) => plan.routes[0]!.stops.push(stop(plan, 2))],
    ["LOCK_UNKNOWN", { stopIndex: 0 }, (plan) => (stop(plan, 0).lock = Stop_Lock.DONE)],
    ["TOTAL_TRAVEL", { expected: "160" }, (plan) => (plan.routes[0]!.travel = lasts(161))],
    ["TOTAL_WAITING", { expected: "0" }, (plan) => (plan.routes[0]!.waiting = lasts(1))],
    ["TOTAL_SERVICE", { expected: "40" }, (plan) => (plan.routes[0]!.service = lasts(30))],
    ["TOTAL_WORKING", { expected: "210" }, (plan) => (plan.routes[0]!.working = lasts(240))],
    ["TOTAL_OVERTIME", { expected: "10" }, (plan) => delete plan.routes[1]!.overtime],
    ["TOTAL_DISTANCE", { expected: "100" }, (plan) => (plan.routes[1]!.distanceM = 0n)],
  ];
  test.each(cases)("%s %o", (code, where, change) => {
    expect(broken(change)).toContainEqual(expect.objectContaining({ code, ...where }));
  });
});

/** Swaps the planar travel for a matrix without any way; rows of the places do not matter then. */
function oneWayOnly(request: AssignRequest): void {
  request.travel!.source = {
    case: "matrix",
    value: { $typeName: "shanpai.dispatch.v1.MatrixTravel", matrices: [] },
  };
  request.travel!.source.value.matrices.push({
    $typeName: "shanpai.dispatch.v1.Matrix",
    vehicleMode: 0,
    size: 1,
    durations: [-1],
    distancesM: [],
  });
}

function onHand(plan: Plan, index: number): void {
  const use = stop(plan, index).parts[0]!;
  use.source = PartSource.ON_HAND;
  use.operatingCentreId = "";
}

describe("criteria and their modes", () => {
  const rulesOut = (change: Break) => broken(change).filter(({ code }) => code === "NOT_ELIGIBLE");
  const expired: Break = (_, request) => (request.engineers[0]!.skills[0]!.validUntil = at(99));
  const set = (request: AssignRequest, id: string, mode: number) => {
    request.policy = {
      $typeName: "shanpai.dispatch.v1.Policy",
      preset: 0,
      criteria: [{ $typeName: "shanpai.dispatch.v1.CriterionSetting", id, mode, params: {} }],
      secondsPerCurrencyUnit: 0,
      priors: {},
    };
  };
  test.each([
    ["off", 1, 0],
    ["soft", 2, 0],
    ["hard", 3, 1],
    ["as the catalogue has it", 0, 1],
  ])("skill_match %s rules out %i of an expired skill", (_name, mode, count) => {
    const found = rulesOut((plan, request) => {
      expired(plan, request);
      set(request, "skill_match", mode);
    });
    expect(found.length).toBe(count);
  });
  test("proficiency_level hard makes every requirement hard", () => {
    const change =
      (mode: number): Break =>
      (_, request) => {
        request.orders[0]!.proficiencies[0]!.level = 6;
        set(request, "proficiency_level", mode);
      };
    expect(rulesOut(change(0))).toEqual([]);
    expect(rulesOut(change(3))[0]?.got).toContain("proficiency_level");
  });
  test("tool_availability off asks for no tools", () => {
    const found = broken((_, request) => {
      request.engineers[0]!.toolIds = [];
      set(request, "tool_availability", 1);
    });
    expect(found).toEqual([]);
  });
});

describe("a plan of which any one field is changed", () => {
  // Free words, and the place of a stop, which may be left out.
  const free = /message|place(\.|$)|exampleEngineerIds/;
  const survivors = (to: Change) => changesWithoutFinding(goodRequest(), goodResponse(), to, free);

  test("gives a finding when the field is larger or longer by one", () => {
    expect(survivors(nudged)).toEqual([]);
  });
  test("gives a finding when the field is gone, except for the way of 0 to a break", () => {
    expect(survivors(() => undefined)).toEqual(["plan.routes.0.stops.2.leg.duration"]);
  });
  test("gives a finding when a whole row is gone", () => {
    for (const list of ["routes", "unassigned"] as const)
      for (const index of goodResponse().plan![list].keys()) {
        const plan = clone(PlanSchema, goodResponse().plan!);
        plan[list].splice(index, 1);
        expect(check(goodRequest(), plan)).not.toEqual([]);
      }
  });
});
