import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { randomFrom } from "../../datasets/city/random.ts";
import type { EuroNeuripsInstance } from "../../datasets/euro-neurips.ts";
import { type EpochRoutes, runEpochs } from "../../datasets/euro-neurips-epochs.ts";
import type { Stream, StreamRequest } from "../../datasets/euro-neurips-stream.ts";
import { AssignResponseSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { solveForTest } from "../../test/solve-for-test.ts";
import type { Assigner } from "../assigner.ts";
import { byScenarios, DISPATCHERS, type Dispatcher } from "./dispatchers.ts";

/** 12 customers on a square of 2000 s, driving straight. */
function townOf(seed: number): EuroNeuripsInstance {
  const random = randomFrom(seed);
  const nodes = Array.from({ length: 13 }, (_, index) => ({
    x: index === 0 ? 1_000 : random.int(0, 2_000),
    y: index === 0 ? 1_000 : random.int(0, 2_000),
    demand: index === 0 ? 0 : random.int(1, 3),
    service: 60,
    open: 0,
    close: index === 0 ? 20_000 : random.int(8_000, 18_000),
  }));
  const durations = nodes.flatMap((a) => nodes.map((b) => Math.round(Math.hypot(a.x - b.x, a.y - b.y))));
  return { vehicles: undefined, capacity: 10, nodes, durations };
}

function streamOf({ nodes }: EuroNeuripsInstance, seed: number): Stream {
  const random = randomFrom(seed + 1_000);
  const requests = Array.from({ length: 18 }, (_, index): StreamRequest => {
    const customer = random.int(1, nodes.length - 1);
    const { open, service, demand } = nodes[customer]!;
    const epoch = index % 3;
    return {
      id: index + 1,
      customer,
      epoch,
      open,
      close: 3_600 * (epoch + 1) + random.int(2_000, 9_000),
      service,
      demand,
    };
  });
  return { instance: "town", seed, startEpoch: 0, endEpoch: 2, epochDuration: 3_600, margin: 3_600, requests };
}

async function run(
  dispatcher: Dispatcher,
  instance: EuroNeuripsInstance,
  stream: Stream,
  seed = 1,
  assigner: Assigner = { assign: (request) => solveForTest(request) },
) {
  const setting = { instance, stream, budget: { iterations: 4_000, seed }, assigner };
  const decisions: EpochRoutes[] = [];
  const result = await runEpochs(instance, stream, async (epoch) => {
    const routes = await dispatcher(setting, epoch);
    decisions.push(routes);
    return routes;
  });
  return { ...result, decisions };
}

test("where no time was left to plan, each request goes alone and the rules are kept", async () => {
  const instance = townOf(1);
  const stream = streamOf(instance, 1);
  const planless: Assigner = {
    assign: async ({ orders }) =>
      create(AssignResponseSchema, { plan: { unassigned: orders.map(({ id }) => ({ orderId: id })) } }),
  };
  const { problems, decisions } = await run(DISPATCHERS.greedy, instance, stream, 1, planless);
  expect(problems).toEqual([]);
  const gone = decisions.flat();
  expect(gone.map((route) => route.length)).toEqual(stream.requests.map(() => 1));
});

const scenarios = byScenarios({ ahead: 2, scenarios: [3, 3], goFrom: 0.7, waitUpTo: 0.3, routesShare: 0.2 });

test.each([1, 2, 3, 4])(
  "every dispatcher keeps the rules in town %i, and greedy and lazy send whom they say",
  async (seed) => {
    const instance = townOf(seed);
    const stream = streamOf(instance, seed);
    for (const [name, dispatcher] of Object.entries({ ...DISPATCHERS, scenarios })) {
      const { problems, epochs } = await run(dispatcher, instance, stream);
      expect(problems).toEqual([]);
      for (const { known, mustGo, gone } of epochs) {
        if (name === "greedy") expect(gone).toBe(known);
        if (name === "lazy") expect(gone).toBe(mustGo);
      }
      expect(epochs.reduce((sum, { gone }) => sum + gone, 0)).toBe(stream.requests.length);
    }
  },
);

test("the same seed decides the same, whatever comes later", async () => {
  const instance = townOf(5);
  const stream = streamOf(instance, 5);
  const once = await run(scenarios, instance, stream);
  expect((await run(scenarios, instance, stream)).decisions).toEqual(once.decisions);
  // Other requests in the last epoch: what was decided before them cannot know.
  const other = { ...stream, requests: stream.requests.filter(({ id, epoch }) => epoch < 2 || id % 2 === 0) };
  expect((await run(scenarios, instance, other)).decisions.slice(0, 2)).toEqual(once.decisions.slice(0, 2));
});

test("waits where waiting is free, goes where the way is shared", async () => {
  // Two customers next to each other, 5000 s from the depot: the way counts, the place does not.
  const node = { x: 0, y: 0, demand: 1, service: 0, open: 0, close: 40_000 };
  // biome-ignore format: a matrix
  const durations = [
       0, 5000, 5000,
    5000,    0,    1,
    5000,    1,    0,
  ];
  const instance: EuroNeuripsInstance = { vehicles: undefined, capacity: 1_000, nodes: [node, node, node], durations };
  const request = { customer: 1, epoch: 0, open: 0, close: 40_000, service: 0, demand: 1 };
  const stream: Stream = {
    instance: "two",
    seed: 1,
    startEpoch: 0,
    endEpoch: 1,
    epochDuration: 3_600,
    margin: 3_600,
    requests: [
      { ...request, id: 1 },
      { ...request, id: 2, customer: 2, epoch: 1 },
    ],
  };
  const waits = await run(scenarios, instance, stream);
  expect(waits.decisions[0]).toEqual([]);
  expect(waits.cost).toBe(10_001);
  expect((await run(DISPATCHERS.greedy, instance, stream)).cost).toBe(20_000);
});
