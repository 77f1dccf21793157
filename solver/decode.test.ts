import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { problemFromProto } from "../server/messages/from-proto.ts";
import { at, between, lasts, point } from "../test/oracle/build.ts";
import { decodePlan, type PlannedRoute } from "./decode.ts";
import type { Solution } from "./solution.ts";

const ORDER = 0;
const SUPPLY = 1;
const BREAK = 2;

type Order = NonNullable<MessageInitShape<typeof AssignRequestSchema>["orders"]>[number];
type Engineer = NonNullable<MessageInitShape<typeof AssignRequestSchema>["engineers"]>[number];
type Centre = NonNullable<MessageInitShape<typeof AssignRequestSchema>["operatingCentres"]>[number];

const shift = (start: number) => ({ time: between(start, start + 100), startPlace: point(0, 0) });

/** Decodes routes given as [route row, [kind, row]...]; times are 0. */
function decode(
  orders: Order[],
  engineers: Engineer[],
  centres: Centre[],
  routes: [number, ...[number, number][]][],
): PlannedRoute[] {
  const request = create(AssignRequestSchema, {
    now: at(0),
    timeZone: "UTC",
    orders: orders.map((order) => ({ place: point(1, 0), ...order })),
    engineers: engineers.map((engineer) => ({ shifts: [shift(0)], ...engineer })),
    operatingCentres: centres.map((centre) => ({ place: point(9, 9), ...centre })),
    travel: { source: { case: "planar", value: {} } },
  });
  const words = routes.flatMap(([row, ...stops]) => [
    ...[row, stops.length, 0, 0, 0, 0, 0, 0, 0, 0],
    ...stops.flatMap(([kind, of]) => [kind, of, 0, 0, 0, 0, 0, 0]),
  ]);
  const solution = { planWords: Int32Array.from(words) } as Partial<Solution> as Solution;
  return decodePlan(problemFromProto(request, new Set()), solution);
}

/** Stops in words: uses as quantity x SKU with the centre, pick-ups with +, tools as they are. */
function words({ stops }: PlannedRoute): string[] {
  return stops.map((stop) => {
    if (stop.kind === "break") return `break ${stop.breakIndex}`;
    if (stop.kind === "order")
      return [
        stop.orderId,
        ...stop.parts.map((use) => `${use.quantity}x${use.sku}${use.centreId ? `@${use.centreId}` : ""}`),
      ].join(" ");
    if (stop.kind === "loan") return `loan for ${stop.orderId}`;
    return [stop.centreId, ...stop.pickUps.map((pickUp) => `+${pickUp.quantity}x${pickUp.sku}`), ...stop.toolIds].join(
      " ",
    );
  });
}

const needs = (id: string, sku: string, quantity: number, toolIds: string[] = []) => ({
  id,
  parts: [{ sku, quantity }],
  toolIds,
});

test("the words of a route and of its stops are read in their order", () => {
  const request = create(AssignRequestSchema, {
    now: at(0),
    timeZone: "UTC",
    orders: [{ id: "o", place: point(1, 0), serviceDuration: lasts(20) }],
    engineers: [{ id: "e", shifts: [{ ...shift(0), breaks: [{ window: between(0, 9), duration: lasts(5) }] }] }],
    travel: { source: { case: "planar", value: {} } },
  });
  const planWords = Int32Array.from([
    ...[0, 2, 11, 12, 13, 14, 15, 16, 17, 18],
    ...[ORDER, 0, 21, 22, 23, 24, 25, 26],
    ...[BREAK, 0, 31, 32, 33, 34, 35, 36],
  ]);
  const [route] = decodePlan(problemFromProto(request, new Set()), { planWords } as Partial<Solution> as Solution);
  expect(route).toMatchObject({
    departure: 11,
    end: 12,
    workingTicks: 13,
    travelTicks: 14,
    distance: 15,
    overtimeTicks: 16,
    finalTravelTicks: 17,
    finalDistance: 18,
  });
  const timed = (first: number, length: number) => ({
    arrival: first,
    start: first + 1,
    departure: first + 1 + length,
    travelTicks: first + 2,
    distance: first + 3,
    setupTicks: first + 4,
    latenessTicks: first + 5,
  });
  expect(route!.stops).toEqual([
    { kind: "order", orderId: "o", parts: [], ...timed(21, 20) },
    { kind: "break", breakIndex: 0, ...timed(31, 5) },
  ]);
});

test("parts come from the van as long as it has any, the rest from the supply stop before", () => {
  const [route] = decode(
    [needs("a", "S", 2), needs("b", "S", 3)],
    [{ id: "e", stock: [{ sku: "S", quantity: 3 }] }],
    [{ id: "c", stock: [{ sku: "S", quantity: 9 }] }],
    [[0, [SUPPLY, 0], [ORDER, 0], [ORDER, 1]]],
  );
  expect(words(route!)).toEqual(["c +2xS", "a 2xS", "b 1xS 2xS@c"]);
});

test("what is used before the supply stop has the van's units first", () => {
  // b stands before the stop and needs the 3 in the van, so a gets nothing from it although it is the first by id.
  const [route] = decode(
    [needs("a", "S", 2), needs("b", "S", 3)],
    [{ id: "e", stock: [{ sku: "S", quantity: 4 }] }],
    [{ id: "c", stock: [{ sku: "S", quantity: 9 }] }],
    [[0, [ORDER, 1], [SUPPLY, 0], [ORDER, 0]]],
  );
  expect(words(route!)).toEqual(["b 3xS", "c +1xS", "a 1xS 1xS@c"]);
});

test("of two supply stops the first that stocks a part gives it all", () => {
  const [route] = decode(
    [needs("a", "S", 1), needs("b", "T", 1), needs("d", "S", 1)],
    [{ id: "e" }],
    [
      { id: "c1", stock: [{ sku: "S", quantity: 9 }] },
      {
        id: "c2",
        stock: [
          { sku: "S", quantity: 9 },
          { sku: "T", quantity: 1 },
        ],
      },
    ],
    [[0, [SUPPLY, 0], [ORDER, 0], [SUPPLY, 1], [ORDER, 1], [ORDER, 2]]],
  );
  expect(words(route!)).toEqual(["c1 +2xS", "a 1xS@c1", "c2 +1xT", "b 1xT@c2", "d 1xS@c1"]);
});

test("the van's units go to the use that nothing else can serve, then to the shifts by time", () => {
  // Shift 1 is the early one; both have a supply stop before their orders, and shift 2 has one without.
  const [first, second, third] = decode(
    [needs("a", "S", 2), needs("b", "S", 2), needs("d", "S", 1)],
    [{ id: "e", shifts: [shift(0), shift(200), shift(400)], stock: [{ sku: "S", quantity: 3 }] }],
    [{ id: "c", stock: [{ sku: "S", quantity: 9 }] }],
    [
      [0, [SUPPLY, 0], [ORDER, 0]],
      [1, [SUPPLY, 0], [ORDER, 1]],
      [2, [ORDER, 2]],
    ],
  );
  // One unit is kept for d. a takes the other two, b fetches both.
  expect([words(first!), words(second!), words(third!)]).toEqual([["c", "a 2xS"], ["c +2xS", "b 2xS@c"], ["d 1xS"]]);
});

test("tools that the van lacks are taken on at the first supply stop that has them, once", () => {
  const [route] = decode(
    [needs("a", "S", 1, ["meter", "ladder"]), needs("b", "S", 1, ["ladder"])],
    [{ id: "e", toolIds: ["meter"], stock: [{ sku: "S", quantity: 2 }] }],
    [
      { id: "c1", toolIds: ["meter"] },
      { id: "c2", toolIds: ["ladder", "meter"] },
    ],
    [[0, [SUPPLY, 0], [SUPPLY, 1], [ORDER, 0], [ORDER, 1]]],
  );
  expect(words(route!)).toEqual(["c1", "c2 ladder", "a 1xS", "b 1xS"]);
});
