import { expect, test } from "vitest";
import { generateCity } from "../datasets/city.ts";
import { problemFromProto } from "../server/messages/from-proto.ts";
import { loadCoreModule } from "../solver/core.ts";
import { CRITERIA_INSTANCES } from "./criteria-instances.ts";
import { measureCriteria } from "./criteria-speed.ts";

test("a pair takes two bytes for its mask and four for its cost, and what is kept beside them is small", async () => {
  const module = await loadCoreModule();
  const request = generateCity({ orders: 200, engineers: 60, seed: 1 });
  const speed = measureCriteria(module, request, problemFromProto(request, new Set()));
  expect(speed.pairs).toBe(200 * 60);
  expect(speed.tableBytes).toBe(200 * 60 * 6);
  expect(speed.keptBytes).toBeGreaterThan(0);
  // Rows of 60 engineers at 6 bytes for some 300 classes, and 64 bytes here and there.
  expect(speed.keptBytes).toBeLessThan(300 * 60 * 6 + 4096);
  expect(speed.pairsPerSecond).toBeCloseTo(speed.pairs / (speed.foldMs / 1000));
  expect(speed.plainPairsPerSecond).toBeGreaterThan(0);
});

test("instances have names of their own, the size that these say, and are the same every time", () => {
  expect(new Set(CRITERIA_INSTANCES.map(({ name }) => name)).size).toBe(CRITERIA_INSTANCES.length);
  const [smallest] = CRITERIA_INSTANCES;
  const { orders, engineers } = smallest!.make();
  expect(smallest!.name).toBe(`city-${orders.length}x${engineers.length}-1`);
  expect(smallest!.make().orders).toEqual(orders);
});
