import { create } from "@bufbuild/protobuf";
import fc from "fast-check";
import { expect, test } from "vitest";
import { AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { EngineerPreferenceSchema } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { problemFromProto } from "../../server/messages/from-proto.ts";
import { townRequest } from "../../test/roads/town.ts";
import { travelOf } from "../travel/travel.ts";
import { neededPairs } from "./needs.ts";

const { CAR, FOOT } = VehicleMode;

/** Needs of the request, and whether a leg from one order, or "depot", to another is among them. */
function needsOf(request: ReturnType<typeof townRequest>) {
  const travel = travelOf(create(AssignRequestSchema, {}));
  const needs = neededPairs(problemFromProto(request, new Set(), travel), 20, false);
  const rowOf = (id: string) =>
    travel.row(
      id === "depot"
        ? request.engineers[0]!.shifts[0]!.startPlace!
        : request.orders.find((order) => order.id === id)!.place!,
    );
  return { needs, has: (mode: VehicleMode, from: string, to: string) => needs.get(mode)!.has(rowOf(from), rowOf(to)) };
}

test("who may not serve an order has no leg to it", () => {
  const { has } = needsOf(townRequest());
  // Orders 0, 3, 6, 9 are for those who drive.
  expect([has(CAR, "depot", "order-03"), has(FOOT, "depot", "order-03")]).toEqual([true, false]);
  expect([has(FOOT, "depot", "order-04"), has(FOOT, "order-04", "depot")]).toEqual([true, true]);
  expect([has(FOOT, "order-03", "order-04"), has(FOOT, "order-04", "order-03")]).toEqual([false, false]);
});

test("no leg goes from an order to one whose last window is over by then", () => {
  // Windows: even 0 to 14,400 s, odd 10,800 to 30,000 s; service takes 1,200 s.
  const request = townRequest();
  const start = Number(request.now!.seconds);
  request.orders[2]!.windows[0]!.end!.seconds = BigInt(start + 11_000);
  const { has } = needsOf(request);
  // 10,800 + 1,200 is past 11,000.
  expect([has(CAR, "order-01", "order-02"), has(CAR, "order-02", "order-01")]).toEqual([false, true]);
  expect(has(CAR, "order-01", "order-04")).toBe(true);
});

test("a round needs no legs between orders", () => {
  const request = townRequest();
  request.search!.mode = 2;
  const { has } = needsOf(request);
  expect([has(CAR, "depot", "order-01"), has(CAR, "order-01", "depot"), has(CAR, "order-01", "order-02")]).toEqual([
    true,
    true,
    false,
  ]);
});

test("an engineer who is named or barred limits the legs of the others", () => {
  fc.assert(
    fc.property(fc.constantFrom("required", "excluded"), fc.integer({ min: 0, max: 2 }), (how, index) => {
      const request = townRequest();
      const order = request.orders[1]!;
      const ids = [`engineer-${index}`];
      const named = how === "required" ? { requiredEngineerIds: ids } : { excludedEngineerIds: ids };
      order.engineerPreference = create(EngineerPreferenceSchema, named);
      const { has } = needsOf(request);
      const foot = index === 2;
      // Two drive and one walks: barring one driver leaves the other.
      const expected = how === "required" ? [!foot, foot] : [true, !foot];
      expect([has(CAR, "depot", "order-01"), has(FOOT, "depot", "order-01")]).toEqual(expected);
    }),
    { seed: 5, numRuns: 20 },
  );
});
