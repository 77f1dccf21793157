// A day under way is planned again: what is settled or locked stays, and the checker finds nothing.
import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { Stop_Kind, Stop_Lock } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { RequestError } from "../../server/errors.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { at, between, lasts, point } from "../oracle/build.ts";
import { solveForTest } from "../solve-for-test.ts";
import { richRequest } from "./rich-request.ts";
import { forRequests } from "./run.ts";
import { underWay } from "./running.ts";

/** The answer, or undefined where the head of a route has no way home, or not in time, without the free stops after it. */
async function replan(request: AssignRequest) {
  try {
    return await solveForTest(request);
  } catch (error) {
    if (!(error instanceof RequestError && `${error}`.includes("cannot be served in time"))) throw error;
    // Only the caller's own matrices have places without a way between them; a break at the end of a shift, at the last place of the head, leaves
    // no time for the way home from there.
    const mustPause = request.engineers.some(({ shifts }) =>
      shifts.some(({ breaks }) => breaks.some(({ priceMinor, place }) => priceMinor === undefined && !place)),
    );
    if (request.travel?.source.case === "matrix" || mustPause) return undefined;
    throw error;
  }
}

test("the checker finds nothing when a plan under way is made again, with new orders and random locks", async () => {
  let replanned = 0;
  let settled = 0;
  await forRequests(
    (draws) => richRequest(draws, { orders: 16, engineers: 4, centres: 2 }),
    500,
    31,
    async (request, draws) => {
      // Some orders only come in later.
      const early = { ...request, orders: request.orders.filter(() => draws.chance(70)) };
      const { plan } = await solveForTest(early);
      const later = underWay(request, plan!, draws);
      const response = await replan(later);
      if (!response) return;
      expect(checkResponse(later, response)).toEqual([]);
      replanned++;
      if (response.plan!.routes.some(({ stops }) => stops.some(({ lock }) => lock === Stop_Lock.DONE))) settled++;
    },
  );
  // Refusals and plans that have not begun are the exception.
  expect(replanned).toBeGreaterThan(450);
  expect(settled).toBeGreaterThan(50);
}, 90_000);

/** One engineer from (0, 0), free from 0 to 200, with a current plan of the stops. */
function running(
  stops: { orderId: string; start: number; end: number; lock: Stop_Lock }[],
  extra: Partial<{ now: number; shiftEnd: number }> = {},
): AssignRequest {
  const places = new Map([
    ["a", point(10, 0)],
    ["b", point(20, 0)],
    ["c", point(0, 10)],
  ]);
  return create(AssignRequestSchema, {
    now: at(extra.now ?? 0),
    timeZone: "UTC",
    travel: { source: { case: "planar", value: {} } },
    engineers: [
      {
        id: "e",
        shifts: [{ time: between(0, extra.shiftEnd ?? 200), startPlace: point(0, 0), endPlace: point(0, 0) }],
      },
    ],
    orders: [...places].map(([id, place]) => ({ id, place, serviceDuration: lasts(10) })),
    currentPlan: {
      routes: [
        {
          engineerId: "e",
          departure: at(0),
          arrival: at(extra.shiftEnd ?? 200),
          stops: stops.map(({ orderId, start, end, lock }) => ({
            kind: Stop_Kind.SERVICE,
            orderId,
            place: places.get(orderId)!,
            arrival: at(start),
            start: at(start),
            departure: at(end),
            lock,
          })),
        },
      ],
    },
    search: { iterations: 200n },
  });
}

const stopsOf = async (request: AssignRequest) => {
  const response = await solveForTest(request);
  expect(checkResponse(request, response)).toEqual([]);
  return response.plan!.routes.flatMap(({ stops }) =>
    stops.map((stop) => `${stop.orderId} ${Number(stop.start!.seconds - at(0).seconds)}`),
  );
};

test("a locked sequence stays although another order would be shorter", async () => {
  // Free: a, b, then c, or the other way round: 10 + 10 + sqrt(500) + 10. Locked: b at 20, a at 20 + 10 + 10 = 40; then c, 15 away.
  const request = running([
    { orderId: "b", start: 20, end: 30, lock: Stop_Lock.SEQUENCE },
    { orderId: "a", start: 40, end: 50, lock: Stop_Lock.SEQUENCE },
  ]);
  expect(await stopsOf(request)).toEqual(["b 20", "a 40", "c 65"]);
});

test("a locked start is waited for", async () => {
  // a would be reached at 10; it begins at 90. Nothing comes before it, and b and c after it.
  const request = running([{ orderId: "a", start: 90, end: 100, lock: Stop_Lock.TIME }]);
  expect((await stopsOf(request))[0]).toBe("a 90");
});

test("who is at work goes on from there when that is over, not before now", async () => {
  // b began at 20 and ends at 45, later than planned; now is 30. From b, a is 10 away: 55 to 65, then c, 15 away: 80.
  const request = running([{ orderId: "b", start: 20, end: 45, lock: Stop_Lock.STARTED }], { now: 30 });
  expect(await stopsOf(request)).toEqual(["b 20", "a 55", "c 80"]);
  // b was over at 30, now is 50.
  const idle = running([{ orderId: "b", start: 20, end: 30, lock: Stop_Lock.DONE }], { now: 50 });
  expect(await stopsOf(idle)).toEqual(["b 20", "a 60", "c 85"]);
});

test("a shift that is over stays as it was", async () => {
  const request = running([{ orderId: "a", start: 10, end: 20, lock: Stop_Lock.DONE }], { now: 100, shiftEnd: 30 });
  const response = await solveForTest(request);
  expect(checkResponse(request, response)).toEqual([]);
  expect(response.plan!.routes.map(({ arrival, stops }) => [arrival, stops.length])).toEqual([[at(30), 1]]);
  expect(response.plan!.unassigned.map(({ orderId }) => orderId)).toEqual(["b", "c"]);
});

test("an order locked to its engineer stays although a dearer one could take its place", async () => {
  // a and c both last 10 and both begin at 10 exactly, so one of them is left out.
  const request = running([{ orderId: "a", start: 10, end: 20, lock: Stop_Lock.ENGINEER }]);
  for (const order of request.orders) order.windows = [between(10, 10)];
  request.orders[2]!.priority = 100;
  expect(await stopsOf(request)).toEqual(["a 10"]);
});

test("a locked head that comes too late is refused with its engineer and shift", async () => {
  const request = running([{ orderId: "a", start: 5, end: 15, lock: Stop_Lock.TIME }]);
  const refusal = await solveForTest(request).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(RequestError);
  expect(`${refusal}`).toContain("the locked stops of engineer e, shift 0, cannot be served in time");
});
