// Travel by the hour: in every mode the checker, which has the rule by itself, finds nothing; what must not change the plan does not.
import { clone, create } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptions_Mode, SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import {
  type GreatCircleTravel,
  HourSpeedSchema,
  MatrixSchema,
  type MatrixTravel,
  TravelSchema,
} from "../../proto/gen/shanpai/dispatch/v1/travel_pb.ts";
import { validate } from "../../server/validate/validate.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { tinyRequest } from "../oracle/generate.ts";
import { solveForTest } from "../solve-for-test.ts";
import { byHour, matricesOf, sliceStarts } from "./by-hour.ts";
import { lendingRequest } from "./lending-request.ts";
import { richRequest } from "./rich-request.ts";
import { forRequests } from "./run.ts";
import { expectSamePlanLater, planBytes } from "./same-plan-later.ts";

const size = { orders: 20, engineers: 6, centres: 2 };

test("plans of any request", async () => {
  await forRequests(
    (draws) => byHour(richRequest(draws, size, { broken: false }), draws),
    250,
    301,
    async (request) => {
      expect(validate(request)).toEqual([]);
      expect(checkResponse(request, await solveForTest(request))).toEqual([]);
    },
  );
}, 120_000);

test("plans of requests whose engineers lend", async () => {
  await forRequests(
    (draws) => byHour(lendingRequest(draws, size, { broken: false }), draws),
    250,
    302,
    async (request) => {
      expect(checkResponse(request, await solveForTest(request))).toEqual([]);
    },
  );
}, 120_000);

test("rounds", async () => {
  await forRequests(
    (draws) => byHour(richRequest(draws, { orders: 12, engineers: 8, centres: 2 }, { broken: false }), draws),
    150,
    303,
    async (request) => {
      request.search = create(SearchOptionsSchema, { mode: SearchOptions_Mode.MATCH });
      delete request.objective;
      expect(checkResponse(request, await solveForTest(request))).toEqual([]);
    },
  );
}, 120_000);

/** The request with its travel as one matrix for each mode. */
function byMatrix(request: AssignRequest): AssignRequest {
  request.travel = create(TravelSchema, { source: { case: "matrix", value: { matrices: matricesOf(request) } } });
  return request;
}

test("hours that are all alike give the plan of one slice to the byte", async () => {
  await forRequests(
    (draws) => byMatrix(lendingRequest(draws, size, { broken: false })),
    60,
    304,
    async (request, draws) => {
      const alike = clone(AssignRequestSchema, request);
      const source = alike.travel!.source.value as MatrixTravel;
      const starts = [undefined, ...sliceStarts(request, draws)];
      source.matrices = source.matrices.flatMap((matrix) =>
        starts.map((sliceStart) => create(MatrixSchema, { ...matrix, ...(sliceStart && { sliceStart }) })),
      );
      expect(planBytes(await solveForTest(alike))).toBe(planBytes(await solveForTest(request)));
    },
  );
  await forRequests(
    (draws) => richRequest(draws, size, { broken: false }),
    60,
    305,
    async (request) => {
      if (request.travel?.source.case !== "greatCircle" || request.travel.source.value.speeds.length === 0) return;
      const alike = clone(AssignRequestSchema, request);
      const [speed] = (alike.travel!.source.value as GreatCircleTravel).speeds;
      const { metresPerSecond } = speed!;
      speed!.hours = Array.from({ length: 24 }, (_, hour) => create(HourSpeedSchema, { hour, metresPerSecond }));
      expect(planBytes(await solveForTest(alike))).toBe(planBytes(await solveForTest(request)));
    },
  );
}, 120_000);

test("slices after the last shift cost what one slice costs, though they are searched by the hour", async () => {
  for (let seed = 8001; seed <= 8060; seed++) {
    const request = byMatrix(tinyRequest(seed));
    const later = clone(AssignRequestSchema, request);
    const source = later.travel!.source.value as MatrixTravel;
    source.matrices = source.matrices.flatMap((matrix) => {
      const sliceStart = create(TimestampSchema, { seconds: request.now!.seconds + 1_000_000n });
      const durations = matrix.durations.map((ticks) => (ticks < 0 ? ticks : 2 * ticks));
      return [matrix, create(MatrixSchema, { ...matrix, durations, sliceStart })];
    });
    expect((await solveForTest(later)).cost!.levels, `${seed}`).toEqual((await solveForTest(request)).cost!.levels);
  }
}, 120_000);

test("all times and slices an hour, a day and a tick later give the same plan so much later", async () => {
  await forRequests(
    (draws) => byHour(byMatrix(lendingRequest(draws, size, { broken: false })), draws),
    60,
    306,
    async (request) => {
      await expectSamePlanLater(request);
    },
  );
}, 120_000);
