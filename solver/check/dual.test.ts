// A round worked out by hand, and the lies a dual can tell about it.
import { clone, create } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import {
  type AssignRequest,
  AssignRequestSchema,
  type AssignResponse,
  AssignResponseSchema,
  type Bound,
  Bound_Proof,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { at, between, lasts, point } from "../../test/oracle/build.ts";
import { quietPolicy } from "../../test/quiet-policy.ts";
import { solveForTest } from "../../test/solve-for-test.ts";
import { costAlone } from "./alone.ts";
import { checkResponse } from "./check.ts";
import type { FindingCode } from "./codes.ts";
import { factsOf } from "./facts.ts";

/** Engineers at 0 and 100 of a line, orders at 10, 30 and 60 that take 5 s, the third one urgent: there and back. */
const request: AssignRequest = create(AssignRequestSchema, {
  requestId: "line",
  now: at(0),
  timeZone: "UTC",
  currencyCode: "CNY",
  ticksPerSecond: 1,
  travel: { source: { case: "planar", value: {} } },
  policy: quietPolicy(),
  engineers: [0, 100].map((x, row) => ({
    id: `e${row + 1}`,
    shifts: [{ time: between(0, 1000), startPlace: point(x, 0), endPlace: point(x, 0) }],
  })),
  orders: [10, 30, 60].map((x, row) => ({
    id: `o${row + 1}`,
    place: point(x, 0),
    serviceDuration: lasts(5),
    priority: row === 2 ? 4 : 0,
  })),
  search: { mode: SearchOptions_Mode.MATCH },
});

/*  pair costs     e1   e2
    o1 at 10       25  185
    o2 at 30       65  145
    o3 at 60      125   85
    The best round leaves o2 out: 25 + 85 = 110, one unit of UNASSIGNED. */
const answer = await solveForTest(request);

const pairOf = (bound: Bound, orderId: string) => bound.dual!.pairs.find((pair) => pair.orderId === orderId)!;
const dualOf = (bound: Bound, id: string) =>
  [...bound.dual!.orders, ...bound.dual!.engineers].find((value) => value.id === id)!;

function codes(change: (response: AssignResponse) => void): FindingCode[] {
  const response = clone(AssignResponseSchema, answer);
  change(response);
  return [...new Set(checkResponse(request, response).map(({ code }) => code))];
}

test("the round is the one worked out", () => {
  expect(answer.bound).toMatchObject({ levels: [1n, 110n], provenOptimal: true, proof: Bound_Proof.ASSIGNMENT });
  expect(answer.bound!.dual!.complete).toBe(true);
  expect(pairOf(answer.bound!, "o1")).toMatchObject({ engineerId: "e1", cost: 25n });
  expect(pairOf(answer.bound!, "o2")).toMatchObject({ engineerId: "" });
  expect(pairOf(answer.bound!, "o3")).toMatchObject({ engineerId: "e2", cost: 85n });
  // 2 (3 + 1) (185 + 1)
  expect(answer.bound!.dual!.unassignedCost).toBe(1488n);
  expect(codes(() => {})).toEqual([]);
});

describe("a dual that lies", () => {
  const cases: [string, FindingCode[], (bound: Bound) => unknown][] = [
    [
      "about a pair that was not chosen",
      ["DUAL_REDUCED"],
      (bound) => {
        // Slack and sum are kept: what o3 is worth more, e2 is worth less, but o3 could go to e1 at 125.
        dualOf(bound, "o3").value += 3000n;
        dualOf(bound, "e2").value -= 3000n;
      },
    ],
    [
      "about a chosen pair's cost",
      ["DUAL_COST", "DUAL_BOUND"],
      (bound) => {
        dualOf(bound, "o1").value -= 1n;
        pairOf(bound, "o1").cost -= 1n;
      },
    ],
    [
      "about what leaving out costs",
      ["DUAL_LEFT_OUT", "DUAL_BOUND", "DUAL_UNIT"],
      (bound) => {
        bound.dual!.unassignedCost = 1487n;
      },
    ],
    ["about what leaving out costs, which is nothing", ["DUAL_UNIT"], (bound) => (bound.dual!.unassignedCost = 0n)],
    [
      "about the bound that follows",
      ["DUAL_BOUND"],
      (bound) => {
        Object.assign(bound, { levels: [1n, 100n], gap: 0.1, provenOptimal: false });
      },
    ],
    [
      "by not being there",
      ["BOUND_PROOF"],
      (bound) => {
        delete bound.dual;
      },
    ],
  ];
  test.each(cases)("%s", (_, expected, change) => {
    expect(codes((response) => change(response.bound!))).toEqual(expect.arrayContaining(expected));
  });
});

test("a dual that was cut needs no pairs, but is a bound all the same", () => {
  const cut = (change: (bound: Bound) => void) =>
    codes(({ bound }) => {
      bound!.dual!.complete = false;
      bound!.dual!.pairs = [];
      change(bound!);
    });
  expect(cut(() => {})).toEqual([]);
  expect(cut((bound) => (dualOf(bound, "o1").value += 1n))).toContain("DUAL_REDUCED");
});

test("three orders and two engineers: counting shows that one is left out, and not more", () => {
  const counted = (levels: bigint[], gap: number) =>
    codes(({ bound }) => {
      Object.assign(bound!, { levels, gap, provenOptimal: false, proof: Bound_Proof.HEADCOUNT });
      delete bound!.dual;
    });
  // (110 - 0) / 1; (1 - 0) / 1
  expect(counted([1n, 0n], 110)).toEqual([]);
  expect(counted([0n, 0n], 1)).toEqual([]);
  // (110 - 55) / 55
  expect(counted([1n, 55n], 1)).toEqual(["BOUND_HEADCOUNT"]);
});

describe("an order alone", () => {
  const alone = (change: (request: AssignRequest) => void) => {
    const changed = clone(AssignRequestSchema, request);
    change(changed);
    return costAlone(factsOf(changed), changed.orders[0]!, changed.engineers[0]!);
  };
  const shift = (changed: AssignRequest) => changed.engineers[0]!.shifts[0]!;
  const pause = create(AssignRequestSchema, {
    engineers: [{ shifts: [{ breaks: [{ window: between(50, 60), duration: lasts(7) }] }] }],
  }).engineers[0]!.shifts[0]!.breaks[0]!;
  const supply = create(AssignRequestSchema, {
    operatingCentres: [{ id: "c", place: point(10, 24), pickDuration: lasts(3), stock: [{ sku: "A", quantity: 1 }] }],
    orders: [{ parts: [{ sku: "A", quantity: 1 }] }],
  });
  const withPart = (changed: AssignRequest) => {
    changed.orders[0]!.parts = supply.orders[0]!.parts;
    changed.operatingCentres = supply.operatingCentres;
  };
  const cases: [string, (changed: AssignRequest) => void, bigint | undefined, boolean][] = [
    ["there and back", () => {}, 25n, true],
    [
      "home 10 s after the end of the shift, at half price",
      (changed) => {
        shift(changed).time = between(0, 15);
        shift(changed).maxOvertime = lasts(60);
      },
      30n,
      true,
    ],
    ["too far", (changed) => (changed.engineers[0]!.maxLegDuration = lasts(9)), undefined, true],
    ["not eligible", (changed) => (changed.orders[0]!.declinedEngineerIds = ["e1"]), undefined, true],
    // Out at 33, there from 43 to 48, home at 58, unpaid break to 65: 32 - 7.
    ["with an unpaid break", (changed) => (shift(changed).breaks = [pause]), 25n, true],
    ["with two breaks", (changed) => (shift(changed).breaks = [pause, pause]), undefined, false],
    // 26 to the centre (10, 24, 26), 3 there, 24 to the order, 5 there, 10 home.
    ["by way of a centre", withPart, 68n, true],
    [
      "with the part in the van",
      (changed) => {
        withPart(changed);
        changed.engineers[0]!.stock = changed.operatingCentres[0]!.stock;
      },
      25n,
      true,
    ],
    [
      "without room for the part",
      (changed) => {
        withPart(changed);
        changed.engineers[0]!.partCapacity = 0;
      },
      undefined,
      true,
    ],
    [
      "with substitutes",
      (changed) => {
        withPart(changed);
        changed.orders[0]!.parts = [{ ...changed.orders[0]!.parts[0]!, substituteSkus: ["B"] }];
      },
      undefined,
      false,
    ],
  ];
  test.each(cases)("%s", (_, change, cost, exact) => expect(alone(change)).toEqual({ cost, exact }));
});
