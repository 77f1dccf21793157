import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { AssignResponseSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { PartSource } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { sampleRequest, sampleResponse } from "../../test/browser/sample-plan.ts";
import { afterLendersService } from "../../test/oracle/loan-plan.ts";
import { explanationTable, planTable } from "./table.ts";
import { textWidth } from "./text-layout.ts";

const table = () => planTable(sampleRequest(), sampleResponse());

/** Blanks run together, so that tests read values and not alignment. */
const plain = (text: string) => text.replace(/ +/g, " ");

test("each route says who, how, when and its totals", () => {
  const text = plain(table());
  expect(text).toContain("林晓 (e1) · e-bike · Mon 2 Mar 2026, shift 08:30-17:30 · 2 orders");
  // Travel 12 + 8 + 15 + 20 = 55 min; 3.6 + 2.4 + 4.5 + 6.0 = 16.5 km; working 165 - 30 = 135 min.
  expect(text).toContain(
    "out 08:30, back 11:15 · working 2 h 15 min · travel 55 min · 16.5 km · waiting 3 min · late 5 min",
  );
  // No end place: the route is done at its last stop.
  expect(text).toContain("out 09:00, done 11:00 · working 2 h · travel 30 min · 13.5 km");
  // No name: the id stands alone.
  expect(text).toContain("\ne3 · car ·");
});

test("each stop has its times, waiting, lateness, leg and words", () => {
  const text = plain(table());
  expect(text).toContain(" 1 supply 08:42 08:42-08:47 12 3.6 浦东中心 · 世纪大道 100 号");
  expect(text).toContain(" 2 service 08:55 09:00-09:40 3 8 2.4 o1 · phone, Apple iPhone 13, fault");
  expect(text).toContain(" 3 break 09:40 09:40-10:10 break");
  expect(text).toContain(" 4 service 10:25 10:25-10:55 5 15 4.5 o2");
  expect(text).toContain(" end 11:15 20 6.0");
});

test("every unit of a part names its source", () => {
  const text = plain(table());
  expect(text).toContain("parts: 1 × SCR-13 from 浦东中心");
  expect(text.replace(/\n */g, " ")).toContain("parts: 1 × BAT-11 on hand; 2 × GLUE loan from 林晓 (instead of TAPE)");
});

test("orders left out come with reasons in words", () => {
  const text = plain(table());
  expect(text).toContain("Left out: 2 orders");
  expect(text).toContain(
    "o7 · 张杨路 500 号 · priority 0\n No engineer is eligible.\n skill match rules out 4 (e1, e2, e3, …)",
  );
  expect(text).toContain("o8 · window 09:30-10:00 · priority 5\n Engineer e2 could serve it alone");
});

test("totals are sums over the routes", () => {
  const text = plain(table());
  expect(text).toContain("Served 6 of 8");
  expect(text).toContain("Engineers 3 of 4");
  expect(text).toContain("Travel 2 h 25 min"); // 55 + 30 + 60 = 145 min
  expect(text).toContain("Distance 55.2 km"); // 16.5 + 13.5 + 25.2
  expect(text).toContain("Working time 6 h 15 min"); // 135 + 120 + 120 = 375 min
  expect(text).toContain("Late 5 min at 1 stop");
  expect(text).toContain("2. soft cost 23,700");
});

test("criteria are listed by cost, largest first", () => {
  const text = plain(table());
  const costs = text.slice(text.indexOf("Cost by criterion")).trim().split("\n").slice(1);
  expect(costs).toEqual([
    " service 3 h 47 min", // 13620 s
    " travel time 2 h 25 min", // 8700 s
    " time window fit 15 min",
    " proficiency level 5 min",
    " idle time 3 min",
  ]);
});

test("no line is wider than the terminal", () => {
  for (const line of table().split("\n")) expect(textWidth(line)).toBeLessThanOrEqual(110);
});

test("an answer to another request is refused with the path of what is missing", () => {
  const response = sampleResponse();
  response.plan!.routes[1]!.stops[0]!.orderId = "stranger";
  expect(() => planTable(sampleRequest(), response)).toThrow('plan.routes[1].stops[0].order_id "stranger"');
  response.plan!.routes[1]!.engineerId = "nobody";
  expect(() => planTable(sampleRequest(), response)).toThrow('plan.routes[1].engineer_id "nobody"');
});

test("an unknown lender is shown by id", () => {
  const response = sampleResponse();
  const use = response.plan!.routes[1]!.stops[0]!.parts[1]!;
  expect(use.source).toBe(PartSource.LOAN);
  use.lenderEngineerId = "e9";
  expect(planTable(sampleRequest(), response)).toContain("loan from e9");
});

test("an answer without a plan gives its violations", () => {
  const response = create(AssignResponseSchema, {
    violations: [{ field: "orders[3].windows[0].end", description: "is before start", code: "E1003" }],
  });
  expect(planTable(sampleRequest(), response)).toBe(
    "The request breaks 1 rule:\n  orders[3].windows[0].end: is before start (E1003)\n",
  );
  expect(planTable(sampleRequest(), create(AssignResponseSchema, {}))).toBe("The request is valid.\n");
});

test("an explanation lists each engineer's criteria with status, score, cost and reason", () => {
  const text = plain(explanationTable(sampleResponse(), "o1"));
  expect(text).toContain("o1 by e1 (chosen)\n");
  expect(text).toContain("proficiency level evaluated 5000 300 Screen repair: level 5 wanted, level not stated.");
  expect(text).toContain("o1 by e2\n");
  expect(text).toContain("skill match ruled out 0 0 Lacks the skill <b>screen</b>.");
});

test("an order without an explanation is refused with those that have one", () => {
  expect(() => explanationTable(sampleResponse(), "o2")).toThrow(
    'order "o2" is not explained in this answer, which explains: o1',
  );
});

test("a loan is told in both routes, and counted with its detour", () => {
  const { request, plan } = afterLendersService();
  const text = plain(planTable(request, create(AssignResponseSchema, { plan })));
  const [bo, leaf] = text.split("\n\n");
  expect(bo).toContain(" 1 loan 00:01:10 00:01:10-00:01:20");
  expect(bo).toContain("borrows from leaf parts: 1 × A".replace(" parts", "\n parts"));
  expect(bo).toContain("parts: 1 × A loan from leaf");
  expect(leaf).toContain("lends to bo");
  // Bo goes 70 + 30 instead of 40, and the hand-over takes 10: 70 s.
  expect(text).toContain("Loans 1 (1 min 10 s detour)");
});
