import { clone, create, type JsonValue } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import { type AssignRequest, AssignResponseSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { OperatingCentreSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import {
  PartSource,
  type Plan,
  type Stop,
  Stop_Kind,
  StopSchema,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { CriterionMode, type Measure } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { at, between, lasts, point } from "../../test/oracle/build.ts";
import { changesWithoutFinding, nudged } from "../../test/oracle/change-one-field.ts";
import {
  afterLendersService,
  atBorrowersService,
  atLendersStart,
  beforeLendersService,
  chain,
  lenderWaits,
  twiceAfterLendersService,
  type Worked,
} from "../../test/oracle/loan-plan.ts";
import { compareIds } from "./bookkeeping.ts";
import { check, checkResponse, type Finding } from "./check.ts";
import type { FindingCode } from "./codes.ts";
import { costOf, measureOf } from "./cost.ts";

describe("a plan worked out by hand is right and costs what was worked out", () => {
  const plans: [string, () => Worked][] = [
    ["met at the lender's stop, after the service", afterLendersService],
    ["met at the lender's stop, before the service", beforeLendersService],
    ["met at the lender's start", atLendersStart],
    ["met at a stop of the borrower", atBorrowersService],
    ["met twice in a row", twiceAfterLendersService],
    ["the lender waits", lenderWaits],
    ["a borrower lends something else to a third one", chain],
  ];
  test.each(plans)("%s", (_name, worked) => {
    const { request, plan, softCost, loans } = worked();
    expect(check(request, plan)).toEqual([]);
    const cost = costOf(request, plan);
    expect(cost.measures.softCost).toBe(softCost);
    expect(cost.criteria).toContainEqual({ criterionId: "parts_borrowable", cost: loans });
  });

  test("hubs may lend where only hubs may", () => {
    const { request, plan } = afterLendersService();
    loanPolicy(request).params.hubs_only = 1;
    request.engineers[1]!.lending!.hub = true;
    expect(check(request, plan)).toEqual([]);
  });
  test("a weight of its own", () => {
    const { request, plan } = afterLendersService();
    loanPolicy(request).weightS = 100;
    // floor((100 * 9116 + 5000) / 10000)
    expect(costOf(request, plan).criteria).toContainEqual({ criterionId: "parts_borrowable", cost: 91n });
  });
});

type Change = (plan: Plan, request: AssignRequest) => void;

function broken(worked: () => Worked, change: Change): Finding[] {
  const { request, plan } = worked();
  change(plan, request);
  return check(request, plan);
}

const loanPolicy = (request: AssignRequest) => request.policy!.criteria.find(({ id }) => id === "parts_borrowable")!;

/** Stops of the plan with the meeting after the lender's service: Bo meets, then serves; Leaf serves, then meets. */
const takes = (plan: Plan) => plan.routes[0]!.stops[0]!;
const serves = (plan: Plan) => plan.routes[0]!.stops[1]!;
const gives = (plan: Plan) => plan.routes[1]!.stops[1]!;
const lender = (request: AssignRequest) => request.engineers[1]!;

function both(plan: Plan, change: (stop: Stop) => void): void {
  for (const stop of [takes(plan), gives(plan)]) change(stop);
}

describe("a plan with one thing broken in it gives the finding of the rule it breaks", () => {
  const cases: [FindingCode, Partial<Finding>, Change][] = [
    ["LOAN_PARTIES", { engineerId: "bo", got: "no loan" }, (plan) => delete takes(plan).loan],
    ["LOAN_PARTIES", { engineerId: "bo" }, (plan) => (takes(plan).loan!.lenderEngineerId = "nobody")],
    ["LOAN_PARTIES", { engineerId: "bo" }, (plan) => (takes(plan).loan!.lenderEngineerId = "bo")],
    ["LOAN_PARTIES", { engineerId: "leaf", stopIndex: 1 }, (plan) => (gives(plan).loan = chainLoan())],
    ["PLACE", { engineerId: "bo", got: "none" }, (plan) => delete takes(plan).place],
    ["LOAN_UNPAIRED", { engineerId: "leaf", stopIndex: 1 }, (plan) => plan.routes[0]!.stops.splice(0, 1)],
    ["LOAN_UNPAIRED", { engineerId: "bo", stopIndex: 0 }, (plan) => plan.routes[1]!.stops.splice(1, 1)],
    [
      "LOAN_DIFFERS",
      { engineerId: "bo", expected: "2 of A", got: "1 of A" },
      (plan) => (gives(plan).loan!.parts[0]!.quantity = 2),
    ],
    ["LOAN_DIFFERS", { engineerId: "bo", stopIndex: 0 }, (plan) => (takes(plan).place = point(31, 0))],
    ["LOAN_TIMES", { engineerId: "bo", stopIndex: 0 }, (plan) => (takes(plan).start = at(71))],
    ["LOAN_TIMES", { engineerId: "bo", stopIndex: 0 }, (plan) => (gives(plan).departure = at(81))],
    ["STOP_START", { engineerId: "leaf", stopIndex: 1 }, (plan) => both(plan, (stop) => (stop.start = at(71)))],
    ["LOAN_PLACE", { engineerId: "leaf" }, (plan) => both(plan, (stop) => (stop.place = point(40, 0)))],
    // The borrower's start is no place to meet, nor is a service with another stop between.
    ["LOAN_PLACE", { engineerId: "leaf" }, (plan) => both(plan, (stop) => (stop.place = point(100, 0)))],
    ["LOAN_PLACE", { engineerId: "leaf" }, (_, request) => (request.orders[1]!.place = point(31, 0))],
    ["LOAN_NOT_ALLOWED", { engineerId: "leaf" }, (_, request) => (lender(request).lending!.mayLend = false)],
    ["LOAN_NOT_ALLOWED", { engineerId: "leaf" }, (_, request) => delete lender(request).lending],
    ["LOAN_NOT_ALLOWED", { got: "is none" }, (_, request) => (loanPolicy(request).params.hubs_only = 1)],
    ["LOAN_NOT_ALLOWED", { expected: "no loans" }, (_, request) => (loanPolicy(request).mode = CriterionMode.OFF)],
    [
      "LOAN_STOCK",
      { engineerId: "leaf", stopIndex: 1, got: "1" },
      (_, request) => (lender(request).stock[0]!.reserved = 2),
    ],
    ["LOAN_STOCK", { engineerId: "leaf", stopIndex: 2 }, pickUpInstead],
    [
      "LOAN_SPARE",
      { engineerId: "leaf", stopIndex: 1, expected: "2 of A kept", got: "1" },
      (_, request) => (lender(request).stock[0]!.safetyStock = 2),
    ],
    ["LOAN_UNUSED", { engineerId: "bo", got: "1 left" }, (plan) => (serves(plan).parts = [])],
    ["LOAN_UNUSED", { engineerId: "bo" }, (plan) => both(plan, (stop) => (stop.loan!.parts[0]!.quantity = 2))],
    [
      "PART_FROM_LOAN",
      { orderId: "b", expected: "1 of A left from leaf", got: "2" },
      (plan) => (serves(plan).parts[0]!.quantity = 2),
    ],
    ["PART_FROM_LOAN", { orderId: "b" }, (plan) => (serves(plan).parts[0]!.lenderEngineerId = "bo")],
    ["PART_FROM_LOAN", { orderId: "b" }, (plan) => plan.routes[0]!.stops.reverse()],
    ["PART_SOURCE", { orderId: "b" }, (plan) => (serves(plan).parts[0]!.operatingCentreId = "c")],
    ["PART_SOURCE", { orderId: "b" }, (plan) => (serves(plan).parts[0]!.source = PartSource.ON_HAND)],
    ["PART_QUANTITY", { engineerId: "leaf" }, (plan) => both(plan, (stop) => (stop.loan!.parts[0]!.quantity = 0))],
    ["PART_QUANTITY", { engineerId: "leaf" }, (plan) => both(plan, (stop) => (stop.loan!.parts = []))],
    [
      "PART_CAPACITY",
      { engineerId: "bo", stopIndex: 0, got: "1" },
      (_, request) => (request.engineers[0]!.partCapacity = 0),
    ],
    [
      "STOP_DEPARTURE",
      { engineerId: "bo", stopIndex: 0 },
      (_, request) => (loanPolicy(request).params.hand_over_s = 11),
    ],
    ["AFTER_SHIFT", { engineerId: "leaf" }, (_, request) => (lender(request).shifts[0]!.time = between(0, 79))],
    ["NO_ALLOWED_START", { orderId: "b" }, (_, request) => (request.orders[0]!.windows = [between(0, 109)])],
    ["NO_ALLOWED_START", { orderId: "l" }, (_, request) => (request.orders[1]!.windows = [between(0, 29)])],
    ["TOTAL_WAITING", { engineerId: "leaf" }, (plan) => (plan.routes[1]!.waiting = lasts(1))],
  ];
  test.each(cases)("%s %o", (code, where, change) => {
    expect(broken(afterLendersService, change)).toContainEqual(expect.objectContaining({ code, ...where }));
  });

  test("LOAN_SPARE: own orders after the meeting come first", () => {
    // Leaf's order after the meeting takes the one unit that is left.
    const found = broken(beforeLendersService, (plan, request) => {
      request.engineers[1]!.stock[0]!.quantity = 1;
      request.orders[1]!.parts = request.orders[0]!.parts;
      const own = clone(StopSchema, plan.routes[0]!.stops[1]!).parts;
      own[0]!.source = PartSource.ON_HAND;
      own[0]!.lenderEngineerId = "";
      plan.routes[1]!.stops[1]!.parts = own;
    });
    expect(found).toContainEqual(
      expect.objectContaining({
        code: "LOAN_SPARE",
        engineerId: "leaf",
        stopIndex: 0,
        expected: "1 of A kept",
        got: "0",
      }),
    );
  });

  test("LOAN_BOTH_WAYS: Bo borrows A and lends it on", () => {
    const found = broken(chain, (plan) => {
      for (const { loan } of [plan.routes[0]!.stops[2]!, plan.routes[1]!.stops[0]!]) loan!.parts[0]!.sku = "A";
    });
    expect(found).toContainEqual(expect.objectContaining({ code: "LOAN_BOTH_WAYS", engineerId: "bo" }));
  });

  test("LOAN_CYCLE: each route has the other meeting first", () => {
    const found = broken(afterLendersService, (plan) => {
      const back = chainLoan();
      [back.lenderEngineerId, back.borrowerEngineerId] = ["bo", "leaf"];
      for (const { stops } of plan.routes) {
        const other = clone(StopSchema, takes(plan));
        other.loan = back;
        stops.push(other);
      }
      // Leaf meets Bo as a borrower first, Bo as a borrower last.
      plan.routes[1]!.stops.reverse();
    });
    const cycles = found.filter(({ code }) => code === "LOAN_CYCLE");
    expect(cycles.map(({ engineerId }) => engineerId).sort()).toEqual(["bo", "leaf"]);
  });

  test("a route behind a meeting that nobody reaches has no finding of its own", () => {
    // Leaf cannot serve l in time, so the times of both meetings are unknown; Bo and Cy are not blamed.
    const found = broken(chain, (_, request) => (request.orders[2]!.windows = [between(0, 29)]));
    expect(found.map(({ code, engineerId }) => [code, engineerId])).toEqual([
      ["NO_ALLOWED_START", "leaf"],
      ["START_NOT_ALLOWED", "leaf"],
    ]);
  });
});

describe("a plan with loans of which any one field is changed", () => {
  // Nothing in it is free to change.
  const free = /^$/;
  const { request, plan } = chain();
  const { levels, criteria, measures } = costOf(request, plan);
  const measure = (id: Measure) => ({ measure: id, value: measureOf(measures, id) });
  const good = create(AssignResponseSchema, {
    plan,
    assignments: plan.routes
      .flatMap(({ engineerId, stops }) => stops.map(({ orderId, start }) => ({ orderId, engineerId, start: start! })))
      .filter(({ orderId }) => orderId !== "")
      .sort((a, b) => compareIds(a.orderId, b.orderId)),
    cost: { levels, criteria, measures: [1, 2, 3, 4, 5, 6].map(measure) },
  });

  test("is right before", () => expect(checkResponse(request, good)).toEqual([]));
  test("gives a finding when the field is larger or longer by one", () => {
    expect(changesWithoutFinding(request, good, nudged, free)).toEqual([]);
  });
  test("gives a finding when the field is gone, except for a length of 0", () => {
    const gone = (old: JsonValue) => (old === "0s" ? old : undefined);
    expect(changesWithoutFinding(request, good, gone, free)).toEqual([]);
  });
});

/** Leaf has no stock, and picks up at a centre what is lent. */
function pickUpInstead(plan: Plan, request: AssignRequest): void {
  const stock = lender(request).stock;
  lender(request).stock = [];
  request.operatingCentres = [create(OperatingCentreSchema, { id: "c", place: point(0, 0), stock })];
  plan.routes[1]!.stops.unshift(
    create(StopSchema, { kind: Stop_Kind.SUPPLY, operatingCentreId: "c", pickUps: [{ sku: "A", quantity: 1 }] }),
  );
}

/** The loan of Z from Bo to Cy. */
const chainLoan = () => chain().plan.routes[0]!.stops[2]!.loan!;
