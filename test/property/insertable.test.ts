// No mandatory order is left out that could simply be put into the plan.
import { clone, create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { Order } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import {
  PartSource,
  type Plan,
  PlanSchema,
  RouteSchema,
  Stop_Kind,
  StopSchema,
} from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { compareIds } from "../../solver/check/bookkeeping.ts";
import { check } from "../../solver/check/check.ts";
import type { FindingCode } from "../../solver/check/codes.ts";
import { solveForTest } from "../solve-for-test.ts";
import { richRequest } from "./rich-request.ts";
import { forRequests } from "./run.ts";

/** Times, legs and totals of a plan with a stop more are not set right: these codes say so and say nothing about feasibility. */
const STALE: readonly FindingCode[] = [
  "LEG_DURATION",
  "LEG_DISTANCE",
  "FINAL_LEG",
  "TIME_MISSING",
  "START_NOT_ALLOWED",
  "STOP_ARRIVAL",
  "STOP_START",
  "STOP_DEPARTURE",
  "STOP_SETUP",
  "STOP_WAITING",
  "STOP_LATENESS",
  "ROUTE_DEPARTURE",
  "ROUTE_ARRIVAL",
  "BEFORE_SHIFT",
  "TOTAL_TRAVEL",
  "TOTAL_WAITING",
  "TOTAL_SERVICE",
  "TOTAL_WORKING",
  "TOTAL_OVERTIME",
  "TOTAL_DISTANCE",
];

/** Plans with the order at every place of every route, and alone in every shift without a route and breaks; parts from the van. */
function* insertions(request: AssignRequest, plan: Plan, order: Order): Generator<Plan> {
  const stop = create(StopSchema, {
    kind: Stop_Kind.SERVICE,
    orderId: order.id,
    place: order.place!,
    parts: order.parts.map(({ sku, quantity }) => ({ sku, quantity, source: PartSource.ON_HAND })),
  });
  const without = { ...plan, unassigned: plan.unassigned.filter(({ orderId }) => orderId !== order.id) };
  for (const engineer of request.engineers)
    for (const shiftIndex of engineer.shifts.keys()) {
      const row = plan.routes.findIndex((route) => route.engineerId === engineer.id && route.shiftIndex === shiftIndex);
      const length = plan.routes[row]?.stops.length ?? 0;
      for (let index = 0; index <= length; index++) {
        const other = clone(PlanSchema, without);
        if (row >= 0) other.routes[row]!.stops.splice(index, 0, stop);
        else other.routes.push(create(RouteSchema, { engineerId: engineer.id, shiftIndex, stops: [stop] }));
        other.routes.sort((a, b) => compareIds(a.engineerId, b.engineerId) || a.shiftIndex - b.shiftIndex);
        yield other;
      }
    }
}

test("no mandatory order that is left out fits into the plan with parts and tools from the van", async () => {
  let tried = 0;
  await forRequests(
    (draws) => richRequest(draws, { orders: 18, engineers: 4, centres: 1 }),
    120,
    41,
    async (request) => {
      // Working time depends on all times, so its limit cannot be judged here.
      for (const shift of request.engineers.flatMap((engineer) => engineer.shifts)) delete shift.maxWorkingDuration;
      const { plan } = await solveForTest(request);
      const broken = new Set(
        plan!.unassigned.filter(({ reasons }) => reasons[0]!.violations.length > 0).map(({ orderId }) => orderId),
      );
      for (const { orderId } of plan!.unassigned) {
        const order = request.orders.find(({ id }) => id === orderId)!;
        if (order.priceMinor !== undefined || broken.has(orderId)) continue;
        for (const other of insertions(request, plan!, order)) {
          tried++;
          const codes = new Set(check(request, other).map(({ code }) => code));
          expect(
            [...codes].filter((code) => !STALE.includes(code)),
            orderId,
          ).not.toEqual([]);
        }
      }
    },
  );
  expect(tried).toBeGreaterThan(1000);
}, 90_000);
