// The canonical schedule through the core: hand-made routes of which there is only one.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { ShiftSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { OrderSchema } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { at, between, lasts, point } from "../oracle/build.ts";
import { quietPolicy } from "../quiet-policy.ts";
import { solveForTest } from "../solve-for-test.ts";

/** Departure, start of each stop, and arrival, in seconds after midnight, of one engineer's only route from (0, 0). */
async function timesOf(
  orders: MessageInitShape<typeof OrderSchema>[],
  shift: MessageInitShape<typeof ShiftSchema> = {},
): Promise<number[]> {
  const request = create(AssignRequestSchema, {
    now: at(0),
    timeZone: "UTC",
    orders: orders.map((order, row) => ({ id: `o${row + 1}`, ...order })),
    engineers: [{ id: "e", shifts: [{ time: between(0, 500), startPlace: point(0, 0), ...shift }] }],
    travel: { source: { case: "planar", value: {} } },
    search: { iterations: 50n },
  });
  const response = await solveForTest(request);
  expect(checkResponse(request, response)).toEqual([]);
  expect(response.plan?.unassigned).toEqual([]);
  const route = response.plan!.routes[0]!;
  return [route.departure!, ...route.stops.map((stop) => stop.start!), route.arrival!].map((moment) =>
    Number(moment.seconds - at(0).seconds),
  );
}

test("a route leaves as late as it can and still ends as early as it can", async () => {
  // 10 away, opens at 100: leave at 90, not at 0; serve 100 to 120, home at 130.
  const order = { place: point(10, 0), windows: [between(100, 200)], serviceDuration: lasts(20) };
  expect(await timesOf([order], { endPlace: point(0, 0) })).toEqual([90, 100, 130]);
});

test("nobody starts later than needed at the cost of the end, nor past its window to save waiting", async () => {
  // o1 may begin at 20 to 30, o2 opens at 100, 10 further. The end is 100 either way; o1 starts at 30, its window's end, so that
  // 60 are waited instead of 70: leave at 20, o1 at 30 (0 long), o2 reached at 40, begun at 100.
  expect(
    await timesOf([
      { place: point(10, 0), windows: [between(20, 30)] },
      { place: point(20, 0), windows: [between(100, 110)] },
    ]),
  ).toEqual([20, 30, 100, 100]);
});

test("a start that is late already is not made later to save waiting", async () => {
  // o1 ended at 5, is reached at 10 at the earliest: 5 late within its grace of 50. o2 opens at 100. Leaving later would save
  // waiting, but o1 keeps its start: leave at 0.
  expect(
    await timesOf([
      { place: point(10, 0), windows: [between(0, 5)], latenessGrace: lasts(50) },
      { place: point(20, 0), windows: [between(100, 110)] },
    ]),
  ).toEqual([0, 10, 100, 100]);
});

test("set-up comes between arrival and start, and only where the place changes", async () => {
  // o1: arrives 10, set up until 15, serves until 25; o2 at the same place begins at 25 without set-up.
  const order = { place: point(10, 0), setupDuration: lasts(5), serviceDuration: lasts(10) };
  expect(await timesOf([order, order])).toEqual([0, 15, 25, 35]);
});

test("a break waits for its window at the place of the stop before", async () => {
  // Early pass: o1 from 10 to 20, the break from 50 to 55, home at 65, the end of the shift; the break before o1 would end the day
  // at 85. Late pass: the break at 50, o1 at 40, departure at 30.
  const order = { place: point(10, 0), serviceDuration: lasts(10) };
  const breaks = [{ window: between(50, 60), duration: lasts(5) }];
  expect(await timesOf([order], { endPlace: point(0, 0), breaks, time: between(0, 65) })).toEqual([30, 40, 50, 65]);
});

test("a route does not leave before now", async () => {
  const request = create(AssignRequestSchema, {
    now: at(40),
    timeZone: "UTC",
    orders: [{ id: "o", place: point(10, 0), windows: [between(0, 45)], latenessGrace: lasts(5) }],
    engineers: [{ id: "e", shifts: [{ time: between(0, 500), startPlace: point(0, 0) }] }],
    travel: { source: { case: "planar", value: {} } },
    policy: quietPolicy(),
    search: { iterations: 10n },
  });
  const response = await solveForTest(request);
  expect(checkResponse(request, response)).toEqual([]);
  // Leaves at 40, arrives at 50: 5 late, just within the grace. 10 of way, 3 * 5 of lateness.
  expect(response.plan!.routes[0]!.departure).toEqual(at(40));
  expect(response.plan!.routes[0]!.stops[0]!.lateness).toEqual(lasts(5));
  expect(response.cost!.levels).toEqual([0n, 25n]);
});
