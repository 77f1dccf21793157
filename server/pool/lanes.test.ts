import { create, toBinary } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { SearchOptions_Mode } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { estimateWork, laneOf, lanesWith } from "./lanes.ts";
import { peekAssign } from "./peek.ts";

const lanes = lanesWith(1, 2);

/** Lane of a request of 40 kB with so many orders and engineers and the options. */
function lane(orders: number, engineers: number, search: object, searchMs: number): string {
  const request = create(AssignRequestSchema, {
    orders: Array.from({ length: orders }, () => ({})),
    engineers: Array.from({ length: engineers }, () => ({})),
    search,
  });
  const work = estimateWork(peekAssign(toBinary(AssignRequestSchema, request)), 40_000, searchMs);
  expect(work.leastMs).toBeLessThanOrEqual(work.fullMs);
  return lanes[laneOf(lanes, work.fullMs)]!.name;
}

test.each([
  ["a round of 50 x 50", 50, 50, { mode: SearchOptions_Mode.MATCH }, 10_000, "short"],
  ["a round of 1000 x 300", 1000, 300, { mode: SearchOptions_Mode.MATCH }, 10_000, "medium"],
  ["a day with 80 ms", 125, 38, {}, 80, "short"],
  ["a day with 200 ms", 125, 38, {}, 200, "medium"],
  ["a day with 60 s", 125, 38, {}, 60_000, "long"],
  ["a day of 500 iterations", 20, 5, { iterations: 500n }, 10_000, "short"],
  ["a day of a million iterations", 20, 5, { iterations: 1_000_000n }, Number.POSITIVE_INFINITY, "long"],
])("%s", (_name, orders, engineers, search, searchMs, expected) => {
  expect(lane(orders, engineers, search, searchMs)).toBe(expected);
});

test("a search may begin although its time is not whole, an assignment may not", () => {
  const bytes = (mode: SearchOptions_Mode) =>
    toBinary(AssignRequestSchema, create(AssignRequestSchema, { orders: [{}], engineers: [{}], search: { mode } }));
  const work = (mode: SearchOptions_Mode) => estimateWork(peekAssign(bytes(mode)), 0, 1_000);
  expect(work(SearchOptions_Mode.ROUTE)).toEqual({ fullMs: 1_000, leastMs: 5.004 });
  expect(work(SearchOptions_Mode.MATCH)).toEqual({ fullMs: 5.004, leastMs: 5.004 });
});
