// Plans that may use every leg use none that a road engine would not be asked for: whoever plans by road misses nothing.
import { clone, create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { generateCity } from "../../datasets/city.ts";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Place, VehicleMode } from "../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { type Plan, Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { problemFromProto } from "../../server/messages/from-proto.ts";
import { neededPairs } from "../../solver/roads/needs.ts";
import { travelOf } from "../../solver/travel/travel.ts";
import { solveForTest } from "../solve-for-test.ts";

const SEEDS = [1, 2, 3, 4, 5, 6];

/** Legs of the plan that are not among the needs of the request, in words, and all that were looked at. */
function legsWithout(request: AssignRequest, plan: Plan): { missing: string[]; legs: number; asked: number } {
  const travel = travelOf(request);
  let size = 0;
  const row = (place: Place) => {
    const found = travel.row(place);
    size = Math.max(size, found + 1);
    return found;
  };
  const problem = problemFromProto(request, new Set(), { ...travel, row });
  const needs = neededPairs(problem, size, false);
  const missing: string[] = [];
  let legs = 0;
  for (const route of plan.routes) {
    const engineer = request.engineers.find(({ id }) => id === route.engineerId)!;
    const mode = engineer.vehicleMode || VehicleMode.CAR;
    const shift = engineer.shifts[route.shiftIndex]!;
    const places = [
      shift.startPlace!,
      ...route.stops.flatMap(({ place }) => place ?? []),
      ...(shift.endPlace ? [shift.endPlace] : []),
    ];
    for (const [index, place] of places.entries()) {
      const [from, to] = [row(places[Math.max(0, index - 1)]!), row(place)];
      if (from === to) continue;
      legs++;
      if (!needs.get(mode)!.has(from, to)) missing.push(`${route.engineerId}: leg ${index}`);
    }
  }
  return { missing, legs, asked: [...needs.values()].reduce((sum, set) => sum + set.count(), 0) };
}

const scarce = (seed: number) => {
  const request = generateCity({ orders: 40, engineers: 12, seed, vanStock: 30, centreStock: false });
  request.search = create(SearchOptionsSchema, { iterations: 400n, seed: BigInt(seed) });
  return request;
};
const loansIn = ({ routes }: Plan) =>
  routes.flatMap(({ stops }) => stops).filter(({ kind }) => kind === Stop_Kind.LOAN);

test("whole days in which engineers lend each other parts", async () => {
  let loans = 0;
  for (const seed of SEEDS) {
    const request = scarce(seed);
    const { plan } = await solveForTest(request);
    loans += loansIn(plan!).length;
    const { missing, legs } = legsWithout(request, plan!);
    expect(missing).toEqual([]);
    expect(legs).toBeGreaterThan(20);
  }
  expect(loans).toBeGreaterThan(0);
});

test("legs to meetings are asked for only where somebody may lend", () => {
  const lending = scarce(1);
  const alone = generateCity({ orders: 40, engineers: 12, seed: 1, vanStock: 30, centreStock: false, lenders: "none" });
  const empty = { routes: [] } as unknown as Plan;
  expect(legsWithout(lending, empty).asked).toBeGreaterThan(legsWithout(alone, empty).asked);
});

test.each([3, 4])("running plans that are late, in mode %i", async (mode) => {
  for (const seed of SEEDS) {
    const request = generateCity({ orders: 40, engineers: 12, seed, lenders: "none" });
    const later = request.orders.splice(30);
    request.search = create(SearchOptionsSchema, { iterations: 300n, seed: BigInt(seed) });
    const { plan } = await solveForTest(request);
    // Half a day has gone by and nobody has begun: windows are over, and their orders stay all the same.
    const running = clone(AssignRequestSchema, request);
    running.now!.seconds += 4n * 3_600n;
    running.orders.push(...later);
    running.currentPlan = plan!;
    running.search!.mode = mode;
    const answer = await solveForTest(running);
    expect(legsWithout(running, answer.plan!).missing).toEqual([]);
  }
});
