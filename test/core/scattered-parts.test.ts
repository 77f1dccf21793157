// Orders whose parts are there, but in more vans than the search puts together: the reason must not say that they are not to be had.
import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { UnassignedReason_Code as Code, UnassignedReasonSchema } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { at, between, point } from "../oracle/build.ts";
import { quietPolicy } from "../quiet-policy.ts";
import { solveForTest } from "../solve-for-test.ts";

/** Ann serves o, which needs a unit of A and one of B; Bea and Cid carry one each and have an order of their own. */
function day(change: (request: AssignRequest) => void = () => {}): AssignRequest {
  const shifts = [{ time: between(0, 2000), startPlace: point(0, 0) }];
  const only = (engineerId: string) => ({ engineerPreference: { requiredEngineerIds: [engineerId] } });
  const lending = { mayLend: true };
  const request = create(AssignRequestSchema, {
    now: at(0),
    timeZone: "UTC",
    orders: [
      { id: "o", place: point(20, 0), parts: ["A", "B"].map((sku) => ({ sku, quantity: 1 })), ...only("ann") },
      { id: "p", place: point(30, 0), ...only("bea") },
      { id: "q", place: point(40, 0), ...only("cid") },
    ],
    engineers: [
      { id: "ann", shifts },
      { id: "bea", shifts, stock: [{ sku: "A", quantity: 1 }], lending },
      { id: "cid", shifts, stock: [{ sku: "B", quantity: 1 }], lending },
    ],
    travel: { source: { case: "planar", value: {} } },
    policy: quietPolicy({}),
    search: { iterations: 50n, seed: 1n },
  });
  change(request);
  return request;
}

async function leftOut(request: AssignRequest) {
  const response = await solveForTest(request);
  expect(checkResponse(request, response)).toEqual([]);
  return { response, codes: response.plan!.unassigned.map(({ reasons }) => Code[reasons[0]!.code]) };
}

test("two lenders who could help together are no proof that a part is missing", async () => {
  const request = day();
  const { response, codes } = await leftOut(request);
  expect(codes).toEqual(["NOT_PROVED"]);
  const [reason] = response.plan!.unassigned[0]!.reasons;
  expect(reason!.message).toContain("one colleague");
  response.plan!.unassigned[0]!.reasons = [create(UnassignedReasonSchema, { code: Code.NO_PART, skus: ["A", "B"] })];
  expect(checkResponse(request, response).map(({ code, got }) => `${code} ${got}`)).toEqual([
    "UNASSIGNED_REASON ann can",
  ]);
});

test.each<[string, (request: AssignRequest) => void]>([
  ["one lender has both", ({ engineers }) => (engineers[1]!.stock = engineers.slice(1).flatMap(({ stock }) => stock))],
  ["the van has one of them", ({ engineers }) => (engineers[0]!.stock = engineers[2]!.stock)],
  [
    "a substitute does for both",
    ({ orders }) => (orders[0]!.parts = [{ ...orders[0]!.parts[0]!, substituteSkus: ["B"] }]),
  ],
])("it is served where %s", async (_name, change) => {
  expect((await leftOut(day(change))).codes).toEqual([]);
});

test.each<[string, (request: AssignRequest) => void]>([
  ["one of them does not lend", ({ engineers }) => delete engineers[2]!.lending],
  ["the safety stock of one forbids it", ({ engineers }) => (engineers[2]!.stock[0]!.safetyStock = 1)],
  ["all together have too few", ({ orders }) => (orders[0]!.parts[0]!.quantity = 2)],
])("NO_PART where %s", async (_name, change) => {
  expect((await leftOut(day(change))).codes).toEqual(["NO_PART"]);
});
