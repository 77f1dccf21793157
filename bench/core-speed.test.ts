import { expect, test } from "vitest";
import { generateVrptw } from "../datasets/generated-vrptw.ts";
import { solomonRequest } from "../datasets/solomon.ts";
import { problemFromProto } from "../server/messages/from-proto.ts";
import { loadCoreModule } from "../solver/core.ts";
import { CORE_INSTANCES } from "./core-instances.ts";
import { measureCore } from "./core-speed.ts";

test("every figure is there, and the parts are within their whole", async () => {
  const text = generateVrptw({ customers: 20, placement: "random", windows: "narrow", seed: 1 });
  const speed = measureCore(await loadCoreModule(), problemFromProto(solomonRequest(text), new Set()), 20);
  expect(speed.iterationsPerSecond).toBeGreaterThan(0);
  expect(speed.insertionsPerSecond).toBeGreaterThan(0);
  expect(speed.encodeMs + speed.loadMs).toBeLessThanOrEqual(speed.firstPlanMs);
  // Twenty customers have at least a matrix of 21 x 21 numbers.
  expect(speed.arenaBytes).toBeGreaterThan(21 * 21 * 4);
  expect(speed.memoryBytes).toBeGreaterThan(speed.arenaBytes);
});

test("instances have names of their own and the size that these say", () => {
  expect(new Set(CORE_INSTANCES.map(({ name }) => name)).size).toBe(CORE_INSTANCES.length);
  for (const { name, make } of CORE_INSTANCES.filter(({ name }) => !/\d{4}/.test(name))) {
    const { orders, engineers } = make();
    const [, size, crew] = /-(\d+)(?:x(\d+))?$/.exec(name)!;
    expect(orders).toHaveLength(Number(size));
    if (crew !== undefined) expect(engineers).toHaveLength(Number(crew));
  }
});
