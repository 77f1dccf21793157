import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { baselinePlan } from "../datasets/baseline.ts";
import { AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { PlanSchema } from "../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { quietPolicy } from "../test/quiet-policy.ts";
import { comparisonTable } from "./demo-comparison.ts";

const at = (second: number) => ({ seconds: BigInt(1_767_225_600 + second), nanos: 0 });
const onLine = (x: number) => ({ position: { case: "planar" as const, value: { x, y: 0 } } });
const request = create(AssignRequestSchema, {
  now: at(0),
  timeZone: "UTC",
  travel: { source: { case: "planar", value: {} } },
  policy: quietPolicy(),
  orders: [{ id: "o1", place: onLine(60), serviceDuration: { seconds: 180n, nanos: 0 }, priority: 4 }],
  engineers: [
    { id: "e1", shifts: [{ time: { start: at(0), end: at(1000) }, startPlace: onLine(0), endPlace: onLine(0) }] },
  ],
});

/** The cells of a row, without its label. */
function cells(table: string, label: string): string[] {
  const line = table.split("\n").find((each) => each.startsWith(label))!;
  return line.slice(label.length).trim().split(/ {2,}/);
}

test("both plans are measured: 60 there, 180 of service, 60 back, against an order of priority 4 left out", () => {
  const none = create(PlanSchema, { unassigned: [{ orderId: "o1" }] });
  const finding = { code: "ORDER_MISSING" as const, expected: "served", got: "neither" };
  const table = comparisonTable(request, [
    { name: "solver", plan: baselinePlan(request), findings: [] },
    { name: "nobody", plan: none, findings: [finding] },
  ]);
  expect(table.split("\n")[0]!.trim().split(/ {2,}/)).toEqual(["solver", "nobody"]);
  expect(cells(table, "orders served")).toEqual(["1 of 1", "0 of 1"]);
  // 1 + 4.
  expect(cells(table, "left out, 1 + priority each")).toEqual(["0", "5"]);
  expect(cells(table, "travel for each order served")).toEqual(["2 min", "-"]);
  // 60 + 180 + 60 = 300 s; one order, so the same for each; nothing else is charged.
  expect(cells(table, "working time for each order served")).toEqual(["5 min", "-"]);
  expect(cells(table, "soft cost")).toEqual(["5 min", "0 s"]);
  expect(cells(table, "checker")).toEqual(["no findings", "1 finding"]);
});
