import { expect, test } from "vitest";
import { generateCity } from "../datasets/city.ts";
import { generateVrptw } from "../datasets/generated-vrptw.ts";
import { solomonRequest } from "../datasets/solomon.ts";
import { problemFromProto } from "../server/messages/from-proto.ts";
import { candidatesOf } from "./candidates.ts";
import type { CandidateSetting } from "./model/problem.ts";

const city = (orders: number, engineers: number, setting: Partial<CandidateSetting> = {}) => {
  const problem = problemFromProto(generateCity({ orders, engineers, seed: 1 }), new Set());
  return { ...problem, candidates: { ...problem.candidates, ...setting } };
};

test("problems have no candidates unless they are asked for", () => {
  expect(candidatesOf(city(500, 150))).toBeUndefined();
  expect(candidatesOf(city(20, 10, { engineers: 3 }))).toEqual({ engineers: 3, resolution: 8 });
  expect(candidatesOf(city(20, 10, { resolution: 7 }))).toEqual({ engineers: 40, resolution: 7 });
});

test("rounds of more than a million pairs have 40, unless all pairs are asked for; routes have none", () => {
  const round = (...args: Parameters<typeof city>) => candidatesOf({ ...city(...args), mode: "match" });
  expect(round(2000, 500)).toBeUndefined();
  expect(round(2000, 501)).toEqual({ engineers: 40, resolution: 8 });
  expect(round(2000, 501, { allPairs: true })).toBeUndefined();
  expect(candidatesOf(city(2000, 501))).toBeUndefined();
});

test("without coordinates there are none", () => {
  const plain = generateVrptw({ customers: 20, placement: "random", windows: "wide", seed: 1 });
  const problem = problemFromProto(solomonRequest(plain), new Set());
  expect(candidatesOf({ ...problem, candidates: { engineers: 5, resolution: 0, allPairs: false } })).toBeUndefined();
});
