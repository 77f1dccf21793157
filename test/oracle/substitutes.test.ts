// The solver against the exact optimum on tiny requests with substitutes: the best of all requests in which each part is asked for by one SKU alone.
import { clone } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { type AssignRequest, AssignRequestSchema } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { solveForTest } from "../solve-for-test.ts";
import { bestPlan } from "./brute-force.ts";
import { drawsOf, tinyRequest } from "./generate.ts";
import { optimalCost } from "./loans/best-plan.ts";
import { loanRequest } from "./loans/generate.ts";

const MOST = 12;

/** Lets the other part of the generators do as well for some orders. */
function withSubstitutes(request: AssignRequest, seed: number): AssignRequest {
  const { chance } = drawsOf(seed);
  for (const { parts } of request.orders)
    for (const part of parts) if (chance(60)) part.substituteSkus = [part.sku === "A" ? "B" : "A"];
  return request;
}

/** Every request without substitutes that this one may be met as; no SKU stands for two parts of an order. */
function asked(request: AssignRequest): AssignRequest[] {
  let requests = [clone(AssignRequestSchema, request)];
  for (const [row, { parts }] of request.orders.entries())
    for (const [index, { sku, substituteSkus }] of parts.entries())
      requests = requests.flatMap((one) =>
        [sku, ...substituteSkus].flatMap((id) => {
          const other = clone(AssignRequestSchema, one);
          const mine = other.orders[row]!.parts;
          mine[index] = { ...mine[index]!, sku: id, substituteSkus: [] };
          return mine.slice(0, index).some((earlier) => earlier.sku === id) ? [] : [other];
        }),
      );
  return requests;
}

function isLess(a: readonly bigint[], b: readonly bigint[]): boolean {
  const differs = a.findIndex((level, index) => level !== b[index]);
  return differs >= 0 && a[differs]! < b[differs]!;
}

const best = (levels: readonly bigint[][]) => levels.reduce((least, one) => (isLess(one, least) ? one : least));

test("on hand and from the centre", async () => {
  let substituted = 0;
  let compared = 0;
  for (let seed = 1; seed <= 300; seed++) {
    const request = withSubstitutes(tinyRequest(seed), seed);
    const requests = asked(request);
    if (requests.length === 1 || requests.length > MOST) continue;
    const response = await solveForTest(request);
    expect(checkResponse(request, response), request.requestId).toEqual([]);
    const levels = best(requests.map((one) => bestPlan(one).levels));
    expect([seed, response.cost!.levels]).toEqual([seed, levels]);
    compared++;
    const asIs = clone(AssignRequestSchema, request);
    for (const { parts } of asIs.orders) for (const part of parts) part.substituteSkus = [];
    if (isLess(levels, bestPlan(asIs).levels)) substituted++;
  }
  expect(compared).toBeGreaterThan(100);
  expect(substituted).toBeGreaterThan(25);
}, 240_000);

test("with loans", async () => {
  let substituted = 0;
  for (let seed = 1; seed <= 120; seed++) {
    const request = withSubstitutes(loanRequest(seed), seed);
    const requests = asked(request);
    if (requests.length === 1 || requests.length > 4) continue;
    const response = await solveForTest(request);
    expect(checkResponse(request, response), request.requestId).toEqual([]);
    const levels = best(requests.map(optimalCost));
    expect(response.cost!.levels, request.requestId).toEqual(levels);
    const uses = response.plan!.routes.flatMap(({ stops }) => stops.flatMap(({ parts }) => parts));
    if (uses.some(({ substituteFor, lenderEngineerId }) => substituteFor !== "" && lenderEngineerId !== ""))
      substituted++;
  }
  expect(substituted).toBeGreaterThan(0);
}, 240_000);
