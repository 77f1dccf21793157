// Travel by the hour over gRPC, worked out by hand.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampDate, timestampFromDate } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import {
  type AssignRequest,
  AssignRequestSchema,
  EvaluateRequestSchema,
  RecommendRequestSchema,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { PlanSchema, type Route, Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import type { MatrixSchema } from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import type { RequestError } from "../../server/errors.ts";
import { start } from "./servers.ts";

const at = (clock: string) => timestampFromDate(new Date(`2026-11-23T${clock}Z`));
const place = (matrixIndex: number) => ({
  position: { case: "planar" as const, value: { x: matrixIndex, y: 0 } },
  matrixIndex,
});

/** Ten minutes' way until 9:00, twenty from then on; one order that begins at 9:10 sharp and takes twenty minutes. */
function request(later: MessageInitShape<typeof MatrixSchema> = {}): AssignRequest {
  return create(AssignRequestSchema, {
    now: at("08:30:00"),
    timeZone: "UTC",
    orders: [
      {
        id: "order",
        place: place(1),
        windows: [{ start: at("09:10:00"), end: at("09:10:00") }],
        serviceDuration: { seconds: 1200n },
      },
    ],
    engineers: [
      {
        id: "engineer",
        shifts: [{ time: { start: at("08:30:00"), end: at("12:00:00") }, startPlace: place(0), endPlace: place(0) }],
      },
    ],
    travel: {
      source: {
        case: "matrix",
        value: {
          matrices: [
            { size: 2, durations: [0, 600, 600, 0] },
            { size: 2, durations: [0, 1200, 1200, 0], sliceStart: at("09:00:00"), ...later },
          ],
        },
      },
    },
    search: { iterations: 50n },
  });
}

const clockOf = (moment: Route["departure"]) => timestampDate(moment!).toISOString().slice(11, 19);

/** Half of the way before 9:00 and half from then on: 5 + 10 minutes; back all of it in the slow hour. */
function expectDay(route: Route): void {
  const [stop] = route.stops;
  expect([route.departure, stop!.arrival, stop!.start, stop!.departure, route.arrival].map(clockOf)).toEqual([
    "08:55:00",
    "09:10:00",
    "09:10:00",
    "09:30:00",
    "09:50:00",
  ]);
  expect([stop!.leg!.duration!.seconds, route.finalLeg!.duration!.seconds]).toEqual([900n, 1200n]);
  expect([route.travel!.seconds, route.working!.seconds]).toEqual([2100n, 3300n]);
  // Metres are those of the first slice, where distance is duration.
  expect([stop!.leg!.distanceM, route.distanceM]).toEqual([600n, 1200n]);
}

test("a leg crosses the border of two slices, in plans, evaluations and recommendations", async () => {
  const { client } = await start();
  const asked = request();
  const { plan, cost } = await client.assign(asked);
  expectDay(plan!.routes[0]!);

  const bare = create(PlanSchema, {
    routes: [{ engineerId: "engineer", stops: [{ kind: Stop_Kind.SERVICE, orderId: "order" }] }],
  });
  const judged = await client.evaluate(create(EvaluateRequestSchema, { request: asked, plan: bare }));
  expect(judged.findings).toEqual([]);
  expectDay(judged.plan!.routes[0]!);
  expect(judged.cost!.levels).toEqual(cost!.levels);

  asked.currentPlan = create(PlanSchema);
  const { recommendations } = await client.recommend(
    create(RecommendRequestSchema, { request: asked, orderId: "order", withRoutes: true }),
  );
  expectDay(recommendations[0]!.routes[0]!);
});

test("slices that do not fit together are refused with field and value", async () => {
  const { client } = await start();
  const refused = await client.assign(request({ durations: [0, -1, 1200, 0] })).catch((error: RequestError) => error);
  const { code, violations } = refused as RequestError;
  expect(code).toBe("INVALID_ARGUMENT");
  expect(violations.map(({ field }) => field)).toEqual(["travel.matrix.matrices[1].durations[1]"]);
  expect(violations[0]!.description).toContain("is -1 and 600");
});
