import { clone, create } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import {
  PartSource,
  type Plan,
  PlanSchema,
  Stop_Kind,
  Stop_Lock,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { at, between, lasts, point, way } from "../../test/oracle/build.ts";
import { quietPolicy } from "../../test/quiet-policy.ts";
import { check } from "./check.ts";
import { costOf } from "./cost.ts";

const locks = [Stop_Lock.DONE, Stop_Lock.STARTED, Stop_Lock.TIME, Stop_Lock.SEQUENCE, Stop_Lock.ENGINEER];

/**
 * A route along a line at `now` = 50: o1 is done (10 to 20), o2 under way until 60, longer than its 10. From there o3 is
 * reached at 70 and waits for its locked start 100; o4 is reached at 110 + 10, o5 at 130 + 10, ended 150.
 */
function running(): { request: AssignRequest; plan: Plan } {
  const starts = [10, 30, 100, 120, 140];
  const arrivals = [10, 30, 70, 120, 140];
  const departures = [20, 60, 110, 130, 150];
  const plan = create(PlanSchema, {
    routes: [
      {
        engineerId: "e1",
        departure: at(0),
        arrival: at(150),
        stops: locks.map((lock, index) => ({
          kind: Stop_Kind.SERVICE,
          orderId: `o${index + 1}`,
          place: point(10 * (index + 1), 0),
          leg: way(10),
          arrival: at(arrivals[index]!),
          start: at(starts[index]!),
          departure: at(departures[index]!),
          ...(index === 2 ? { waiting: lasts(30) } : {}),
          parts: index === 0 ? [{ sku: "A", quantity: 1, source: PartSource.ON_HAND }] : [],
          lock,
        })),
        travel: lasts(50),
        distanceM: 50n,
        waiting: lasts(30),
        // 10 + 30 + 10 + 10 + 10
        service: lasts(70),
        working: lasts(150),
      },
    ],
  });
  const request = create(AssignRequestSchema, {
    now: at(50),
    timeZone: "UTC",
    travel: { source: { case: "planar", value: {} } },
    policy: quietPolicy(),
    engineers: [
      { id: "e1", shifts: [{ time: between(0, 200), startPlace: point(0, 0) }] },
      { id: "e2", shifts: [{ time: between(0, 200), startPlace: point(0, 0) }] },
    ],
    orders: locks.map((_, index) => ({
      id: `o${index + 1}`,
      place: point(10 * (index + 1), 0),
      serviceDuration: lasts(10),
      // o1's part was consumed before `now`: the van is empty.
      parts: index === 0 ? [{ sku: "A", quantity: 1 }] : [],
    })),
    currentPlan: clone(PlanSchema, plan),
  });
  return { request, plan };
}

function codes(change: (plan: Plan, request: AssignRequest) => void): string[] {
  const { request, plan } = running();
  change(plan, request);
  return check(request, plan).map(({ code, stopIndex, orderId }) => `${code} ${stopIndex ?? orderId ?? ""}`.trim());
}

describe("locks of the current plan", () => {
  test("a plan that keeps them all gives no finding and counts the settled stops as given", () => {
    const { request, plan } = running();
    expect(check(request, plan)).toEqual([]);
    expect(costOf(request, plan).measures).toEqual({
      unassigned: 0n,
      engineersUsed: 1n,
      distance: 50n,
      travelTime: 50n,
      workingTime: 150n,
      softCost: 150n,
    });
  });
  test("a finished or started stop is returned as given", () => {
    expect(codes((plan) => (plan.routes[0]!.stops[0]!.start = at(11)))).toContain("LOCK_SETTLED 0");
    expect(codes((plan) => (plan.routes[0]!.stops[1]!.lock = Stop_Lock.NONE))).toContain("LOCK_SETTLED 1");
    expect(codes((plan) => (plan.routes[0]!.departure = at(1)))).toContain("LOCK_SETTLED");
    expect(codes((plan) => plan.routes.pop())).toContain("LOCK_SETTLED 0");
  });
  test("the locked head keeps its sequence", () => {
    const swapped = codes((plan) => {
      const { stops } = plan.routes[0]!;
      [stops[3], stops[4]] = [stops[4]!, stops[3]!];
    });
    expect(swapped).toContain("LOCK_SEQUENCE 3");
  });
  test("a start locked in time is kept, and may not be replaced by an earlier one", () => {
    const early = codes((plan) => (plan.routes[0]!.stops[2]!.start = at(70)));
    expect(early).toContain("LOCK_TIME 2");
    expect(early).toContain("STOP_START 2");
  });
  test("an order locked to its engineer stays with the engineer", () => {
    const moved = codes((plan) => {
      const [stop] = plan.routes[0]!.stops.splice(4, 1);
      plan.routes.push({ ...clone(PlanSchema, plan).routes[0]!, engineerId: "e2", stops: [stop!] });
    });
    expect(moved).toContain("LOCK_ENGINEER o5");
  });
  test("without the lock in time the stop starts when it is reached", () => {
    const found = codes((_, request) => (request.currentPlan!.routes[0]!.stops[2]!.lock = Stop_Lock.SEQUENCE));
    expect(found).toContain("STOP_START 2");
  });
});
