import { clone, create, type MessageInitShape } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import { AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import type { EngineerSchema, OperatingCentreSchema } from "../../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import type { OrderSchema } from "../../proto/gen/shanpai/dispatch/v1/order_pb.ts";
import { Stop_Kind } from "../../proto/gen/shanpai/dispatch/v1/plan_pb.ts";
import { Measure } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { check } from "../../solver/check/check.ts";
import { costOf } from "../../solver/check/cost.ts";
import { quietPolicy } from "../quiet-policy.ts";
import { bestPlan } from "./brute-force.ts";
import { at, between, lasts, point } from "./build.ts";
import { tinyRequest } from "./generate.ts";

type Order = MessageInitShape<typeof OrderSchema>;
type Engineer = MessageInitShape<typeof EngineerSchema>;
type Centre = MessageInitShape<typeof OperatingCentreSchema>;

const SEEDS = Array.from({ length: 300 }, (_, index) => index + 1);

function best(orders: Order[], engineers: Engineer[], centre: Centre[] = [], measures: Measure[] = []) {
  return bestPlan(
    create(AssignRequestSchema, {
      now: at(0),
      orders,
      engineers,
      operatingCentres: centre,
      travel: { source: { case: "planar", value: {} } },
      policy: quietPolicy(),
      objective: { levels: measures.map((measure) => ({ terms: [{ measure }] })) },
    }),
  ).levels;
}

/** There and back within one shift. */
const from = (x: number, end: number, more: Engineer = {}): Engineer => ({
  id: `at ${x}`,
  shifts: [{ time: between(0, end), startPlace: point(x, 0), endPlace: point(x, 0) }],
  ...more,
});

describe("the best plan worked out by hand", () => {
  test("when the day is too short for both, the nearer of two equal orders is served", () => {
    // both: 30 + 50 + 40 = 120 > 100; a alone 60, b alone 80
    const orders = [
      { id: "a", place: point(30, 0) },
      { id: "b", place: point(0, 40) },
    ];
    expect(best(orders, [from(0, 100)])).toEqual([1n, 60n]);
    expect(best(orders, [from(0, 120)])).toEqual([0n, 120n]);
    expect(best([orders[0]!, { ...orders[1]!, priority: 1 }], [from(0, 100)])).toEqual([1n, 80n]);
  });

  test("a missing part is fetched on the way, as long as the centre has it", () => {
    // 30 to the centre, 10 there, 40 on, 50 home
    const orders = ["a", "b"].map((id) => ({ id, place: point(30, 40), parts: [{ sku: "A", quantity: 1 }] }));
    const centre = (quantity: number) => [
      { id: "c", place: point(30, 0), stock: [{ sku: "A", quantity }], pickDuration: lasts(10) },
    ];
    const two = [from(0, 130), from(0, 130, { id: "other" })];
    expect(best(orders, two, centre(0))).toEqual([2n, 0n]);
    expect(best(orders, two, centre(1))).toEqual([1n, 130n]);
    expect(best(orders, two, centre(2))).toEqual([0n, 130n]);
    expect(best(orders, [from(0, 129)], centre(2))).toEqual([2n, 0n]);
    // with one of two on hand and room for one only
    const own = { stock: [{ sku: "A", quantity: 1 }], partCapacity: 1 };
    expect(best(orders, [from(0, 130, own)], centre(2))).toEqual([1n, 100n]);
    expect(best(orders, [from(0, 130, { ...own, partCapacity: 2 })], centre(2))).toEqual([0n, 130n]);
  });

  test("a unit on hand is saved for a second shift that is too short for the centre", () => {
    // First shift 60 out over the centre and 60 home; second 10 out and 10 home.
    const part = { parts: [{ sku: "A", quantity: 1 }] };
    const orders = [
      { id: "a", place: point(60, 0), windows: [between(0, 200)], ...part },
      { id: "b", place: point(10, 0), windows: [between(300, 330)], ...part },
    ];
    const centre = [{ id: "c", place: point(30, 0), stock: [{ sku: "A", quantity: 1 }] }];
    const home = { startPlace: point(0, 0), endPlace: point(0, 0) };
    const engineer = {
      id: "e",
      stock: [{ sku: "A", quantity: 1 }],
      shifts: [
        { time: between(0, 200), ...home },
        { time: between(300, 330), ...home },
      ],
    };
    expect(best(orders, [engineer], centre)).toEqual([0n, 140n]);
    expect(best(orders, [{ ...engineer, maxOrders: 1 }], centre)).toEqual([1n, 20n]);
  });

  test("an optional order is served only when that costs less than its price", () => {
    // 20 out and 20 home; 100 minor units are 60 s, 50 are 30 s
    const order = (priceMinor: bigint) => [{ id: "a", place: point(20, 0), priceMinor }];
    expect(best(order(100n), [from(0, 100)])).toEqual([0n, 40n]);
    expect(best(order(50n), [from(0, 100)])).toEqual([0n, 30n]);
  });

  test("an unpaid break is taken where it costs nothing, an optional one is skipped when it is in the way", () => {
    // Out 10, break 20 to 50 there, service at 50: 50 - 10 - 30 = 10 of work.
    const orders = [{ id: "a", place: point(10, 0), windows: [between(50, 60)] }];
    const engineer = (pause: object) => ({
      id: "e",
      shifts: [
        {
          time: between(0, 100),
          startPlace: point(0, 0),
          breaks: [{ window: between(20, 30), duration: lasts(30), ...pause }],
        },
      ],
    });
    expect(best(orders, [engineer({})])).toEqual([0n, 10n]);
    expect(best(orders, [engineer({ paid: true })])).toEqual([0n, 40n]);
    // 5 minor units are 3 s
    expect(best(orders, [engineer({ paid: true, priceMinor: 5n })])).toEqual([0n, 13n]);
  });

  test("the shortest way may need two engineers, and fewest engineers the longer way", () => {
    // 5 from the left and 5 from the right, there and back; one alone: 2 * 95
    const orders = [
      { id: "a", place: point(5, 0) },
      { id: "b", place: point(95, 0) },
    ];
    const engineers = [from(0, 200), from(100, 200)];
    expect(best(orders, engineers, [], [Measure.UNASSIGNED, Measure.DISTANCE])).toEqual([0n, 20n]);
    expect(best(orders, engineers, [], [Measure.UNASSIGNED, Measure.ENGINEERS_USED, Measure.DISTANCE])).toEqual([
      0n,
      1n,
      190n,
    ]);
  });
});

describe("on generated requests", () => {
  test("the checker finds nothing in the best plan and costs it the same", () => {
    for (const seed of SEEDS) {
      const request = tinyRequest(seed);
      const { levels, plan } = bestPlan(request);
      expect(check(request, plan), `seed ${seed}`).toEqual([]);
      expect(costOf(request, plan).levels, `seed ${seed}`).toEqual(levels);
    }
  });

  test("one more engineer never makes the best plan worse", () => {
    for (const seed of SEEDS.slice(0, 100)) {
      const request = tinyRequest(seed);
      // Everybody whose work is known is part of the fairness of the plan, whether they work or not.
      delete request.engineers.at(-1)!.workload;
      const fewer = clone(AssignRequestSchema, request);
      fewer.engineers.pop();
      const [more, less] = [bestPlan(request).levels, bestPlan(fewer).levels];
      const first = more.findIndex((value, level) => value !== less[level]);
      expect(first < 0 || more[first]! < less[first]!, `seed ${seed}: ${more} with, ${less} without`).toBe(true);
    }
  });

  test("the same seed gives the same request, and together they exercise supply stops, breaks, lateness and second shifts", () => {
    expect(tinyRequest(7)).toEqual(tinyRequest(7));
    expect(tinyRequest(7).orders).not.toEqual(tinyRequest(8).orders);
    const routes = SEEDS.flatMap((seed) => bestPlan(tinyRequest(seed)).plan.routes);
    const stops = routes.flatMap((route) => route.stops);
    const count = (kind: Stop_Kind) => stops.filter((stop) => stop.kind === kind).length;
    expect(count(Stop_Kind.SERVICE)).toBeGreaterThan(500);
    expect(count(Stop_Kind.SUPPLY)).toBeGreaterThan(100);
    expect(count(Stop_Kind.BREAK)).toBeGreaterThan(50);
    expect(stops.filter((stop) => (stop.lateness?.seconds ?? 0n) > 0n).length).toBeGreaterThan(10);
    expect(routes.filter((route) => route.shiftIndex > 0).length).toBeGreaterThan(20);
  });
});
