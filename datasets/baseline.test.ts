import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Plan, Stop_Kind, UnassignedReason_Code } from "../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { check } from "../solver/check/check.ts";
import { baselinePlan } from "./baseline.ts";
import { generateCity } from "./city.ts";

// Seconds after 2026-01-01T00:00:00Z.
const EPOCH = Date.UTC(2026, 0, 1) / 1000;
const at = (second: number) => ({ seconds: BigInt(EPOCH + second), nanos: 0 });
const lasting = (seconds: number) => ({ seconds: BigInt(seconds), nanos: 0 });
const window = (start: number, end: number) => ({ start: at(start), end: at(end) });
const onLine = (x: number) => ({ position: { case: "planar" as const, value: { x, y: 0 } } });

/** Three orders on a line, one second a unit; A lives at 0, B at 100, the centre is at 60. */
function lineRequest(changes: {
  partOfB?: boolean;
  breaksOfA?: { window: ReturnType<typeof window>; duration: ReturnType<typeof lasting> }[];
  skillOfO3?: string;
}) {
  const shift = (home: number) => ({ time: window(0, 1000), startPlace: onLine(home), endPlace: onLine(home) });
  const init: MessageInitShape<typeof AssignRequestSchema> = {
    now: at(0),
    timeZone: "UTC",
    travel: { source: { case: "planar", value: {} } },
    orders: [
      { id: "o1", place: onLine(20), windows: [window(50, 60)], serviceDuration: lasting(20), createdAt: at(-20) },
      { id: "o2", place: onLine(10), serviceDuration: lasting(20), createdAt: at(-30) },
      {
        id: "o3",
        place: onLine(30),
        windows: [window(75, 80)],
        serviceDuration: lasting(20),
        createdAt: at(-10),
        parts: [{ sku: "p", quantity: 1 }],
        skills: { allOf: changes.skillOfO3 ? [changes.skillOfO3] : [] },
      },
    ],
    engineers: [
      { id: "A", shifts: [{ ...shift(0), breaks: changes.breaksOfA ?? [] }] },
      { id: "B", shifts: [shift(100)], stock: changes.partOfB ? [{ sku: "p", quantity: 1 }] : [] },
    ],
    operatingCentres: [{ id: "C", place: onLine(60), stock: [{ sku: "p", quantity: 1 }], pickDuration: lasting(5) }],
  };
  return create(AssignRequestSchema, init);
}

/** Route by route: engineer, departure, stops as name@start, arrival, working time. */
function timesOf(plan: Plan) {
  const second = (time: { seconds: bigint } | undefined) => Number(time!.seconds) - EPOCH;
  return plan.routes.map((route) => {
    const stops = route.stops.map((stop) => `${stop.orderId || Stop_Kind[stop.kind]}@${second(stop.start)}`);
    const span = `${second(route.departure)}..${second(route.arrival)}`;
    return `${route.engineerId} ${stops.join(" ")} ${span} working ${Number(route.working!.seconds)}`;
  });
}

test("first come goes to the nearest, the next nearest serves what the nearest cannot reach in time", () => {
  // o2 came first and is 10 from A, 90 from B: A. Then o1 is 10 from A's end at 10 and its window opens at 50: A leaves at 10 rather than
  // waiting, serves o2 20..40, o1 50..70, and is home at 90; 90 - 10 = 80. o3 is 10 from A, but A would need the centre: 70 + 40 + 5 + 30 = 145 > 80.
  // B carries the part, is 70 away, starts at 75 when the window opens, so leaves at 5; 95 + 70 = 165; 165 - 5 = 160.
  const request = lineRequest({ partOfB: true });
  const plan = baselinePlan(request);
  expect(timesOf(plan)).toEqual(["A o2@20 o1@50 10..90 working 80", "B o3@75 5..165 working 160"]);
  expect(plan.unassigned).toEqual([]);
  expect(check(request, plan)).toEqual([]);
});

test("a missing part is fetched from the centre on the way", () => {
  // B to the centre 40, pick up 5, to o3 30: 75 exactly, so B leaves at 0; 95 + 70 = 165.
  const request = lineRequest({});
  const plan = baselinePlan(request);
  expect(timesOf(plan)[1]).toBe("B SUPPLY@40 o3@75 0..165 working 165");
  expect(plan.routes[1]!.stops[0]!.pickUps).toMatchObject([{ sku: "p", quantity: 1 }]);
  expect(plan.routes[1]!.stops[1]!.parts).toMatchObject([{ sku: "p", quantity: 1, operatingCentreId: "C" }]);
  expect(check(request, plan)).toEqual([]);
});

test("a break moves behind the first stop when it no longer fits before it", () => {
  // Break of 10 in 30..40. Before o2 it ends at 40 at the earliest, o2 then takes 50..70, and o1 at 80 is past its window: so it follows o2.
  // A leaves at 0: o2 10..30, break 30..40, o1 at 50, home at 90; the unpaid break leaves 80.
  const request = lineRequest({ partOfB: true, breaksOfA: [{ window: window(30, 40), duration: lasting(10) }] });
  const plan = baselinePlan(request);
  expect(timesOf(plan)[0]).toBe("A o2@10 BREAK@30 o1@50 0..90 working 80");
  expect(check(request, plan)).toEqual([]);
});

test("an order without an eligible engineer is left out as not proved", () => {
  const plan = baselinePlan(lineRequest({ partOfB: true, skillOfO3: "welding" }));
  expect(plan.unassigned).toMatchObject([{ orderId: "o3", reasons: [{ code: UnassignedReason_Code.NOT_PROVED }] }]);
  expect(plan.routes.map((route) => route.engineerId)).toEqual(["A"]);
});

test("a request with a current plan is refused", () => {
  const request = lineRequest({});
  request.currentPlan = baselinePlan(request);
  expect(() => baselinePlan(request)).toThrow("current_plan");
});

test.each([1, 2, 3, 4, 5])("the checker finds nothing in the baseline of city %i", (seed) => {
  const request = generateCity({ seed });
  const plan = baselinePlan(request);
  expect(check(request, plan)).toEqual([]);
  // Not empty by accident: dispatchers do serve most of a feasible day.
  expect(plan.unassigned.length).toBeLessThan(request.orders.length / 2);
  const kinds = new Set(plan.routes.flatMap((route) => route.stops.map((stop) => stop.kind)));
  expect([...kinds].sort()).toEqual([Stop_Kind.SERVICE, Stop_Kind.SUPPLY, Stop_Kind.BREAK]);
});
