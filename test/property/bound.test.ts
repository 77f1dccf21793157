// Bounds of any request against the plans found for it.
import { expect, test } from "vitest";
import { boundFromNothing, compareLevels } from "../bound-from-nothing.ts";
import { quietTerms } from "../quiet-terms.ts";
import { richRequest } from "./rich-request.ts";
import { forRequests } from "./run.ts";

test("no bound is above a plan found", async () => {
  let bounds = 0;
  await forRequests(
    (draws) => richRequest(draws, { orders: 14, engineers: 5, centres: 2 }),
    150,
    1,
    async (request) => {
      request.onInvalidOrder = 0;
      for (const order of request.orders) delete order.latenessGrace;
      quietTerms(request);
      const { bound, levels } = await boundFromNothing(request, (found) => found, 2_000);
      if (!bound) return;
      bounds++;
      expect(compareLevels(bound, levels), `${bound} against ${levels}`).toBeLessThanOrEqual(0);
    },
  );
  expect(bounds).toBeGreaterThan(75);
}, 120_000);
