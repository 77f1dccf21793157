import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { AssignRequestSchema, AssignResponseSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { HOSTILE, sampleRequest, sampleResponse } from "../../test/browser/sample-plan.ts";
import { planHtml } from "./html.ts";
import { viewPlan } from "./plan-view.ts";
import { timeAxis } from "./time-axis.ts";

const page = () => planHtml(sampleRequest(), sampleResponse());
const occurrences = (text: string, part: string) => text.split(part).length - 1;

test("text of the caller is escaped everywhere", () => {
  const html = page();
  expect(html).not.toContain(HOSTILE);
  expect(html).not.toContain("<img");
  expect(html).not.toContain("<b>screen</b>");
  expect(html).toContain("&lt;script&gt;globalThis.hacked = true&lt;/script&gt;");
  expect(occurrences(html, "<script")).toBe(1);
});

test("a hostile name, id and address are escaped as well", () => {
  const request = sampleRequest();
  const response = sampleResponse();
  const quote = `"><svg onload=alert(1)>`;
  request.requestId = quote;
  request.engineers[0]!.name = quote;
  request.orders[1]!.place!.address = quote;
  request.operatingCentres[0]!.name = quote;
  response.provenance!.travelSource = quote;
  response.plan!.unassigned[1]!.reasons[0]!.message = quote;
  expect(planHtml(request, response)).not.toContain("<svg onload");
});

test("the page refers to nothing outside itself", () => {
  const html = page();
  expect(html).not.toMatch(/(?:src|href)="(?!data:)/);
  expect(html).not.toMatch(/https?:|@import|url\(/);
});

test("tiles show the plan's totals", () => {
  const html = page();
  expect(html).toContain("<dt>Travel</dt><dd>2 h 25 min"); // 55 + 30 + 60 = 145 min
  expect(html).toContain("<dt>Distance</dt><dd>55.2 km"); // 16.5 + 13.5 + 25.2
});

test("a planar plan is told in units and to the second", () => {
  const start = { seconds: 0n, nanos: 0 };
  const depot = { position: { case: "planar" as const, value: { x: 0, y: 0 } } };
  const place = { position: { case: "planar" as const, value: { x: 3, y: 4 } } };
  const request = create(AssignRequestSchema, {
    timeZone: "UTC",
    ticksPerSecond: 10,
    travel: { source: { case: "planar", value: {} } },
    orders: [{ id: "c1", place }],
    engineers: [{ id: "v1", shifts: [{ time: { start, end: { seconds: 230n } }, startPlace: depot }] }],
  });
  // The way of 5 units takes 5 s = 50 ticks and is stored as 5 * 10.
  const leg = { duration: { seconds: 5n }, distanceM: 50n };
  const at = { seconds: 5n };
  const stop = {
    kind: Stop_Kind.SERVICE,
    orderId: "c1",
    place,
    leg,
    arrival: at,
    start: at,
    departure: { seconds: 15n },
  };
  const route = { engineerId: "v1", departure: start, arrival: { seconds: 15n }, stops: [stop], distanceM: 50n };
  const html = planHtml(request, create(AssignResponseSchema, { plan: { routes: [route] } }));
  expect(html).toContain("<dt>Distance</dt><dd>5.0 units");
  expect(html).toContain("out 00:00:00, done 00:00:15");
});

test("an engineer with two shifts has a lane for each", () => {
  const request = sampleRequest();
  const response = sampleResponse();
  request.engineers[1]!.shifts.push(request.engineers[1]!.shifts[0]!);
  response.plan!.routes[2]!.engineerId = "e2";
  response.plan!.routes[2]!.shiftIndex = 1;
  const html = planHtml(request, response);
  expect(html).toContain("王磊, shift 1</span>");
  expect(html).toContain("王磊, shift 2</span>");
  // Two engineers serve now: e1 and e2.
  expect(html).toContain("<dt>Engineers</dt><dd>2 ");
});

test("an answer without a plan has no page", () => {
  expect(() => planHtml(sampleRequest(), create(AssignResponseSchema, {}))).toThrow("the answer has no plan");
});

test("a plan without routes says so", () => {
  const response = sampleResponse();
  response.plan!.routes = [];
  expect(planHtml(sampleRequest(), response)).toContain("No engineer has a route in this plan.");
});

test("ticks fall on full local hours in a zone that is half an hour off", () => {
  const request = sampleRequest();
  request.timeZone = "Asia/Kolkata";
  const response = sampleResponse();
  const axis = timeAxis(viewPlan(request, response, response.plan!), 3);
  // 08:30 in Shanghai is 06:00 in Kolkata; the last route ends at 11:30, which is 09:00.
  expect(axis.ticks[0]).toEqual({ percent: 0, label: "06:00" });
  for (const { label } of axis.ticks) expect(label).toMatch(/^\d\d:00$/);
});
