import { expect, test } from "vitest";
import { generateCity } from "../datasets/city.ts";
import { generateVrptw } from "../datasets/generated-vrptw.ts";
import { solomonRequest } from "../datasets/solomon.ts";
import type { AssignRequest } from "../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { problemFromProto } from "../server/messages/from-proto.ts";
import { createCore, loadCoreModule } from "./core.ts";
import { createPieces } from "./decompose.ts";
import { encodeProblem } from "./encode.ts";

const wasm = await loadCoreModule();

/** Levels of the best plan before and after some pieces, and its stops. */
function solveByPieces(request: AssignRequest) {
  const problem = problemFromProto(request, new Set());
  const encoded = encodeProblem(problem);
  const core = createCore(wasm);
  core.load(encoded.columns, () => false);
  const { exports } = core;
  const levels = () => [...core.int64s(exports.bestLevels.value, problem.levels.length)];
  exports.startPlan(1n);
  exports.firstPlan();
  exports.finishSearch();
  const before = levels();
  const pieces = createPieces(core, core.sibling(), problem, encoded, () => false);
  let better = 0;
  for (let i = 0; i < 6; i++)
    if (pieces.next((piece) => piece.exports.runSearch(500, 500n, 0, 1)) === "better") better++;
  const after = levels();
  exports.loadBest();
  exports.writeStops();
  const stops = core.int32s(exports.planStops.value, exports.planStopsCount.value);
  return { before, after, better, stops: [...stops] };
}

const REQUESTS: Record<string, () => AssignRequest> = {
  "a plain problem": () =>
    solomonRequest(generateVrptw({ customers: 300, placement: "random", windows: "narrow", seed: 2 })),
  "a city's day with parts and breaks": () => generateCity({ orders: 250, engineers: 80, seed: 4, lenders: "none" }),
  "a city's day without parts at the centre, engineers lending": () =>
    generateCity({ orders: 250, engineers: 80, seed: 4, centreStock: false, vanStock: 40 }),
};

for (const [name, request] of Object.entries(REQUESTS))
  test(`pieces make ${name} better, the same way every time`, () => {
    const first = solveByPieces(request());
    expect(first.better).toBeGreaterThan(0);
    const level = first.after.findIndex((value, index) => value !== first.before[index]);
    expect(first.after[level]!).toBeLessThan(first.before[level]!);
    expect(solveByPieces(request()).stops).toEqual(first.stops);
  }, 60_000);

test("every order is in one route at most after pieces", () => {
  const { stops } = solveByPieces(REQUESTS["a plain problem"]!());
  const orders: number[] = [];
  for (let from = 0; from < stops.length; from += 2 + 2 * stops[from + 1]!)
    for (let i = 0; i < stops[from + 1]!; i++) if (stops[from + 2 + 2 * i] === 0) orders.push(stops[from + 3 + 2 * i]!);
  expect(new Set(orders).size).toBe(orders.length);
  expect(orders.length).toBe(300);
}, 60_000);

test("pieces end when none of any size is left to try", () => {
  // Everybody at one place with the whole day's time: the first plan is the best there is.
  const request = solomonRequest(generateVrptw({ customers: 120, placement: "random", windows: "wide", seed: 1 }));
  for (const order of request.orders) order.place = request.orders[0]!.place!;
  const problem = problemFromProto(request, new Set());
  const encoded = encodeProblem(problem);
  const core = createCore(wasm);
  core.load(encoded.columns, () => false);
  core.exports.startPlan(1n);
  core.exports.firstPlan();
  core.exports.runSearch(5000, 5000n, 0, 1);
  const pieces = createPieces(core, core.sibling(), problem, encoded, () => false);
  const next = () => pieces.next((piece) => piece.exports.runSearch(10, 10n, 0, 1));
  let turns = 1;
  while (next() !== "exhausted" && turns < 1000) turns++;
  expect(turns).toBeLessThan(1000);
}, 60_000);
