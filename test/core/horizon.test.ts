// What validation lets through fits the core: at its limits a request is planned or refused, never left out without a cause.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import {
  type AssignRequest,
  AssignRequestSchema,
  type AssignResponse,
} from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { RequestError } from "../../server/errors.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { at, between, point } from "../oracle/build.ts";
import { solveForTest } from "../solve-for-test.ts";

const DAY = 86_400;

/** The answer with nothing found in it, or the refusal. */
async function answer(
  more: Exclude<MessageInitShape<typeof AssignRequestSchema>, AssignRequest>,
): Promise<AssignResponse | RequestError> {
  const request = create(AssignRequestSchema, {
    now: at(0),
    timeZone: "UTC",
    currencyCode: "CNY",
    travel: { source: { case: "planar", value: {} } },
    search: { iterations: 20n },
    ...more,
  });
  try {
    const response = await solveForTest(request);
    expect(checkResponse(request, response)).toEqual([]);
    return response;
  } catch (error) {
    if (error instanceof RequestError && error.code === "INVALID_ARGUMENT") return error;
    throw error;
  }
}

const isServedOrRefused = (found: AssignResponse | RequestError) =>
  found instanceof RequestError || found.assignments.length === 1;

test.each([1, 10, 100, 1000, 10_000])(
  "an order on the last day of the horizon at %i ticks a second",
  async (ticksPerSecond) => {
    // The days that 1,000,000,000 ticks or 31 days reach, half of that, and a day before and after.
    const most = Math.min(31, 1e9 / ticksPerSecond / DAY);
    for (const day of [most - 0.1, most / 2, most / 2 - 0.1, most / 2 + 0.1]) {
      const start = Math.floor(day * DAY);
      const time = between(start - 1000, start);
      const found = await answer({
        ticksPerSecond,
        orders: [{ id: "o", place: point(1, 0), windows: [time] }],
        engineers: [{ id: "e", shifts: [{ time, startPlace: point(0, 0), endPlace: point(0, 0) }] }],
      });
      expect(found, `day ${day}`).toSatisfy(isServedOrRefused);
    }
  },
);

const places = [0, 1].map((matrixIndex) => ({ ...point(0, 0), matrixIndex }));
const travelled = (durations: number[], distancesM: number[] = []) => ({
  orders: [{ id: "o", place: places[1]! }],
  engineers: [{ id: "e", shifts: [{ time: between(0, 30 * DAY), startPlace: places[0]! }] }],
  travel: { source: { case: "matrix" as const, value: { matrices: [{ size: 2, durations, distancesM }] } } },
});

test("a leg of almost the whole horizon", async () => {
  for (const ticks of [2_500_000, 500_000_000, 536_870_911, 536_870_912, 600_000_000]) {
    const found = await answer({ ...travelled([0, ticks, 1, 0]), ticksPerSecond: ticks > 2_500_000 ? 300 : 1 });
    expect(found, `${ticks}`).toSatisfy(isServedOrRefused);
  }
});

test("a distance of none where there is a duration", async () => {
  expect(await answer(travelled([0, 5, 5, 0], [0, -1, -1, 0]))).toSatisfy(isServedOrRefused);
});

test("a price that is half a tick", async () => {
  // 201 * 0.25 / 100 * 1000 = 502.5 ticks: 503. Nobody's shift is long enough.
  const found = await answer({
    ticksPerSecond: 1000,
    orders: [{ id: "o", place: point(9, 0), priceMinor: 201n }],
    engineers: [{ id: "e", shifts: [{ time: between(0, 1), startPlace: point(0, 0) }] }],
    policy: { secondsPerCurrencyUnit: 0.25 },
  });
  expect(found).toMatchObject({ cost: { levels: [0n, 503n] } });
});
