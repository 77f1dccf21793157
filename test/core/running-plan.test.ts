// Running plans worked out by hand: what is late stays where it is, new orders go between the others, events free who cannot stay.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import {
  type AssignRequest,
  AssignRequestSchema,
  PlanChange_Kind,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { Stop_Kind, Stop_Lock, UnassignedReason_Code } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import {
  CriterionMode,
  type CriterionSettingSchema,
  PolicySchema,
  SearchOptions_Mode,
} from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { at, between, lasts, point } from "../oracle/build.ts";
import { quietPolicy } from "../quiet-policy.ts";
import { solveForTest } from "../solve-for-test.ts";

const PLACES = { a: point(10, 0), b: point(20, 0), c: point(15, 0), d: point(0, 10) };
type Id = keyof typeof PLACES;

interface Planned {
  id: Id;
  start?: number;
  lock?: Stop_Lock;
}

/** Orders of 10 ticks; engineer e, from (0, 0) and back, whose running plan has `planned`, and engineer f, who lives far away. */
function running(
  ids: readonly Id[],
  planned: readonly Planned[],
  now = 0,
  mode = SearchOptions_Mode.INSERT,
): AssignRequest {
  const home = (x: number) => ({ time: between(0, 200), startPlace: point(x, 0), endPlace: point(x, 0) });
  return create(AssignRequestSchema, {
    now: at(now),
    timeZone: "UTC",
    policy: quietPolicy(),
    travel: { source: { case: "planar", value: {} } },
    engineers: [
      { id: "e", skills: [{ skillId: "gas" }], shifts: [home(0)] },
      { id: "f", skills: [{ skillId: "gas" }], shifts: [home(60)] },
    ],
    orders: ids.map((id) => ({ id, place: PLACES[id], serviceDuration: lasts(10) })),
    currentPlan: {
      routes: [
        {
          engineerId: "e",
          stops: planned.map(({ id, start, lock }) => ({
            kind: Stop_Kind.SERVICE,
            orderId: id,
            place: PLACES[id],
            ...(start !== undefined && { start: at(start) }),
            ...(lock !== undefined && { lock }),
          })),
        },
      ],
    },
    search: { mode, iterations: 200n },
  });
}

const policyWith = (setting: MessageInitShape<typeof CriterionSettingSchema>) =>
  create(PolicySchema, quietPolicy({ criteria: [setting] }));

async function answer(request: AssignRequest) {
  const response = await solveForTest(request);
  expect(checkResponse(request, response)).toEqual([]);
  const stops = response.plan!.routes.flatMap(({ engineerId, stops }) =>
    stops.map((stop) => `${engineerId} ${stop.orderId} ${Number(stop.start!.seconds - at(0).seconds)}`),
  );
  return { response, stops, inherited: response.running!.inherited.map(({ code }) => code) };
}

const order = (request: AssignRequest, id: Id) => request.orders.find((row) => row.id === id)!;

test("a new order goes on the way, and the others stay in their order", async () => {
  // b is 20 away, a 10 back, home 10: c lies on the way to b and on the way from b to a, and the first place is taken.
  const { stops } = await answer(running(["a", "b", "c"], [{ id: "b" }, { id: "a" }]));
  expect(stops).toEqual(["e c 15", "e b 30", "e a 50"]);
});

test("what is late already may be as late, but no later: a new order comes after it", async () => {
  // At 50 nobody can be at a before 60; it was to begin by 20. d, on the way to nothing, would make it 10 + 10 + 15 - 10 later.
  const request = running(["a", "d"], [{ id: "a", start: 10 }], 50);
  order(request, "a").windows = [between(0, 20)];
  const { response, stops, inherited } = await answer(request);
  expect(stops).toEqual(["e a 60", "e d 85"]);
  expect(inherited).toEqual(["START_NOT_ALLOWED"]);
  expect(response.plan!.routes[0]!.stops[0]!.lateness).toEqual(lasts(40));
  expect(response.running!.changes.map(({ orderId, kind }) => [orderId, kind])).toEqual([
    ["a", PlanChange_Kind.RETIMED],
    ["d", PlanChange_Kind.ADDED],
  ]);
  // A new plan could not have served it.
  request.search!.mode = SearchOptions_Mode.ROUTE;
  const anew = await solveForTest(request);
  expect(anew.plan!.unassigned.map(({ orderId }) => orderId)).toEqual(["a"]);
});

test("a promise that must be kept and is broken already is broken no further", async () => {
  // At 50 nobody can be at a before 60, and over before 70; 65 was promised. d before it would break it further.
  const request = running(["a", "d"], [{ id: "a", start: 10 }], 50);
  order(request, "a").visitDueAt = at(65);
  request.policy = policyWith({ id: "sla_response", mode: CriterionMode.HARD, weightS: 0 });
  const { response, stops, inherited } = await answer(request);
  expect(stops).toEqual(["e a 60", "e d 85"]);
  expect(inherited).toEqual(["START_NOT_ALLOWED"]);
  expect(response.running!.inherited[0]!.expected).toContain("as promised");
  // Kept, it is no matter of the running plan.
  order(request, "a").visitDueAt = at(70);
  expect((await answer(request)).inherited).toEqual([]);
});

test("an order locked to a shift that is over goes to nobody else, also where its engineer could not serve it", async () => {
  const request = running(["a"], [{ id: "a", lock: Stop_Lock.ENGINEER }], 300, SearchOptions_Mode.REOPTIMIZE);
  order(request, "a").declinedEngineerIds = ["e", "f"];
  const { response, stops, inherited } = await answer(request);
  expect(stops).toEqual([]);
  expect(inherited).toEqual(["LOCK_ENGINEER"]);
  expect(response.running!.releasedOrderIds).toEqual(["a"]);
  expect(response.plan!.unassigned[0]!.reasons[0]!.code).toBe(UnassignedReason_Code.NO_FEASIBLE_TIME);
});

test("a start that is locked and missed is as soon as it can be", async () => {
  const request = running(
    ["a", "d"],
    [{ id: "a", start: 10, lock: Stop_Lock.TIME }],
    50,
    SearchOptions_Mode.REOPTIMIZE,
  );
  order(request, "a").windows = [between(0, 40)];
  const { response, stops, inherited } = await answer(request);
  expect(stops).toEqual(["e a 60", "e d 85"]);
  expect(inherited).toEqual(["LOCK_TIME"]);
  expect(response.plan!.routes[0]!.stops[0]!.lateness).toEqual(lasts(20));
});

test("a shift that runs over may run as long, and whatever would make it longer goes elsewhere", async () => {
  // From 185: a at 195 to 205, home at 215, 15 past the shift. d alone would take e as long, f could not be back by 200.
  const request = running(["a", "d"], [{ id: "a" }], 185);
  const { response, stops, inherited } = await answer(request);
  expect(stops).toEqual(["e a 195"]);
  expect(inherited).toEqual(["AFTER_SHIFT"]);
  expect(response.plan!.routes[0]!.overtime).toEqual(lasts(15));
  expect(response.plan!.unassigned[0]!.reasons[0]!.code).toBe(UnassignedReason_Code.OUTBID);
});

test("who may not serve an order any more is freed of it, unless it is locked", async () => {
  const request = running(["a", "b"], [{ id: "a" }, { id: "b" }], 0, SearchOptions_Mode.REOPTIMIZE);
  order(request, "a").skills = {
    $typeName: "shanpai.dispatch.v1.SkillRequirement",
    allOf: ["gas"],
    anyOf: [],
    noneOf: [],
  };
  request.engineers[0]!.skills = [];
  // 50 for e's b and 110 for f's a: that another engineer comes to b is worth no 40 ticks.
  expect((await answer(request)).stops).toEqual(["e b 20", "f a 50"]);
  request.policy = policyWith({ id: "plan_stability", mode: CriterionMode.OFF });
  const freed = await answer(request);
  // Where that costs nothing f takes b on the way to a and back: 50 + 20 + 50 in all.
  expect(freed.stops).toEqual(["f b 40", "f a 60"]);
  expect(freed.response.running!.releasedOrderIds).toEqual(["a"]);
  expect(freed.response.running!.changes.map(({ kind }) => kind)).toContain(PlanChange_Kind.MOVED);
  request.currentPlan!.routes[0]!.stops[0]!.lock = Stop_Lock.ENGINEER;
  const kept = await answer(request);
  expect(kept.stops).toEqual(["e a 10", "e b 30"]);
  expect(kept.inherited).toEqual(["NOT_ELIGIBLE"]);
});

test("limits that became tighter hold for everything new", async () => {
  const request = running(["a", "b", "c"], [{ id: "a" }, { id: "b" }]);
  request.engineers[0]!.maxOrders = 1;
  const { stops, inherited } = await answer(request);
  expect(stops).toEqual(["e a 10", "e b 30", "f c 45"]);
  expect(inherited).toEqual(["ENGINEER_MAX_ORDERS"]);
});

test("an order goes to its price: served where that is cheaper, else left out with the reason", async () => {
  // c costs 10 of service on the way; one unit of the currency is worth 60 ticks, so 16 minor units are 9.6, rounded 10, and 18 are 11.
  for (const [priceMinor, served] of [
    [16n, false],
    [18n, true],
  ] as const) {
    const request = running(["a", "b", "c"], [{ id: "a" }, { id: "b" }]);
    request.currencyCode = "CNY";
    order(request, "c").priceMinor = priceMinor;
    const { response, stops } = await answer(request);
    expect(stops.length).toBe(served ? 3 : 2);
    if (!served) expect(response.plan!.unassigned[0]!.reasons[0]!.code).toBe(UnassignedReason_Code.NOT_WORTH_PRICE);
  }
});

test("the sequence in which new orders go in is searched", async () => {
  // Both want to begin at 15 exactly at c's place or b's: one of them fits with e, the other only with f, who is at c at 45.
  const request = running(["b", "c"], []);
  request.currentPlan!.routes = [];
  order(request, "c").windows = [between(15, 45)];
  order(request, "b").windows = [between(20, 20)];
  const { response } = await answer(request);
  expect(response.plan!.unassigned).toEqual([]);
  expect(response.statistics!.iterations).toBe(2n);
});

test("a running plan is made better by REOPTIMIZE, and its levels are told", async () => {
  // b, a, c: 20 + 10 + 5 + 15 of way and 30 of service; a, c, b: 20 + 20 of way.
  const request = running(["a", "b", "c"], [{ id: "b" }, { id: "a" }, { id: "c" }], 0, SearchOptions_Mode.REOPTIMIZE);
  const { response } = await answer(request);
  expect(response.running!.levels).toEqual([0n, 80n]);
  expect(response.cost!.levels).toEqual([0n, 70n]);
});
