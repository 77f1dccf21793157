// What a round makes of engineers without orders, against the insertion into their empty days that the search makes.
import { expect, test } from "vitest";
import { generateCity } from "../../datasets/city.ts";
import type { AssignRequest } from "../../proto/gen/shanpai/dispatch/v1/dispatch_pb.ts";
import { encodeProblem } from "../../solver/encode.ts";
import { loaded } from "../criteria/loaded.ts";
import { byHour } from "../property/by-hour.ts";
import { drawsFromSeed } from "../property/draws.ts";
import { lendingRequest } from "../property/lending-request.ts";
import { richRequest } from "../property/rich-request.ts";

const IMPOSSIBLE = 2n ** 63n - 1n;
/** Above what any pair costs. */
const FORBIDDEN = 2n ** 60n;
const size = { orders: 12, engineers: 5, centres: 2 };

/** Pairs that can be, and how many of them have breaks that may come or go. */
async function comparePairs(request: AssignRequest): Promise<{ pairs: number; settled: number }> {
  const { core, problem } = await loaded(request);
  const { routes } = encodeProblem(problem);
  const { exports } = core;
  expect(exports.startRound()).toBe(0);
  exports.solveMatch();
  const costs = problem.orders.map((_, order) => problem.engineers.map((_, row) => exports.matchCost(order, row)));
  exports.emptyPlan();
  const seen = { pairs: 0, settled: 0 };
  for (const [order, row] of costs.entries())
    for (const [index, cost] of row.entries()) {
      const engineer = problem.engineers[index]!;
      let least = IMPOSSIBLE;
      for (const [shift, route] of routes.entries()) {
        const own = route.engineer === engineer ? exports.insertionCost(order, shift) : IMPOSSIBLE;
        if (own < least) least = own;
      }
      expect(cost < FORBIDDEN, `${order} with ${index}`).toBe(least !== IMPOSSIBLE);
      if (least === IMPOSSIBLE) continue;
      seen.pairs++;
      // The insertion takes no optional break, and the other ones in the order of their windows.
      const isSettled = engineer.shifts.every(({ breaks }) =>
        breaks.every(({ priceTicks }) => priceTicks === undefined && breaks.length === 1),
      );
      if (isSettled) expect(cost, `${order} with ${index}`).toBe(least);
      else {
        seen.settled++;
        expect(cost <= least, `${order} with ${index}`).toBe(true);
      }
    }
  return seen;
}

test.each([
  ["rich requests", (seed: number) => richRequest(drawsFromSeed(seed), size, { broken: false })],
  ["requests with loans", (seed: number) => lendingRequest(drawsFromSeed(seed), size, { broken: false })],
  [
    "travel by the hour",
    (seed: number) => {
      const draws = drawsFromSeed(seed);
      return byHour(richRequest(draws, size, { broken: false }), draws);
    },
  ],
  ["city days", (seed: number) => generateCity({ orders: 20, engineers: 12, seed })],
])("%s: a pair costs what the cheapest insertion does, and no more where breaks come or go", async (_, make) => {
  const all = { pairs: 0, settled: 0 };
  for (let seed = 1; seed <= 160; seed++) {
    const { pairs, settled } = await comparePairs(make(seed));
    all.pairs += pairs;
    all.settled += settled;
  }
  expect(all.pairs).toBeGreaterThan(500);
  expect(all.settled).toBeGreaterThan(20);
  expect(all.settled).toBeLessThan(all.pairs / 2);
});
