import { create, equals, fromJson, type JsonObject } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import { AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { PlanSchema } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { richRequest } from "../../test/property/rich-request.ts";
import { forRequests } from "../../test/property/run.ts";
import { solveForTest } from "../../test/solve-for-test.ts";
import { check } from "./check.ts";
import { retime } from "./retime.ts";

/** Two orders on a line at 100 and 300 s from home; the second may begin from 1000 s on. No way takes longer than its distance. */
const request = fromJson(AssignRequestSchema, {
  now: "2026-01-01T00:00:00Z",
  timeZone: "UTC",
  orders: [
    { id: "a", place: { planar: { x: 100 } }, serviceDuration: "50s" },
    {
      id: "b",
      place: { planar: { x: 300 } },
      serviceDuration: "60s",
      windows: [{ start: "2026-01-01T00:16:40Z", end: "2026-01-01T00:20:00Z" }],
    },
  ],
  engineers: [
    {
      id: "e",
      shifts: [
        {
          time: { start: "2026-01-01T00:00:00Z", end: "2026-01-01T01:00:00Z" },
          startPlace: { planar: {} },
          endPlace: { planar: {} },
        },
      ],
    },
  ],
  travel: { planar: {} },
});
const stops = [
  { kind: "KIND_SERVICE", orderId: "a" },
  { kind: "KIND_SERVICE", orderId: "b" },
];
const planOf = (route: JsonObject) => fromJson(PlanSchema, { routes: [{ engineerId: "e", ...route }] });
const codes = (plan: ReturnType<typeof planOf>) => check(request, plan).map(({ code }) => code);

describe("a plan without times", () => {
  const { timed, filled } = retime(request, planOf({ stops }));

  test("gets those of the canonical schedule", () => {
    // Service at b begins at 1000; 200 before that a is left, 50 of service, 100 of travel: out at 650. Home at 1060 + 300.
    const [route] = timed.routes;
    const origin = request.now!.seconds;
    expect(route!.departure!.seconds - origin).toBe(650n);
    expect(route!.stops.map(({ start }) => start!.seconds - origin)).toEqual([750n, 1000n]);
    expect(route!.arrival!.seconds - origin).toBe(1360n);
    expect([route!.working!.seconds, route!.travel!.seconds, route!.service!.seconds]).toEqual([710n, 600n, 110n]);
    expect(route!.distanceM).toBe(600n);
  });

  test("breaks no rule for lack of them", () => {
    expect(check(request, filled)).toEqual([]);
  });
});

test("what is given and differs stays and is found", () => {
  const early = { ...stops[0], arrival: "2026-01-01T00:02:00Z" };
  const { timed, filled } = retime(request, planOf({ stops: [early, stops[1]!], working: "711s" }));
  expect(codes(filled)).toEqual(["STOP_ARRIVAL", "TOTAL_WORKING"]);
  expect(codes(timed)).toEqual([]);
});

test("a route that cannot be timed keeps what it has", () => {
  // Then b's window is over.
  const later = { ...request, now: { ...request.now!, seconds: request.now!.seconds + 1_300n } };
  const plan = planOf({ stops, departure: "2026-01-01T00:25:00Z" });
  const [route] = retime(later, plan).timed.routes;
  expect(route!.departure).toEqual(plan.routes[0]!.departure);
  expect(route!.stops.map(({ start }) => start)).toEqual([undefined, undefined]);
  expect(route!.stops.map(({ leg }) => leg!.duration!.seconds)).toEqual([100n, 200n]);
});

test("ids that nobody knows are left to the checker", () => {
  const plan = planOf({ stops: [{ kind: "KIND_SERVICE", orderId: "x" }] });
  plan.routes.push(...fromJson(PlanSchema, { routes: [{ engineerId: "y", stops }] }).routes);
  const { timed, filled } = retime(request, plan);
  expect(equals(PlanSchema, timed, plan)).toBe(true);
  expect(codes(filled)).toContain("UNKNOWN_ORDER");
  expect(codes(filled)).toContain("UNKNOWN_ENGINEER");
});

test("the solver's plans keep their times, and get them again when they are taken out", async () => {
  await forRequests(
    (draws) => richRequest(draws, { orders: 15, engineers: 4, centres: 2 }),
    60,
    5,
    async (drawn) => {
      const { plan } = await solveForTest(drawn);
      expect(equals(PlanSchema, retime(drawn, plan!).timed, plan!)).toBe(true);
      const bare = create(PlanSchema, {
        unassigned: plan!.unassigned,
        routes: plan!.routes.map(({ engineerId, shiftIndex, stops }) => ({
          engineerId,
          shiftIndex,
          stops: stops.map(({ kind, orderId, operatingCentreId, breakIndex, parts, pickUps, toolIds, lock }) => ({
            kind,
            orderId,
            operatingCentreId,
            breakIndex,
            parts,
            pickUps,
            toolIds,
            lock,
          })),
        })),
      });
      expect(equals(PlanSchema, retime(drawn, bare).filled, plan!)).toBe(true);
    },
  );
}, 60_000);
