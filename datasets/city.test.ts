import { toBinary } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { type AssignRequest, AssignRequestSchema } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { EngineerSchema } from "../proto/gen/shanpai/dispatch/v1/engineer_pb.ts";
import { CriterionMode } from "../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { validate } from "../server/validate/validate.ts";
import { dayOf } from "./baseline/day.ts";
import { eligible } from "./baseline/eligible.ts";
import { generateCity } from "./city.ts";

const bytes = (request: AssignRequest) => Buffer.from(toBinary(AssignRequestSchema, request)).toString("base64");

test("the same seed gives the same bytes, another seed another city", () => {
  expect(bytes(generateCity({ seed: 7 }))).toBe(bytes(generateCity({ seed: 7 })));
  const [seven, eight] = [generateCity({ seed: 7 }), generateCity({ seed: 8 })];
  expect(seven.orders.map((order) => order.place)).not.toEqual(eight.orders.map((order) => order.place));
});

test("defaults are 125 orders, 38 engineers and one centre", () => {
  const city = generateCity();
  expect([city.orders.length, city.engineers.length, city.operatingCentres.length]).toEqual([125, 38, 1]);
});

test.each([
  { orders: 125, engineers: 38, centres: 1, seed: 1 },
  { orders: 125, engineers: 38, centres: 1, seed: 99 },
  { orders: 0, engineers: 1, centres: 1, seed: 3 },
  { orders: 7, engineers: 3, centres: 3, seed: 4 },
  { orders: 1000, engineers: 240, centres: 12, seed: 5 },
])("the contract's rules hold and the counts are as asked for: %o", (options) => {
  const city = generateCity(options);
  expect(validate(city)).toEqual([]);
  expect(city.orders.length).toBe(options.orders);
  expect(city.engineers.length).toBe(options.engineers);
  expect(city.operatingCentres.length).toBe(options.centres);
});

test("orders and engineers are split evenly over the centres", () => {
  // 10 over 3 is 4, 3, 3; 5 over 3 is 2, 2, 1.
  const city = generateCity({ orders: 10, engineers: 5, centres: 3, seed: 1 });
  const per = (rows: readonly { operatingCentreId: string }[]) =>
    city.operatingCentres.map(({ id }) => rows.filter((row) => row.operatingCentreId === id).length);
  expect(per(city.orders)).toEqual([4, 3, 3]);
  expect(per(city.engineers)).toEqual([2, 2, 1]);
});

test("every order names engineers of its own centre only", () => {
  const city = generateCity({ orders: 600, engineers: 120, centres: 3, seed: 2 });
  const centreOf = new Map(city.engineers.map((engineer) => [engineer.id, engineer.operatingCentreId]));
  let named = 0;
  for (const order of city.orders) {
    const wish = order.engineerPreference;
    const ids = [
      ...(wish?.requiredEngineerIds ?? []),
      ...(wish?.excludedEngineerIds ?? []),
      ...(wish?.preferredEngineerIds ?? []),
      ...(wish?.secondaryEngineerIds ?? []),
      ...(wish?.dislikedEngineerIds ?? []),
      ...order.declinedEngineerIds,
      ...(order.previousVisit ? [order.previousVisit.engineerId] : []),
    ];
    named += ids.length;
    for (const id of ids) expect(centreOf.get(id)).toBe(order.operatingCentreId);
  }
  expect(named).toBeGreaterThan(0);
});

test("two orders of a city are impossible: one for want of a valid skill, one for want of a part", () => {
  for (const seed of [1, 2, 3]) {
    const city = generateCity({ seed });
    const day = dayOf(city);
    const boiler = city.orders.filter((order) => order.device?.fault === "boiler_inspection");
    const motor = city.orders.filter((order) => order.device?.fault === "motor_burnt");
    expect([boiler.length, motor.length]).toEqual([1, 1]);
    expect(city.engineers.some((engineer) => eligible(day, boiler[0]!, engineer))).toBe(false);
    const owners = [...city.engineers, ...city.operatingCentres];
    const sku = motor[0]!.parts[0]!.sku;
    expect(owners.some((owner) => owner.stock.some((stock) => stock.sku === sku))).toBe(false);
  }
});

test("nobody lives in the lake", () => {
  const city = generateCity({ orders: 2000, seed: 6 });
  for (const { place } of city.orders) {
    const { latitude, longitude } = place!.position.value as { latitude: number; longitude: number };
    expect(latitude > 30.226 && latitude < 30.26 && longitude > 120.124 && longitude < 120.159).toBe(false);
  }
});

test("another number of orders leaves the engineers as they are", () => {
  const engineers = (orders: number) =>
    generateCity({ orders, seed: 5 }).engineers.map((engineer) => toBinary(EngineerSchema, engineer));
  expect(engineers(10)).toEqual(engineers(200));
});

test("the usual options, stated, give the same bytes", () => {
  const stated = { seed: 7, vanStock: 60, centreStock: true, lenders: "consent" } as const;
  expect(bytes(generateCity(stated))).toBe(bytes(generateCity({ seed: 7 })));
});

test("a higher level of van stock only adds, and changes nothing else", () => {
  const cities = [0, 20, 40, 60, 80, 100].map((vanStock) => generateCity({ seed: 3, vanStock }));
  const rowsOf = (city: AssignRequest) =>
    new Set(city.engineers.flatMap(({ id, stock }) => stock.map((row) => `${id} ${JSON.stringify(row)}`)));
  for (const [at, city] of cities.entries()) {
    expect(validate(city)).toEqual([]);
    if (at === 0) continue;
    const [less, more] = [rowsOf(cities[at - 1]!), rowsOf(city)];
    expect(more.size).toBeGreaterThan(less.size);
    for (const row of less) expect(more).toContain(row);
  }
  expect(rowsOf(cities[0]!).size).toBe(0);
  for (const city of cities) for (const engineer of city.engineers) engineer.stock = [];
  expect(new Set(cities.map(bytes)).size).toBe(1);
});

test("hubs are, of each trade, the fifth with most units among those who consent", () => {
  const { engineers, policy } = generateCity({ seed: 1, lenders: "hubs" });
  expect(policy!.criteria).toMatchObject([{ id: "parts_borrowable", params: { hubs_only: 1 } }]);
  const units = (index: number) => engineers[index]!.stock.reduce((sum, row) => sum + row.quantity, 0);
  const trades = new Set(engineers.map(({ labels }) => labels.trade));
  for (const trade of trades) {
    const crew = engineers.flatMap(({ labels }, index) => (labels.trade === trade ? [index] : []));
    const hubs = crew.filter((index) => engineers[index]!.lending!.hub);
    expect(hubs.length).toBe(Math.ceil(crew.length / 5));
    for (const hub of hubs) expect(engineers[hub]!.lending!.mayLend).toBe(true);
    // Reserved and safety stock shift a van by a few units at most.
    const average = (of: number[]) => of.reduce((sum, index) => sum + units(index), 0) / of.length;
    expect(average(hubs)).toBeGreaterThan(average(crew));
  }
});

test("nobody lends, and centres without parts keep their tools", () => {
  const { policy, operatingCentres } = generateCity({ lenders: "none", centreStock: false });
  expect(policy!.criteria).toMatchObject([{ id: "parts_borrowable", mode: CriterionMode.OFF }]);
  expect(operatingCentres[0]!.stock).toEqual([]);
  expect(operatingCentres[0]!.toolIds).toEqual(generateCity().operatingCentres[0]!.toolIds);
});

test.each([
  [{ orders: -1 }, "orders: must be a whole number from 0 to 50000, got -1"],
  [{ engineers: 2, centres: 3 }, "engineers: must be a whole number from 3 to 20000, got 2"],
  [{ centres: 1.5 }, "centres: must be a whole number from 1 to 1000, got 1.5"],
  [{ vanStock: 101 }, "vanStock: must be a whole number from 0 to 100, got 101"],
  [{ seed: Number.NaN }, "seed: must be a whole number from 0 to 4294967295, got NaN"],
])("bad options are refused by name: %o", (options, message) => {
  expect(() => generateCity(options)).toThrow(new RangeError(message));
});
