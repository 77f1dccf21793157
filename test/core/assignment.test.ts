// The core's assignment against a second, plainer algorithm on the same costs.

import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { generateCity } from "../../datasets/city.ts";
import { SearchOptions_Mode, SearchOptionsSchema } from "../../proto/gen/shanpai/dispatch/v1/policy_pb.ts";
import { checkResponse } from "../../solver/check/check.ts";
import { solveForTest } from "../solve-for-test.ts";
import { loaded } from "./loaded.ts";

/** Least cost of giving every row a column of its own; the classical Hungarian method, rows at most columns. */
function hungarian(costs: readonly (readonly number[])[]): number {
  const rows = costs.length;
  const columns = costs[0]!.length;
  const rowValue = new Array<number>(rows + 1).fill(0);
  const columnValue = new Array<number>(columns + 1).fill(0);
  const rowOf = new Array<number>(columns + 1).fill(0);
  for (let row = 1; row <= rows; row++) {
    const least = new Array<number>(columns + 1).fill(Number.POSITIVE_INFINITY);
    const from = new Array<number>(columns + 1).fill(0);
    const used = new Array<boolean>(columns + 1).fill(false);
    let column = 0;
    rowOf[0] = row;
    do {
      used[column] = true;
      const current = rowOf[column]!;
      let step = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let to = 1; to <= columns; to++) {
        if (used[to]) continue;
        const slack = costs[current - 1]![to - 1]! - rowValue[current]! - columnValue[to]!;
        if (slack < least[to]!) {
          least[to] = slack;
          from[to] = column;
        }
        if (least[to]! < step) {
          step = least[to]!;
          next = to;
        }
      }
      for (let to = 0; to <= columns; to++)
        if (used[to]) {
          rowValue[rowOf[to]!]! += step;
          columnValue[to]! -= step;
        } else least[to]! -= step;
      column = next;
    } while (rowOf[column] !== 0);
    while (column !== 0) {
      rowOf[column] = rowOf[from[column]!]!;
      column = from[column]!;
    }
  }
  let sum = 0;
  for (let column = 1; column <= columns; column++)
    if (rowOf[column] !== 0) sum += costs[rowOf[column]! - 1]![column - 1]!;
  return sum;
}

test("the plain algorithm finds the least of a matrix worked out by hand", () => {
  // Rows to columns 1, 0, 2: 2 + 6 + 1 = 9; the diagonal costs 4 + 8 + 1, any other choice more.
  expect(
    hungarian([
      [4, 2, 8],
      [6, 8, 7],
      [5, 6, 1],
    ]),
  ).toBe(9);
});

test.each([1, 2, 3])(
  "60 orders and 60 engineers of city %i are matched at least cost, proved by the dual",
  async (seed) => {
    const request = generateCity({ orders: 60, engineers: 60, seed });
    request.search = create(SearchOptionsSchema, { mode: SearchOptions_Mode.MATCH });
    // With stock for all, no two pairs are rivals; without optional breaks a pair's cost is a matter of its order alone.
    for (const centre of request.operatingCentres) for (const stock of centre.stock) stock.unlimited = true;
    const response = await solveForTest(request);
    expect(checkResponse(request, response)).toEqual([]);

    const { core, problem } = await loaded(request);
    const { exports } = core;
    expect(exports.startPlan(0n)).toBe(0);
    exports.solveMatch();
    const pairs = problem.orders.flatMap((_, row) =>
      problem.engineers.map((_, column) => exports.matchCost(row, column)),
    );
    const out = core.int64s(exports.leaveOutCosts.value, 60);
    const FORBIDDEN = (2n ** 63n - 1n) >> 2n;
    // A column of its own for every order to be left out in. Forbidden pairs cost more than all orders left out.
    const never = 2 * out.reduce((sum, cost) => sum + Number(cost), 1);
    const costs = problem.orders.map((_, row) => [
      ...pairs.slice(row * 60, row * 60 + 60).map((cost) => (cost >= FORBIDDEN ? never : Number(cost))),
      ...problem.orders.map((_, own) => (own === row ? Number(out[row]) : never)),
    ]);
    const dual = response.bound!.dual!;
    const chosen = dual.pairs.reduce((sum, pair) => sum + pair.cost, 0n);
    expect(chosen).toBe(BigInt(hungarian(costs)));
    expect(response.bound!.provenOptimal).toBe(true);

    // The certificate, for the pairs that were not chosen, too.
    const orderDual = new Map(dual.orders.map(({ id, value }) => [id, value]));
    const engineerDual = new Map(dual.engineers.map(({ id, value }) => [id, value]));
    const broken = problem.orders.flatMap((order, row) =>
      problem.engineers.filter(({ id }, column) => {
        const cost = pairs[row * 60 + column]!;
        return cost < FORBIDDEN && cost - orderDual.get(order.id)! - engineerDual.get(id)! < 0n;
      }),
    );
    expect(broken).toEqual([]);
    expect(problem.orders.filter((order, row) => orderDual.get(order.id)! > out[row]!)).toEqual([]);
  },
);
