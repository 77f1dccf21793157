import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type EuroNeuripsInstance, parseEuroNeurips } from "./euro-neurips.ts";
import { epochOf, routesCost, runEpochs } from "./euro-neurips-epochs.ts";
import { parseStream, type Stream, type StreamRequest } from "./euro-neurips-stream.ts";

const node = { x: 0, y: 0, demand: 0, service: 0, open: 0, close: 14_000 };
const INSTANCE: EuroNeuripsInstance = {
  vehicles: undefined,
  capacity: 10,
  nodes: [node, node, node, node],
  // biome-ignore format: a matrix
  durations: [
       0,  600,  900, 1200,
     700,    0,  100,  200,
    1000,  150,    0,  300,
    1300,  250,  350,    0,
  ],
};
const REQUEST: StreamRequest = { id: 1, customer: 1, epoch: 0, open: 0, close: 7_800, service: 0, demand: 1 };

/** Epochs 0 and 1; vehicles leave at 3600 and 7200. */
const streamOf = (...requests: Partial<StreamRequest>[]): Stream => ({
  instance: "TINY",
  seed: 1,
  startEpoch: 0,
  endEpoch: 1,
  epochDuration: 3_600,
  margin: 3_600,
  requests: requests.map((request, index) => ({ ...REQUEST, id: index + 1, ...request })),
});

describe("who cannot wait", () => {
  const mustGo = (request: Partial<StreamRequest>, epoch = 0) =>
    epochOf(INSTANCE, streamOf(request), epoch, new Set()).mustGo.has(1);

  test.each<[string, Partial<StreamRequest>, boolean]>([
    // The next vehicles leave at 7200 and are there 600 later.
    ["the next vehicle comes at the end of the window", { close: 7_800 }, false],
    ["the next vehicle comes a second late", { close: 7_799 }, true],
    // Begin at 12,000, 1300 of service and 700 home: 14,000, when the depot closes.
    ["the next vehicle is back when the depot closes", { open: 12_000, close: 12_000, service: 1_300 }, false],
    ["the next vehicle is back a second late", { open: 12_000, close: 12_000, service: 1_301 }, true],
  ])("%s", (_name, request, expected) => expect(mustGo(request)).toBe(expected));

  test("in the last epoch nobody can", () => expect(mustGo({ close: 14_000 }, 1)).toBe(true));
});

test("what has gone is not known any more, and what comes later not yet", () => {
  const stream = streamOf({}, {}, { epoch: 1 });
  expect(epochOf(INSTANCE, stream, 0, new Set([1])).requests.map(({ id }) => id)).toEqual([2]);
  expect(epochOf(INSTANCE, stream, 1, new Set([1])).requests.map(({ id }) => id)).toEqual([2, 3]);
});

test("driving is counted from the depot and back, waiting is not", () => {
  const epoch = epochOf(INSTANCE, streamOf({ open: 5_000 }, { customer: 2 }, { customer: 3 }), 0, new Set());
  // 600 + 100 + 1000, and 1200 + 1300.
  expect(routesCost(INSTANCE, epoch, [[1, 2], [3]])).toEqual({ driving: 4_200, problems: [] });
});

test.each<[string, number[][], string]>([
  // Left at 3600, at customer 3 at 4800, at 1 at 5050; its window ends at 5000.
  ["a window missed", [[2, 1]], "epoch 0, route 0: request 1 begins at 5050, at most 5000"],
  ["a return too late", [[1], [3]], "epoch 0, route 1: back at 14001, at most 14000"],
  ["a van too full", [[1, 4]], "epoch 0, route 0: load 11, capacity 10"],
  ["a request that had to go", [[2]], "epoch 0, request 1 cannot wait and is in no route"],
  ["a request twice", [[1, 1]], "epoch 0, route 0: request 1 goes twice"],
  ["a request of the next epoch", [[1], [5]], "epoch 0, route 1: request 5 is not known or has gone before"],
  ["an empty route", [[1], []], "epoch 0, route 1: visits nobody"],
])("%s is found", (_name, routes, problem) => {
  const stream = streamOf(
    { close: 5_000 },
    { customer: 3 },
    // Begins at 4800, 7901 of service, 1300 home.
    { customer: 3, service: 7_901, close: 14_000 },
    { demand: 10 },
    { epoch: 1 },
  );
  const epoch = epochOf(INSTANCE, stream, 0, new Set());
  expect(routesCost(INSTANCE, epoch, routes).problems).toContain(problem);
});

test("a run asks epoch by epoch and adds up", async () => {
  const stream = streamOf({ close: 14_000 }, { customer: 2, close: 14_000 }, { customer: 2, epoch: 1, close: 14_000 });
  const seen: number[][] = [];
  const { cost, problems, epochs } = await runEpochs(INSTANCE, stream, ({ number, requests }) => {
    seen.push(requests.map(({ id }) => id));
    return number === 0 ? [[1]] : [[2, 3]];
  });
  expect(seen).toEqual([
    [1, 2],
    [2, 3],
  ]);
  // 600 + 700, then 900 + 0 + 1000.
  expect({ cost, problems }).toEqual({ cost: 3_200, problems: [] });
  expect(epochs.map(({ known, mustGo, gone, driving }) => ({ known, mustGo, gone, driving }))).toEqual([
    { known: 2, mustGo: 0, gone: 1, driving: 1_300 },
    { known: 2, mustGo: 2, gone: 2, driving: 1_900 },
  ]);
});

describe("reading a stream", () => {
  const FILE = {
    instance: "TINY",
    seed: 7,
    start_epoch: 0,
    end_epoch: 1,
    epoch_duration: 3600,
    margin_dispatch: 3600,
    columns: ["request_id", "customer_idx", "epoch", "tw_open", "tw_close", "service", "demand"],
    requests: [[1, 3, 0, 100, 200, 30, 4]],
  };

  test("rows become requests", () => {
    expect(parseStream(JSON.stringify(FILE), INSTANCE).requests).toEqual([
      { id: 1, customer: 3, epoch: 0, open: 100, close: 200, service: 30, demand: 4 },
    ]);
  });

  test.each<[string, object, string]>([
    ["another customer", { requests: [[1, 4, 0, 100, 200, 30, 4]] }, "requests[0].customer_idx: 4, expected 1 to 3"],
    ["the depot", { requests: [[1, 0, 0, 100, 200, 30, 4]] }, "requests[0].customer_idx: 0, expected 1 to 3"],
    ["another epoch", { requests: [[1, 3, 2, 100, 200, 30, 4]] }, "requests[0].epoch: 2, expected 0 to 1"],
    ["a window backwards", { requests: [[1, 3, 0, 200, 100, 30, 4]] }, "requests[0].tw_close: 100"],
    ["too much for a van", { requests: [[1, 3, 0, 100, 200, 30, 11]] }, "requests[0].demand: 11"],
    ["a short row", { requests: [[1, 3]] }, "requests[0].length: 2, expected 7 values"],
    [
      "a number twice",
      { requests: [FILE.requests[0], FILE.requests[0]] },
      "requests[1].request_id: 1, expected each once",
    ],
    ["other columns", { columns: ["request_id"] }, 'columns: "request_id"'],
    ["no seed", { seed: undefined }, "seed: "],
  ])("%s is refused", (_name, change, message) => {
    expect(() => parseStream(JSON.stringify({ ...FILE, ...change }), INSTANCE)).toThrow(message);
  });
});

// The published files, where somebody has brought them: docs/datasets.md.
const data = process.env.SHANPAI_DATA;
if (!data) console.warn("SHANPAI_DATA is not set: the published EURO-NeurIPS streams are not read");
describe.skipIf(!data)("published streams", () => {
  const folder = join(data ?? "", "euro_neurips_2022");
  const names = data ? readdirSync(folder).flatMap((file) => /^(.*)\.dyn\.json$/.exec(file)?.[1] ?? []) : [];

  test.each(names)("%s: everybody can be reached by a vehicle of the epoch in which they become known", (name) => {
    const instance = parseEuroNeurips(readFileSync(join(folder, `${name}.txt`), "utf8"));
    const stream = parseStream(readFileSync(join(folder, `${name}.dyn.json`), "utf8"), instance);
    expect(stream.instance).toBe(name);
    for (let number = stream.startEpoch; number <= stream.endEpoch; number++) {
      const epoch = epochOf(instance, stream, number, new Set());
      const alone = epoch.requests.filter(({ epoch }) => epoch === number).map(({ id }) => [id]);
      const others = new Set(epoch.requests.filter(({ epoch }) => epoch < number).map(({ id }) => id));
      const now = epochOf(instance, stream, number, others);
      expect(routesCost(instance, now, alone).problems).toEqual([]);
    }
  });
});
