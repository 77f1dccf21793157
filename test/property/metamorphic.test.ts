// What must not change the plan, and what can only make it better or worse.
import { clone } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { assign } from "../../server/answer/assign.ts";
import { createCore, loadCoreModule } from "../../solver/core.ts";
import { at, between, point } from "../oracle/build.ts";
import { tinyRequest } from "../oracle/generate.ts";
import { solveForTest } from "../solve-for-test.ts";
import { type Draws, shuffled } from "./draws.ts";
import { lendingRequest } from "./lending-request.ts";
import { richRequest } from "./rich-request.ts";
import { forRequests } from "./run.ts";
import { expectSamePlanLater, planBytes } from "./same-plan-later.ts";

/** Every list of the request that means a set, in another order. */
function reordered(request: AssignRequest, draws: Draws): AssignRequest {
  const other = clone(AssignRequestSchema, request);
  const mix = <T>(list: T[]) => list.splice(0, list.length, ...shuffled(list, draws));
  for (const order of other.orders) {
    mix(order.windows);
    mix(order.proficiencies);
    mix(order.parts);
    mix(order.toolIds);
    mix(order.loads);
    mix(order.declinedEngineerIds);
    mix(order.vehicleAccess);
    for (const ids of [order.skills?.allOf, order.skills?.anyOf, order.skills?.noneOf]) mix(ids ?? []);
    const wish = order.engineerPreference;
    for (const ids of [wish?.requiredEngineerIds, wish?.excludedEngineerIds, wish?.preferredEngineerIds])
      mix(ids ?? []);
  }
  for (const engineer of other.engineers) {
    mix(engineer.skills);
    mix(engineer.toolIds);
    mix(engineer.stock);
    mix(engineer.capacities);
  }
  for (const centre of other.operatingCentres) {
    mix(centre.openingWindows);
    mix(centre.stock);
    mix(centre.toolIds);
  }
  mix(other.orders);
  mix(other.engineers);
  mix(other.operatingCentres);
  mix(other.policy!.criteria);
  return other;
}

const size = { orders: 20, engineers: 5, centres: 2 };
const smaller = (draws: Draws) => richRequest(draws, size);
const smallerOrLending = (draws: Draws) => (draws.chance(50) ? smaller(draws) : lendingRequest(draws, size));

test("the same request in another order has the same plan bytes", async () => {
  await forRequests(smallerOrLending, 160, 11, async (request, draws) => {
    const expected = planBytes(await solveForTest(request));
    // Fields of broken orders are named by their row, so only whole requests are mixed.
    if (request.onInvalidOrder) return;
    expect(planBytes(await solveForTest(reordered(request, draws)))).toBe(expected);
  });
}, 120_000);

test("the same request has the same plan bytes in a warm core, after other requests, and in a fresh one", async () => {
  const module = await loadCoreModule();
  const control = { workerIndex: 0, deadlineMs: Number.POSITIVE_INFINITY, stopped: () => false };
  const seen: { request: AssignRequest; plan: string }[] = [];
  await forRequests(smallerOrLending, 80, 12, async (request) => {
    const plan = planBytes(await solveForTest(request));
    expect(planBytes(assign(createCore(module), request, control))).toBe(plan);
    seen.push({ request, plan });
  });
  for (const { request, plan } of seen) expect(planBytes(await solveForTest(request))).toBe(plan);
}, 120_000);

test("all times an hour, a day and a tick later give the same plan so much later", async () => {
  await forRequests(smallerOrLending, 120, 13, async (request) => {
    // What is wrong with a broken order is said with its times.
    if (request.onInvalidOrder) return;
    await expectSamePlanLater(request);
  });
}, 120_000);

/** Negative when the levels `a` are better. */
function compareLevels(a: readonly bigint[], b: readonly bigint[]): number {
  const first = a.findIndex((value, level) => value !== b[level]);
  return first < 0 ? 0 : a[first]! < b[first]! ? -1 : 1;
}

// On tiny requests the search finds the optimum (test/oracle), so what holds for optima holds for answers.
const TINY = Array.from({ length: 80 }, (_, row) => tinyRequest(2000 + row));
const levelsOf = async (request: AssignRequest) => (await solveForTest(request)).cost!.levels;

test("engineers who can serve nobody leave the levels as they are", async () => {
  for (const request of TINY) {
    const other = clone(AssignRequestSchema, request);
    // Everybody whose work is known is part of the fairness of the plan, whether they work or not.
    const { workload: _, ...first } = other.engineers[0]!;
    other.engineers.push(
      ...clone(AssignRequestSchema, {
        ...other,
        engineers: [
          // On foot, where no order can be reached on foot.
          { ...first, id: "walker", vehicleMode: VehicleMode.FOOT },
          { ...first, id: "banned" },
          {
            ...first,
            id: "a-past",
            shifts: [{ ...first.shifts[0]!, time: between(-90, -5) }],
          },
        ],
      }).engineers,
    );
    for (const order of other.orders) {
      order.declinedEngineerIds.push("banned");
      if (order.vehicleAccess.length === 0) order.vehicleAccess = [VehicleMode.CAR, VehicleMode.E_BIKE];
    }
    expect(await levelsOf(other), request.requestId).toEqual(await levelsOf(request));
  }
}, 120_000);

test("one more engineer never makes the levels worse", async () => {
  for (const request of TINY) {
    const other = clone(AssignRequestSchema, request);
    const { workload: _, ...first } = other.engineers[0]!;
    other.engineers.push({ ...first, id: "e9" });
    expect(compareLevels(await levelsOf(other), await levelsOf(request)), request.requestId).toBeLessThanOrEqual(0);
  }
}, 120_000);

test("one order less never makes the levels worse", async () => {
  for (const original of TINY) {
    const request = clone(AssignRequestSchema, original);
    // Without these a route stays feasible and as cheap when an order is taken out: set-up may fall to the order after it, a
    // second window may begin to look better, lateness may be avoided by a longer day, an unused part takes room, and a break
    // at the place of the stop before moves to another place.
    for (const order of request.orders) {
      delete order.setupDuration;
      delete order.latenessGrace;
      order.windows.splice(1);
    }
    for (const engineer of request.engineers) {
      delete engineer.partCapacity;
      for (const shift of engineer.shifts) shift.breaks = shift.breaks.filter((pause) => pause.place);
    }
    for (const centre of request.operatingCentres) centre.openingWindows.splice(1);
    const before = await levelsOf(request);
    for (let row = 0; row < request.orders.length; row++) {
      const fewer = clone(AssignRequestSchema, request);
      fewer.orders.splice(row, 1);
      const name = `${request.requestId} without ${request.orders[row]!.id}`;
      expect(compareLevels(await levelsOf(fewer), before), name).toBeLessThanOrEqual(0);
    }
  }
}, 120_000);

test("an order that is served stays served when its priority rises", async () => {
  for (const request of TINY) {
    const response = await solveForTest(request);
    for (const { orderId } of response.assignments) {
      const other = clone(AssignRequestSchema, request);
      const order = other.orders.find(({ id }) => id === orderId)!;
      if (order.priceMinor !== undefined) continue;
      order.priority += 7;
      const served = (await solveForTest(other)).assignments.map((row) => row.orderId);
      expect(served, `${request.requestId} ${orderId}`).toContain(orderId);
    }
  }
}, 120_000);

test("an order nobody can serve changes nothing else", async () => {
  for (const request of TINY.slice(0, 40)) {
    const other = clone(AssignRequestSchema, request);
    other.orders.push(
      ...clone(AssignRequestSchema, { ...other, orders: [{ ...other.orders[0]!, id: "o0", place: point(1, 1) }] })
        .orders,
    );
    const lost = other.orders.at(-1)!;
    lost.windows = [{ ...between(0, 0), end: at(0), start: at(0) }];
    lost.skills = {
      $typeName: "shanpai.dispatch.v1.SkillRequirement",
      allOf: ["nobody holds this"],
      anyOf: [],
      noneOf: [],
    };
    delete lost.priceMinor;
    lost.priority = 0;
    const [unassigned, ...rest] = await levelsOf(request);
    expect(await levelsOf(other), request.requestId).toEqual([unassigned! + 1n, ...rest]);
  }
}, 120_000);
