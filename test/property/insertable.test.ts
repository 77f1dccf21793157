// No mandatory order is left out that could simply be put into the plan.
import { expect, test } from "vitest";
import { solveForTest } from "../solve-for-test.ts";
import type { Draws } from "./draws.ts";
import { insertions, takenOut } from "./insertions.ts";
import { openRequest } from "./open-request.ts";
import { richRequest } from "./rich-request.ts";
import { forRequests } from "./run.ts";

test.each([
  ["rich", (draws: Draws) => richRequest(draws, { orders: 18, engineers: 4, centres: 2 }), 70, 41],
  ["open", (draws: Draws) => openRequest(draws, { orders: 16, engineers: 3, centres: 2 }), 70, 42],
] as const)(
  "no mandatory order that is left out fits into the plan of a %s request",
  async (_, make, runs, seed) => {
    let tried = 0;
    let possible = 0;
    await forRequests(make, runs, seed, async (request) => {
      const { plan } = await solveForTest(request);
      // An order that is served fits where it was: these insertions can succeed.
      const [served] = request.orders.filter(({ id }) => !plan!.unassigned.some((row) => row.orderId === id));
      if (
        served &&
        [...insertions(request, takenOut(plan!, served.id), served)].some(({ findings }) => findings.length === 0)
      )
        possible++;
      for (const { orderId, reasons } of plan!.unassigned) {
        const order = request.orders.find(({ id }) => id === orderId)!;
        if (order.priceMinor !== undefined || reasons[0]!.violations.length > 0) continue;
        for (const other of insertions(request, plan!, order)) {
          tried++;
          expect(other.findings, `${orderId} fits ${other.engineer.id}`).not.toEqual([]);
        }
      }
    });
    expect(tried).toBeGreaterThan(1_000);
    expect(possible).toBeGreaterThan(15);
  },
  180_000,
);
