import { clone, equals } from "@bufbuild/protobuf";
import { beforeAll, describe, expect, test } from "vitest";
import { type AssignRequest, AssignRequestSchema } from "../../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { type Place, PlaceSchema } from "../../../proto/gen/shanpai/dispatch/v1/place_pb.ts";
import { type Plan, type Route, type Stop, Stop_Kind } from "../../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { check } from "../../../solver/check/check.ts";
import { costOf } from "../../../solver/check/cost.ts";
import { bestPlan } from "../brute-force.ts";
import { between, lasts, point } from "../build.ts";
import { day } from "../loan-plan.ts";
import { type Best, bestPlanWithLoans, nothingKnown, optimalCost } from "./best-plan.ts";
import { loanRequest } from "./generate.ts";

const SEEDS = Array.from({ length: 300 }, (_, index) => index + 1);

/** The day of the hand-made plans with something changed. */
function changed(change: (request: AssignRequest) => void): AssignRequest {
  const request = day();
  change(request);
  return request;
}

const kindsOf = (plan: Plan) => plan.routes.map(({ stops }) => stops.map(({ kind }) => kind));

describe("the best plan worked out by hand", () => {
  const { LOAN, SERVICE } = Stop_Kind;

  test("Leaf comes to b when l is done", () => {
    // Leaf 30 + 20 + 30 + 10, Bo 40 + 10 + 5. Detour 30 + 10 = 2 half-lives: 300 * 0.75.
    const { levels, plan } = bestPlanWithLoans(day());
    expect(levels).toEqual([0n, 90n + 55n + 225n]);
    expect(kindsOf(plan)).toEqual([
      [LOAN, SERVICE],
      [SERVICE, LOAN],
    ]);
  });
  test("Leaf comes to b first when b cannot wait", () => {
    // Leaf 60 + 10 + 30 + 20, Bo 40 + 10 + 5. Detour 60 + 30 - 30 + 10 = 3.5 half-lives: score 884, charged 273.
    const { levels, plan } = bestPlanWithLoans(changed(({ orders }) => (orders[0]!.windows = [between(0, 70)])));
    expect(levels).toEqual([0n, 120n + 55n + 273n]);
    expect(kindsOf(plan)[1]).toEqual([LOAN, SERVICE]);
    expect(optimalCost(changed(({ orders }) => (orders[0]!.windows = [between(0, 69)])))).toEqual([1n, 50n]);
  });
  test("Bo comes to l when Leaf may not go farther", () => {
    // As in the hand-made plan.
    const near = changed(({ engineers }) => (engineers[1]!.shifts[0]!.maxTravelDuration = lasts(30)));
    expect(optimalCost(near)).toEqual([0n, 115n + 60n + 273n]);
  });
  test("without consent, units to spare or a service of the lender b is left out", () => {
    const leaf = (change: (engineer: AssignRequest["engineers"][number]) => void) =>
      optimalCost(changed(({ engineers }) => change(engineers[1]!)));
    expect(leaf(({ lending }) => (lending!.mayLend = false))).toEqual([1n, 50n]);
    expect(leaf(({ stock }) => (stock[0]!.safetyStock = 2))).toEqual([1n, 50n]);
    expect(leaf(({ stock }) => (stock[0]!.reserved = 2))).toEqual([1n, 50n]);
    expect(optimalCost(changed(({ orders }) => orders.pop()))).toEqual([1n, 0n]);
    expect(optimalCost(changed(({ orders }) => (orders[1]!.place = point(30, 1000))))).toEqual([2n, 0n]);
  });
  test("nobody takes what the van cannot hold", () => {
    expect(optimalCost(changed(({ engineers }) => (engineers[0]!.partCapacity = 0)))).toEqual([1n, 50n]);
  });
});

describe("on generated requests", () => {
  const requests = SEEDS.map(loanRequest);
  let without: Best[];
  let best: Best[];

  beforeAll(() => {
    without = requests.map((request) => bestPlan(request));
    best = requests.map((request, index) => bestPlanWithLoans(request, without[index]));
  });

  /** Level by level: negative when what `index` has now is better than the best plan. */
  function compareWithBest(levels: readonly bigint[], index: number): number {
    const known = best[index]!.levels;
    const first = levels.findIndex((value, level) => value !== known[level]);
    return first < 0 ? 0 : levels[first]! < known[first]! ? -1 : 1;
  }

  test("the checker finds nothing in the best plan and costs it the same", () => {
    for (const [index, request] of requests.entries()) {
      const { levels, plan } = best[index]!;
      expect(check(request, plan), request.requestId).toEqual([]);
      expect(costOf(request, plan).levels, request.requestId).toEqual(levels);
    }
  });

  test("loans never make the best plan worse, and make at least 60 of 300 better", () => {
    const orders = without.map(({ levels }, index) => compareWithBest(levels, index));
    expect(orders.filter((order) => order < 0)).toEqual([]);
    expect(orders.filter((order) => order > 0).length).toBeGreaterThanOrEqual(60);
  });

  test("whatever plan the enumeration begins with, it ends with the same cost", () => {
    for (const [index, request] of requests.entries())
      expect(bestPlanWithLoans(request, nothingKnown()).levels, request.requestId).toEqual(best[index]!.levels);
  });

  test("where nobody lends, it finds what the oracle without loans finds", () => {
    for (const [index, request] of requests.entries()) {
      const alone = clone(AssignRequestSchema, request);
      for (const engineer of alone.engineers) delete engineer.lending;
      expect(bestPlanWithLoans(alone, nothingKnown()).levels, request.requestId).toEqual(without[index]!.levels);
    }
  });

  test.each<[string, (request: AssignRequest, row: number) => void]>([
    ["more safety stock", keepMore],
    ["no consent of one engineer", ({ engineers }, row) => delete engineers[row]!.lending],
    ["only hubs, and one hub less", onlyOtherHubs],
    ["one unit less of every part in a van without a limit", carryLess],
    ["one unit less of every part at the centre", stockLess],
    ["less room in the vans", holdLess],
  ])("%s never makes the best plan better", (_name, change) => {
    for (const [index, request] of requests.entries()) {
      const row = index % request.engineers.length;
      const harder = clone(AssignRequestSchema, request);
      change(harder, row);
      expect(compareWithBest(optimalCost(harder), index), request.requestId).toBeGreaterThanOrEqual(0);
    }
  });

  test("the same seed gives the same request, and together they exercise every place to meet, several meetings and parts, and pick-ups", () => {
    expect(loanRequest(7)).toEqual(loanRequest(7));
    expect(loanRequest(7).orders).not.toEqual(loanRequest(8).orders);
    const found = new Map<string, number>();
    const count = (what: string) => found.set(what, (found.get(what) ?? 0) + 1);
    for (const [index, { plan }] of best.entries()) {
      if (plan.routes.flatMap(({ stops }) => stops).filter(({ loan }) => loan).length > 2) count("several meetings");
      for (const route of plan.routes) for (const what of meetingsAt(route, requests[index]!)) count(what);
    }
    expect(Object.fromEntries(found)).toMatchObject({
      "several meetings": atLeast(10),
      "start of the lender": atLeast(10),
      "after a service of the lender": atLeast(10),
      "before a service of the lender": atLeast(10),
      "after a service of the borrower": atLeast(2),
      "before a service of the borrower": atLeast(10),
      "several parts": atLeast(5),
      "pick-up in the route": atLeast(10),
      "the lender waits": atLeast(1),
    });
  });
});

const atLeast = (least: number) => ({ asymmetricMatch: (value: number) => value >= least });

/** Words about each meeting in a route. */
function meetingsAt({ engineerId, stops }: Route, request: AssignRequest): string[] {
  const start = request.engineers.find(({ id }) => id === engineerId)!.shifts[0]!.startPlace!;
  const isSame = (a: Place | undefined, b: Place | undefined) => a && b && equals(PlaceSchema, a, b);
  return stops.flatMap((stop, index) => {
    if (!stop.loan) return [];
    const lends = stop.loan.lenderEngineerId === engineerId;
    const who = lends ? "lender" : "borrower";
    const serves = (next: Stop | undefined) => next?.kind === Stop_Kind.SERVICE && isSame(next.place, stop.place);
    const words: [string, boolean | undefined][] = [
      [`after a service of the ${who}`, serves(stops[index - 1])],
      [`before a service of the ${who}`, serves(stops[index + 1])],
      ["start of the lender", lends && index === 0 && isSame(start, stop.place)],
      ["several parts", lends && stop.loan.parts.length > 1],
      ["pick-up in the route", stops.some(({ kind }) => kind === Stop_Kind.SUPPLY)],
      ["the lender waits", lends && stop.waiting!.seconds > 0n],
    ];
    return words.flatMap(([word, holds]) => (holds ? [word] : []));
  });
}

function keepMore({ engineers }: AssignRequest, row: number): void {
  for (const stock of engineers[row]!.stock) stock.safetyStock++;
}

function carryLess({ engineers }: AssignRequest, row: number): void {
  if (engineers[row]!.partCapacity !== undefined) return;
  for (const stock of engineers[row]!.stock) stock.quantity = Math.max(stock.reserved, stock.quantity - 1);
}

function stockLess({ operatingCentres }: AssignRequest): void {
  for (const { stock } of operatingCentres)
    for (const row of stock)
      if (row.unlimited) [row.unlimited, row.quantity] = [false, 1];
      else row.quantity = Math.max(row.reserved, row.quantity - 1);
}

function holdLess({ engineers }: AssignRequest): void {
  for (const engineer of engineers) engineer.partCapacity = Math.max(0, (engineer.partCapacity ?? 3) - 1);
}

function onlyOtherHubs(request: AssignRequest, row: number): void {
  request.policy!.criteria.find(({ id }) => id === "parts_borrowable")!.params.hubs_only = 1;
  if (request.engineers[row]!.lending) request.engineers[row]!.lending!.hub = false;
}
