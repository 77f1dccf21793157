import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import {
  type AssignResponse,
  BoundSchema as Bound,
  Bound_Proof,
  type BoundSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { goodRequest, goodResponse } from "../../test/oracle/good-plan.ts";
import { checkResponse } from "./check.ts";
import type { FindingCode } from "./codes.ts";

function codes(change: (response: AssignResponse) => void): FindingCode[] {
  const response = goodResponse();
  change(response);
  return checkResponse(goodRequest(), response).map(({ code }) => code);
}

describe("what an answer says about its plan", () => {
  const cases: [FindingCode, (response: AssignResponse) => void][] = [
    ["PLAN_MISSING", (response) => delete response.plan],
    ["ASSIGNMENT", (response) => response.assignments.reverse()],
    ["ASSIGNMENT", (response) => response.assignments.pop()],
    ["COST_MISSING", (response) => delete response.cost],
    ["COST_LEVEL", (response) => (response.cost!.levels[1] = 835n)],
    ["COST_MEASURE", (response) => response.cost!.measures.pop()],
    ["COST_CRITERION", (response) => response.cost!.criteria.pop()],
    ["COST_CRITERION", (response) => (response.cost!.criteria[0]!.cost = 0n)],
  ];
  test.each(cases)("%s", (code, change) => expect([...new Set(codes(change))]).toEqual([code]));
});

describe("a bound", () => {
  const bound = (init: MessageInitShape<typeof BoundSchema>) =>
    codes((response) => {
      response.bound = create(Bound, { proof: Bound_Proof.PRICED_OUT, ...init });
    });
  test("at the plan is optimal", () => {
    expect(bound({ levels: [3n, 836n], provenOptimal: true })).toEqual([]);
    expect(bound({ levels: [3n, 836n] })).toEqual(["BOUND_OPTIMAL"]);
  });
  test("below it has the gap of the first level that differs", () => {
    // (836 - 800) / 800; (3 - 2) / 2; (3 - 0) / 1
    expect(bound({ levels: [3n, 800n], gap: 0.045 })).toEqual([]);
    expect(bound({ levels: [2n, 9000n], gap: 0.5 })).toEqual([]);
    expect(bound({ levels: [0n, 0n], gap: 3 })).toEqual([]);
    expect(bound({ levels: [3n, 800n], gap: 0.044 })).toEqual(["BOUND_GAP"]);
    expect(bound({ levels: [3n, 800n], gap: Number.NaN })).toEqual(["BOUND_GAP"]);
  });
  test("says how it was proved", () => {
    for (const proof of [Bound_Proof.UNSPECIFIED, Bound_Proof.ASSIGNMENT])
      expect(bound({ levels: [3n, 836n], provenOptimal: true, proof })).toEqual(["BOUND_PROOF"]);
  });
  test("above the plan, or of other levels, is wrong", () => {
    expect(bound({ levels: [3n, 837n] })).toEqual(["BOUND_LEVELS"]);
    expect(bound({ levels: [3n] })).toEqual(["BOUND_LEVELS"]);
  });
});

describe("a dual", () => {
  // o1 to e1 at 50 = 70 - 20; o5 left out at 3 * 1000; e2 unused. Sum 3050 = 70 + 3000 - 20.
  const dual = () => ({
    unassignedCost: 1000n,
    orders: [
      { id: "o1", value: 70n },
      { id: "o4", value: 120n },
      { id: "o5", value: 3000n },
    ],
    engineers: [
      { id: "e1", value: -20n },
      { id: "e2", value: 0n },
    ],
    pairs: [
      { orderId: "o1", engineerId: "e1", cost: 50n },
      { orderId: "o4", engineerId: "", cost: 120n },
      { orderId: "o5", engineerId: "", cost: 3000n },
    ],
    complete: true,
  });
  const codesOf = (change: (init: ReturnType<typeof dual>) => void) => {
    const init = dual();
    change(init);
    return codes((response) => {
      response.bound = create(Bound, {
        levels: [3n, 836n],
        provenOptimal: true,
        proof: Bound_Proof.PRICED_OUT,
        dual: init,
      });
    });
  };
  test("that certifies its pairs gives no finding", () => expect(codesOf(() => {})).toEqual([]));
  const cases: [FindingCode, (init: ReturnType<typeof dual>) => void][] = [
    ["DUAL_ROWS", (init) => init.pairs.pop()],
    ["DUAL_ROWS", (init) => (init.pairs[1]!.orderId = "o1")],
    ["DUAL_ROWS", (init) => init.engineers.push({ id: "e9", value: 0n })],
    ["DUAL_SIGN", (init) => (init.engineers[0]!.value = 1n)],
    ["DUAL_SIGN", (init) => (init.engineers[1]!.value = -1n)],
    ["DUAL_SLACK", (init) => (init.pairs[0]!.cost = 51n)],
    ["DUAL_SUM", (init) => (init.pairs[0]!.cost = 51n)],
    ["DUAL_LEFT_OUT", (init) => (init.unassignedCost = 1001n)],
    ["DUAL_LEFT_OUT", (init) => (init.orders[1]!.value = init.pairs[1]!.cost = 121n)],
    // o1 has priority 3: serving it must not cost more than 4 * 1000
    ["DUAL_LEFT_OUT", (init) => (init.orders[0]!.value = 4001n)],
  ];
  test.each(cases)("%s %#", (code, change) => expect(codesOf(change)).toContain(code));
});
